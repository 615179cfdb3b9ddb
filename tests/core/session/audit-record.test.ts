// What was done with one record: the log by the number that stands on paper.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportedLog } from '#tests/fixtures/foreign-log.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { seal } from '#tests/fixtures/sealing.ts';

let program: Program;
const people: Record<string, Person> = {};
const someone = (name: string) => people[name] as Person;
let one: { id: string; number: string };
let other: { id: string; number: string };
let committee: string;

const numberOf = async (id: string) => String((await program.call('ledger.get', { id })).record.caseNo);
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  for (const name of ['head', 'clerk', 'auditor']) people[name] = await program.signIn(name);
  const ids = [await someone('clerk').save(aMediation()), await someone('clerk').save(aMediation())];
  const [first = '', second = ''] = ids.map(({ id }) => id);
  one = { id: first, number: await numberOf(first) };
  other = { id: second, number: await numberOf(second) };
  // An id begins with the minute in which it was made.
  program.clock.now = new Date(program.clock.now.getTime() + 300_000);
  const made = await program.call('ledger.save', {
    ledger: 'committee',
    record: { name: '东坝镇人民调解委员会', kind: 'township', establishedOn: '2015-05-01' },
  });
  committee = made.id;
  // A look at a list holds the ids of all it showed.
  await someone('head').call('ledger.list', { ledger: 'mediation' });
});
afterAll(() => program.close());

const about = async (record: string) => (await someone('auditor').call('audit.list', { record })).entries;
const acts = async (record: string) =>
  (await about(record)).map(({ action, account }) => `${action} ${account}`);

test('a number finds what was done with its record and lists that showed it, in whichever brackets it is typed', async () => {
  expect(one.number).not.toBe(other.number);
  const found = await acts(one.number);
  expect(found).toEqual(['ledger.list head', 'ledger.get admin', 'ledger.save clerk']);
  const plain = one.number.replaceAll(/[（〔[【]/g, '(').replaceAll(/[）〕\]】]/g, ')');
  const wide = plain.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  for (const text of [plain, plain.replaceAll('(', '〔').replaceAll(')', '〕'), ` ${wide} `, one.id])
    expect(
      (await acts(text)).filter((act) => !act.startsWith('audit.list')),
      text,
    ).toEqual(found);
});

test('where there is no number, the eight signs that the log shows; half a number finds nothing', async () => {
  expect(await acts(committee.slice(0, 8))).toContain('ledger.save admin');
  expect(new Set((await about(committee.slice(0, 8))).map(({ recordId }) => recordId))).toEqual(
    new Set([committee]),
  );
  for (const text of ['第1号', committee.slice(0, 7), '欧阳建国', '%', "' or 1=1"])
    expect(await about(text), text).toEqual([]);
});

test('reading it is a look at that record, among its own entries; what was typed in vain stands nowhere', async () => {
  await about(other.number);
  const [look] = await about(other.number);
  expect(look).toMatchObject({ action: 'audit.list', account: 'auditor', recordId: other.id });
  expect(look?.title).toContain(other.number);
  await about('司马相如');
  const { entries } = await someone('auditor').call('audit.list', { actions: ['audit.list'] });
  expect(JSON.stringify(entries)).not.toContain('司马相如');
});

test('it goes with the other filters and with pages', async () => {
  const ask = (more: object) => someone('auditor').call('audit.list', { record: one.number, ...more });
  expect((await ask({ actions: ['ledger.save'] })).entries).toHaveLength(1);
  expect((await ask({ account: 'head' })).entries).toHaveLength(1);
  const { entries, more } = await ask({ limit: 2 });
  expect([entries.length, more]).toEqual([2, true]);
  const next = await ask({ limit: 500, before: entries.at(-1)?.entry });
  expect(next.entries.at(-1)?.action).toBe('ledger.save');
});

test('only who reads the log may, by a number too', async () => {
  for (const name of ['head', 'clerk'])
    expect((await someone(name).refused('audit.list', { record: one.number })).code, name).toBe('no-right');
});

test('a record that was sealed is still found by its number', async () => {
  await seal(someone('clerk'), someone('head'), one.id);
  expect(await acts(one.number)).toEqual(
    expect.arrayContaining(['sealing.confirm head', 'ledger.save clerk']),
  );
});

test("another unit's log by that unit's number", async () => {
  const county = await aProgram({ isCounty: true });
  try {
    county.grant('in', await exportedLog(program, someone('auditor')));
    const { check } = await county.call('audit.checkFile', { file: 'in' });
    const asked = {
      check: check ?? 0,
      file: 'in',
      record: other.number.replaceAll('（', '(').replaceAll('）', ')'),
    };
    const { entries } = await county.call('audit.foreign', asked);
    expect(entries.map(({ action }) => action)).toContain('ledger.save');
    expect(new Set(entries.flatMap(({ recordId }) => recordId ?? []))).toEqual(new Set([other.id]));
    expect((await county.call('audit.foreign', { ...asked, record: '第1号' })).entries).toEqual([]);
    // The county has no such record, and its own log says only whose log was read.
    expect((await county.call('audit.list', { record: other.number })).entries).toEqual([]);
  } finally {
    await county.close();
  }
});
