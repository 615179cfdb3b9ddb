// A restore and a set-up that are cut short anywhere end in the old ledger or in the new one, whole.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connect } from '#core/db/connection.ts';
import { pendingSteps, restoreSteps } from '#core/db/restore.ts';
import { keyByPassword, readKeyFile, takeKeyBeside } from '#core/security/key-file.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import {
  account,
  childEnv,
  folderNames,
  isFull,
  makeLedger,
  password,
  seeded,
  someCase,
  startProgram,
  stateOf,
  temporaryFolder,
} from './support.ts';

let template: string;
let backup: string;
const atBackup = 5;
const later = 8;
const aside = '2026-01-01';

/** A ledger with a backup of five records, and three more that a killed program left in the -wal. */
beforeAll(async () => {
  template = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-restore-'));
  const made = `${template}-made`;
  fs.mkdirSync(made);
  await makeLedger(made);
  const program = startProgram(made);
  await program.signIn();
  for (let number = 1; number <= later; number++) {
    await program.must('ledger.save', { ledger: 'mediation', record: someCase(number) });
    if (number === atBackup) backup = (await program.must('system.backup', {})).name;
  }
  layFolder(made, template);
  await program.close();
  fs.rmSync(made, { recursive: true });
});
afterAll(() => fs.rmSync(template, { recursive: true, force: true }));

function copyOfTemplate(): string {
  const folder = temporaryFolder('restore');
  layFolder(template, folder);
  return folder;
}

/** Opens the folder as the next start of the program does. */
async function recordsIn(folder: string): Promise<number> {
  const program = startProgram(folder);
  expect((await stateOf(program)).is).toBe('sign-in');
  await program.signIn();
  const { total } = await program.must('ledger.list', { ledger: 'mediation' });
  expect(await program.must('system.verify', {})).toEqual({ ok: true, findings: [], records: total });
  await program.close();
  return total;
}

const countOfSteps = () => restoreSteps(template, { backup, aside }, takeKeyBeside).length;

describe('restore', () => {
  test('the ledger that was killed still has its later records in the -wal', async () => {
    expect(fs.statSync(path.join(template, `${folderNames.ledger}-wal`)).size).toBeGreaterThan(0);
    expect(await recordsIn(copyOfTemplate())).toBe(later);
  });

  test('interrupted between every two steps, and the finishing interrupted again', async () => {
    for (let cut = 0; cut <= countOfSteps(); cut++) {
      for (let again = 0; again <= countOfSteps(); again++) {
        const folder = copyOfTemplate();
        for (const step of restoreSteps(folder, { backup, aside }, takeKeyBeside).slice(0, cut)) step();
        for (const step of pendingSteps(folder, takeKeyBeside)?.slice(0, again) ?? []) step();
        // The first step only lays the copy down beside; from the marker on it is carried through.
        const isBegun = cut > 1;
        expect(await recordsIn(folder), `${cut} steps, then ${again}`).toBe(isBegun ? atBackup : later);
        expect(fs.existsSync(path.join(folder, folderNames.restoring))).toBe(false);
        if (isBegun) expect(await recordsSetAside(folder), `aside: ${cut}, ${again}`).toBe(later);
        fs.rmSync(folder, { recursive: true });
        if (!isFull && cut !== 5) break;
      }
    }
  }, 600_000);

  test('interrupted in the middle of copying: nothing was moved, the ledger is as it was', async () => {
    const folder = copyOfTemplate();
    restoreSteps(folder, { backup, aside }, takeKeyBeside)[0]?.();
    const laid = path.join(folder, `${folderNames.ledger}.restoring`);
    fs.truncateSync(laid, 5000);
    expect(await recordsIn(folder)).toBe(later);
    expect(fs.existsSync(laid)).toBe(false);
  });

  test('killed while the copy put back is given its -wal: the next start undoes that and opens it', async () => {
    const folder = copyOfTemplate();
    for (const step of restoreSteps(folder, { backup, aside }, takeKeyBeside)) step();
    const file = path.join(folder, folderNames.ledger);
    const keyFile = readKeyFile(folder);
    const key = keyFile && (await keyByPassword(keyFile, account, password));
    if (!key) throw new Error('no key');
    // A change half on the disk, with the journal that undoes it, as a kill leaves them.
    const connection = connect(file, { key });
    connection.pragma('cache_size = 1');
    connection.exec("BEGIN IMMEDIATE; UPDATE mediation_case SET title = title || 'x'");
    connection.exec('CREATE TABLE half AS SELECT zeroblob(4000) AS x FROM record_version, mediation_case');
    const kept = temporaryFolder('journal');
    layFolder(folder, kept);
    connection.exec('ROLLBACK');
    connection.close();
    expect(fs.statSync(path.join(kept, `${folderNames.ledger}-journal`)).size).toBeGreaterThan(0);
    expect(await recordsIn(kept)).toBe(atBackup);
  });

  test('no room for the copy: refused, nothing moved, and no later start goes on with it', async () => {
    const folder = copyOfTemplate();
    const program = startProgram(folder);
    await program.signIn();
    const laid = path.join(folder, `${folderNames.ledger}.restoring`);
    const copy = vi.spyOn(fs, 'copyFileSync').mockImplementation(() => {
      fs.writeFileSync(laid, 'half of a copy');
      throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    });
    expect(await program.failure('program.restore', { backup })).toMatchObject({ code: 'disk-full' });
    copy.mockRestore();
    // What was laid down takes the room that is missing: it goes at once, not at the next start.
    expect(fs.existsSync(laid)).toBe(false);
    expect((await stateOf(program)).is).toBe('sign-in');
    await program.close();
    expect(fs.existsSync(path.join(folder, folderNames.restoring))).toBe(false);
    expect(await recordsIn(folder)).toBe(later);
  });

  test('a copy that is not there, or has a name of its own making, is refused before anything moves', () => {
    const folder = copyOfTemplate();
    for (const name of ['ledger-20200101-000000.db', '../../etc/passwd', 'other.db', '']) {
      expect(() => restoreSteps(folder, { backup: name, aside }, takeKeyBeside), name).toThrow(
        'file-missing',
      );
    }
  });

  test('a damaged key comes back with the copy, another ledger cannot be opened by it', async () => {
    const folder = copyOfTemplate();
    for (const name of [folderNames.key, folderNames.keyCopy]) fs.writeFileSync(path.join(folder, name), 'x');
    const program = startProgram(folder);
    const state = await stateOf(program);
    if (state.is !== 'failed') throw new Error(state.is);
    expect(state.failure.code).toBe('key-file-damaged');
    expect(state.backups.map((copy) => copy.name)).toEqual([backup]);
    expect((await program.must('program.restore', { backup })).state.is).toBe('sign-in');
    await program.close();
    expect(await recordsIn(folder)).toBe(atBackup);
  });

  test('a copy of another ledger comes with its own key, wherever its way back was cut off', async () => {
    for (let cut = 2; cut <= countOfSteps(); cut++) {
      const folder = temporaryFolder('restore');
      await makeLedger(folder);
      fs.cpSync(path.join(template, folderNames.backups), path.join(folder, folderNames.backups), {
        recursive: true,
      });
      for (const step of restoreSteps(folder, { backup, aside }, takeKeyBeside).slice(0, cut)) step();
      expect(await recordsIn(folder), `${cut} steps`).toBe(atBackup);
      const kept = fs.readdirSync(path.join(folder, folderNames.aside));
      expect(kept, 'the key of the ledger that stood here').toContain(`${backup}-${folderNames.key}`);
      fs.rmSync(folder, { recursive: true });
      if (!isFull && cut < countOfSteps() - 3) cut += 2;
    }
  });

  test('a sound ledger is not exchanged before anybody has signed in', async () => {
    const program = startProgram(copyOfTemplate());
    expect(await program.failure('program.restore', { backup })).toMatchObject({ code: 'busy' });
    await program.close();
  });
});

