// Guessing a password, over any order of right and wrong ones, waits, new starts of the program and of the computer, and
// clocks that are set (GB/T 22239-2019 身份鉴别): compared with the rule as a person would write it down.
import fs from 'node:fs';
import os from 'node:os';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { takeMachine } from '#core/db/machine-mark.ts';
import { createTries, type Tries } from '#core/security/tries.ts';
import type { AppError } from '#shared/api/errors.ts';
import { temporaryFolder } from '#tests/faults/support.ts';

const codeOf = (work: () => void): string => {
  try {
    work();
    return 'free';
  } catch (error) {
    const { code, params } = error as AppError;
    return 'seconds' in params ? `${code} ${params.seconds}` : code;
  }
};

let folder: string;
/** Seconds since the computer started, and what the clock on the wall says. */
let since: number;
let clock: Date;
const open = (): Tries => createTries({ folder: () => folder, at: () => clock.toISOString() });
const file = () => inFolder(folder, 'tries');

beforeEach(() => {
  folder = temporaryFolder('tries');
  since = 10_000;
  clock = new Date('2026-03-02T01:00:00.000Z');
  vi.spyOn(os, 'uptime').mockImplementation(() => since);
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

type Step = { is: 'wrong' | 'right' | 'restart' | 'clock'; wait: number };
const step: fc.Arbitrary<Step> = fc.record({
  is: fc.constantFrom('wrong', 'wrong', 'wrong', 'right', 'restart', 'clock'),
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2000 })),
});

test('whoever guesses gets five tries, then ever longer waits, over starts of the program and clocks that are set', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      fs.rmSync(file(), { force: true });
      let tries = open();
      let [failures, until] = [0, since];
      // Another account each time: this is about the waits, not about the lock.
      for (const [turn, { is, wait }] of steps.entries()) {
        since += wait;
        if (is === 'restart') tries = open();
        if (is === 'clock') clock = new Date(clock.getTime() + (wait - 1000) * 86_400_000);
        if (is === 'restart' || is === 'clock') continue;
        const isFree = since >= until;
        expect(codeOf(() => tries.check())).toBe(isFree ? 'free' : `sign-in-wait ${until - since}`);
        if (!isFree) continue;
        if (is === 'right') {
          tries.succeed('李秀英');
          [failures, until] = [0, since];
          continue;
        }
        failures += 1;
        const seconds = failures < 5 ? 0 : Math.min(900, 30 * 2 ** (failures - 5));
        until = since + seconds;
        expect(codeOf(() => tries.fail('password', `account ${turn}`))).toBe(
          seconds === 0 ? 'sign-in-failed' : `sign-in-wait ${seconds}`,
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('a file that another program holds is not gone: it is said, and nobody waits for it', () => {
  takeMachine(folder);
  open().begin();
  const read = fs.readFileSync;
  const holding = vi.spyOn(fs, 'readFileSync').mockImplementation(((at: string, ...rest: never[]) => {
    if (at === file()) throw Object.assign(new Error('held'), { code: 'EBUSY' });
    return read(at, ...rest);
  }) as typeof fs.readFileSync);
  expect(() => open().check()).toThrow('held');
  holding.mockRestore();
  expect(codeOf(() => open().check())).toBe('free');
  expect(open().untold()).toEqual([]);
});

test('a computer started anew neither frees nor holds longer than the wait, however often', () => {
  const tries = open();
  for (let time = 0; time < 6; time++) codeOf(() => tries.fail('recovery', 'admin'));
  expect(codeOf(() => tries.check())).toBe('sign-in-wait 60');
  since = 5;
  expect(codeOf(() => open().check())).toBe('sign-in-wait 55');
  since = 25;
  expect(codeOf(() => open().check())).toBe('sign-in-wait 35');
  since = 3;
  expect(codeOf(() => open().check())).toBe('sign-in-wait 32');
  since = 34;
  expect(codeOf(() => open().check())).toBe('sign-in-wait 1');
  since = 35;
  expect(codeOf(() => open().check())).toBe('free');
});

test('a wrong key or code is slowed down like a password, and locks no account', () => {
  for (const door of ['recovery', 'help', 'code'] as const) {
    open().succeed(null);
    const codes = Array.from({ length: 12 }, () => codeOf(() => open().fail(door, 'admin')));
    expect(codes.slice(0, 6)).toEqual([
      ...['sign-in-failed', 'sign-in-failed', 'sign-in-failed', 'sign-in-failed'],
      ...['sign-in-wait 30', 'sign-in-wait 60'],
    ]);
    expect(open().isLocked('admin')).toBe(false);
  }
  // One line for each, with how often.
  expect(open().untold()).toMatchObject([
    { what: 'recovery', count: 12 },
    { what: 'help', count: 12 },
    { what: 'code', count: 12 },
  ]);
});

test('ten wrong ones in a row lock an account, over any new starts, and no other account for them', () => {
  const act = fc.record({
    who: fc.constantFrom('李秀英', '王建国'),
    is: fc.constantFrom('wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'right', 'restart'),
  });
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 50 }), (acts) => {
      fs.rmSync(file(), { force: true });
      let tries = open();
      const wrong: Record<string, number> = {};
      for (const { who, is } of acts) {
        const before = wrong[who] ?? 0;
        if (is === 'restart') tries = open();
        else if (is === 'wrong') {
          expect(codeOf(() => tries.fail('password', who)) === 'account-locked').toBe(before + 1 >= 10);
          wrong[who] = before + 1;
        } else {
          expect(tries.succeed(who)).toBe(Math.min(10, before));
          wrong[who] = 0;
        }
        for (const name of ['李秀英', '王建国']) expect(tries.isLocked(name)).toBe((wrong[name] ?? 0) >= 10);
      }
    }),
    { numRuns: 10 },
  );
});

