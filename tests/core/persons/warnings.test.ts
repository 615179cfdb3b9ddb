// What stands against taking a case in, and that it is kept on the file that somebody read it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemColumns } from '#core/db/migrations/columns.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { day, identity, phone, text } from '#shared/kinds/fields.ts';
import { describeLedger } from '#shared/ledgers/describe.ts';
import type { Workflow } from '#shared/ledgers/workflow.ts';
import { warningText } from '#shared/text/persons.ts';
import { makeCreditCode, makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation, type MediationBuilder } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

// A further register with something to say of its persons: a description and a table, no code.
const workflow: Workflow<'serving' | 'released'> = {
  initial: 'serving',
  states: {
    serving: { label: '在矫', tone: 'processing', isOpen: true },
    released: { label: '已解除', tone: 'default' },
  },
  steps: [{ from: ['serving'], action: 'release', to: 'released', label: '解除', requires: ['releasedOn'] }],
};

const probation = describeLedger({
  name: 'probation',
  table: 'probation_person',
  title: '在册人员台账',
  noun: '对象',
  workflow,
  sections: { basic: '基本情况' },
  fields: {
    fullName: text({ label: '姓名', section: 'basic', required: true, search: 'name' }),
    cardNumber: identity({ label: '身份证号', section: 'basic' }),
    contact: phone({ label: '电话', section: 'basic' }),
    receivedOn: day({ label: '接收日期', section: 'basic', required: true }),
    releasedOn: day({ label: '解除日期', section: 'basic' }),
  },
  children: {},
  rules: [],
  persons: [
    {
      as: '社区矫正对象',
      fields: { name: 'fullName', idNumber: 'cardNumber', phone: 'contact' },
      alert: '正在接受社区矫正',
    },
  ],
  headline: { field: 'fullName' },
  day: 'receivedOn',
});

const tables: Migration = {
  number: 9000,
  name: 'probation',
  up: `CREATE TABLE probation_person (${systemColumns},
    full_name TEXT NOT NULL, card_number TEXT, contact TEXT, received_on TEXT NOT NULL, released_on TEXT) STRICT;`,
};

let program: Program;
beforeAll(async () => {
  program = await aProgram({ extra: { ledgers: [probation], migrations: [tables] } });
});
afterAll(() => program.close());

let order = 0;
/** Somebody with a number of his own. */
const somebody = (name: string) => {
  order += 2;
  return { type: 'natural', name, idNumber: makeIdentityNumber('1975-03-04', order), phone: null };
};
type Somebody = Record<string, unknown>;

const dispute = (applicant: Somebody, respondent: Somebody): MediationBuilder =>
  aMediation({
    ...aMediation().record(),
    parties: [
      { side: 'applicant', type: 'natural', ...applicant },
      { side: 'respondent', type: 'natural', ...respondent },
    ],
  });

const warnings = (builder: MediationBuilder, id?: string) =>
  program.call('person.warnings', { ledger: 'mediation', record: builder.record(), ...(id ? { id } : {}) });

