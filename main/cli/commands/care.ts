import path from 'node:path';
import type { Drill, HandDrill, SecondPlace } from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { AfterRestore } from '#shared/api/restore-types.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { isDay } from '#shared/domain/day.ts';
import { careText } from '#shared/text/care.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { errorText } from '#shared/text/errors.ts';
import { onLine } from '#shared/text/reader.ts';
import { afterRestoreLines } from '#shared/text/restore.ts';
import { commonText } from '#shared/text/window.ts';
import { shortInstant } from '#shared/text/words.ts';
import { textOf, wholeNumber } from '../arguments.ts';
import { type CommandInput, type Ledger, type Run, UsageError } from '../command.ts';

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
  const { out } = options;
  const where = typeof out === 'string' ? { folder: ledger.grant(out) } : {};
  const { file, lost } = await ledger.call('system.backup', where);
  return { json: lost > 0 ? { file, lost } : { file }, text: say.backedUp(file, lost) };
};

/** A restore drill of the newest copy, or of the one named. */
export const drill: Run = async ({ options, signIn }) => {
  const { backup } = options;
  const tried = await (await signIn()).call('system.drill', {
    ...(typeof backup === 'string' ? { backup } : {}),
    ...(options.second === true ? { place: 'second' as const } : {}),
  });
  const { fault, records, seconds } = tried;
  return {
    json: tried,
    text: fault === null ? careText.drillGood(records, seconds) : careText.drillResult(fault, onLine),
  };
};

function drillLine(one: Drill | HandDrill): string {
  const parts =
    'isByHand' in one
      ? [
          one.on,
          one.by,
          commonText.beside(one.copy, one.machine),
          careText.drillMinutes(one.minutes),
          one.fault ?? careText.drillResult(null),
          careText.handDrill.mark,
        ]
      : [
          shortInstant(one.at),
          one.account,
          one.copy,
          careText.drillSeconds(one.seconds),
          careText.drillShort(one),
        ];
  return parts.join('\t');
}

/** The register of drills: those that were run here, and those that were done by hand. */
export const drills: Run = async ({ signIn }) => {
  const found = await (await signIn()).call('system.drills', {});
  const lines = found.drills.map(drillLine);
  const text = [
    ...(found.isDue ? [careText.drillDue] : []),
    ...(lines.length === 0 ? [careText.drillNever] : lines),
  ];
  return { json: found, text: text.join('\n') };
};

/** A drill that was done by hand on another PC. */
export const enterDrill: Run = async ({ options, signIn }) => {
  const on = textOf(options, 'on');
  if (!isDay(on)) throw new UsageError(say.badDay('on', on));
  const minutes = wholeNumber(options, 'minutes') ?? 0;
  if (minutes < 1) throw new UsageError(say.badNumber('minutes', textOf(options, 'minutes')));
  const found = await (await signIn()).call('system.enterDrill', {
    on,
    minutes,
    by: textOf(options, 'by'),
    copy: textOf(options, 'copy'),
    machine: textOf(options, 'machine'),
    ...(typeof options.failed === 'string' ? { fault: options.failed } : {}),
  });
  return { json: found, text: careText.handDrill.saved(on) };
};

/** The second place for copies: sets it, ends it, or says what it is. */
export const secondPlace: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const { folder, none } = options;
  if (typeof folder === 'string' && none === true) throw new UsageError(say.oneOf('folder', 'none'));
  const change = typeof folder === 'string' ? ledger.grant(folder) : none === true ? null : undefined;
  const { second } =
    change === undefined
      ? await ledger.call('system.places', {})
      : await ledger.call('system.setSecondPlace', { folder: change });
  const text = second === null ? careText.secondNone : [second.folder, secondWords(second)].join('\n');
  return { json: { second }, text };
};

function secondWords({ folder, isThere, failure, lastGoodAt }: SecondPlace): string {
  const good = lastGoodAt === null ? careText.secondNever : careText.secondGood(shortInstant(lastGoodAt));
  if (!isThere)
    return [errorText({ code: 'second-place-absent', params: { place: folder } }, onLine), good].join('\n');
  if (failure) return careText.secondFailed(shortInstant(failure.at), errorText(failure.failure, onLine));
  return good;
}

/** Back to a copy: of the folder's own backups, or one that lies elsewhere. A ledger that opens asks for the right. */
export const restore: Run = async ({ options, open, signIn, password }) => {
  const file = textOf(options, 'file');
  const found = await (await open()).call('program.state', {});
  const ledger = mayRestoreUnsigned(found.state) ? await open() : await signedInOrBeyond(signIn, open);
  const ofOther = options.other === true;
  await ledger.call('program.restore', { file: ledger.grant(file), ...(ofOther ? { ofOther } : {}) });
  const report = ofOther || password === '' ? null : await reportOf(signIn);
  const lines = report === 'not-shown' ? [say.restoredAccounts] : report ? afterRestoreLines(report) : [];
  const text = [say.restored(path.basename(file)), ...lines].join('\n');
  const at = path.resolve(file);
  return { json: report && report !== 'not-shown' ? { file: at, accounts: report } : { file: at }, text };
};

/** What it meant for the accounts, where the same password still opens the ledger and the account may know. */
async function reportOf(signIn: CommandInput['signIn']): Promise<AfterRestore | 'not-shown' | null> {
  try {
    const ledger = await signIn();
    const { state } = await ledger.call('program.state', {});
    // Not asked for what would be refused: the log would have it that somebody overstepped his rights.
    const mayAsk = 'session' in state && state.session.reach.methods.includes('account.afterRestore');
    return mayAsk ? await ledger.call('account.afterRestore', {}) : 'not-shown';
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** A ledger that is in use elsewhere opens as soon as it is free. */
const mayRestoreUnsigned = (state: ProgramState['state']) =>
  state.is === 'set-up' || (state.is === 'failed' && state.failure.code !== 'locked');

/** Some damage is only met with the key: then nobody can sign in, and going back to a copy needs no account. */
async function signedInOrBeyond(signIn: () => Promise<Ledger>, open: () => Promise<Ledger>): Promise<Ledger> {
  try {
    return await signIn();
  } catch (error) {
    const ledger = await open();
    const { state } = await ledger.call('program.state', {});
    if (state.is === 'failed') return ledger;
    throw error;
  }
}
