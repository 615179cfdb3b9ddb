import type { Board, BoardPart, DueRow } from '#shared/api/deadline-types.ts';
import { type ResolvedBlock, type ResolvedDocument, type Run, rowOf } from '#shared/document/resolved.ts';
import { calendarText } from '#shared/text/calendar.ts';
import { boardText, partNames, sheetText } from '#shared/text/deadlines.ts';

const parts: readonly BoardPart[] = ['overdue', 'today', 'week'];
const columns = [
  { share: 6, align: 'center' },
  { share: 26, align: 'start' },
  { share: 16, align: 'start' },
  { share: 20, align: 'center' },
  { share: 12, align: 'center' },
  { share: 26, align: 'start' },
] as const;

const run = (text: string): Run[] => [{ text }];

type Filter = { person?: string | undefined; unit?: string | undefined; rule?: string | undefined };

/** The board as an official sheet: title, unit, day, one table a part, what its marks mean. */
export function boardSheet(board: Board, unit: string, filter: Filter): ResolvedDocument {
  const rows = parts.flatMap((part) => board[part]);
  const scope = scopeOf(board, filter);
  const blocks: ResolvedBlock[] = [
    { block: 'title', runs: run(sheetText.title) },
    { block: 'blank', lines: 1 },
    { block: 'note', runs: run(sheetText.unit(unit, board.on)) },
    ...(scope.length > 0 ? [{ block: 'note' as const, runs: run(sheetText.filtered(scope)) }] : []),
    ...parts.flatMap((part) => partBlocks(board, part)),
    { block: 'blank', lines: 1 },
    ...(rows.some(({ isUnconfirmed }) => isUnconfirmed) ? [note(sheetText.unconfirmed)] : []),
    ...(rows.some(({ isEstimated }) => isEstimated) ? [note(sheetText.estimated)] : []),
    ...(board.unknownYears.length > 0 ? [note(calendarText.missingYears(board.unknownYears))] : []),
    ...(board.clock.later
      ? [note(boardText.clock(board.clock.today, board.clock.later, board.clock.isBehind))]
      : []),
  ];
  return { title: sheetText.title, page: 'official', blocks };
}

const note = (text: string): ResolvedBlock => ({ block: 'note', runs: run(text) });

function scopeOf(board: Board, { person, unit, rule }: Filter): string[] {
  const who = board.persons.find((one) => one.person === person);
  return [
    ...(unit === undefined ? [] : [board.units.find(({ unitId }) => unitId === unit)?.name ?? unit]),
    ...(person === undefined ? [] : [who?.name || (person === '' ? boardText.nobody : person)]),
    ...(rule === undefined ? [] : [board.rules.find((one) => one.rule === rule)?.what ?? rule]),
  ];
}

function partBlocks(board: Board, part: BoardPart): ResolvedBlock[] {
  const rows = board[part];
  const all = board.counts[part];
  const heading: ResolvedBlock = {
    block: 'heading',
    level: 1,
    mark: '',
    runs: run(sheetText.part(partNames[part], all)),
  };
  if (rows.length === 0) return [heading, { block: 'paragraph', lead: [], runs: run(sheetText.none) }];
  const table: ResolvedBlock = {
    block: 'table',
    caption: [],
    columns: [...columns],
    head: sheetText.head.map(run),
    rows: rows.map((row, index) => rowOf(cellsOf(row, index).map(run), columns)),
  };
  return [heading, table, ...(rows.length < all ? [note(sheetText.cut(rows.length, all))] : [])];
}

function cellsOf(row: DueRow, index: number): string[] {
  const marks = [
    ...(row.isUnconfirmed ? [boardText.unconfirmed] : []),
    ...(row.isEstimated ? [boardText.estimated] : []),
    ...(row.isExtended ? [boardText.extended] : []),
  ];
  const day = row.dueTime === null ? row.dueOn : `${row.dueOn} ${row.dueTime}`;
  return [
    String(index + 1),
    [row.title, row.number].filter(Boolean).join('\n'),
    row.what,
    `${day}\n${boardText.days(row.days)}`,
    row.personName,
    [boardText.law(row.law, row.article), ...marks.map((mark) => `［${mark}］`)].join(''),
  ];
}
