// Files that are no copies, where nobody is signed in and no key is at hand to read them through.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listBackups } from '#core/db/copies.ts';
import { inFolder } from '#core/db/folder.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let elsewhere: string;
let id: string;
beforeEach(async () => {
  program = await aProgram();
  ({ id } = await program.save(aMediation()));
  await program.call('system.backup', {});
  await program.restart();
  for (const end of ['', '-wal', '-shm'])
    fs.rmSync(inFolder(program.folder, 'ledger') + end, { force: true });
  elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'no-copy-'));
});
afterEach(async () => {
  await program.close();
  fs.rmSync(elsewhere, { recursive: true, force: true });
});

const names = () => listBackups(program.folder).map(({ name }) => name);
const restoreOf = (file: string) => ({ file: program.grant(file, file) });

test('a file that is gone, a folder, an empty file: each is refused with its name, and stands among no copies', async () => {
  const before = names();
  const empty = path.join(elsewhere, 'empty.db');
  fs.writeFileSync(empty, '');
  for (const [file, code] of [
    [path.join(elsewhere, 'gone.db'), 'file-missing'],
    [elsewhere, 'file-missing'],
    [empty, 'backup-damaged'],
  ] as const) {
    const failure = await program.refused('program.restore', restoreOf(file));
    expect(failure).toMatchObject({ code, params: { file: path.basename(file) } });
  }
  expect(names()).toEqual(before);
  expect(fs.existsSync(inFolder(program.folder, 'ledger'))).toBe(false);
});

test('a copy that is chosen where it lies among the own ones is not taken in a second time, and brings the ledger back', async () => {
  const before = names();
  const [name = ''] = before;
  const own = path.join(inFolder(program.folder, 'backups'), name);
  await program.call('program.restore', restoreOf(own));
  expect(names()).toEqual(before);
  await program.signInAgain();
  expect((await program.call('ledger.get', { id })).id).toBe(id);
});
