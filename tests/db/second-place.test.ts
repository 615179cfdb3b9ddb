// A second place for copies: everything goes there too, its failure stops nothing and is said, and one can go back from it.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { helperTasks } from '#core/api/helper-tasks.ts';
import { surplus } from '#core/db/backup.ts';
import { inFolder } from '#core/db/folder.ts';
import type { Backup } from '#shared/api/types.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { temporaryFolder } from '../faults/support.ts';

let program: Program;
let stick: string;
beforeEach(async () => {
  stick = temporaryFolder('stick');
  program = await aProgram({ automaticBackups: true });
  await program.call('system.setSecondPlace', { folder: program.grant('stick', stick) });
});
afterEach(async () => {
  vi.useRealTimers();
  await program.close();
});

const later = (minutes: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + minutes * 60_000);
};
const second = async () => (await program.call('system.places', {})).second;
const listed = async () =>
  (await program.call('system.backups', {})).map(({ name, place }) => `${place} ${name}`);
const said = () => program.events.filter(({ event }) => event === 'copyFailed');
const copyFolder = () => path.join(stick, fs.readdirSync(stick)[0] ?? '');

/** A case more, and the end of the program, which makes a copy. */
async function endOfDay(): Promise<void> {
  await program.save(aMediation());
  later(5);
  await program.restart();
  await program.signInAgain();
}

test('the copy at the end stands in both places, can be opened from either, and is shown with its time', async () => {
  await endOfDay();
  const [own = '', other = '', ...more] = await listed();
  expect([own.startsWith('own '), other, more]).toEqual([true, own.replace('own', 'second'), []]);
  expect(await second()).toMatchObject({ folder: stick, isThere: true, failure: null });
  expect((await second())?.lastGoodAt).toBe(program.clock.now.toISOString());
  const name = other.split(' ')[1] ?? '';
  for (const ending of ['.db', '.key', '.id', '.objects'])
    expect(fs.existsSync(path.join(copyFolder(), name.replace('.db', ending))), ending).toBe(true);
});

test('a copy asked for by hand goes there too', async () => {
  await program.save(aMediation());
  const { name } = await program.call('system.backup', {});
  expect(await listed()).toEqual([`own ${name}`, `second ${name}`]);
});

test('without a second place no helper is begun for it', async () => {
  const asked: string[] = [];
  const tasks = helperTasks as Record<string, (input: never) => unknown>;
  const alone = await aProgram({
    helper: async (task, input) => {
      asked.push(task);
      return tasks[task]?.(structuredClone(input) as never);
    },
  });
  await alone.save(aMediation());
  await alone.call('system.backup', {});
  await alone.close();
  expect(asked.filter((task) => task.startsWith('backup.'))).toEqual(['backup.make']);
});

test('several copies of one second stand in their order in both places, the newest first', async () => {
  await program.save(aMediation());
  const made: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    made.unshift((await program.call('system.backup', {})).name);
    await program.save(aMediation());
  }
  // The two newest of one second stay; the one after the name without a number is the newer one.
  expect(made[0]).toMatch(/-3\.db$/);
  const wanted = made.slice(0, 2).flatMap((name) => [`own ${name}`, `second ${name}`]);
  expect(await listed()).toEqual(wanted);
});

test('one goes back to a copy of the second place after the own ones are gone, with the record in it', async () => {
  const { id } = await program.save(aMediation());
  const { name } = await program.call('system.backup', {});
  later(1);
  await program.save(aMediation());
  fs.rmSync(inFolder(program.folder, 'backups'), { recursive: true });
  await program.call('program.restore', { backup: name, place: 'second' });
  await program.signInAgain();
  const { rows } = await program.call('ledger.list', { ledger: 'mediation' });
  expect(rows.map((row) => row.id)).toEqual([id]);
  expect(await program.refused('program.restore', { backup: '../x.db', place: 'second' })).toMatchObject({
    code: 'file-missing',
  });
});

test('a ledger that does not open shows the copies of both places', async () => {
  await endOfDay();
  await program.call('session.signOut', {});
  fs.rmSync(inFolder(program.folder, 'ledger'));
  fs.rmSync(inFolder(program.folder, 'backups'), { recursive: true });
  const { state } = await program.call('program.state', {});
  if (state.is !== 'failed') throw new Error(state.is);
  expect(state.backups.map(({ place }) => place)).toEqual(['second']);
  await program.call('program.restore', { backup: state.backups[0]?.name ?? '', place: 'second' });
  await program.signInAgain();
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
});

test('a stick that is out: the copy stands beside the ledger, it is said once a day, and made good when it is in again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await program.call('session.signOut', {});
  await program.signInAgain();
  const away = `${stick}-away`;
  fs.renameSync(stick, away);
  for (let hour = 0; hour < 3; hour++) {
    await program.save(aMediation());
    later(60);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.waitFor(async () => expect((await listed()).length).toBeGreaterThan(0));
    await vi.waitFor(async () => expect((await second())?.failure).not.toBe(null));
  }
  expect(said()).toEqual([
    { event: 'copyFailed', failure: { code: 'second-place-absent', params: { place: stick } } },
  ]);
  expect(await second()).toMatchObject({
    isThere: false,
    lastGoodAt: null,
    failure: { failure: { code: 'second-place-absent' } },
  });
  expect(fs.existsSync(stick)).toBe(false);
  later(24 * 60);
  await vi.advanceTimersByTimeAsync(3_600_000);
  await vi.waitFor(() => expect(said()).toHaveLength(2));
  fs.renameSync(away, stick);
  later(60);
  await vi.advanceTimersByTimeAsync(3_600_000);
  await vi.waitFor(async () => expect((await second())?.failure).toBe(null));
  const names = await listed();
  expect(names[1]).toBe(names[0]?.replace('own', 'second'));
});

