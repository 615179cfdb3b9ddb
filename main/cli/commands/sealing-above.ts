import path from 'node:path';
import type { AskedFromBelow } from '#shared/api/sealing-types.ts';
import { type AnswerOutcome, answerOutcomes } from '#shared/domain/sealing.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { sealBasisNames, sealingText, sealKindNames } from '#shared/text/sealing.ts';
import { aboveText } from '#shared/text/sealing-above.ts';
import { shortInstant } from '#shared/text/words.ts';
import { textOf } from '../arguments.ts';
import { type Run, UsageError } from '../command.ts';

/** The second of two accounts for what is sealed, at the level above (core: sealing/above-files.ts). */
const called = (number: string | null) => number ?? sealingText.noNumber;

/** One's own application, as `sealing list --json` names it. */
export const ask: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const made = await ledger.call('sealing.askAbove', {
    id: textOf(options, 'id'),
    out: ledger.grant(textOf(options, 'out')),
    overwrite: options.force === true,
  });
  const waits = aboveText.waiting(made.unit, made.code, made.validUntil);
  return { json: made, text: `${aboveText.written(path.basename(made.file), made.code)}\n${waits}` };
};

function linesOf(asked: AskedFromBelow): string[] {
  const { facts } = aboveText;
  const kind = sealKindNames[asked.kind];
  const rows: [string, string][] = [
    [facts.account, asked.account],
    [facts.basis, sealBasisNames[asked.basis]],
    [facts.reason, asked.reason],
    [facts.appliedAt, shortInstant(asked.appliedAt)],
    [facts.validUntil, shortInstant(asked.validUntil)],
    [facts.key, aboveText.signedBy[asked.signedBy]],
  ];
  const { decided } = asked;
  return [
    aboveText.asks(asked.unit, kind, called(asked.number)),
    ...rows.map(([label, text]) => `${label}\t${text}`),
    ...(asked.isOver ? [aboveText.isOver] : []),
    ...(decided
      ? [(asked.isOver ? aboveText.decidedThen : aboveText.decided)(decided.outcome, decided.at, decided.by)]
      : []),
  ];
}

/** At the level above: who below asks for what, and why. */
export const read: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const asked = await ledger.call('sealing.readAsked', { file: ledger.grant(textOf(options, 'file')) });
  return { json: asked, text: linesOf(asked).join('\n') };
};

/** After both have read the code to each other on the telephone. */
export const answer: Run = async ({ options, signIn }) => {
  const outcome = textOf(options, 'outcome');
  if (!(answerOutcomes as readonly string[]).includes(outcome))
    throw new UsageError(say.badOption('outcome', outcome));
  const ledger = await signIn();
  const made = await ledger.call('sealing.answerAsked', {
    file: ledger.grant(textOf(options, 'file')),
    code: textOf(options, 'code'),
    outcome: outcome as AnswerOutcome,
    reason: textOf(options, 'reason'),
    out: ledger.grant(textOf(options, 'out')),
    overwrite: options.force === true,
  });
  return { json: made, text: aboveText.answered(made.unit, called(made.number), path.basename(made.file)) };
};

export const take: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const taken = await ledger.call('sealing.takeAnswer', { file: ledger.grant(textOf(options, 'file')) });
  const number = called(taken.number);
  const text =
    taken.outcome === 'granted'
      ? aboveText.taken(taken.kind, number, taken)
      : aboveText.refused(number, taken);
  return { json: taken, text };
};
