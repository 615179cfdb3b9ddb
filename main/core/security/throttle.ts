import os from 'node:os';
import { AppError } from '#shared/api/errors.ts';
import { passwordFault, shortestPassword } from '#shared/domain/password.ts';

/** So many wrong secrets in a row are free; then one waits, twice as long after each further one. */
const free = 5;
const firstWait = 30_000;
export const longestWait = 15 * 60_000;

/** A wait as it is kept over starts of the program: its length, and when it began in milliseconds since the computer started. */
export type Wait = { ms: number; since: number };

/**
 * Milliseconds since the computer started: of one kind for every process, and no clock that anybody sets. Where a system
 * tells nothing of it, since the program started: then a wait lasts as long as the program has not run for it.
 */
export function sinceStart(): number {
  try {
    return os.uptime() * 1000;
  } catch {
    return performance.now();
  }
}

/**
 * What is surely left of a wait. Where the computer was started anew meanwhile, at least the time since then has passed:
 * so a wait is never shortened by a clock, and never longer than itself once the computer runs.
 */
export function leftOf({ ms, since }: Wait, now: number): number {
  return Math.max(0, ms - (now >= since ? now - since : now));
}

/** After so many wrong ones: how many are left before the first wait, or how long one waits now. */
export function afterFailures(failures: number): { left: number } | { ms: number } {
  if (failures < free) return { left: free - failures };
  return { ms: Math.min(longestWait, firstWait * 2 ** Math.min(failures - free, 20)) };
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
