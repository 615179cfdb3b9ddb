import type { Exchanged } from '#core/db/beside.ts';
import type { Connection, WriteDb } from '#core/db/connection.ts';
import type { Outcome } from './context.ts';

/**
 * What handlers want done after their call, whichever way it went. Each work is done whatever became of those before it:
 * by then it is decided what became of the call, and `told` is all that a failure of one can still do.
 */
export function createOutcome(told: (error: unknown) => void): Outcome & { done(): void; undone(): void } {
  const after: (() => void)[] = [];
  const back: (() => void)[] = [];
  const each = (works: readonly (() => void)[]) => {
    for (const work of works)
      try {
        work();
      } catch (error) {
        told(error);
      }
  };
  return {
    whenDone: (work) => void after.push(work),
    whenUndone: (work) => void back.unshift(work),
    done: () => each(after),
    undone: () => each(back),
  };
}

/** A transaction; where it comes to nothing, what was exchanged beside it is taken back at once. */
export function orUndo<T>(beside: readonly Exchanged[], connection: Connection, work: (db: WriteDb) => T): T {
  try {
    return connection.transaction(work);
  } catch (error) {
    for (const { takeBack } of beside.toReversed()) {
      try {
        takeBack();
      } catch {
        // It asks for no room; a disk that does not even rename is said by whatever is saved next.
      }
    }
    throw error;
  }
}
