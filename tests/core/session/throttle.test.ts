import { expect, test } from 'vitest';
import { createThrottle } from '#core/security/throttle.ts';
import type { AppError } from '#shared/api/errors.ts';

const facts = (work: () => void) => {
  try {
    work();
    return 'free';
  } catch (error) {
    const { code, params } = error as AppError;
    return { code, ...params };
  }
};

test('four tries are free; from the fifth on one waits, twice as long each time, a quarter of an hour at most', () => {
  let now = 0;
  const throttle = createThrottle(() => now);
  expect([1, 2, 3, 4].map(() => facts(() => throttle.fail()))).toEqual(
    [4, 3, 2, 1].map((left) => ({ code: 'sign-in-failed', left })),
  );
  for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
    expect(facts(() => throttle.check())).toBe('free');
    expect(facts(() => throttle.fail())).toEqual({ code: 'sign-in-wait', seconds });
    now += seconds * 1000 - 1;
    expect(facts(() => throttle.check())).toEqual({ code: 'sign-in-wait', seconds: 1 });
    now += 1;
  }
  expect(throttle.succeed()).toBe(11);
  expect(facts(() => throttle.fail())).toEqual({ code: 'sign-in-failed', left: 4 });
});
