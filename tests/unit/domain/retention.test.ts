import { expect, test } from 'vitest';
import type { Day } from '#shared/domain/day.ts';
import {
  filedBefore,
  handOverYears,
  keptUntil,
  type PeriodDecision,
  periodSpans,
} from '#shared/domain/retention.ts';

const day = (text: string) => text as Day;
const decision = (period: PeriodDecision['period'], from: string | null, to: string | null = null) =>
  ({
    ...{ period, authority: '档案局', letterNo: '1', approvedOn: null },
    ...{ validFrom: from && day(from), validTo: to && day(to) },
  }) as PeriodDecision;
const told = (decisions: readonly PeriodDecision[]) =>
  periodSpans(decisions).map((span) => [span.from, span.to, span.decision.period]);

test('a file of a year is kept so many whole years after it', () => {
  expect(keptUntil(day('2015-01-01'), 10)).toBe('2025-12-31');
  expect(keptUntil(day('2015-12-31'), 10)).toBe('2025-12-31');
  // On the last day of its period it is not over, the day after it is.
  expect(filedBefore(day('2025-12-31'), 10)).toBe('2014-12-31');
  expect(filedBefore(day('2026-01-01'), 10)).toBe('2015-12-31');
  for (const filed of ['2013-02-28', '2015-06-30', '2020-12-31'])
    for (const on of ['2025-12-31', '2026-01-01', '2031-01-01'])
      expect(keptUntil(day(filed), 10) < on).toBe(filed <= filedBefore(day(on), 10));
});

test('a later table goes before an earlier one within its days, and leaves the others', () => {
  expect(told([decision(10, null)])).toEqual([[null, null, 10]]);
  expect(told([decision(10, null), decision(30, '2018-01-01')])).toEqual([
    [null, '2017-12-31', 10],
    ['2018-01-01', null, 30],
  ]);
  expect(told([decision(10, null), decision(30, '2018-01-01', '2019-12-31')])).toEqual([
    [null, '2017-12-31', 10],
    ['2018-01-01', '2019-12-31', 30],
    ['2020-01-01', null, 10],
  ]);
  expect(told([decision(30, '2018-01-01', '2019-12-31'), decision('unset', null)])).toEqual([
    [null, null, 'unset'],
  ]);
});

test('files go to the archive of a county after ten years, of a city or province after twenty', () => {
  expect(['station', 'county', 'city', 'province'].map(handOverYears)).toEqual([10, 10, 20, 20]);
});
