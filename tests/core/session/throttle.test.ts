import { describe, expect, test } from 'vitest';
import { afterFailures, leftOf, longestWait } from '#core/security/throttle.ts';

test('four tries are free; from the fifth on one waits, twice as long each time, a quarter of an hour at most', () => {
  expect([1, 2, 3, 4].map(afterFailures)).toEqual([4, 3, 2, 1].map((left) => ({ left })));
  expect([5, 6, 7, 8, 9, 10, 11].map(afterFailures)).toEqual(
    [30, 60, 120, 240, 480, 900, 900].map((seconds) => ({ ms: seconds * 1000 })),
  );
  expect(afterFailures(100_000)).toEqual({ ms: longestWait });
});

describe('what is left of a wait, by the time since the computer started', () => {
  const wait = { ms: 60_000, since: 100_000 };
  test.each([
    [100_000, 60_000],
    [100_001, 59_999],
    [159_999, 1],
    [160_000, 0],
    [1e12, 0],
    // Started anew meanwhile: surely so long ago as it runs now, and no longer.
    [0, 60_000],
    [10_000, 50_000],
    [60_000, 0],
    [99_999, 0],
  ])('at %i: %i', (now, left) => expect(leftOf(wait, now)).toBe(left));
});
