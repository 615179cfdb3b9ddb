import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedYears } from '#core/cases/calendars.ts';
import { addDays, asDay, type Day, dayOfNumber, weekdayOf } from '#shared/domain/day.ts';
import {
  addWorkdays,
  createWorkCalendar,
  isWorkday,
  nextWorkday,
  rollToWorkday,
  workdaysBetween,
} from '#shared/domain/working-days.ts';

const calendar = createWorkCalendar(seedYears());
const plain = createWorkCalendar([]);
const day = asDay;

test.each([
  ['2025-10-01', false, 'a holiday in the week'],
  ['2025-10-07', false, 'a day given in lieu'],
  ['2025-09-28', true, 'a Sunday worked to make up'],
  ['2025-10-11', true, 'a Saturday worked to make up'],
  ['2025-10-12', false, 'a plain Sunday'],
  ['2025-10-13', true, 'a plain Monday'],
  ['2024-02-09', true, 'the eve of 2024 was a working day'],
  ['2026-02-14', true, 'worked for the Spring Festival of 2026'],
])('%s is worked: %s (%s)', (on, isWorked) => {
  expect(isWorkday(calendar, day(on))).toBe(isWorked);
});

test.each([
  ['2025-09-30', 1, '2025-10-09', 'over the eight days of October'],
  ['2025-09-26', 1, '2025-09-28', 'the make-up Sunday counts'],
  ['2025-09-26', 3, '2025-09-30', ''],
  ['2025-10-09', 3, '2025-10-13', 'the make-up Saturday counts'],
  ['2025-10-01', 0, '2025-10-01', 'nothing to count'],
  ['2025-10-01', 1, '2025-10-09', 'from a day off'],
  ['2025-12-30', 5, '2026-01-07', 'over New Year 2026, whose Sunday the 4th is worked'],
])('%s and %i working days: %s %s', (from, count, to) => {
  expect(addWorkdays(calendar, day(from), count)).toEqual({ day: to, unknownYears: [] });
});

test('a last day off rolls on, one that is worked stays', () => {
  expect(rollToWorkday(calendar, day('2025-10-02')).day).toBe('2025-10-09');
  expect(rollToWorkday(calendar, day('2025-09-28')).day).toBe('2025-09-28');
  expect(nextWorkday(calendar, day('2025-09-28')).day).toBe('2025-09-29');
});

test('a year without data is counted by the plain week and named', () => {
  expect(addWorkdays(plain, day('2031-10-01'), 1)).toEqual({ day: '2031-10-02', unknownYears: [2031] });
  expect(rollToWorkday(plain, day('2033-01-01'))).toEqual({ day: '2033-01-03', unknownYears: [2033] });
  expect(addWorkdays(calendar, day('2026-12-30'), 3)).toEqual({ day: '2027-01-04', unknownYears: [2027] });
});

const days = fc.integer({ min: 19_358, max: 20_818 }).map(dayOfNumber); // 2023-01-01 … 2026-12-31

describe('laws', () => {
  test('the n-th working day is worked, and n of them lie on the way', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), (from: Day, count) => {
        const reached = addWorkdays(calendar, from, count).day;
        expect(isWorkday(calendar, reached)).toBe(true);
        expect(workdaysBetween(calendar, from, reached)).toBe(count);
      }),
    );
  });

  test('without data it is Monday to Friday, and five of them a week', () => {
    fc.assert(
      fc.property(days, (from: Day) => {
        expect(isWorkday(plain, from)).toBe(weekdayOf(from) <= 5);
        expect(workdaysBetween(plain, from, addDays(from, 7))).toBe(5);
      }),
    );
  });
});

test('the years that come with the program are whole: 11 days off by law and more, make-up days on weekends only', () => {
  expect(seedYears().map(({ year }) => year)).toEqual([2023, 2024, 2025, 2026]);
  for (const { year, days: all } of seedYears()) {
    const weekdaysOff = all.filter((one) => one.is === 'off' && weekdayOf(one.day) <= 5);
    const made = all.filter(({ is }) => is === 'work');
    expect(made.every((one) => weekdayOf(one.day) > 5)).toBe(true);
    // Weekdays off beyond the legal holidays are made up for on weekends; 11 holidays to 2024, 13 from 2025
    // (全国年节及纪念日放假办法), less those that fall on a weekend.
    const legal = year < 2025 ? 11 : 13;
    expect(weekdaysOff.length - made.length, String(year)).toBeLessThanOrEqual(legal);
    expect(weekdaysOff.length - made.length, String(year)).toBeGreaterThanOrEqual(legal - 3);
    expect(all.every((one) => one.day.startsWith(String(year)))).toBe(true);
  }
});
