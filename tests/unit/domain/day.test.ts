import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  asDay,
  compareDays,
  type Day,
  dayFrom,
  dayNumber,
  dayOfNumber,
  dayRange,
  daysBetween,
  daysOf,
  isDay,
  isWithin,
  monthRange,
  parseDay,
  weekdayOf,
  yearRange,
  yearsBetween,
} from '#shared/domain/day.ts';

/** The calendar written out by the Gregorian rule alone, day by day. */
function* calendar(fromYear: number, toYear: number): Generator<Day> {
  for (let year = fromYear; year <= toYear; year += 1) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    for (const [index, length] of [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries()) {
      for (let date = 1; date <= length; date += 1) {
        yield `${year}-${String(index + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}` as Day;
      }
    }
  }
}

const days = [...calendar(1890, 2110)];
const index = fc.nat(days.length - 1);
const at = (position: number) => days[position]!;

describe('day', () => {
  test('counting agrees with a calendar written out day by day', () => {
    const first = dayNumber(at(0));
    for (const [position, day] of days.entries()) {
      expect(dayNumber(day)).toBe(first + position);
      expect(dayOfNumber(first + position)).toBe(day);
    }
    expect(dayNumber(asDay('1970-01-01'))).toBe(0);
    expect(dayNumber(asDay('1000-01-01'))).toBe(-354285);
    expect(dayOfNumber(2932896)).toBe('9999-12-31');
  });

  test('addDays, daysBetween, compare and weekday agree with positions in the calendar', () => {
    const monday = days.indexOf(asDay('2024-01-01'));
    fc.assert(
      fc.property(index, index, (from, to) => {
        expect(addDays(at(from), to - from)).toBe(at(to));
        expect(daysBetween(at(from), at(to))).toBe(to - from);
        expect(Math.sign(compareDays(at(from), at(to)))).toBe(Math.sign(from - to));
        expect(weekdayOf(at(from))).toBe(((((from - monday) % 7) + 7) % 7) + 1);
      }),
    );
  });

  test('addMonths keeps the day or takes the last of a shorter month', () => {
    expect(addMonths(asDay('2024-01-31'), 1)).toBe('2024-02-29');
    expect(addMonths(asDay('2023-01-31'), 1)).toBe('2023-02-28');
    expect(addMonths(asDay('2024-03-31'), -1)).toBe('2024-02-29');
    expect(addMonths(asDay('2024-12-15'), 1)).toBe('2025-01-15');
    fc.assert(
      fc.property(index, fc.integer({ min: -600, max: 600 }), (from, months) => {
        const result = addMonths(at(from), months);
        const serial = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        expect(serial(result)).toBe(serial(at(from)) + months);
        const kept = result.slice(8) === at(from).slice(8);
        const clamped = result.slice(8) < at(from).slice(8) && addDays(result, 1).endsWith('-01');
        expect(kept || clamped).toBe(true);
      }),
    );
  });

  test('counting ends on the first and the last day that can be written', () => {
    expect(addDays(asDay('9999-12-16'), 15)).toBe('9999-12-31');
    expect(addDays(asDay('9999-12-16'), 16)).toBe('9999-12-31');
    expect(addDays(asDay('1000-01-01'), -1)).toBe('1000-01-01');
    expect(addMonths(asDay('9999-11-30'), 1)).toBe('9999-12-30');
    expect(addMonths(asDay('9999-12-01'), 1)).toBe('9999-12-31');
    expect(addMonths(asDay('1000-01-31'), -1)).toBe('1000-01-01');
  });

  test('only real days in the one form are read', () => {
    for (const text of [
      '2023-02-29',
      '2024-13-01',
      '2024-04-31',
      '2024-00-10',
      '2024-1-1',
      '0999-12-31',
      '2024-01-01 ',
    ]) {
      expect(parseDay(text)).toBeNull();
    }
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay(20240229)).toBe(false);
    expect(dayFrom(2024, 2, 29.5)).toBeNull();
    expect(() => asDay('2023-02-29')).toThrow(RangeError);
  });

  test('ranges hold both ends', () => {
    expect([...daysOf(yearRange(2024))]).toHaveLength(366);
    expect(monthRange(2023, 2)).toEqual({ from: '2023-02-01', to: '2023-02-28' });
    expect(isWithin(asDay('2024-12-31'), yearRange(2024))).toBe(true);
    expect(isWithin(asDay('2025-01-01'), yearRange(2024))).toBe(false);
    expect(dayRange(asDay('2024-01-02'), asDay('2024-01-01'))).toBeNull();
    expect(() => monthRange(2024, 13)).toThrow(RangeError);
  });

  test('age in whole years', () => {
    expect(yearsBetween(asDay('2006-05-02'), asDay('2024-05-01'))).toBe(17);
    expect(yearsBetween(asDay('2006-05-01'), asDay('2024-05-01'))).toBe(18);
    expect(yearsBetween(asDay('2004-02-29'), asDay('2022-02-28'))).toBe(17);
    expect(yearsBetween(asDay('2004-02-29'), asDay('2022-03-01'))).toBe(18);
  });
});
