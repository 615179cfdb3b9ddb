import { afterEach, expect, test, vi } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await program?.close();
  program = undefined;
});

const later = (at: Program, minutes: number) => {
  at.clock.now = new Date(at.clock.now.getTime() + minutes * 60_000);
};
const copies = async (at: Program) => (await at.call('system.backups', {})).length;

test('the end of the program leaves a checked copy of what changed since the last one, and only then', async () => {
  program = await aProgram({ automaticBackups: true });
  await program.save(aMediation());
  later(program, 5);
  await program.restart();
  await program.signInAgain();
  expect(await copies(program)).toBe(1);
  later(program, 5);
  await program.restart();
  await program.signInAgain();
  expect(await copies(program)).toBe(1);
});

test('signing out is an end too: the copy is made before the key is forgotten', async () => {
  program = await aProgram({ automaticBackups: true });
  await program.save(aMediation());
  later(program, 5);
  await program.call('session.signOut', {});
  await program.signInAgain();
  expect(await copies(program)).toBe(1);
});

test('every hour in which something changed leaves a copy', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  program = await aProgram({ automaticBackups: true });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await copies(program)).toBe(0);
  await program.save(aMediation());
  later(program, 60);
  await vi.advanceTimersByTimeAsync(3_600_000);
  await vi.waitFor(async () => expect(await copies(program as Program)).toBe(1));
  later(program, 60);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await copies(program)).toBe(1);
});

test('the command line makes no copies of its own accord', async () => {
  program = await aProgram();
  await program.save(aMediation());
  later(program, 5);
  await program.restart();
  await program.signInAgain();
  expect(await copies(program)).toBe(0);
});

test('a copy from a clock that went wrong keeps no later one from being made', async () => {
  program = await aProgram({ automaticBackups: true });
  const right = program.clock.now;
  program.clock.now = new Date('2036-01-01T00:00:00Z');
  await program.save(aMediation());
  later(program, 5);
  await program.restart();
  program.clock.now = right;
  await program.signInAgain();
  expect(await copies(program)).toBe(1);
  await program.save(aMediation());
  later(program, 5);
  await program.restart();
  await program.signInAgain();
  expect(await copies(program)).toBe(2);
});

test('what is saved under a clock that was set back is copied, also where a copy of before bears a later time', async () => {
  program = await aProgram({ automaticBackups: true });
  const right = program.clock.now.getTime();
  const at = (minutes: number) => {
    (program as Program).clock.now = new Date(right + minutes * 60_000);
  };
  const savedAndEnded = async (saved: number, ended: number) => {
    at(saved);
    await program?.signInAgain();
    await program?.save(aMediation());
    at(ended);
    await program?.restart();
  };
  await savedAndEnded(0, 5);
  await savedAndEnded(120, 125);
  // Between the first save and its copy by the clock, after both of them in truth.
  await savedAndEnded(2, 6);
  await program.signInAgain();
  const made = (await program.call('system.backups', {})).map(({ madeAt }) => madeAt);
  expect(made.map((one) => (Date.parse(one) - right) / 60_000)).toEqual([125, 6, 5]);
  // Nothing changed since: no further one.
  at(7);
  await program.restart();
  await program.signInAgain();
  expect(await copies(program)).toBe(3);
});
