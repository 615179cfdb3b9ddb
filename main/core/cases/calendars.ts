import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import year2023 from '#seeds/calendar/2023.json' with { type: 'json' };
import year2024 from '#seeds/calendar/2024.json' with { type: 'json' };
import year2025 from '#seeds/calendar/2025.json' with { type: 'json' };
import year2026 from '#seeds/calendar/2026.json' with { type: 'json' };
import type { HeldYear } from '#shared/api/deadline-types.ts';
import { AppError } from '#shared/api/errors.ts';
import {
  type CalendarYear,
  calendarYearSchema,
  createWorkCalendar,
  type WorkCalendar,
} from '#shared/domain/working-days.ts';

/** Years of the legal calendar: those that came with the program, and those a bureau took in, of which the newest counts. */

let own: readonly CalendarYear[] | null = null;

/** Parsed once. Throws `seed-invalid`. */
export function seedYears(): readonly CalendarYear[] {
  own ??= [year2023, year2024, year2025, year2026].map((json) => {
    const parsed = calendarYearSchema.safeParse(json);
    if (parsed.success) return parsed.data;
    const at = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('seed-invalid', { file: `seeds/calendar/${json.year}.json`, at });
  });
  return own;
}

type Row = { year: number; content: string; file: string; at: string; account: string };

/** Newest first. */
function takenIn(db: ReadDb): Row[] {
  return db.all<Row>(sql`select y.year, y.content, y.file, y.at, a.name as account
    from calendar_year y join account a on a.seq = y.account_seq order by y.seq desc`);
}

export function workCalendar(db: ReadDb): WorkCalendar {
  const years = new Map(seedYears().map((one) => [one.year, one]));
  for (const { year, content } of takenIn(db).reverse()) years.set(year, JSON.parse(content) as CalendarYear);
  return createWorkCalendar([...years.values()].sort((one, other) => one.year - other.year));
}

/** Every year that is held, newest year first, with what it replaced. */
export function heldYears(db: ReadDb): HeldYear[] {
  const rows = takenIn(db);
  const seeds = new Map(seedYears().map((one) => [one.year, one]));
  const years = [...new Set([...seeds.keys(), ...rows.map(({ year }) => year)])].sort((a, b) => b - a);
  return years.map((year) => {
    const versions = rows.filter((row) => row.year === year);
    const [newest] = versions;
    const seed = seeds.get(year);
    const calendar = newest ? (JSON.parse(newest.content) as CalendarYear) : (seed as CalendarYear);
    const count = (is: 'off' | 'work') => calendar.days.filter((one) => one.is === is).length;
    return {
      year,
      title: calendar.title,
      source: calendar.source,
      sure: calendar.sure,
      daysOff: count('off'),
      workdays: count('work'),
      takenIn: newest ? { file: newest.file, at: newest.at, account: newest.account } : null,
      replaced: Math.max(0, versions.length - 1) + (newest && seed ? 1 : 0),
    };
  });
}

/** Keeps the years of a file; one that says what stands already is left out. Returns the years that changed. */
export function putYears(
  db: WriteDb,
  years: readonly CalendarYear[],
  entry: { file: string; at: string; accountId: string },
): number[] {
  const rows = takenIn(db);
  const changed: number[] = [];
  for (const one of years) {
    const content = JSON.stringify(one);
    if (rows.find(({ year }) => year === one.year)?.content === content) continue;
    db.run(sql`insert into calendar_year (year, content, file, at, account_seq)
      select ${one.year}, ${content}, ${entry.file}, ${entry.at}, seq from account where id = ${entry.accountId}`);
    changed.push(one.year);
  }
  return changed;
}
