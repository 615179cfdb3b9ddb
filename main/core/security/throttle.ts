import { AppError } from '#shared/api/errors.ts';
import { passwordFault, shortestPassword } from '#shared/domain/password.ts';

const free = 5;
const firstWait = 30_000;
const longestWait = 15 * 60_000;

/** Slows guessing down: five tries, then a wait that doubles with every further one. Times are a monotonic clock's. */
export function createThrottle(clock: () => number) {
  let failures = 0;
  let until = 0;
  return {
    /** Throws `sign-in-wait` while the wait lasts. */
    check(): void {
      const left = until - clock();
      if (left > 0) throw new AppError('sign-in-wait', { seconds: Math.ceil(left / 1000) });
    },
    /** Counts a wrong password; throws what the user is told. */
    fail(): never {
      failures++;
      if (failures >= free) {
        const wait = Math.min(longestWait, firstWait * 2 ** (failures - free));
        until = clock() + wait;
        throw new AppError('sign-in-wait', { seconds: Math.ceil(wait / 1000) });
      }
      throw new AppError('sign-in-failed', { left: free - failures });
    },
    succeed(): number {
      const before = failures;
      failures = 0;
      until = 0;
      return before;
    },
  };
}

/** One after another in the order they came, whatever becomes of each. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}

/** Throws `password-weak`. */
export function checkPassword(password: string): void {
  if (passwordFault(password) !== null) throw new AppError('password-weak', { min: shortestPassword });
}
