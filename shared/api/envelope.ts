import type { Failure } from './errors.ts';

/** Every answer of the core. Errors travel as values: Electron drops all but the message of a rejection. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** Pushed by the core; events only announce, they never carry rows. */
export type CoreEvent =
  | { event: 'changed'; ledgers: string[] }
  | { event: 'progress'; job: string; done: number; total: number }
  | { event: 'session'; state: 'signed-in' | 'locked' | 'signed-out' }
  /** A copy that nobody asked for was not written to the second place. */
  | { event: 'copyFailed'; failure: Failure }
  /** What was to follow a call that was answered as done. */
  | { event: 'leftUndone'; failure: Failure }
  | { event: 'closing' };

/** A file the user chose in a dialog (or named on the command line); the path stays behind the dispatcher. */
export type FileGrant = { grant: string; name: string };

/** What the user chose a path for: a file or folder to open, or a file to save to. */
export type GrantUse = 'open' | 'save';
/** How a token of the window begins; the command line's say nothing of their use. */
export const grantPrefix: Readonly<Record<GrantUse, string>> = { open: 'grant:open:', save: 'grant:save:' };
