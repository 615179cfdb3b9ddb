import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { isBusy, isDamage, isFull } from '#core/db/connection.ts';
import { isHeld } from '#core/db/held.ts';
import { damaged, markDamaged } from '#core/db/open.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { AuditNote, CallContext, CoreEnv, StoredSession } from './contract.ts';
import type { Vault } from './vault.ts';

export type Checked = { method: MethodName; input: unknown; session: StoredSession | null };

/** Milliseconds since some fixed moment, the same in every thread of the program and not set back by the clock. */
export const monotonicMs = () => performance.timeOrigin + performance.now();

/** Whether names and numbers are masked for the session. */
export const isVeiled = (session: StoredSession) => session.wholeUntil < monotonicMs();

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
    if (!hasRight(session, rights)) throw new AppError('no-right', { right: rights });
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

/** Whatever was thrown, as a value. What nobody foresaw becomes `internal` with a number to ask after. */
export function failed(error: unknown, folder: string): Envelope<never> {
  if (error instanceof AppError) {
    // What a step of the schema stumbled over is for whoever mends it; the user is told what to do.
    if (error.code === 'upgrade-failed') report('upgrade', error.cause);
    return { ok: false, error: failureOf(error) };
  }
  if (isFull(error)) return { ok: false, error: failureOf(new AppError('disk-full', { file: folder })) };
  if (isDamage(error)) {
    markDamaged(folder);
    return { ok: false, error: failureOf(damaged(folder, error)) };
  }
  if (isBusy(error)) return { ok: false, error: failureOf(new AppError('busy', { method: '' })) };
  const incident = randomUUID().slice(0, 8);
  report(incident, error);
  if (isHeld(error))
    return { ok: false, error: failureOf(new AppError('file-held', { file: heldFile(error) })) };
  return { ok: false, error: { code: 'internal', params: { incident } } };
}

const heldFile = (error: unknown) => path.basename(String((error as { path?: unknown }).path ?? ''));

/**
 * What was to follow a call that is done and did not: the answer is not changed by it. What has a sentence is said by an
 * event, everything else is an incident.
 */
export function tellAfter(env: CoreEnv, folder: string, error: unknown): void {
  const { error: failure } = failed(error, folder) as Extract<Envelope<never>, { ok: false }>;
  if (error instanceof AppError || isHeld(error)) env.emit({ event: 'leftUndone', failure });
}

/** Kind and place of the error go to standard error, its message does not: it may quote what somebody typed. */
function report(incident: string, error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  const code = (error as { code?: unknown } | null)?.code;
  const kind = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : name;
  process.stderr.write(`incident ${incident}: ${kind}\n${framesOf(error).slice(0, 8).join('\n')}\n`);
}

/** The places in the stack; the message before them is cut off whole, as its own lines may look like places. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const stack = error.stack ?? '';
  const end = stack.indexOf(error.message) + error.message.length;
  return stack
    .slice(end)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
}
