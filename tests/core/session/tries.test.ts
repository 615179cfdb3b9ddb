// Guessing a password, over any order of right and wrong ones, waits, new starts and clocks that are set
// (GB/T 22239-2019 身份鉴别): compared with the rule as a person would write it down.
import fs from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { createThrottle } from '#core/security/throttle.ts';
import { createTries } from '#core/security/tries.ts';
import type { AppError } from '#shared/api/errors.ts';
import { temporaryFolder } from '#tests/faults/support.ts';

const codeOf = (work: () => void): string => {
  try {
    work();
    return 'free';
  } catch (error) {
    return (error as AppError).code;
  }
};

type Step = { is: 'wrong' | 'right'; wait: number } | { is: 'restart'; wait: number };
const step: fc.Arbitrary<Step> = fc.record({
  is: fc.constantFrom('wrong', 'wrong', 'wrong', 'right', 'restart'),
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2000 })),
});

test('whoever guesses gets five tries, then ever longer waits, and never two answers within a wait', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = 1_000_000;
      let throttle = createThrottle(() => now);
      let failures = 0;
      let free = now;
      for (const { is, wait } of steps) {
        now += wait * 1000;
        if (is === 'restart') {
          throttle = createThrottle(() => now);
          [failures, free] = [0, now];
          continue;
        }
        const isFree = now >= free;
        expect(codeOf(() => throttle.check())).toBe(isFree ? 'free' : 'sign-in-wait');
        if (!isFree) continue;
        if (is === 'right') {
          expect(throttle.succeed()).toBe(failures);
          [failures, free] = [0, now];
          continue;
        }
        failures += 1;
        const seconds = failures < 5 ? 0 : Math.min(900, 30 * 2 ** (failures - 5));
        free = now + seconds * 1000;
        expect(codeOf(() => throttle.fail())).toBe(seconds === 0 ? 'sign-in-failed' : 'sign-in-wait');
      }
    }),
  );
});

let folder: string;
beforeEach(() => {
  folder = temporaryFolder('tries');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('ten wrong ones in a row lock an account, over any new starts, and no other account for them', () => {
  const act = fc.record({
    who: fc.constantFrom('李秀英', '王建国'),
    is: fc.constantFrom('wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'right', 'restart'),
  });
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 50 }), (acts) => {
      let tries = createTries(() => folder);
      const wrong: Record<string, number> = {};
      for (const { who, is } of acts) {
        const before = wrong[who] ?? 0;
        if (is === 'restart') tries = createTries(() => folder);
        else if (is === 'wrong') {
          expect(tries.fail(who)).toBe(before + 1 >= 10);
          wrong[who] = before + 1;
        } else {
          tries.forget(who);
          wrong[who] = 0;
        }
        for (const name of ['李秀英', '王建国']) expect(tries.isLocked(name)).toBe((wrong[name] ?? 0) >= 10);
      }
      for (const name of Object.keys(wrong)) tries.forget(name);
      // Nothing is left of tries that were made good, and no name ever stands in the file.
      expect(fs.existsSync(inFolder(folder, 'tries'))).toBe(false);
    }),
    { numRuns: 10 },
  );
});

test('the file of tries names nobody, and one that was harmed counts as none', () => {
  const tries = createTries(() => folder);
  for (let time = 0; time < 10; time += 1) tries.fail('李秀英');
  const text = fs.readFileSync(inFolder(folder, 'tries'), 'utf8');
  expect(text).not.toContain('李秀英');
  // One name in two forms of the same characters is one account.
  expect([tries.isLocked('李秀英'), tries.isLocked('王建国')]).toEqual([true, false]);
  for (let time = 0; time < 10; time += 1) tries.fail('Zo\u0065\u0308');
  expect(tries.isLocked('Zo\u00eb')).toBe(true);
  for (const harmed of ['', 'null', '7', '{']) {
    fs.writeFileSync(inFolder(folder, 'tries'), harmed);
    expect(tries.isLocked('李秀英')).toBe(false);
    expect(tries.fail('李秀英')).toBe(false);
  }
});
