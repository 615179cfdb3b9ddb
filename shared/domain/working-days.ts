import { z } from 'zod';
import { type Day, dayNumber, dayOfNumber, lastDay, parseDay, yearOf } from '#shared/domain/day.ts';

/**
 * Days on which offices work. Every year the State Council moves days off and working days about (部分节假日安排); a
 * year is data (seeds/calendar, or a file that a bureau takes in). In a year without data Monday to Friday are taken
 * as working days, and every answer that rests on such a year names it.
 */

const day = z.custom<Day>((value) => typeof value === 'string' && parseDay(value) !== null, 'not a day');

export const calendarYearSchema = z.strictObject({
  year: z.int().min(1949).max(2999),
  /** The notice that the days are taken from. */
  title: z.string().min(1).max(120),
  /** Where its days were read. */
  source: z.string().min(1).max(200),
  sure: z.enum(['high', 'medium', 'low']),
  /** Days off, weekends within a holiday included, and weekend days worked to make up for them. */
  days: z.array(z.strictObject({ day, is: z.enum(['off', 'work']), name: z.string().max(40) })).min(1),
});
export type CalendarYear = z.infer<typeof calendarYearSchema>;

/** Days by their number since 1970-01-01. */
export type WorkCalendar = {
  readonly years: ReadonlySet<number>;
  /** Whether a day that differs from the plain week is worked. */
  readonly differing: ReadonlyMap<number, boolean>;
};

/** Later years of the list win where two name the same day (a notice may name days of the year before). */
export function createWorkCalendar(years: readonly CalendarYear[]): WorkCalendar {
  const differing = new Map<number, boolean>();
  for (const { days } of years) for (const one of days) differing.set(dayNumber(one.day), one.is === 'work');
  return { years: new Set(years.map(({ year }) => year)), differing };
}

/** 0 Monday … 6 Sunday. */
const weekdayAt = (at: number) => (((at + 3) % 7) + 7) % 7;
const saturday = 5;

function isWorkedAt(calendar: WorkCalendar, at: number): boolean {
  return calendar.differing.get(at) ?? weekdayAt(at) < saturday;
}

export function isWorkday(calendar: WorkCalendar, on: Day): boolean {
  return isWorkedAt(calendar, dayNumber(on));
}

/** A day that was counted to, and the years on the way for which there was only the plain week. */
export type Reached = { day: Day; unknownYears: number[] };

const lastNumber = dayNumber(lastDay);
/** The number of the day on which the year after begins; past the last year there is none. */
const endOf = (year: number) =>
  year < yearOf(lastDay) ? dayNumber(`${year + 1}-01-01` as Day) : lastNumber + 1;

/** Ends on the last day that can be written, whatever is sought beyond it. */
function walk(calendar: WorkCalendar, from: number, isThere: (at: number) => boolean): Reached {
  const unknown = new Set<number>();
  const first = dayOfNumber(from);
  let year = yearOf(first);
  let newYear = endOf(year);
  if (!calendar.years.has(year)) unknown.add(year);
  let at = from;
  while (!isThere(at) && at < lastNumber) {
    at += 1;
    if (at < newYear) continue;
    year += 1;
    newYear = endOf(year);
    if (!calendar.years.has(year)) unknown.add(year);
  }
  return { day: dayOfNumber(at), unknownYears: [...unknown] };
}

/** The day itself where it is worked, else the next that is (民法典 art. 203: a last day that is a holiday moves on). */
export function rollToWorkday(calendar: WorkCalendar, on: Day): Reached {
  return walk(calendar, dayNumber(on), (at) => isWorkedAt(calendar, at));
}

/** The first working day after this one. */
export function nextWorkday(calendar: WorkCalendar, on: Day): Reached {
  return addWorkdays(calendar, on, 1);
}

/** The so-many-th working day after this one; for 0 the day itself, worked or not. */
export function addWorkdays(calendar: WorkCalendar, on: Day, count: number): Reached {
  const start = dayNumber(on);
  let left = count;
  return walk(calendar, start, (at) => {
    if (at > start && isWorkedAt(calendar, at)) left -= 1;
    return left <= 0;
  });
}

/** Working days after `from` up to and including `to`. */
export function workdaysBetween(calendar: WorkCalendar, from: Day, to: Day): number {
  let count = 0;
  for (let at = dayNumber(from) + 1; at <= dayNumber(to); at += 1) if (isWorkedAt(calendar, at)) count += 1;
  return count;
}
