import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { isBusy, isDamage, isFull } from '#core/db/connection.ts';
import { damaged, markDamaged } from '#core/db/damage.ts';
import { isHeld } from '#core/db/held.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import { AppError, failureOf } from '#shared/api/errors.ts';
import type { CoreEnv } from './contract.ts';

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
