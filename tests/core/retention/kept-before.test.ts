// What is destroyed stands beside the ledger before it is destroyed in it: a kill, a refusal or a restore in between loses nothing.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion, toApprove } from './files-fixture.ts';

const supervisors: [string, string] = ['甲监销', '乙监销'];
let program: Program;
let clerk: Person;
let head: Person;
let id: string;
let list: string;
let backup: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  await decide(head, 'mediation.case', 10);
  id = (await aFile(clerk, 2010, ['亓官曜谧', '濮阳霁宸'])).id;
  backup = (await program.call('system.backup', {})).name;
  list = (await clerk.call('destruction.add', { list: null, ids: [id], opinion })).id;
  await head.call('destruction.approve', { list, ...toApprove });
});
afterEach(() => program.close());

const carryOut = (by: Person = head) => by.ask('destruction.carryOut', { list, supervisors });
const kept = (folder: string) => inFolder(folder, 'destroyed');
const besides = () => fs.readdirSync(program.folder).filter((name) => name.startsWith('ledger.destroyed'));

/** What a program finds that starts on a folder as it lies. */
async function afterKill(folder: string, before?: (next: Program) => Promise<unknown>) {
  const next = await aProgram({ from: folder, isShut: true });
  try {
    await before?.(next);
    await next.signInAgain();
    const { state } = await next.call('destruction.get', { list });
    return [(await next.ask('ledger.get', { id })).ok, state];
  } finally {
    await next.close();
  }
}

test('killed after the file was written and before the transaction stood: the next start finishes what was begun', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-kill-'));
  fs.cpSync(program.folder, folder, { recursive: true });
  expect((await carryOut()).ok).toBe(true);
  fs.copyFileSync(kept(program.folder), kept(folder));
  expect(await afterKill(folder)).toEqual([false, 'done']);
  fs.rmSync(folder, { recursive: true });
});

test('refused at the very last, after the file was written: it is as it was before, and the next start destroys nothing', async () => {
  await program.look((db) =>
    db.exec(`CREATE TABLE x_parent (id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE x_child (p INTEGER REFERENCES x_parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
      CREATE TRIGGER x_fail AFTER UPDATE OF state ON destruction_item WHEN NEW.state = 'destroyed'
      BEGIN INSERT INTO x_child VALUES (1); END`),
  );
  expect((await carryOut()).ok).toBe(false);
  await program.look((db) => db.exec('DROP TRIGGER x_fail; DROP TABLE x_child; DROP TABLE x_parent'));
  expect(besides()).toEqual([]);
  expect(await afterKill(program.folder)).toEqual([true, 'approved']);
  expect((await carryOut()).ok).toBe(true);
  expect(besides()).toEqual(['ledger.destroyed']);
});

test('killed right after a destruction, the ledger damaged, back to a copy without its having been opened: it stays destroyed', async () => {
  expect((await carryOut()).ok).toBe(true);
  const found = await afterKill(program.folder, async (next) => {
    for (const end of ['-wal', '-shm']) fs.rmSync(inFolder(next.folder, 'ledger') + end, { force: true });
    fs.writeFileSync(inFolder(next.folder, 'ledger'), Buffer.alloc(8192, 7));
    const signIn = { account: 'admin', password: 'pruefung-2025' };
    expect((await next.refused('session.signIn', signIn)).code).toBe('damaged');
    await next.call('program.restore', { backup });
  });
  expect(found).toEqual([false, 'done']);
});
