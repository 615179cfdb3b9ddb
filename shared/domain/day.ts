/**
 * Calendar days as 'YYYY-MM-DD' text with integer arithmetic (proleptic Gregorian calendar, years 1000–9999).
 * No Date object: a legal day has no hour and no time zone, and Date would bring both in.
 */

declare const dayBrand: unique symbol;

/**
 * 'YYYY-MM-DD', a day that exists. Two days compare rightly with < and > because all years have four digits.
 */
export type Day = string & { readonly [dayBrand]: true };

/** Both ends belong to the range. */
export type DayRange = { readonly from: Day; readonly to: Day };

const firstYear = 1000;
const lastYear = 9999;
const firstDay = `${firstYear}-01-01` as Day;
export const lastDay = `${lastYear}-12-31` as Day;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days in a month; `month` is 1–12, anything else gives 0. */
function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return lengths[month - 1] ?? 0;
}

/** The day with these parts, or null where there is none (31 April, month 13, year 999). */
export function dayFrom(year: number, month: number, dayOfMonth: number): Day | null {
  if (!Number.isInteger(year) || !Number.isInteger(month) || !Number.isInteger(dayOfMonth)) return null;
  if (year < firstYear || year > lastYear) return null;
  if (dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null;
  return write(year, month, dayOfMonth);
}

/** Strict reading: exactly 'YYYY-MM-DD' and a day that exists, else null. */
export function parseDay(text: string): Day | null {
  const match = shape.exec(text);
  return match ? dayFrom(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && parseDay(value) !== null;
}

/** For days written in code and data known to be good. Throws RangeError otherwise. */
export function asDay(text: string): Day {
  const day = parseDay(text);
  if (day === null) throw new RangeError(`not a day: ${text}`);
  return day;
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** 1–12 */
export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}

/** 1–31 */
export function dayOfMonth(day: Day): number {
  return Number(day.slice(8, 10));
}

/** Days since 1970-01-01, negative before. */
export function dayNumber(day: Day): number {
  // Years counted from March put the leap day last, so that month lengths follow one linear formula.
  const month = monthOf(day);
  const year = month <= 2 ? yearOf(day) - 1 : yearOf(day);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth(day) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

const firstNumber = dayNumber(firstDay);
const lastNumber = dayNumber(lastDay);

/** The inverse of dayNumber. Throws RangeError outside the years 1000–9999. */
export function dayOfNumber(count: number): Day {
  const shifted = count + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayInMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = dayFrom(year, month, dayInMonth);
  if (day === null) throw new RangeError(`day number out of range: ${count}`);
  return day;
}

/**
 * The day so many days on, or the first or last day that can be written where that lies beyond: a period that is
 * counted from a day typed wrongly must end somewhere, because an error would keep every rule from being counted anew.
 */
export function addDays(day: Day, count: number): Day {
  return dayOfNumber(Math.min(Math.max(dayNumber(day) + count, firstNumber), lastNumber));
}

/**
 * The same day of another month; where that month is shorter, its last day (民法典 202: a period of months ends
 * on the corresponding day, and on the month's last day where there is none). Ends as `addDays` does.
 */
export function addMonths(day: Day, count: number): Day {
  const months = yearOf(day) * 12 + monthOf(day) - 1 + count;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  if (year < firstYear) return firstDay;
  if (year > lastYear) return lastDay;
  return write(year, month, Math.min(dayOfMonth(day), daysInMonth(year, month)));
}

const hoursInChina = 8 * 3_600_000;

/** The day in China (UTC+8) at an instant, in milliseconds since 1970. Legal days are of this zone, whatever the PC's. */
export function dayInChina(at: number): Day {
  return dayOfNumber(Math.floor((at + hoursInChina) / 86_400_000));
}

/** The minute in China at an instant, as `2025-06-30 09:05`. */
export function minuteInChina(at: number): string {
  const minutes = Math.floor((at + hoursInChina) / 60_000) % 1440;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${dayInChina(at)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The last millisecond of a day in China. */
export const endInChina = (day: Day): number => (dayNumber(day) + 1) * 86_400_000 - hoursInChina - 1;

/** Negative, zero or positive, for sorting. */
export function compareDays(left: Day, right: Day): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Days from the first to the second: 0 for the same day, negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * Whole years completed between a birth day and a day: the age on that day. A 29 February counts on 1 March.
 */
export function yearsBetween(from: Day, to: Day): number {
  const years = yearOf(to) - yearOf(from);
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** 1 Monday … 7 Sunday */
export function weekdayOf(day: Day): number {
  const sinceMonday = (dayNumber(day) + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

export function earlierDay(left: Day, right: Day): Day {
  return left <= right ? left : right;
}

/** Null where `to` is before `from`. */
export function dayRange(from: Day, to: Day): DayRange | null {
  return from <= to ? { from, to } : null;
}

/** 1 January to 31 December. Throws RangeError outside the years 1000–9999. */
export function yearRange(year: number): DayRange {
  return { from: asDay(`${year}-01-01`), to: asDay(`${year}-12-31`) };
}

/** First to last day of a month; `month` is 1–12, else RangeError. */
export function monthRange(year: number, month: number): DayRange {
  const from = dayFrom(year, month, 1);
  if (from === null) throw new RangeError(`not a month: ${year}-${month}`);
  return { from, to: write(year, month, daysInMonth(year, month)) };
}

export function isWithin(day: Day, range: DayRange): boolean {
  return range.from <= day && day <= range.to;
}

/** Every day of the range in order. */
export function* daysOf(range: DayRange): Generator<Day> {
  const last = dayNumber(range.to);
  for (let count = dayNumber(range.from); count <= last; count += 1) yield dayOfNumber(count);
}

function write(year: number, month: number, dayInMonth: number): Day {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(dayInMonth).padStart(2, '0')}`;
  return text as Day;
}
