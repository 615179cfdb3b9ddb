import type { Board, BoardPart, DueRow } from '#shared/api/deadline-types.ts';
import { parseDay } from '#shared/domain/day.ts';
import { calendarText } from '#shared/text/calendar.ts';
import { commandLineText as say } from '#shared/text/command-line.ts';
import { boardText, partNames } from '#shared/text/deadlines.ts';
import { onLine } from '#shared/text/reader.ts';
import { accountsText } from '#shared/text/safety.ts';
import { type Ledger, type Run, UsageError } from '../command.ts';

const parts: readonly BoardPart[] = ['overdue', 'today', 'week'];
/** As many rows as the core gives at once. */
const pageSize = 1000;

export const deadlines: Run = async ({ options, signIn }) => {
  const { on } = options;
  if (typeof on === 'string' && parseDay(on) === null) throw new UsageError(say.badDay('on', on));
  const ledger = await signIn();
  const asked = typeof on === 'string' ? { on } : {};
  const [overdue, today, week] = [
    await all(ledger, asked, 'overdue'),
    await all(ledger, asked, 'today'),
    await all(ledger, asked, 'week'),
  ];
  const { board } = overdue;
  const rows = { overdue: overdue.rows, today: today.rows, week: week.rows };
  const unknown = [
    ...new Set(Object.values(rows).flatMap((part) => part.flatMap((row) => row.unknownYears))),
  ];
  const warnings = [
    ...(board.clock.later && on === undefined
      ? [boardText.clock(board.clock.today, board.clock.later, board.clock.isBehind)]
      : []),
    ...(unknown.length > 0 ? [calendarText.missingYears(unknown.sort())] : []),
    ...(board.nobodyAudits ? [accountsText.noAudit(onLine)] : []),
    ...(board.idleDuties ? [accountsText.idle(board.idleDuties, onLine)] : []),
  ];
  const isEmpty = parts.every((part) => rows[part].length === 0);
  const lines = isEmpty
    ? [say.nothingDue]
    : parts.flatMap((part) => [`${partNames[part]}（${rows[part].length}）`, ...rows[part].map(lineOf)]);
  return {
    json: { ...rows, on: board.on, warnings },
    text: [boardText.on(board.on), ...warnings, ...lines].join('\n'),
  };
};

async function all(ledger: Ledger, asked: { on?: string }, part: BoardPart) {
  const rows: DueRow[] = [];
  for (;;) {
    const input = { ...asked, part, offset: rows.length, limit: pageSize };
    const board: Board = await ledger.call('deadline.board', input);
    rows.push(...board[part]);
    if (board[part].length < pageSize) return { board, rows };
  }
}

function lineOf(row: DueRow): string {
  const marks = [
    ...(row.isUnconfirmed ? [boardText.unconfirmed] : []),
    ...(row.isEstimated ? [boardText.estimated] : []),
    ...(row.isExtended ? [boardText.extended] : []),
  ];
  return [
    row.id,
    boardText.due(row.dueOn, row.dueTime),
    boardText.days(row.days),
    row.what,
    [row.number, row.title].filter(Boolean).join(' '),
    row.personName || boardText.nobody,
    boardText.law(row.law, row.article) + marks.map((mark) => `［${mark}］`).join(''),
  ].join('\t');
}