describe('the same person on the other side', () => {
  test('of this very case', async () => {
    const one = somebody('仇大江');
    const found = await warnings(dispute(one, { ...one, name: '仇小江' }));
    expect(found).toEqual([
      expect.objectContaining({ kind: 'bothSides', paths: ['parties.0', 'parties.1'], matter: null }),
    ]);
    expect(await warnings(dispute(one, somebody('仇小江')))).toEqual([]);
  });

  test('of this very case, as the agent of one side', async () => {
    const [one, other] = [somebody('樊玉成'), somebody('樊玉林')];
    const agent = { agentName: other.name, agentIdNumber: other.idNumber };
    const [found, ...more] = await warnings(dispute({ ...one, ...agent }, other));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'bothSides', paths: ['parties.1', 'parties.0'], isByName: false });
    expect(found && warningText(found)).toBe(
      '樊玉林与樊玉林是同一人，在本案中分属两方，其中有委托代理人，请核对。',
    );
    // A lawyer for both; not one for his own side, nor a namesake
    const lawyer = { agentName: '贡布', agentIdNumber: somebody('贡布').idNumber };
    const kinds = async (left: Somebody, right: Somebody) =>
      (await warnings(dispute(left, right))).map(({ kind }) => kind);
    expect(await kinds({ ...one, ...lawyer }, { ...other, ...lawyer })).toEqual(['bothSides']);
    expect(await kinds({ ...one, agentName: one.name, agentIdNumber: one.idNumber }, other)).toEqual([]);
    expect(await kinds({ ...one, agentName: other.name }, other)).toEqual([]);
  });

  test('by the name alone, of whoever acts for an organisation', async () => {
    const firm = (legalRepresentative: string) => ({
      type: 'legal',
      name: '某砂石厂',
      creditCode: makeCreditCode(77),
      legalRepresentative,
    });
    const one = somebody('臧海潮');
    expect(await warnings(dispute(one, firm('臧海潮')))).toEqual([
      expect.objectContaining({
        kind: 'bothSides',
        paths: ['parties.0', 'parties.1'],
        names: ['臧海潮', '臧海潮'],
        isByName: true,
      }),
    ]);
    expect(await warnings(dispute(one, firm('臧海平')))).toEqual([]);
    // On his own side he may well stand.
    const own = dispute(one, somebody('郝树生')).record();
    own.parties.push({ side: 'applicant', ...firm('臧海潮') });
    const record = { ledger: 'mediation', record: own };
    expect(await program.call('person.warnings', record)).toEqual([]);
  });

  test('of another case as long as it is open', async () => {
    const one = somebody('单天佑');
    const open = await program.save(dispute(somebody('解春来'), one));
    const typed = dispute(one, somebody('曾远山'));
    const [warning] = await warnings(typed);
    expect(warning).toMatchObject({
      kind: 'otherSide',
      paths: ['parties.0'],
      names: ['单天佑'],
      matter: { id: open.id, as: '被申请人', state: '调解中', number: open.record.caseNo },
      isByName: false,
    });
    expect(await warnings(dispute(somebody('曾远山'), one))).toEqual([]);
    const { id, version, record } = await program.call('ledger.get', { id: open.id });
    await program.save(
      { ...record, outcome: 'failed', concludedOn: '2025-04-01' },
      { id, baseVersion: version },
    );
    expect(await warnings(typed)).toEqual([]);
  });
});

describe('a dispute that was there before', () => {
  test('either way round, years back, and not when it was entered by mistake', async () => {
    const [one, other] = [somebody('缪青松'), somebody('翟翠柏')];
    const old = await program.save(dispute(one, other).accepted('2012-05-06').failed('2012-05-20'));
    for (const again of [dispute(one, other), dispute(other, one)]) {
      expect(await warnings(again)).toEqual([
        expect.objectContaining({
          kind: 'repeat',
          isByName: false,
          matter: expect.objectContaining({ id: old.id }),
        }),
      ]);
      expect(await warnings(again, old.id)).toEqual([]);
    }
    expect(await warnings(dispute(one, somebody('翟翠柏')))).toEqual([]);
    await program.call('ledger.act', { id: old.id, action: 'void', record: { voidReason: '重复登记' } });
    expect(await warnings(dispute(one, other))).toEqual([]);
  });

  test('by both names where there are no numbers, and marked so', async () => {
    const old = await program.save(
      dispute({ name: '澹台明月' }, { name: '尉迟长风' }).accepted('2019-01-01').failed('2019-02-01'),
    );
    expect(await warnings(dispute({ name: '尉迟长风' }, { name: '澹台明月' }))).toEqual([
      expect.objectContaining({
        kind: 'repeat',
        isByName: true,
        matter: expect.objectContaining({ id: old.id }),
      }),
    ]);
    expect(await warnings(dispute({ name: '尉迟长风' }, { name: '澹台明日' }))).toEqual([]);
  });

  test('also where two cards were said to be one person', async () => {
    const [one, other, alias] = [somebody('昝北辰'), somebody('乐南星'), somebody('昝北宸')];
    await program.save(dispute(one, other).failed('2025-05-01'));
    const again = dispute(alias, other);
    expect(await warnings(again)).toEqual([]);
    const { id } = await program.call('person.decide', {
      left: `i:${one.idNumber}`,
      right: `i:${alias.idNumber}`,
      verdict: 'same',
    });
    expect(await warnings(again)).toEqual([expect.objectContaining({ kind: 'repeat' })]);
    await program.call('person.undecide', { id });
    expect(await warnings(again)).toEqual([]);
  });
});

