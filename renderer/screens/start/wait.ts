import { useEffect, useState } from 'react';
import type { Failure } from '#shared/api/errors.ts';

/** Seconds that the core asks to wait, counted down. */
export function useWait(failure: Failure | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (failure?.code !== 'sign-in-wait') return setLeft(0);
    setLeft(failure.params.seconds);
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [failure]);
  return left;
}
