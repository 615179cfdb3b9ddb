import type { Outcome } from './context.ts';

/** What handlers want done after their call, whichever way it went. */
export function createOutcome(): Outcome & { done(): void; undone(): void } {
  const after: (() => void)[] = [];
  const back: (() => void)[] = [];
  return {
    whenDone: (work) => void after.push(work),
    whenUndone: (work) => void back.unshift(work),
    done: () => after.forEach((work) => void work()),
    undone: () => back.forEach((work) => void work()),
  };
}
