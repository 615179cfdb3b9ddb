// A copy of another ledger: said before anything changes, and taken only by somebody who says so.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listBackups } from '#core/db/copies.ts';
import { inFolder } from '#core/db/folder.ts';
import { readKeyFile } from '#core/security/key-file.ts';
import { errorText } from '#shared/text/errors.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
let other: Program;
let foreign: string;
beforeEach(async () => {
  program = await aProgram();
  other = await aProgram({ isCounty: true });
  await program.save(aMediation());
  await other.call('system.backup', {});
  const [{ name } = { name: '' }] = listBackups(other.folder);
  foreign = path.join(inFolder(other.folder, 'backups'), name);
});
afterEach(async () => {
  await program.close();
  await other.close();
});

const filesIn = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !/ledger\.(lock|db-(wal|shm))|\.probe-/.test(name))
    .sort();

const signIn = { account: 'admin', password };

describe('a copy of another ledger', () => {
  test.each(['open', 'damaged'])('is refused with both units named; nothing is changed (%s)', async (how) => {
    if (how === 'damaged') {
      await program.restart();
      const file = inFolder(program.folder, 'ledger');
      fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, 7));
      expect((await program.refused('session.signIn', signIn)).code).toBe('damaged');
    }
    const before = filesIn(program.folder);
    const failure = await program.refused('program.restore', { file: program.grant('copy', foreign) });
    expect(failure).toMatchObject({
      code: 'backup-foreign',
      params: { file: path.basename(foreign), unit: '金塔县司法局', own: '东坝镇司法所' },
    });
    expect(errorText(failure)).toMatch(/金塔县司法局.*东坝镇司法所.*没有恢复/);
    expect(filesIn(program.folder)).toEqual(before);
    if (how === 'open') expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
  });

  test('is taken where somebody says so: its key comes along, the ledger of before lies aside with its own', async () => {
    await program.call('program.restore', { file: program.grant('copy', foreign), ofOther: true });
    const { session } = await program.call('session.signIn', signIn);
    expect(session.unit.name).toBe('金塔县司法局');
    const aside = filesIn(inFolder(program.folder, 'aside'));
    expect(aside.filter((name) => name.endsWith('ledger.db'))).toHaveLength(1);
    expect(aside.filter((name) => name.endsWith('ledger.key'))).toHaveLength(1);
    await program.signInAgain();
    const { entries } = await program.call('audit.list', { actions: ['program.restore'] });
    // Of the log of the other ledger it tells nothing.
    expect(entries.map(({ detail }) => Object.keys(detail))).toEqual([['backup', 'chosen']]);
    expect(await program.call('account.afterRestore', {})).toBe(null);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('among the own copies is told as well', async () => {
    const own = inFolder(program.folder, 'backups');
    fs.cpSync(path.dirname(foreign), own, { recursive: true });
    const backup = path.basename(foreign);
    expect((await program.refused('program.restore', { backup })).code).toBe('backup-foreign');
    expect(readKeyFile(program.folder)?.unit).toBe('东坝镇司法所');
  });

  test('on a PC without a ledger is no question', async () => {
    const empty = await aProgram({ from: fs.mkdtempSync(path.join(program.beside, 'empty-')), isShut: true });
    await empty.call('program.restore', { file: empty.grant('copy', foreign) });
    await empty.signInAgain();
    await empty.close();
  });
});

test('the own copy is taken without a question, and one that says it is of another is taken as what it is', async () => {
  const { name } = await program.call('system.backup', {});
  await program.call('program.restore', { backup: name, ofOther: true });
  await program.signInAgain();
  expect((await program.call('ledger.list', { ledger: 'mediation' })).total).toBe(1);
});