test('what a register says of its persons, as long as it says so', async () => {
  const one = somebody('逄铁柱');
  const { id } = await program.call('ledger.save', {
    ledger: 'probation',
    record: { fullName: one.name, cardNumber: one.idNumber, receivedOn: '2025-01-01' },
  });
  const typed = dispute(somebody('区月娥'), one);
  expect(await warnings(typed)).toEqual([
    expect.objectContaining({
      kind: 'alert',
      says: '正在接受社区矫正',
      paths: ['parties.1'],
      isByName: false,
      matter: expect.objectContaining({ ledger: 'probation', as: '社区矫正对象', state: '在矫' }),
    }),
  ]);
  const byName = await warnings(dispute({ name: '逄铁柱' }, somebody('区月娥')));
  expect(byName).toEqual([expect.objectContaining({ kind: 'alert', isByName: true })]);
  await program.call('ledger.act', { id, action: 'release', record: { releasedOn: '2025-06-01' } });
  expect(await warnings(typed)).toEqual([]);
});

test('of two warnings only the one that was read is on the file', async () => {
  const [one, other] = [somebody('钟离权安'), somebody('公孙止戈')];
  await program.save(dispute(one, other).failed('2025-05-01'));
  await program.save(dispute(one, other).failed('2025-05-02'));
  const saved = await program.save(dispute(other, one));
  const found = await warnings(dispute(other, one), saved.id);
  expect(found.length).toBeGreaterThan(1);
  const [read] = found;
  const seen = await program.call('person.see', { id: saved.id, warnings: [read?.key ?? ''] });
  expect(seen.map(({ warning }) => warning.key)).toEqual([read?.key]);
});

test('what was read stays on the file as it was read, once for each who read it', async () => {
  const [one, other] = [somebody('盖聂云'), somebody('朴正熙文')];
  const old = await program.save(dispute(one, other).failed('2025-05-01'));
  const saved = await program.save(dispute(other, one));
  const found = await warnings(dispute(other, one), saved.id);
  const keys = found.map(({ key }) => key);
  expect(keys).toHaveLength(1);
  program.clock.now = new Date('2025-07-03T03:00:00Z');
  const seen = await program.call('person.see', {
    id: saved.id,
    warnings: [...keys, 'repeat|nothing|nobody'],
  });
  expect(seen).toEqual([{ warning: found[0], at: '2025-07-03T03:00:00.000Z', by: 'admin' }]);
  expect(await program.call('person.see', { id: saved.id, warnings: keys })).toEqual(seen);
  await program.call('ledger.act', { id: old.id, action: 'void', record: { voidReason: '重复登记' } });
  expect(await warnings(dispute(other, one), saved.id)).toEqual([]);
  await program.call('person.rebuild', {});
  expect(await program.call('person.seen', { id: saved.id })).toEqual(seen);
  expect(await program.call('person.seen', { id: old.id })).toEqual([]);
  await program.restart();
  await program.signInAgain();
  expect(await program.call('person.seen', { id: saved.id })).toEqual(seen);
});
