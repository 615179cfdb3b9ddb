import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Migration } from '#core/db/migrations/migration.ts';
import { code, count, day, money, note, phone, text } from '#shared/kinds/fields.ts';
import { after, describeLedger } from '#shared/ledgers/describe.ts';
import type { Workflow } from '#shared/ledgers/workflow.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

// A register that the program does not have: one description, one migration, one workflow, and not a line more.
const workflow: Workflow<'lent' | 'returned' | 'lost'> = {
  initial: 'lent',
  states: {
    lent: { label: '借出', tone: 'processing' },
    returned: { label: '已还', tone: 'success' },
    lost: { label: '遗失', tone: 'error', isClosed: true },
  },
  steps: [
    { from: ['lent'], action: 'return', to: 'returned', label: '归还', requires: ['returnedOn'] },
    { from: ['lent'], action: 'lose', to: 'lost', label: '报失', requires: [] },
  ],
};

const loan = describeLedger({
  name: 'keyLoan',
  table: 'key_loan',
  title: '钥匙借用登记',
  noun: '借用',
  workflow,
  sections: { basic: '基本情况' },
  fields: {
    loanNo: text({
      label: '编号',
      section: 'basic',
      max: 40,
      system: true,
      list: 120,
      sort: true,
      search: 'text',
    }),
    borrower: text({ label: '借用人', section: 'basic', max: 40, required: true, search: 'name' }),
    lentOn: day({
      label: '借出日期',
      section: 'basic',
      required: true,
      notFuture: true,
      list: 110,
      sort: true,
      filter: true,
    }),
    returnedOn: day({ label: '归还日期', section: 'basic' }),
    sex: code({ label: '性别', section: 'basic', codes: 'sex', filter: true }),
    depositFen: money({ label: '押金', section: 'basic', list: 90 }),
    remark: note({ label: '备注', section: 'basic', search: 'text' }),
  },
  children: {
    keys: {
      title: '钥匙',
      table: 'key_loan_key',
      min: 1,
      fields: {
        room: text({ label: '房间', max: 20, required: true, search: 'text' }),
        copies: count({ label: '把数' }),
        contact: phone({ label: '电话' }),
      },
    },
  },
  rules: [after('lentOn', 'returnedOn')],
  headline: { field: 'borrower' },
  day: 'lentOn',
  number: { field: 'loanNo', pattern: '{prefix}钥[{year}]{n:3}号' },
});

const tables: Migration = {
  number: 9000,
  name: 'key loans',
  up: `
CREATE TABLE key_loan (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, unit_id TEXT NOT NULL REFERENCES unit (id), state TEXT NOT NULL,
  version BLOB NOT NULL, depth INTEGER NOT NULL, tips INTEGER NOT NULL, title TEXT NOT NULL, updated_at TEXT NOT NULL,
  number_order INTEGER, loan_no TEXT, borrower TEXT NOT NULL, lent_on TEXT NOT NULL, returned_on TEXT, sex TEXT, deposit_fen INTEGER, remark TEXT
) STRICT;
CREATE TABLE key_loan_key (
  record_seq INTEGER NOT NULL REFERENCES key_loan (seq), ordinal INTEGER NOT NULL,
  room TEXT NOT NULL, copies INTEGER, contact TEXT, PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;`,
};

const aLoan = (values: Record<string, unknown> = {}) => ({
  borrower: '宁远舟',
  lentOn: '2025-05-05',
  depositFen: 5000,
  keys: [{ room: '档案室', copies: 2 }],
  ...values,
});

let program: Program;
beforeAll(async () => {
  program = await aProgram({ extra: { ledgers: [loan], migrations: [tables] } });
});
afterAll(() => program.close());

const save = (values?: Record<string, unknown>, more: { id?: string; baseVersion?: string } = {}) =>
  program.call('ledger.save', { ledger: 'keyLoan', record: aLoan(values), ...more });

test('it is saved, numbered, read, changed, and keeps its versions', async () => {
  const first = await save();
  expect(first).toMatchObject({
    ledger: 'keyLoan',
    state: 'lent',
    title: '宁远舟',
    actions: ['return', 'lose'],
  });
  expect(first.record).toEqual({ ...aLoan(), loanNo: '东坝钥[2025]001号' });
  const second = await save({ remark: '备用' }, { id: first.id, baseVersion: first.version });
  expect(second.versions.map(({ changed }) => changed)).toEqual([['remark'], []]);
  const late = await program.refused('ledger.save', {
    ledger: 'keyLoan',
    id: first.id,
    baseVersion: first.version,
    record: aLoan(),
  });
  expect(late.code).toBe('record-changed');
});

test('its form is checked by its description', async () => {
  const wrong = {
    borrower: '',
    lentOn: '2025-02-30',
    sex: 'x',
    keys: [{ room: 'r'.repeat(21), contact: '1' }],
  };
  const { problems } = await program.call('ledger.check', { ledger: 'keyLoan', record: aLoan(wrong) });
  expect(problems).toEqual({
    borrower: { problem: 'required' },
    lentOn: { problem: 'impossible-date', text: '2025-02-30' },
    sex: { problem: 'unknown-code', code: 'x' },
    'keys.0.room': { problem: 'too-long', max: 20 },
    'keys.0.contact': { problem: 'phone' },
  });
  const failure = await program.refused('ledger.save', {
    ledger: 'keyLoan',
    record: aLoan({ keys: [], returnedOn: '2025-05-01' }),
  });
  expect(failure.fields).toEqual({
    keys: { problem: 'too-few', min: 1 },
    returnedOn: { problem: 'before', other: 'lentOn', day: '2025-05-05' },
  });
});

test('it is listed, sorted, filtered and offered as a choice', async () => {
  await save({ borrower: '乐天', lentOn: '2025-05-06', sex: '2' });
  const page = await program.call('ledger.list', {
    ledger: 'keyLoan',
    sort: { field: 'loanNo', descending: false },
    filter: { sex: '2' },
  });
  expect(page).toMatchObject({ total: 1, rows: [{ title: '乐天', lentOn: '2025-05-06', depositFen: 5000 }] });
  expect(await program.call('ledger.choices', { ledger: 'keyLoan', text: '乐' })).toMatchObject([
    { label: '乐天', note: '借出' },
  ]);
});

test('it is found by a character, by initials, by a word of its children', async () => {
  const { id } = await save({ borrower: '缪斯年', keys: [{ room: '会见室' }] });
  for (const text of ['缪', '斯', '年', 'msn', '会见']) {
    const { hits } = await program.call('search.find', { text });
    expect(
      hits.map((hit) => [hit.ledger, hit.id]),
      text,
    ).toEqual([['keyLoan', id]]);
  }
});

test('its workflow is enforced', async () => {
  const { id } = await save();
  expect((await program.refused('ledger.act', { id, action: 'return' })).fields).toEqual({
    returnedOn: { problem: 'required' },
  });
  expect(
    (await program.call('ledger.act', { id, action: 'return', record: { returnedOn: '2025-05-09' } })).state,
  ).toBe('returned');
  expect((await program.refused('ledger.act', { id, action: 'lose' })).code).toBe('action-not-allowed');
});

test('it is in the log, the hash, the check and the backup, and it is there after a start', async () => {
  const before = await program.call('system.hash', {});
  await save();
  expect((await program.call('system.hash', {})).records).toBe(before.records + 1);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
  const kept = await program.call('system.hash', {});
  await program.restart();
  await program.signInAgain();
  expect(await program.call('system.hash', {})).toEqual(kept);
});