test('a place that takes nothing: the sentence says so, the program ends as ever', async () => {
  const at = copyFolder();
  fs.rmdirSync(at);
  fs.writeFileSync(at, 'a file in the way');
  await endOfDay();
  expect((await listed()).map((line) => line.split(' ')[0])).toEqual(['own']);
  expect(said()).toMatchObject([{ failure: { code: 'file-unwritable' } }]);
  expect((await second())?.failure?.failure.code).toBe('file-unwritable');
});

test('no room beside the ledger: the second place gets a copy of its own', async () => {
  await program.save(aMediation());
  later(5);
  fs.writeFileSync(path.join(program.folder, 'backups'), 'a file in the way');
  await program.restart();
  await program.signInAgain();
  expect((await listed()).map((line) => line.split(' ')[0])).toEqual(['second']);
});

test('what arrives damaged on the stick is no copy', async () => {
  await program.save(aMediation());
  const copy = fs.copyFileSync;
  const spoil = vi.spyOn(fs, 'copyFileSync').mockImplementation((from, to) => {
    copy(from, to);
    const bytes = fs.readFileSync(to);
    bytes[5000] = (bytes[5000] ?? 0) ^ 0x10;
    fs.writeFileSync(to, bytes);
  });
  await program.call('system.backup', {});
  spoil.mockRestore();
  expect((await listed()).map((line) => line.split(' ')[0])).toEqual(['own']);
  expect((await second())?.failure?.failure.code).toBe('backup-damaged');
  expect(fs.readdirSync(copyFolder()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('a folder of the ledger itself is refused, one that is carried to another machine has no second place', async () => {
  const inside = path.join(program.folder, 'backups');
  fs.mkdirSync(inside, { recursive: true });
  const folder = program.grant('inside', inside);
  expect(await program.refused('system.setSecondPlace', { folder })).toMatchObject({
    code: 'second-place-inside',
  });
  expect((await second())?.folder).toBe(stick);
  const file = inFolder(program.folder, 'second');
  const stored = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({ ...stored, machine: 'another' }));
  expect(await second()).toBe(null);
  await program.call('system.setSecondPlace', { folder: null });
  expect(fs.existsSync(file)).toBe(false);
});

const sized = (count: number, bytes: number): Backup[] =>
  Array.from({ length: count }, (_none, day) => {
    const madeAt = new Date(Date.parse('2025-03-31T00:00:00Z') - day * 86_400_000).toISOString();
    return { name: `ledger-${madeAt}.db`, madeAt, bytes };
  });

test('copies take up at most half of what the disk would have free without them, the oldest go, two always stay', () => {
  // Seven copies of 100: with 700 free they take exactly half.
  expect(surplus(sized(7, 100), 700)).toEqual([]);
  const given = surplus(sized(7, 100), 300);
  expect(given.map(({ name }) => name)).toEqual(
    sized(7, 100)
      .slice(5)
      .map(({ name }) => name),
  );
  expect(surplus(sized(7, 100), 0)).toHaveLength(4);
  expect(surplus(sized(7, 10_000), -60_000)).toHaveLength(5);
  expect(surplus(sized(2, 10_000), 0)).toEqual([]);
});

test('a place that could not be set has no folder of ours left in it, and one that was there stays', async () => {
  const other = temporaryFolder('other-stick');
  const input = { folder: program.grant('other', other) };
  const real = fs.writeFileSync;
  const refuse = (isMeant: (at: string) => boolean) =>
    vi.spyOn(fs, 'writeFileSync').mockImplementation((at, ...more) => {
      if (typeof at === 'string' && isMeant(at)) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return real(at, ...more);
    });
  const probing = refuse((at) => at.includes('other-stick'));
  expect((await program.refused('system.setSecondPlace', input)).code).toBe('file-unwritable');
  probing.mockRestore();
  expect(fs.readdirSync(other)).toEqual([]);
  // The place takes files, the ledger does not: no entry can be made.
  await program.look((db) => {
    db.exec(`create trigger refuse before insert on audit_entry when new.action = 'system.setSecondPlace'
      begin select raise(abort, 'refused'); end`);
  });
  expect((await program.ask('system.setSecondPlace', input)).ok).toBe(false);
  expect(fs.readdirSync(other)).toEqual([]);
  expect((await second())?.folder).toBe(stick);
  await program.save(aMediation());
  await program.call('system.backup', {});
  const own = copyFolder();
  const before = fs.readdirSync(own);
  expect(before.length).toBeGreaterThan(0);
  const again = { folder: program.grant('stick again', stick) };
  expect((await program.ask('system.setSecondPlace', again)).ok).toBe(false);
  expect(fs.readdirSync(own)).toEqual(before);
});
