// An older file of the ledger laid over the newer one by hand: no restore, and not to be taken for the same log. The file
// beside the ledger knows the last proof that left it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inFolder, names } from '#core/db/folder.ts';
import { lockFolder } from '#core/db/lock.ts';
import { createLedgerFile } from '#core/db/open.ts';
import { askNewInstallation } from '#core/settings/installation.ts';
import { readSetting } from '#core/settings/settings.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
let backup: string;
beforeEach(async () => {
  program = await aProgram();
  await program.save(aMediation());
  backup = (await program.call('system.backup', {})).name;
});
afterEach(() => program.close());

let files = 0;
async function exportLog(): Promise<string> {
  files += 1;
  const file = path.join(program.beside, `log-${files}.jsonl`);
  const out = program.grant(`log-${files}`, file);
  await program.call('audit.export', {
    out,
    reason: '交上级',
    from: '2000-01-01',
    to: '2100-01-01',
  } as never);
  return file;
}
const state = () => program.call('audit.state', {});
const logged = async (action: string) => (await program.call('audit.list', { actions: [action] })).entries;
const installation = () => program.look((db) => readSetting(db, 'installationId'));

/** The program is not running; back it comes by a sign-in. */
async function layOver(): Promise<void> {
  await program.call('session.signOut', {});
  await program.restart();
  const ledger = inFolder(program.folder, 'ledger');
  for (const end of ['-wal', '-shm']) fs.rmSync(ledger + end, { force: true });
  fs.copyFileSync(
    path.join(inFolder(program.folder, 'backups'), backup),
    path.join(program.folder, names.ledger),
  );
  await program.signInAgain();
}

test('is another installation from then on, stands in the log, and what was proved before is not forgotten', async () => {
  await program.save(aMediation());
  await exportLog();
  const { last } = await state();
  const before = await installation();
  await layOver();
  expect(await installation()).not.toBe(before);
  expect(await logged('program.wentBack')).toHaveLength(1);
  expect(await state()).toMatchObject({ last: null, before: { entry: last?.entry, isRestored: false } });
  const verified = await program.call('system.verify', { quick: true });
  expect(verified.findings.map(({ check }) => check)).toEqual(['log-went-back']);
  // Once, also over further starts
  await program.restart();
  await program.signInAgain();
  expect(await logged('program.wentBack')).toHaveLength(1);
  expect((await state()).before).toMatchObject({ isRestored: false });
  // What is exported now has the entry
  program.clock.now = new Date(program.clock.now.getTime() + 60_000);
  await exportLog();
  expect((await state()).before).toBeNull();
});

test('also where only the log is shorter, and where the installation was one of before a restore', async () => {
  await exportLog();
  await layOver();
  expect(await logged('program.wentBack')).toHaveLength(1);
  await layOver();
  expect(await logged('program.wentBack')).toHaveLength(1);
  expect((await state()).before).toMatchObject({ isRestored: false });
});

test('a restore is said as one; nothing is wrong with the ledger', async () => {
  await exportLog();
  const { last } = await state();
  await program.call('session.confirm', { password });
  await program.call('program.restore', { backup });
  await program.signInAgain();
  expect(await state()).toMatchObject({ broken: null, before: { entry: last?.entry, isRestored: true } });
  expect(await logged('program.wentBack')).toEqual([]);
  expect((await program.call('system.verify', { quick: true })).ok).toBe(true);
  await program.restart();
  await program.signInAgain();
  expect(await logged('program.wentBack')).toEqual([]);
});

test('a ledger that nothing happened to is the same after any number of starts', async () => {
  await exportLog();
  const before = await installation();
  for (let turn = 0; turn < 2; turn++) {
    await program.restart();
    await program.signInAgain();
  }
  expect(await installation()).toBe(before);
  expect([(await state()).before, await logged('program.wentBack')]).toEqual([null, []]);
});

test('a log exported before a restore is held against it; a copy from elsewhere is named as it was chosen', async () => {
  const file = await exportLog();
  const chosen = path.join(program.beside, '刘主任的备份.db');
  const own = path.join(inFolder(program.folder, 'backups'), backup);
  fs.copyFileSync(own, chosen);
  await program.call('session.confirm', { password });
  await program.call('program.restore', { file: program.grant('chosen', chosen) });
  const traces = fs.readFileSync(inFolder(program.folder, 'restored'), 'utf8');
  expect(traces).not.toContain('刘主任');
  await program.signInAgain();
  expect((await logged('program.restore')).map(({ said }) => said).join()).toContain('刘主任的备份.db');
  const check = (at: string) => program.call('audit.checkFile', { file: program.grant('log', at) });
  expect(await check(file)).toMatchObject({ isOwn: true, isSound: true, notices: [{ is: 'givenUp' }] });
  // Without the entry of a restore at that place, it is another log
  await program.look((db) => db.exec("update audit_entry set action = 'x' where action = 'program.restore'"));
  expect((await check(file)).faults).toMatchObject([{ is: 'own' }]);
});

