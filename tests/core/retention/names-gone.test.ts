// What was typed of a file outlives neither its sealing nor its destruction, and is masked before.
import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { keyOf, keys, pagesOf, seal } from '#tests/fixtures/sealing.ts';
import { aFile, decide, toApprove } from './files-fixture.ts';

const name = '亓官曜谧';
const opinion = `${name}案无保存价值`;
const supervisors: [string, string] = ['甲监销', '乙监销'];
let program: Program;
let clerk: Person;
let head: Person;
let id: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  keys.set(program, await keyOf(program));
  await decide(head, 'mediation.case', 10);
  id = (await aFile(clerk, 2010, [name, '濮阳霁宸'])).id;
});
afterEach(() => program.close());

const add = async () => (await clerk.call('destruction.add', { list: null, ids: [id], opinion })).id;
const found = async () => foundIn(await pagesOf(program), [name, '亓官', '亓***、濮***']);

test('sealed, a file on a list says only its number; reasons to keep it on or to take it off are gone', async () => {
  const first = await clerk.call('destruction.add', { list: null, ids: [id], opinion });
  const reason = `${name}申请查阅`;
  await clerk.call('destruction.remove', { list: first.id, items: first.items.map((one) => one.id), reason });
  await clerk.call('retention.keep', { ids: [id], until: '2025-07-01', reason });
  program.clock.now = new Date(program.clock.now.getTime() + 3 * 86_400_000);
  await program.signInAgain();
  [clerk, head] = [await program.signIn('clerk'), await program.signIn('head')];
  const list = await add();
  await head.call('destruction.approve', { list, ...toApprove });
  await seal(clerk, head, id);
  const shown = async () => (await clerk.call('destruction.get', { list })).items;
  expect(await shown()).toMatchObject([{ title: '（已封存）', opinion: '', state: 'listed' }]);
  expect(await found()).toEqual([]);
  await head.call('destruction.carryOut', { list, supervisors });
  expect(await shown()).toMatchObject([
    { title: '（已封存）', opinion: '', state: 'withheld', why: '已经封存' },
  ]);
  const said = await program.look((db) =>
    db.all(sql`select seq from audit_entry where instr(detail, ${name}) > 0`),
  );
  expect(said).toEqual([]);
});

test('destroyed, neither, and a list that comes back says no more', async () => {
  const list = await add();
  await head.call('destruction.approve', { list, ...toApprove });
  const { name: backup } = await program.call('system.backup', {});
  await head.call('destruction.carryOut', { list, supervisors });
  const items = [{ title: '（已销毁）', opinion: '', state: 'destroyed' }];
  expect((await clerk.call('destruction.get', { list })).items).toMatchObject(items);
  expect(await found()).toEqual([]);
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
  await program.call('program.restore', { backup });
  await program.signInAgain();
  expect((await program.call('destruction.get', { list })).items).toMatchObject(items);
  expect(await found()).toEqual([]);
});

test('a session that gave no reason reads what was typed with the names masked', async () => {
  const list = await clerk.call('destruction.add', { list: null, ids: [id], opinion });
  await clerk.call('session.veil', {});
  const { items } = await clerk.call('destruction.get', { list: list.id });
  expect(items[0]?.opinion).toBe('亓***案无保存价值');
  expect((await clerk.call('destruction.sheet', { list: list.id })).html).not.toContain(name);
});

test('while the file beside the ledger cannot be written nothing is destroyed; mended, it is', async () => {
  const list = await add();
  await head.call('destruction.approve', { list, ...toApprove });
  const at = inFolder(program.folder, 'destroyed');
  fs.mkdirSync(at);
  expect((await head.refused('destruction.carryOut', { list, supervisors })).code).toBe('destroyed-unkept');
  expect((await clerk.call('ledger.get', { id })).id).toBe(id);
  expect((await clerk.call('destruction.get', { list })).state).toBe('approved');
  fs.rmdirSync(at);
  await head.call('destruction.carryOut', { list, supervisors });
  expect((await clerk.refused('ledger.get', { id })).code).toBe('record-missing');
});

test('lost or harmed since, it is written anew before a restore, which is refused where it cannot be', async () => {
  const { name: backup } = await program.call('system.backup', {});
  const list = await add();
  await head.call('destruction.approve', { list, ...toApprove });
  await head.call('destruction.carryOut', { list, supervisors });
  const at = inFolder(program.folder, 'destroyed');
  fs.rmSync(at);
  fs.mkdirSync(at);
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
  expect((await program.refused('program.restore', { backup })).code).toBe('destroyed-unkept');
  fs.rmdirSync(at);
  await program.call('program.restore', { backup });
  await program.signInAgain();
  expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
});

test('two who watch are two, had no hand in the list, and neither has who carries it out', async () => {
  const list = await add();
  await head.call('destruction.approve', { list, ...toApprove });
  const refused = async (names: [string, string], by: Person = head) =>
    (await by.refused('destruction.carryOut', { list, supervisors: names })).code;
  expect(await refused(['张三', '张 三'])).toBe('destruction-supervisors');
  expect(await refused(['李四', 'CLERK'])).toBe('supervisor-involved');
  expect(await refused(['head', '李四'])).toBe('supervisor-involved');
  const own = (await head.call('account.list', {})).find((one) => one.name === 'clerk')?.id ?? '';
  await head.call('account.change', { changes: [{ id: own, role: 'head' }] });
  const risen = await program.signIn('clerk');
  expect(await refused(supervisors, risen)).toBe('destruction-carrier');
  await head.call('destruction.carryOut', { list, supervisors });
});
