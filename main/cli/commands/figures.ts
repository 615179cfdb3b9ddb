import { ledgers } from '#shared/ledgers/all.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { textOf, yearOf } from '../arguments.ts';
import type { Run } from '../command.ts';

export const set: Run = async ({ options, signIn }) => {
  const year = yearOf(options);
  const ledger = await signIn();
  const file = ledger.grant(textOf(options, 'file'));
  const { set: count, unknown } = await ledger.call('indicator.import', { year, file });
  const lines = [say.figuresSet(count), ...(unknown.length > 0 ? [say.figuresUnknown(unknown)] : [])];
  return { json: { set: count, unknown }, text: lines.join('\n') };
};

export const indicators: Run = async ({ options, signIn }) => {
  const year = yearOf(options);
  const { unit } = options;
  const ledger = await signIn();
  const { figures } = await ledger.call('indicator.list', {
    year,
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(options.outside === true ? { isOutside: true } : {}),
  });
  const byCode = figures.map((figure) => {
    const { code, name, value, numerator, denominator, qualifier, printed, source, records } = figure;
    return [
      code,
      { name, value, numerator, denominator, unit: figure.unit, qualifier, printed, source, records },
    ] as const;
  });
  const lines = figures.map(({ code, name, printed }) => `${code}\t${name}\t${printed ?? say.noFigure}`);
  return { json: { indicators: Object.fromEntries(byCode) }, text: lines.join('\n') };
};

export const base: Run = async ({ options, signIn }) => {
  const code = textOf(options, 'indicator');
  const ledger = await signIn();
  const chosen = await ledger.call('indicator.chooseBase', { code, base: textOf(options, 'base') });
  return { json: chosen, text: say.baseChosen(chosen.code, chosen.base) };
};

const pageSize = 100_000;

export const recordsBehind: Run = async ({ options, signIn }) => {
  const year = yearOf(options);
  const code = textOf(options, 'indicator');
  const ledger = await signIn();
  const records: { ledger: string; id: string }[] = [];
  const lines: string[] = [];
  for (;;) {
    const page = await ledger.call('indicator.records', {
      year,
      code,
      offset: records.length,
      limit: pageSize,
    });
    for (const { ledger: name, id, title } of page.records) {
      records.push({ ledger: name, id });
      lines.push([ledgers.find((one) => one.name === name)?.noun ?? name, id, title].join('\t'));
    }
    if (page.records.length === 0 || records.length >= page.total) break;
  }
  return { json: { records }, text: [...lines, say.total(records.length, records.length)].join('\n') };
};
