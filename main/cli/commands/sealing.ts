import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { basesOf, type SealBasis, type SealKind, sealKinds } from '#shared/domain/sealing.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { printText } from '#shared/text/prints.ts';
import { sealBasisNames, sealingText } from '#shared/text/sealing.ts';
import { textOf } from '../arguments.ts';
import { type OptionValues, type Run, UsageError } from '../command.ts';
import { sheetToPdf } from '../pdf.ts';
import { idOf } from './records.ts';

/**
 * What one of the two accounts does for a sealing (封存) or an unsealing: who applies. The other one confirms at the window, or is
 * the level above (sealing-above.ts): a script that holds two passwords of one ledger would be both.
 */
const nounOf = (name: string) => ledgers.find((one) => one.name === name)?.noun ?? name;

/** What an application to seal a record begins with. */
export const propose: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const made = await ledger.call('sealing.proposal', { recordId: idOf(options) });
  const { basis, reason, parts, also } = made;
  const lines = [
    basis === null ? say.noBasis : `${sealingText.basis}\t${basis}（${sealBasisNames[basis]}）`,
    ...(reason === '' ? [] : [`${sealingText.reason}\t${reason}`]),
    ...(parts.length === 0
      ? []
      : [sealingText.withParts(parts.map((part) => sealingText.counted(nounOf(part.ledger), part.count)))]),
    ...also.map((one) =>
      [sealingText.alsoSealed(nounOf(one.ledger), one.number, one.day), one.recordId].join('\t'),
    ),
  ];
  return { json: made, text: lines.join('\n') };
};

const named = (value: string | boolean | undefined): string[] =>
  typeof value === 'string' ? value.split(/[,，、\s]+/).filter((one) => one !== '') : [];

export const apply: Run = async ({ options, signIn }) => {
  const kind = (sealKinds as readonly string[]).includes(String(options.kind ?? 'seal'))
    ? ((options.kind ?? 'seal') as SealKind)
    : null;
  if (kind === null) throw new UsageError(say.badOption('kind', String(options.kind)));
  const basis = textOf(options, 'basis') as SealBasis;
  if (!basesOf[kind].includes(basis)) throw new UsageError(say.badOption('basis', basis));
  const recordId = idOf(options);
  const also = named(options.also).map((id) => idOf({ id }));
  const reason = textOf(options, 'reason');
  const ledger = await signIn();
  const made = await ledger.call('sealing.apply', {
    ...{ recordId, kind, basis, reason },
    ...(also.length === 0 ? {} : { also }),
  });
  const { others, above } = await ledger.call('sealing.state', {});
  const lines = [
    say.applied(made.id),
    ...(above === null ? [] : [say.askAbove(above, made.id)]),
    ...(others === 0 && above === null ? [sealingText.alone] : []),
  ];
  return { json: made, text: lines.join('\n') };
};

/** The application that is meant. Throws `sealing-settled` for what is none at all; whether it waits is for the core to say. */
function applicationOf(options: OptionValues): string {
  const id = textOf(options, 'id');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new AppError('sealing-settled', {});
  return id;
}

export const withdraw: Run = async ({ options, signIn }) => {
  const id = applicationOf(options);
  await (await signIn()).call('sealing.withdraw', { id });
  return { json: { id }, text: sealingText.withdrawn };
};

/** That a record was sealed, for the file: with what went along, and which older copies hold it still. */
export const certificate: Run = async ({ options, places, signIn }) => {
  const sealed = idOf(options);
  const printed = await sheetToPdf(options, places, async () => {
    const ledger = await signIn();
    return () => ledger.call('sealing.certificate', { sealed });
  });
  return { json: printed, text: printText.saved(path.basename(printed.pdf), printed.pages) };
};
