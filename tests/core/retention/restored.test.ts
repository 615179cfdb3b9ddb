// A copy of before a destruction brings nothing back: the files go again before anybody sees them, the list returns.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { barePages, foundIn } from '#tests/fixtures/bare-pages.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion, toApprove } from './files-fixture.ts';

const names = ['亓官曜谧', '濮阳霁宸'] as const;
const supervisors: [string, string] = ['甲监销', '乙监销'];

let program: Program;
let clerk: Person;
let head: Person;
let id: string;
const signIn = async () => {
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
};
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  await signIn();
  await decide(head, 'mediation.case', 10);
  id = (await aFile(clerk, 2010, names)).id;
});
afterEach(() => program.close());

const list = async () => (await clerk.call('destruction.add', { list: null, ids: [id], opinion })).id;
const approve = (of: string) => head.call('destruction.approve', { list: of, ...toApprove });
const carryOut = (of: string) => head.call('destruction.carryOut', { list: of, supervisors });
const copy = async () => (await program.call('system.backup', {})).name;
async function goBackTo(backup: string): Promise<void> {
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
  await program.call('program.restore', { backup });
  await program.signInAgain();
  await signIn();
}

async function nothingIsLeft(): Promise<void> {
  expect((await clerk.refused('ledger.get', { id })).code).toBe('record-missing');
  const file = readKeyFile(program.folder);
  const key = file && (await keyByPassword(file, 'admin', password));
  if (!key) throw new Error('no key');
  expect(foundIn(barePages(inFolder(program.folder, 'ledger'), key), [...names, '亓官'])).toEqual([]);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [], stripped: 1 });
}

test('a copy that knows nothing of the list gets it back, and the file goes again', async () => {
  const backup = await copy();
  const own = await list();
  await approve(own);
  await carryOut(own);
  const before = await clerk.call('destruction.get', { list: own });
  await goBackTo(backup);
  await nothingIsLeft();
  expect(await clerk.call('destruction.get', { list: own })).toMatchObject({
    ...{ number: before.number, state: 'done', counts: before.counts, events: before.events },
    items: before.items.map(({ id: _id, ...item }) => item),
  });
  const again = await program.look((db) =>
    db.all(sql`select action, record_id, detail from audit_entry where action = 'destruction.again'`),
  );
  expect(again).toEqual([
    { action: 'destruction.again', record_id: id, detail: JSON.stringify({ number: before.number }) },
  ]);
});

test('so does one from between approval and destruction; a second opening does nothing more', async () => {
  const own = await list();
  await approve(own);
  const backup = await copy();
  await carryOut(own);
  await goBackTo(backup);
  await nothingIsLeft();
  expect((await clerk.call('destruction.get', { list: own })).state).toBe('done');
  await program.restart();
  await program.signInAgain();
  await signIn();
  await nothingIsLeft();
  const count = await program.look((db) =>
    db.value(sql`select count(*) from audit_entry where action = 'destruction.again'`),
  );
  expect(count).toBe(1);
});

test('a copy that has the file on another list, given up later, is no obstacle', async () => {
  const first = await list();
  const backup = await copy();
  const { items } = await clerk.call('destruction.get', { list: first });
  await clerk.call('destruction.remove', { list: first, items: items.map((one) => one.id), reason: '再议' });
  const second = await list();
  await approve(second);
  await carryOut(second);
  await goBackTo(backup);
  await nothingIsLeft();
  expect((await clerk.call('destruction.get', { list: first })).counts).toMatchObject({
    ...{ listed: 0, removed: 1 },
  });
  expect((await clerk.call('destruction.get', { list: second })).counts.destroyed).toBe(1);
});

test('what somebody did whose account the copy does not have is told by the name', async () => {
  const backup = await copy();
  await head.call('account.create', { name: '马负责', role: 'head', password: 'qinghe-2025' });
  head = await program.signIn('马负责', 'qinghe-2025');
  await head.call('session.changePassword', { password: 'qinghe-2025', newPassword: 'eigen-2025' });
  const own = await list();
  await approve(own);
  await carryOut(own);
  await goBackTo(backup);
  const { events } = await clerk.call('destruction.get', { list: own });
  expect(events.map(({ action, account }) => [action, account])).toEqual([
    ['make', 'clerk'],
    ['add', 'clerk'],
    ['approve', '马负责'],
    ['begin', '马负责'],
    ['end', '马负责'],
  ]);
});

test('the file beside the ledger tells nobody anything without the key; damaged or lost it is written anew', async () => {
  const own = await list();
  await approve(own);
  await carryOut(own);
  const kept = inFolder(program.folder, 'destroyed');
  const bytes = fs.readFileSync(kept);
  expect(foundIn(bytes, ['亓', '清册', id, path.basename(program.folder)])).toEqual([]);
  for (const spoil of [
    () => fs.rmSync(kept),
    () => fs.writeFileSync(kept, Buffer.alloc(200, 7)),
    () => fs.writeFileSync(kept, ''),
  ]) {
    spoil();
    await program.restart();
    await program.signInAgain();
    expect(fs.readFileSync(kept).length).toBe(bytes.length);
    await signIn();
    expect((await clerk.call('destruction.get', { list: own })).counts.destroyed).toBe(1);
  }
});

test('a list of after a restore has a number of its own, though one before it did not come back', async () => {
  const [other, third] = [await aFile(clerk, 2010, names), await aFile(clerk, 2010, names)];
  const backup = await copy();
  await list();
  const second = (await clerk.call('destruction.add', { list: null, ids: [other.id], opinion })).id;
  await approve(second);
  await carryOut(second);
  await goBackTo(backup);
  await clerk.call('destruction.add', { list: null, ids: [third.id], opinion });
  const numbers = (await clerk.call('destruction.lists', {})).map(({ number }) => number);
  expect(numbers.sort()).toEqual(['销毁清册〔2025〕2号', '销毁清册〔2025〕3号']);
});
