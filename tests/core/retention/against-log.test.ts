// A list of destruction is held against the log: what was approved, and what of it was destroyed, cannot be changed behind the program's back.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { aFile, decide, opinion, toApprove } from './files-fixture.ts';

const supervisors: [string, string] = ['甲监销', '乙监销'];
let program: Program;
let clerk: Person;
let head: Person;
let ids: string[];
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  await decide(head, 'mediation.case', 10);
  ids = [];
  for (const name of ['亓官曜谧', '濮阳霁宸', '令狐冲霄'])
    ids.push((await aFile(clerk, 2010, [name, '端木磊'])).id);
});
afterEach(() => program.close());

async function destroyed(files = ids.slice(0, 2)): Promise<{ list: string; number: string }> {
  const { id: list, number } = await clerk.call('destruction.add', { list: null, ids: files, opinion });
  await head.call('destruction.approve', { list, ...toApprove });
  await head.call('destruction.carryOut', { list, supervisors });
  return { list, number };
}
const wrong = async () => {
  const { findings } = await program.call('system.verify', {});
  return findings.map(({ check, object }) => [check, object]);
};
const change = (statement: string) => program.look((db) => db.exec(statement));

test('a list that was approved, withdrawn, changed, approved again and carried out agrees with the log', async () => {
  const { id: list } = await clerk.call('destruction.add', { list: null, ids, opinion });
  await head.call('destruction.approve', { list, ...toApprove });
  expect(await wrong()).toEqual([]);
  await head.call('destruction.withdraw', { list, reason: '再议' });
  const { items } = await clerk.call('destruction.get', { list });
  await clerk.call('destruction.remove', { list, items: [items[0]?.id ?? 0], reason: '留存' });
  await head.call('destruction.approve', { list, ...toApprove });
  await head.call('destruction.carryOut', { list, supervisors });
  expect(await wrong()).toEqual([]);
});

test.each([
  ['the period of a line', `update destruction_item set years = 30 where record_id = '$1'`],
  ['the version of a line', `update destruction_item set version = zeroblob(32) where record_id = '$1'`],
  [
    'a line as if it had not been destroyed',
    `update destruction_item set state = 'withheld' where record_id = '$1'`,
  ],
])('what is changed afterwards is found: %s', async (_what, statement) => {
  const { number } = await destroyed();
  await change(statement.replace('$1', ids[0] ?? ''));
  const found = await wrong();
  expect(found).toContainEqual(['destruction-list', statement.includes('state') ? ids[0] : number]);
});

test('so is a line that is gone, one put on it that nobody approved, and a list that is gone', async () => {
  const { list, number } = await destroyed();
  await change(`create table x_kept as select * from destruction_item;
    delete from destruction_item where record_id = '${ids[0]}'`);
  expect(await wrong()).toContainEqual(['destruction-list', number]);
  await change(`insert into destruction_item select * from x_kept where record_id = '${ids[0]}'`);
  expect(await wrong()).toEqual([]);
  await change(`update x_kept set seq = seq + 1000, record_id = '${ids[2]}';
    insert into destruction_item select * from x_kept limit 1`);
  expect(await wrong()).toContainEqual(['destruction-list', ids[2]]);
  await change(`drop table x_kept; delete from destruction_item; delete from destruction_event;
    delete from destruction_list`);
  expect(await wrong()).toContainEqual(['destruction-list', list]);
});

test('a list approved and never logged, or changed between approval and carrying out, does not agree', async () => {
  const { id: list, number } = await clerk.call('destruction.add', { list: null, ids, opinion });
  await change(`update destruction_list set state = 'approved'`);
  expect(await wrong()).toEqual([['destruction-list', number]]);
  await change(`update destruction_list set state = 'open'`);
  await head.call('destruction.approve', { list, ...toApprove });
  await change(`update destruction_item set pages = 999 where record_id = '${ids[1]}'`);
  await head.call('destruction.carryOut', { list, supervisors });
  expect(await wrong()).toEqual([['destruction-list', number]]);
});

test('a list put back after a restore agrees with the log of the copy, and its lines are still held against it', async () => {
  const { name: backup } = await program.call('system.backup', {});
  const { number } = await destroyed();
  program.clock.now = new Date(program.clock.now.getTime() + 5000);
  await program.call('program.restore', { backup });
  await program.signInAgain();
  expect(await wrong()).toEqual([]);
  await change(`update destruction_item set years = 30`);
  expect(await wrong()).toContainEqual(['destruction-list', number]);
});
