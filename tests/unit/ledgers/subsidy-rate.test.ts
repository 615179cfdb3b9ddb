// What a case is paid by: the standard in force on the day it was concluded, the narrower one first, then the newer one.
import { expect, test } from 'vitest';
import { asDay } from '#shared/domain/day.ts';
import { rateFor } from '#shared/ledgers/subsidy.ts';

type Rate = Parameters<typeof rateFor>[0][number];
const rate = (amountFen: number, validFrom: string, more: Partial<Rate> = {}): Rate => ({
  validFrom: asDay(validFrom),
  amountFen,
  ...more,
});
const paid = (rates: Rate[], concludedOn: string | null, more: Record<string, unknown> = {}) =>
  rateFor(rates, { concludedOn, outcome: 'agreed', ...more })?.amountFen ?? null;

test('in force from its first day to its last, both included', () => {
  const only = [rate(1, '2025-01-01', { validTo: asDay('2025-06-30') })];
  expect(paid(only, '2024-12-31')).toBeNull();
  expect(paid(only, '2025-01-01')).toBe(1);
  expect(paid(only, '2025-06-30')).toBe(1);
  expect(paid(only, '2025-07-01')).toBeNull();
  expect(paid([rate(1, '2025-01-01')], '2099-01-01')).toBe(1);
  expect(paid(only, null)).toBeNull();
});

test('of two that overlap the newer one, whatever their order', () => {
  const [old, next] = [rate(1, '2024-01-01'), rate(2, '2025-01-01')];
  for (const both of [
    [old, next],
    [next, old],
  ]) {
    expect(paid(both, '2024-12-31')).toBe(1);
    expect(paid(both, '2025-01-01')).toBe(2);
  }
});

test('one with more conditions goes before a newer one; a condition that is not met leaves it out', () => {
  const narrow = rate(5, '2024-01-01', { outcome: 'agreed', difficulty: 'hard' });
  const wide = rate(2, '2025-01-01', { outcome: 'agreed' });
  expect(paid([wide, narrow], '2025-03-01', { difficulty: 'hard' })).toBe(5);
  expect(paid([wide, narrow], '2025-03-01', { difficulty: 'simple' })).toBe(2);
  expect(paid([narrow], '2025-03-01')).toBeNull();
});
