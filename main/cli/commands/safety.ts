import path from 'node:path';
import type { InputOf } from '#shared/api/methods.ts';
import type { SealedEnquiry, SealedRecord, SealingRequest } from '#shared/api/sealing-types.ts';
import type { Transfer } from '#shared/api/transfer-types.ts';
import { isDay } from '#shared/domain/day.ts';
import { safetyPaperKinds } from '#shared/domain/safety-papers.ts';
import type { TransferDirection } from '#shared/domain/transfers.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { auditActions } from '#shared/text/audit.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { outcomeNames, sealBasisNames, sealingText, sealKindNames } from '#shared/text/sealing.ts';
import { transferText } from '#shared/text/transfers.ts';
import { shortInstant } from '#shared/text/words.ts';
import { textOf, wholeNumber, yearOf } from '../arguments.ts';
import { type OptionValues, type Run, UsageError } from '../command.ts';

const called = ({ ledger, number, recordId }: Pick<SealedRecord, 'ledger' | 'number' | 'recordId'>) =>
  `${ledgers.find(({ name }) => name === ledger)?.title ?? ledger} ${number ?? recordId.slice(0, 8)}`;

const sealedLine = (one: SealedRecord) =>
  [
    sealingText.sealed,
    called(one),
    sealBasisNames[one.basis],
    shortInstant(one.sealedAt),
    sealingText.both(one.appliedBy, one.confirmedBy),
  ].join('\t');
const requestLine = (one: SealingRequest) =>
  [
    sealKindNames[one.kind],
    called(one),
    sealBasisNames[one.basis],
    shortInstant(one.appliedAt),
    one.appliedBy,
  ].join('\t');
const enquiryLine = ({ number, asker, document, registeredAt, registeredBy, outcome }: SealedEnquiry) =>
  [
    number,
    asker,
    document,
    shortInstant(registeredAt),
    registeredBy,
    outcome ? outcomeNames[outcome] : '',
  ].join('\t');

/** That something is sealed, applied for or asked about: numbers and facts, no content and nobody's name. */
export const sealing: Run = async ({ signIn }) => {
  const found = await (await signIn()).call('sealing.state', {});
  const { sealed, requests, enquiries } = found;
  const lines = [...sealed.map(sealedLine), ...requests.map(requestLine), ...enquiries.map(enquiryLine)];
  return { json: found, text: lines.length === 0 ? say.nothingSealed : lines.join('\n') };
};

function directionOf(options: OptionValues): TransferDirection {
  const given = textOf(options, 'direction');
  if (given !== 'out' && given !== 'in') throw new UsageError(say.badOption('direction', given));
  return given;
}

function transferLine({ entry, at, account, action, title, said, isUsual, note }: Transfer): string {
  const where = note?.partner ?? (isUsual ? transferText.usual[action] : transferText.undescribed);
  const what = auditActions[action] ?? action;
  return [
    entry,
    shortInstant(at),
    account,
    what,
    title ?? '',
    said,
    where ?? '',
    note?.purpose ?? '',
    note?.medium ?? '',
  ].join('\t');
}

/** The register of what went out, or came in. */
export const transfers: Run = async ({ options, signIn }) => {
  const question: InputOf<'transfer.list'> = { direction: directionOf(options) };
  for (const name of ['from', 'to'] as const) {
    const day = options[name];
    if (typeof day !== 'string') continue;
    if (!isDay(day)) throw new UsageError(say.badDay(name, day));
    question[name] = day;
  }
  if (options.undescribed === true) question.undescribed = true;
  const [limit, before] = [wholeNumber(options, 'limit'), wholeNumber(options, 'before')];
  if (limit !== undefined) question.limit = Math.min(500, Math.max(1, limit));
  if (before !== undefined) question.before = before;
  const found = await (await signIn()).call('transfer.list', question);
  const empty = transferText.empty[question.direction];
  return { json: found, text: found.rows.length === 0 ? empty : found.rows.map(transferLine).join('\n') };
};

/** Where something went or came from, said of entries of the register. */
export const describeTransfers: Run = async ({ options, signIn }) => {
  const given = textOf(options, 'entries');
  if (!/^\d{1,10}(,\d{1,10})*$/.test(given)) throw new UsageError(say.badOption('entries', given));
  const { medium, approver, scan } = options;
  const said = await (await signIn()).call('transfer.describe', {
    entries: given.split(',').map(Number),
    partner: textOf(options, 'partner'),
    purpose: textOf(options, 'purpose'),
    ...(typeof medium === 'string' ? { medium } : {}),
    ...(typeof approver === 'string' ? { approver } : {}),
    ...(typeof scan === 'string' ? { scan } : {}),
  });
  return { json: said, text: transferText.saved(said.described) };
};

/** A paper on the safety of personal data: of a record of the safety registers, or a form to be filled in by hand. */
export const paper: Run = async ({ options, signIn }) => {
  const kind = safetyPaperKinds.find((one) => one === options.kind);
  if (kind === undefined) throw new UsageError(say.badOption('kind', textOf(options, 'kind')));
  const { id } = options;
  return make(options, { kind, ...(typeof id === 'string' ? { id } : {}) }, signIn);
};

/** The yearly self-check, filled in as far as the ledger knows. */
export const selfCheck: Run = async ({ options, signIn }) =>
  make(options, { kind: 'selfCheck', year: yearOf(options) }, signIn);

async function make(
  options: OptionValues,
  wish: Omit<InputOf<'safety.makePaper'>, 'out' | 'overwrite'>,
  signIn: Parameters<Run>[0]['signIn'],
) {
  // A paper of a record names people: it is made whole or not at all, and the log says why.
  const ledger = await (wish.id === undefined ? signIn() : signIn(say.reason));
  const out = ledger.grant(textOf(options, 'out'));
  const { file } = await ledger.call('safety.makePaper', { ...wish, out, overwrite: options.force === true });
  return { json: { file }, text: say.safetyPaperMade(path.basename(file)) };
}
