import { useState } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import { jobText } from '#shared/text/window.ts';
import { failureFrom, isStopped } from './bureau.ts';
import { refresh } from './queries.ts';

export type Attempt = {
  failure: Failure | null;
  /** What came of the last one, in a sentence. */
  done: string | null;
  isBusy: boolean;
  /** Which of several is under way. */
  busy: string | null;
  /** Does again what failed; null where that cannot help, or nothing failed. */
  again: (() => void) | null;
  /** Carries something out and reads again what it changed; what it answers is the sentence of what came of it. */
  attempt(work: () => Promise<unknown>, more?: More): Promise<boolean>;
  /** What came of the last one belongs to something that is not on the screen any more. */
  forget(): void;
};

/** `mayRepeat`: it takes nothing from fields that may have been changed since, so it can be offered again as it was. */
type More = { what?: string; mayRepeat?: boolean };

/** One thing at a time: what is under way, what came of the last one, and once more where it failed. */
export function useAttempt(): Attempt {
  const [failed, setFailed] = useState<{ failure: Failure; again: (() => void) | null } | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  const forget = () => {
    setFailed(null);
    setDone(null);
  };
  const attempt: Attempt['attempt'] = async (work, more = {}) => {
    setBusy(more.what ?? 'it');
    forget();
    try {
      const sentence = await work();
      setDone(typeof sentence === 'string' && sentence !== '' ? sentence : null);
      refresh();
      return true;
    } catch (caught) {
      if (isStopped(caught)) setDone(jobText.stopped);
      else {
        const again = more.mayRepeat ? () => void attempt(work, more) : null;
        setFailed({ failure: failureFrom(caught), again });
      }
      return false;
    } finally {
      setBusy(null);
    }
  };
  return {
    failure: failed?.failure ?? null,
    again: failed?.again ?? null,
    done,
    busy,
    isBusy: busy !== null,
    attempt,
    forget,
  };
}
