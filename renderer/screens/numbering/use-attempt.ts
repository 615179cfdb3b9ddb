import { useState } from 'react';
import { failureFrom } from '#renderer/state/bureau.ts';
import { refresh } from '#renderer/state/queries.ts';
import type { Failure } from '#shared/api/errors.ts';

export type Attempt = {
  failure: Failure | null;
  done: string | null;
  isBusy: boolean;
  /** Carries something out and reads again what it changed; the sentence says what came of it. */
  attempt(work: () => Promise<string>): Promise<boolean>;
};

/** One thing at a time, with what came of the last one. */
export function useAttempt(): Attempt {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  return {
    failure,
    done,
    isBusy,
    async attempt(work) {
      setBusy(true);
      setFailure(null);
      setDone(null);
      try {
        setDone(await work());
        refresh();
        return true;
      } catch (caught) {
        setFailure(failureFrom(caught));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