test('nor is one exported before the first of two restores called wrong, however short what lay between them', async () => {
  for (let turn = 0; turn < 6; turn++) await program.save(aMediation());
  const first = await exportLog();
  const { last } = await state();
  const goBack = async () => {
    program.clock.now = new Date(program.clock.now.getTime() + 60_000);
    await program.call('session.confirm', { password });
    await program.call('program.restore', { backup });
    await program.signInAgain();
  };
  await goBack();
  const between = await exportLog();
  expect((await state()).last?.entry).toBeLessThan(last?.entry ?? 0);
  await goBack();
  await goBack();
  const check = async (at: string) => {
    const { isSound, notices } = await program.call('audit.checkFile', { file: program.grant('log', at) });
    return { isSound, notices };
  };
  const [restored] = await logged('program.restore');
  for (const file of [first, between])
    expect(await check(file)).toMatchObject({
      ...{ isSound: true, notices: [{ is: 'givenUp', entry: restored?.entry, at: restored?.at }] },
    });
  // What was made of the log as it is now is held against it as ever.
  const now = await exportLog();
  expect(await check(now)).toEqual({ isSound: true, notices: [] });
  // A county that read the first does not accuse what comes later either.
  const county = await aProgram({ isCounty: true });
  const sound = async (at: string) =>
    (await county.call('audit.checkFile', { file: county.grant('log', at) })).faults;
  expect(await sound(first)).toEqual([]);
  expect(await sound(between)).toEqual([]);
  expect(await sound(now)).toEqual([]);
  await county.close();
});

/** Files under a folder that anybody but its user could read, by their names there. */
function openIn(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => (fs.statSync(file).mode & 0o077) !== 0)
    .map((file) => path.relative(folder, file));
}

describe.skipIf(process.platform === 'win32')('files of the ledger are for their user alone', () => {
  test('from the set-up on, and from the first byte', async () => {
    const fresh = await aProgram({ isShut: true });
    expect(openIn(fresh.folder)).toEqual([]);
    await fresh.signInAgain();
    await fresh.call('system.backup', {});
    expect(openIn(fresh.folder)).toEqual([]);
    await fresh.close();

    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-first-'));
    const seen: string[] = [];
    createLedgerFile({ folder, key: new Uint8Array(32), program: '0', suffix: '.new' }, () => {
      seen.push(...fs.readdirSync(folder));
      expect(openIn(folder)).toEqual([]);
    }).close();
    expect(seen).toEqual(expect.arrayContaining([`${names.ledger}.new`, `${names.ledger}.new-wal`]));
    const release = lockFolder(folder, undefined);
    expect(openIn(folder)).toEqual([]);
    release();
  });

  test('after a restore of a copy that anybody could read too', async () => {
    const chosen = path.join(program.beside, 'stick.db');
    fs.copyFileSync(path.join(inFolder(program.folder, 'backups'), backup), chosen);
    fs.chmodSync(chosen, 0o644);
    await program.call('session.confirm', { password });
    await program.call('program.restore', { file: program.grant('chosen', chosen) });
    expect(openIn(program.folder)).toEqual([]);
  });

  test('also those of before', async () => {
    const ledger = inFolder(program.folder, 'ledger');
    for (const file of [ledger, inFolder(program.folder, 'lock')]) fs.chmodSync(file, 0o644);
    await program.restart();
    await program.signInAgain();
    const { name } = await program.call('system.backup', {});
    expect(openIn(program.folder)).toEqual([]);
    const backups = inFolder(program.folder, 'backups');
    expect((fs.statSync(backups).mode & 0o777).toString(8)).toBe('700');
    expect(fs.existsSync(path.join(backups, name))).toBe(true);
  });
});

describe('a new installation that was asked for', () => {
  const unexplained = () => logged('installation.unexplained');

  test('by nobody who said why has its entry, once', async () => {
    await program.restart();
    askNewInstallation(program.folder, 'beside');
    await program.signInAgain();
    expect(await unexplained()).toHaveLength(1);
    await program.restart();
    await program.signInAgain();
    expect(await unexplained()).toHaveLength(1);
  });

  test('also where the file beside the ledger was taken away for it', async () => {
    await program.restart();
    const backups = inFolder(program.folder, 'backups');
    for (const folder of [program.folder, backups])
      for (const name of fs.readdirSync(folder))
        if (name.endsWith('.id') || name.endsWith('.id.copy')) fs.rmSync(path.join(folder, name));
    expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe(
      'identity-lost',
    );
    askNewInstallation(program.folder, 'instead');
    await program.signInAgain();
    expect(await unexplained()).toHaveLength(1);
  });

  test('by a restore, or by who goes on here, has that entry and no other', async () => {
    await program.call('session.confirm', { password });
    await program.call('program.restore', { backup });
    await program.signInAgain();
    await program.restart();
    for (const name of [names.identity, names.identityCopy]) fs.rmSync(path.join(program.folder, name));
    for (const name of fs.readdirSync(inFolder(program.folder, 'backups')))
      if (name.endsWith('.id')) fs.rmSync(path.join(inFolder(program.folder, 'backups'), name));
    await program.call('program.goOn', { takesOver: true, reason: '文件丢失' });
    await program.signInAgain();
    expect(await logged('program.restore')).toHaveLength(1);
    expect(await logged('program.goOn')).toHaveLength(1);
    expect(await unexplained()).toEqual([]);
  });
});
