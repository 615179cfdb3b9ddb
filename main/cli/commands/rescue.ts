import { moveText, rescueText } from '#shared/text/care.ts';
import { onLine } from '#shared/text/reader.ts';
import { repairText } from '#shared/text/repair.ts';
import { textOf } from '../arguments.ts';
import type { Run } from '../command.ts';

export const repair: Run = async ({ open, user, password }) => {
  const { repaired } = await (await open()).call('program.repair', { account: user, password });
  return { json: repaired, text: repairText.done(repaired, onLine) };
};

export const move: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const { moved } = await ledger.call('program.move', { folder: ledger.grant(textOf(options, 'out')) });
  return { json: moved, text: moveText.done(moved.folder) };
};

export const goOn: Run = async ({ options, open }) => {
  const takesOver = options.beside !== true;
  await (await open()).call('program.goOn', { takesOver, reason: textOf(options, 'reason') });
  return { json: { takesOver }, text: takesOver ? rescueText.goneOn : rescueText.goneOnBeside };
};

export const takeKey: Run = async ({ options, open }) => {
  const ledger = await open();
  const { file } = options;
  await ledger.call('program.takeKey', typeof file === 'string' ? { file: ledger.grant(file) } : {});
  return { json: {}, text: rescueText.keyTaken };
};

export const diagnose: Run = async ({ options, open }) => {
  const ledger = await open();
  const made = await ledger.call('program.diagnose', { out: ledger.grant(textOf(options, 'out')) });
  return { json: made, text: rescueText.diagnosed(made, onLine) };
};
