import { useEffect, useState } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import { PlainAlert } from './plain.tsx';

type Say = (failure: Failure) => string;

/** Once read they stay. */
let sentences: Say | null = null;

/**
 * What went wrong, on the screens that come before the UI library. The sentences speak of every register, so they are read
 * when there is something to say, and do not keep the sign-in field waiting (README, speeds).
 */
export function PlainFailure({ failure }: { failure: Failure | null }) {
  const [say, setSay] = useState<Say | null>(() => sentences);
  const isSilent = failure !== null && say === null;
  useEffect(() => {
    if (!isSilent) return;
    import('#shared/text/errors.ts').then(
      ({ errorText }) => {
        sentences = errorText;
        setSay(() => errorText);
      },
      // What could not be read is said by the boundary around everything, as any error while drawing.
      (error: unknown) =>
        setSay(() => {
          throw error;
        }),
    );
  }, [isSilent]);
  if (failure === null || say === null) return null;
  return <PlainAlert tone="error" title={say(failure)} />;
}
