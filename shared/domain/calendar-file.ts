import { AppError } from '#shared/api/errors.ts';
import { type Day, parseDay, weekdayOf } from '#shared/domain/day.ts';
import type { CalendarYear } from '#shared/domain/working-days.ts';
import { day as dayKind } from '#shared/kinds/day.ts';
import { calendarColumns, calendarKinds, calendarText } from '#shared/text/calendar.ts';

/** A file of days off and make-up days, as a bureau brings it: a table, or JSON in the form of seeds/calendar. */

/** One day as written; `line` counts from 1, in a table its headings included. */
export type CalendarLine = { line: number; year: string; day: string; kind: string; name: string };

export type CalendarFault =
  | 'shape'
  | 'heading'
  | 'day'
  | 'year'
  | 'kind'
  | 'outside'
  | 'weekday'
  | 'twice'
  | 'few';

/** No year has had fewer days off than the seven that 全国年节及纪念日放假办法 gave in 1949; newer ones have 11 and more. */
const fewest = 7;

/** Rows of a table by its headings. Throws `calendar-unreadable`. */
export function linesOfTable(
  records: readonly { cells: readonly string[]; line: number }[],
  file: string,
): CalendarLine[] {
  const [head, ...rows] = records;
  const at = (column: keyof typeof calendarColumns) =>
    (head?.cells ?? []).findIndex((cell) => calendarColumns[column].includes(cell.trim().toLowerCase()));
  if (at('day') < 0 || at('kind') < 0) throw unreadable(file, 'heading', head?.line ?? 1, '');
  return rows.map(({ cells, line }) => {
    const cell = (column: keyof typeof calendarColumns) => cells[at(column)]?.trim() ?? '';
    return { line, year: cell('year'), day: cell('day'), kind: cell('kind'), name: cell('name') };
  });
}

/** One year, or a list of years, each `{year, title?, source?, days: [{day, is, name}]}`. Throws `calendar-unreadable`. */
export function linesOfJson(
  text: string,
  file: string,
): { lines: CalendarLine[]; titles: Map<number, string> } {
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw unreadable(file, 'shape', 1, '');
  }
  const years = (Array.isArray(read) ? read : [read]) as {
    year?: unknown;
    title?: unknown;
    days?: unknown;
  }[];
  const lines: CalendarLine[] = [];
  const titles = new Map<number, string>();
  for (const one of years) {
    if (typeof one !== 'object' || one === null || !Array.isArray(one.days))
      throw unreadable(file, 'shape', lines.length + 1, '');
    if (typeof one.title === 'string') titles.set(Number(one.year), one.title.slice(0, 120));
    for (const each of one.days as { day?: unknown; is?: unknown; name?: unknown }[]) {
      const word = (value: unknown) =>
        typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
      lines.push({
        line: lines.length + 1,
        year: word(one.year),
        day: word(each?.day),
        kind: word(each?.is),
        name: word(each?.name),
      });
    }
  }
  return { lines, titles };
}

type Read = { line: CalendarLine; day: Day; is: 'off' | 'work'; year: number };

/** Checks the days of a file and puts them together by year. Throws `calendar-unreadable`. */
export function calendarFrom(
  lines: readonly CalendarLine[],
  file: string,
  titles: ReadonlyMap<number, string> = new Map(),
): CalendarYear[] {
  const read = lines.map((line) => readLine(line, file));
  const usual = usualYear(read.map(({ day }) => day));
  const byYear = new Map<number, Map<Day, Read>>();
  for (const { line, day, is } of read) {
    const year = line.year === '' ? usual : Number(line.year.replace(/年$/, ''));
    if (!Number.isInteger(year) || year < 1949 || year > 2999)
      throw unreadable(file, 'year', line.line, line.year);
    // A notice may name days of the end of the year before (2018-12-29 was worked for New Year 2019).
    if (day < `${year - 1}-12-24` || day > `${year + 1}-01-07`)
      throw unreadable(file, 'outside', line.line, day);
    if (is === 'work' && weekdayOf(day) <= 5) throw unreadable(file, 'weekday', line.line, day);
    const days = byYear.get(year) ?? new Map<Day, Read>();
    if (days.has(day)) throw unreadable(file, 'twice', line.line, day);
    byYear.set(year, days.set(day, { line, day, is, year }));
  }
  if (byYear.size === 0) throw unreadable(file, 'few', 1, '');
  return [...byYear]
    .sort(([one], [other]) => one - other)
    .map(([year, days]) => {
      const all = [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
      if (all.filter(({ is }) => is === 'off').length < fewest)
        throw unreadable(file, 'few', all[0]?.line.line ?? 1, String(year));
      return {
        year,
        title: titles.get(year) ?? calendarText.usualTitle(year),
        source: calendarText.fromFile(file).slice(0, 200),
        sure: 'high' as const,
        days: all.map(({ day, is, line }) => ({ day, is, name: line.name.slice(0, 40) })),
      };
    });
}

function readLine(line: CalendarLine, file: string): Omit<Read, 'year'> {
  const typed = dayKind.fromText(line.day, { kind: 'day', label: '' });
  const day = typed.ok ? parseDay(String(typed.value)) : null;
  if (day === null) throw unreadable(file, 'day', line.line, line.day);
  const kind = line.kind.trim().toLowerCase();
  const is = calendarKinds.off.includes(kind) ? 'off' : calendarKinds.work.includes(kind) ? 'work' : null;
  if (is === null) throw unreadable(file, 'kind', line.line, line.kind);
  return { line, day, is };
}

/** The year that most of the days are in. */
function usualYear(days: readonly Day[]): number {
  const counts = new Map<string, number>();
  for (const day of days) counts.set(day.slice(0, 4), (counts.get(day.slice(0, 4)) ?? 0) + 1);
  return Number([...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 0);
}

function unreadable(file: string, fault: CalendarFault, line: number, text: string) {
  return new AppError('calendar-unreadable', { file, fault, line, text: text.slice(0, 40) });
}
