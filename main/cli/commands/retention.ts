import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { FileRow, Review } from '#shared/api/retention-types.ts';
import { parseDay } from '#shared/domain/day.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { printText } from '#shared/text/prints.ts';
import { obstacleText, periodText, spanText } from '#shared/text/retention.ts';
import { type Ledger, type OptionValues, type Run, UsageError } from '../command.ts';
import type { Places } from '../places.ts';

/** Kinds of file and the periods that were approved for them; nothing is changed from here. */
export const periods: Run = async ({ signIn }) => {
  const ledger = await signIn();
  const [kinds, logs] = [await ledger.call('retention.periods', {}), await ledger.call('retention.logs', {})];
  const lines = kinds.map(({ kind, spans, isConfirmed, files }) =>
    [
      kind.code,
      kind.title,
      isConfirmed ? spans.map(spanText).join('；') : say.periodUnset,
      say.counted(say.files, files),
    ].join('\t'),
  );
  return { json: { kinds, logs }, text: lines.join('\n') };
};

/** As many rows as the core gives at once. */
const pageSize = 1000;

function askedOf(options: OptionValues): InputOf<'retention.review'> {
  const { what = 'ended', on, kind } = options;
  if (what !== 'ended' && what !== 'archive') throw new UsageError(say.badOption('what', String(what)));
  if (typeof on === 'string' && parseDay(on) === null) throw new UsageError(say.badDay('on', on));
  return {
    what,
    ...(typeof on === 'string' ? { on } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
  };
}

/** Files whose period is over, or that go to the archive; on paper with `--pdf`. */
export const review: Run = async ({ options, places, signIn }) => {
  const asked = askedOf(options);
  const pdf = typeof options.pdf === 'string' ? path.resolve(options.pdf) : null;
  if (pdf !== null && options.force !== true && fs.existsSync(pdf))
    throw new AppError('file-exists', { file: path.basename(pdf) });
  const ledger = await signIn();
  const rows: FileRow[] = [];
  let found: Review;
  do {
    found = await ledger.call('retention.review', { ...asked, offset: rows.length, limit: pageSize });
    rows.push(...found.rows);
  } while (found.rows.length > 0 && rows.length < found.total);
  const { on, what, handOverYears, total, unsettled } = found;
  const printed = pdf === null ? null : await toPdf(ledger, asked, pdf, places);
  const lines = [
    ...rows.map(lineOf),
    say.total(total, rows.length),
    ...unsettled.map(({ kindTitle, files }) => say.unsettled(kindTitle, files)),
    ...(printed ? [printText.saved(printed.pdf, printed.pages)] : []),
  ];
  return {
    json: { on, what, handOverYears, rows, total, unsettled, ...(printed ?? {}) },
    text: lines.join('\n'),
  };
};

const lineOf = (row: FileRow): string =>
  [
    row.id,
    row.number,
    row.title,
    row.filedOn,
    periodText(row.period),
    row.endedOn,
    ...row.obstacles.map(obstacleText),
  ]
    .filter(Boolean)
    .join('\t');

async function toPdf(
  ledger: Ledger,
  asked: InputOf<'retention.review'>,
  pdf: string,
  places: Places,
): Promise<{ pdf: string; pages: number }> {
  const { printPages } = await import('../print.ts');
  const { pages } = await printPages(pdf, places, {
    ask: () => ledger.call('retention.sheet', asked),
    open: async () => ({ pictures: new Map(), pdfs: new Map() }),
    namesPages: false,
  });
  return { pdf, pages };
}

/** Lists of destruction, with how far each has come. */
export const destructionLists: Run = async ({ signIn }) => {
  const ledger = await signIn();
  const lists = await ledger.call('destruction.lists', {});
  const text = lists.map(({ number, state, counts }) =>
    [number, say.listStates[state], say.listCounts(counts.listed, counts.withheld, counts.destroyed)].join(
      '\t',
    ),
  );
  return { json: { lists }, text: text.length > 0 ? text.join('\n') : say.noLists };
};
