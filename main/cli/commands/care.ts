import path from 'node:path';
import { AppError, type ErrorCode } from '#shared/api/errors.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf } from '../arguments.ts';
import type { Run } from '../command.ts';

export const hash: Run = async ({ signIn }) => {
  const { hash: value, records } = await (await signIn()).call('system.hash', {});
  return { json: { hash: value, records }, text: say.hash(value, records) };
};

export const verify: Run = async ({ signIn }) => {
  const { ok, findings, records, attachments } = await (await signIn()).call('system.verify', {});
  const lines = findings.map(({ check, object, message }) => `${check}\t${object}\t${message}`);
  const text = ok ? say.verified(records) : [say.verifyFailed(findings.length), ...lines].join('\n');
  return { json: { ok, findings, ...(attachments ? { attachments } : {}) }, text };
};

export const backup: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const { file, lost } = await ledger.call('system.backup', { folder: ledger.grant(textOf(options, 'out')) });
  return { json: lost > 0 ? { file, lost } : { file }, text: say.backedUp(file, lost) };
};

/** Back to a copy: of the folder's own backups, or one that lies elsewhere. A ledger that opens asks for the right. */
export const restore: Run = async ({ options, open, signIn }) => {
  const file = textOf(options, 'file');
  const ledger = await signIn().catch(async (error: unknown) => {
    if (error instanceof AppError && isBeyondOpening.has(error.code)) return open();
    throw error;
  });
  await ledger.call('program.restore', { file: ledger.grant(file) });
  return { json: { file: path.resolve(file) }, text: say.restored(path.basename(file)) };
};

/** With these nobody can sign in, and going back to a copy is the only way out. */
const isBeyondOpening: ReadonlySet<ErrorCode> = new Set([
  'damaged',
  'ledger-absent',
  'ledger-lost',
  'ledger-foreign',
]);