test('a lock is told with the moment it came, once, and names nobody in the file', () => {
  const at = clock.toISOString();
  for (let time = 0; time < 10; time++) codeOf(() => open().fail('password', '李秀英'));
  clock = new Date('2026-03-05T01:00:00.000Z');
  codeOf(() => open().fail('password', '李秀英'));
  const tries = open();
  expect(tries.lockedAt('李秀英')).toBe(at);
  expect(tries.untold()).toMatchObject([{ what: 'locked', who: tries.who('李秀英'), at, count: 2 }]);
  expect(fs.readFileSync(file(), 'utf8')).not.toContain('李秀英');
  tries.told(tries.untold());
  expect(open().untold()).toEqual([]);
  expect(open().isLocked('李秀英')).toBe(true);
  // One name in two forms of the same characters is one account.
  for (let time = 0; time < 10; time++) codeOf(() => open().fail('password', 'Zo\u0065\u0308'));
  expect(open().isLocked('Zo\u00eb')).toBe(true);
});

test('names that nobody has fill no disk', () => {
  for (let name = 0; name < 300; name++) codeOf(() => open().fail('recovery', `nobody ${name}`));
  const untold = open().untold();
  expect(untold.length).toBeLessThanOrEqual(101);
  expect(untold.reduce((sum, { count }) => sum + count, 0)).toBe(300);
});

test('a file of before waits were kept goes on with its counts', () => {
  fs.writeFileSync(file(), JSON.stringify({ [open().who('李秀英')]: 9 }));
  expect(codeOf(() => open().fail('password', '李秀英'))).toBe('account-locked');
});

describe('where the file is taken away or harmed', () => {
  const harms: Record<string, () => void> = {
    gone: () => fs.rmSync(file()),
    empty: () => fs.writeFileSync(file(), ''),
    'half a file': () => fs.writeFileSync(file(), fs.readFileSync(file(), 'utf8').slice(0, 40)),
    'another form': () => fs.writeFileSync(file(), '{"format":1}'),
    'a wait without end': () =>
      fs.writeFileSync(file(), fs.readFileSync(file(), 'utf8').replace('30000', '3e12')),
  };
  const begun = () => {
    takeMachine(folder);
    open().begin();
    for (let time = 0; time < 5; time++) codeOf(() => open().fail('password', '李秀英'));
    expect(codeOf(() => open().check())).toBe('sign-in-wait 30');
  };

  test.each(Object.keys(harms))('%s: it costs the longest wait, each time, and the log is told', (name) => {
    begun();
    for (let time = 0; time < 2; time++) {
      harms[name]?.();
      expect(codeOf(() => open().check())).toBe('sign-in-wait 900');
      since += 899;
      expect(codeOf(() => open().check())).toBe('sign-in-wait 1');
      since += 1;
      expect(codeOf(() => open().check())).toBe('free');
      expect(open().untold()).toMatchObject([{ what: 'gone' }]);
      expect(codeOf(() => open().fail('password', '李秀英'))).toBe('sign-in-wait 900');
      since += 900;
      // The next turn harms a wait of thirty seconds again.
      open().succeed(null);
      for (let again = 0; again < 5; again++) codeOf(() => open().fail('code', 'admin'));
    }
  });

  test('a folder that counted nothing yet, or comes from another computer, waits for nothing', () => {
    expect(codeOf(() => open().check())).toBe('free');
    begun();
    const mark = JSON.parse(fs.readFileSync(inFolder(folder, 'machine'), 'utf8'));
    fs.writeFileSync(inFolder(folder, 'machine'), JSON.stringify({ ...mark, machine: 'another' }));
    fs.rmSync(file());
    expect(codeOf(() => open().check())).toBe('free');
    expect(open().untold()).toEqual([]);
  });
});

test('on a disk that takes nothing more the waits go on in memory', () => {
  open().begin();
  const full = vi.spyOn(fs, 'openSync').mockImplementation(() => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  for (let time = 0; time < 5; time++) codeOf(() => open().fail('password', '李秀英'));
  expect(codeOf(() => open().check())).toBe('sign-in-wait 30');
  since += 30;
  expect(codeOf(() => open().check())).toBe('free');
  full.mockRestore();
  expect(codeOf(() => open().fail('password', '李秀英'))).toBe('sign-in-wait 60');
  expect(JSON.parse(fs.readFileSync(file(), 'utf8'))).toMatchObject({ failures: 6 });
});
