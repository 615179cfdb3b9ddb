import { AppError } from '#shared/api/errors.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { dutiesWith, hasRight, type Right } from '#shared/api/rights.ts';
import type { AuditNote, CallContext, StoredSession } from './contract.ts';
import type { Vault } from './vault.ts';

export type Checked = { method: MethodName; input: unknown; session: StoredSession | null };

/** Milliseconds since some fixed moment, the same in every thread of the program and not set back by the clock. */
export const monotonicMs = () => performance.timeOrigin + performance.now();

/** Whether names and numbers are masked for the session. */
export const isVeiled = (session: StoredSession) => session.wholeUntil < monotonicMs();

/** What is refused for want of a right; of a duty that is held and not in force it is said why. */
export function noRight(session: Pick<StoredSession, 'idleDuties'>, right: Right): AppError<'no-right'> {
  const isIdle = dutiesWith(right).some((duty) => session.idleDuties.includes(duty));
  return new AppError('no-right', { right, ...(isIdle ? { isIdle } : {}) });
}

export type Asking = { name: string; input: unknown; context: CallContext };

/** Name, input and right of a call, in this order. `renew` gives a session as its account stands now. */
export function checkCall(
  vault: Vault,
  { name, input, context }: Asking,
  renew: (session: StoredSession) => StoredSession | null,
): Checked {
  if (!Object.hasOwn(methods, name)) throw new AppError('unknown-method', { method: name });
  const method = name as MethodName;
  const parsed = methods[method].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys : [])].join('.');
    throw new AppError('invalid-input', { method, at });
  }
  const stored = context.token === null ? null : (vault.sessions.get(context.token) ?? null);
  const session = stored && renew(stored);
  const { rights, confirmed, whole } = methods[method];
  if (rights !== 'none') {
    if (!session) throw new AppError('not-signed-in', {});
    if (session.isLocked) throw new AppError('session-locked', {});
    if (session.mustChange) throw new AppError('password-must-change', {});
    if (!hasRight(session, rights)) throw noRight(session, rights);
    if (confirmed && session.confirmedUntil < monotonicMs()) throw new AppError('confirm-needed', {});
    if (whole && isVeiled(session)) throw new AppError('veiled', {});
  }
  return { method, input: parsed.data, session };
}

/** Collects what a call leaves in the log; `wrote` the names under which its files are waited for (`leaving.ts`). */
export function createNote(method: string) {
  const entry: AuditNote = { action: method, ledger: null, recordId: null, version: null, detail: {} };
  const written: string[] = [];
  const note = (more: Partial<AuditNote>): void => {
    Object.assign(entry, more);
    if (written.length > 0) entry.detail = { ...entry.detail, written: [...written] };
  };
  const wrote = (id: string): void => {
    written.push(id);
    note({});
  };
  return { entry, note, wrote };
}
