import path from 'node:path';
import type { LogFileCheck, LogLine } from '#shared/api/audit-types.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { isDay } from '#shared/domain/day.ts';
import { auditActions, auditText } from '#shared/text/audit.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { logText } from '#shared/text/log.ts';
import { logCheckText, logFaultText, logNoticeText } from '#shared/text/log-check.ts';
import { logBeforeText } from '#shared/text/went-back.ts';
import { shortInstant } from '#shared/text/words.ts';
import { textOf, wholeNumber } from '../arguments.ts';
import { type OptionValues, type Run, UsageError } from '../command.ts';

type Days = { from?: string; to?: string };

function daysOf(options: OptionValues): Days {
  const days: Days = {};
  for (const name of ['from', 'to'] as const) {
    const day = options[name];
    if (typeof day !== 'string') continue;
    if (!isDay(day)) throw new UsageError(say.badDay(name, day));
    days[name] = day;
  }
  return days;
}

function numberOf(options: OptionValues, name: string): number {
  const number = wholeNumber(options, name) ?? 0;
  if (number < 1) throw new UsageError(say.badNumber(name, textOf(options, name)));
  return number;
}

/** How the own log stands. */
export const state: Run = async ({ signIn }) => {
  const found = await (await signIn()).call('audit.state', {});
  const { entries, broken, wrongHeads, last, before, unanchored } = found;
  const text =
    broken !== null
      ? logText.broken(broken)
      : wrongHeads.length > 0
        ? logText.wrongHeads(wrongHeads.length)
        : [
            logText.sound(entries),
            ...(before === null ? [] : [logBeforeText(before)]),
            ...(last === null
              ? before === null
                ? [logText.never]
                : []
              : [logText.ownKey(last.account, last.fingerprint)]),
            ...(last !== null && unanchored > 0 ? [logText.unanchored(unanchored)] : []),
          ].join('\n');
  return { json: found, text };
};

export const exportLog: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const out = textOf(options, 'out');
  const { entries, head, file } = await ledger.call('audit.export', {
    ...daysOf(options),
    out: ledger.grant(out),
    reason: textOf(options, 'reason'),
    overwrite: options.force === true,
  });
  return { json: { file, entries, head }, text: logText.exported(entries, path.basename(file)) };
};

function verdictText(found: LogFileCheck): string {
  const { isSound, unit, faults, more, notices } = found;
  return [
    isSound ? logCheckText.sound(found) : logCheckText.unsound(unit, faults.length + more),
    ...faults.map(logFaultText),
    ...(more > 0 ? [logCheckText.more(more)] : []),
    ...notices.map(logNoticeText),
    logCheckText.whose(found),
  ].join('\n');
}

/** An exported log: what speaks against it is an answer, not a failure of the command. */
export const checkFile: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const file = ledger.grant(textOf(options, 'file'));
  if ((options.entry === undefined) !== (options.code === undefined))
    throw new UsageError(say.missingOption(options.entry === undefined ? 'entry' : 'code'));
  const paper =
    options.entry === undefined
      ? {}
      : { paper: { entry: numberOf(options, 'entry'), code: textOf(options, 'code') } };
  const found = await ledger.call('audit.checkFile', { file, ...paper });
  return { json: found, text: verdictText(found) };
};

export const checks: Run = async ({ signIn }) => {
  const rows = await (await signIn()).call('audit.checks', {});
  const lines = rows.map((one) =>
    [
      one.check,
      one.unit,
      auditText.machine(one.machine, one.installation),
      logCheckText.range(one),
      one.code,
      logCheckText.key(one),
      shortInstant(one.checkedAt),
      one.account,
      one.isSound ? logCheckText.isSound : one.faults.map(logFaultText).join(''),
    ].join('\t'),
  );
  return { json: { checks: rows }, text: lines.length === 0 ? logCheckText.none : lines.join('\n') };
};

export const confirmKey: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const check = numberOf(options, 'check');
  const found = await ledger.call('audit.confirmKey', { check, code: textOf(options, 'code') });
  return { json: found, text: logCheckText.keyConfirmed(found.unit) };
};

const lineOf = ({ entry, at, account, machine, installation, action, title, said }: LogLine) =>
  [
    entry,
    shortInstant(at),
    account,
    auditText.machine(machine, installation),
    auditActions[action] ?? action,
    title ?? '',
    said,
  ].join('\t');

function listed(entries: readonly LogLine[], more: boolean): string[] {
  const last = entries.at(-1)?.entry;
  if (last === undefined) return [say.noEntries];
  return [...entries.map(lineOf), ...(more ? [say.moreEntries(last)] : [])];
}

/** Entries of the own log, or with `--file` of an exported one, which is checked first. */
export const list: Run = async ({ options, signIn }) => {
  const ledger = await signIn();
  const one = (name: string) => (typeof options[name] === 'string' ? textOf(options, name) : undefined);
  const [account, machine, action, record] = [one('account'), one('machine'), one('action'), one('record')];
  if (action !== undefined && !Object.hasOwn(auditActions, action))
    throw new UsageError(say.badOption('action', action));
  const question: InputOf<'audit.list'> = {
    ...daysOf(options),
    ...(account === undefined ? {} : { account }),
    ...(machine === undefined ? {} : { machine }),
    ...(action === undefined ? {} : { actions: [action] }),
    ...(record === undefined ? {} : { record }),
    limit: options.limit === undefined ? 100 : Math.min(500, numberOf(options, 'limit')),
    ...(options.before === undefined ? {} : { before: numberOf(options, 'before') }),
  };
  if (options.file === undefined) {
    const { entries, more } = await ledger.call('audit.list', question);
    return { json: { entries, more }, text: listed(entries, more).join('\n') };
  }
  const file = ledger.grant(textOf(options, 'file'));
  const checked = await ledger.call('audit.checkFile', { file });
  const { entries, more } =
    checked.check === null
      ? await ledger.call('audit.list', question)
      : await ledger.call('audit.foreign', { ...question, check: checked.check, file });
  const text = [verdictText(checked), '', ...listed(entries, more)].join('\n');
  return { json: { checked, entries, more }, text };
};