async function recordsSetAside(folder: string): Promise<number | undefined> {
  const file = readKeyFile(folder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('no key');
  const connection = connect(path.join(folder, folderNames.aside, aside, folderNames.ledger), { key });
  const found = connection.value<number>({ text: 'select count(*) from mediation_case', values: [] });
  connection.close();
  return found;
}

describe('set-up', () => {
  function founder(folder: string, killAt: number): { signal: NodeJS.Signals | null; said: string } {
    const file = path.join(import.meta.dirname, 'children', 'founder.ts');
    const { signal, stdout, stderr } = spawnSync(process.execPath, [file, folder, String(killAt)], {
      encoding: 'utf8',
      env: childEnv,
    });
    if (stderr !== '') throw new Error(stderr);
    return { signal, said: stdout };
  }

  test('cut off before every operation on a file: nothing is there, or everything', async () => {
    const random = seeded('set-up');
    const ends = { nothing: 0, everything: 0 };
    const whole = founder(temporaryFolder('set-up'), Number.POSITIVE_INFINITY);
    expect(whole.signal).toBe(null);
    const operations = Number(whole.said.split('\n').at(-2));
    expect(operations).toBeGreaterThan(15);
    // The last steps one by one: there the ledger comes into being. Of those before, some.
    const points = Array.from({ length: operations }, (_each, index) => index + 1);
    const chosen = isFull
      ? points
      : points.filter((point) => point > operations - 14 || random.below(4) === 0);
    for (const point of chosen) {
      const folder = temporaryFolder('set-up');
      expect(founder(folder, point).signal, `killed at ${point}`).toBe('SIGKILL');
      const program = startProgram(folder);
      const state = await stateOf(program);
      if (state.is === 'sign-in') {
        ends.everything++;
        await program.signIn();
        expect(await program.must('system.verify', {})).toMatchObject({ ok: true });
        await program.close();
      } else {
        ends.nothing++;
        expect(state.is, `killed at ${point} of ${operations}`).toBe('set-up');
        await program.close();
        await makeLedger(folder);
      }
      fs.rmSync(folder, { recursive: true });
    }
    expect(ends.nothing).toBeGreaterThan(0);
    expect(ends.everything).toBeGreaterThan(0);
  }, 240_000);
});
