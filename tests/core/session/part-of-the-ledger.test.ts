// Who sees some units or registers only: nothing of the others by any way, no act on all of them, each refusal logged.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKit } from '#core/api/kit.ts';
import { checkScope } from '#core/api/scope.ts';
import { sql } from '#core/db/sql.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';
import { aFile, approved, decide, opinion, toApprove } from '../retention/files-fixture.ts';
import { methodInputs } from './method-inputs.ts';

const names = ['亓官曜谧', '濮阳霁宸'] as const;
const [applicant] = names;
const number = makeIdentityNumber('1987-03-14', 11);
const given = 'qinghe-2025';

let office: Program;
let head: Person;
let own: Person;
const ids: Record<string, string> = {};
const secrets: string[] = [...names, '亓***', number, '16409995511'];

beforeAll(async () => {
  office = await aProgram({ everyRole: true });
  head = await office.signIn('head');
  await decide(head, 'mediation.case', 10);
  const open = aMediation()
    .accepted('2025-06-02')
    .between(...names);
  const running = await office.save(open.withApplicant({ idNumber: number, phone: '16409995511' }));
  const old = await aFile(office, 2010, names);
  const list = await office.call('destruction.add', { list: null, ids: [old.id], opinion });
  Object.assign(ids, { mediation: running.id, old: old.id, list: list.id });
  secrets.push(running.id, old.id);
  for (const { record } of [running, old]) secrets.push(String(record.caseNo));
  own = await enter('只管组织的负责人', ['committee', 'mediator']);
});
afterAll(() => office.close());

async function enter(name: string, ledgers: readonly string[]): Promise<Person> {
  await head.call('account.create', { name, role: 'head', password: given, ledgers: [...ledgers] });
  const person = await office.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}

/** Methods whose answers hold a secret that was not in the question. */
async function tellingTo(person: Person): Promise<Set<string>> {
  const telling = new Set<string>();
  for (const [method, input] of waysToAsk(ids, { applicant, number })) {
    const said = JSON.stringify(await person.ask(method, input));
    const asked = JSON.stringify(input);
    if (secrets.some((secret) => said.includes(secret) && !asked.includes(secret))) telling.add(method);
  }
  return telling;
}

describe('some registers', () => {
  test('finds nothing of the others by any way, deadlines, review and destruction included', async () => {
    const known = await tellingTo(head);
    for (const method of [
      ...['ledger.list', 'ledger.get', 'ledger.titles', 'search.find', 'person.match', 'indicator.records'],
      ...['deadline.board', 'deadline.sheet', 'retention.review', 'retention.sheet'],
      ...['destruction.get', 'destruction.sheet'],
    ])
      expect(known).toContain(method);
    expect([...(await tellingTo(own))]).toEqual([]);
    expect(await own.refused('ledger.list', { ledger: 'mediation' })).toMatchObject({ code: 'no-right' });
    expect((await own.call('search.find', { text: applicant })).total).toBe(0);
    await own.call('ledger.list', { ledger: 'committee' });
  });

  test('the board counts what is due in its registers, and no more', async () => {
    const whole = await head.call('deadline.board', { on: '2030-01-01' });
    const ofCases = await enter('只管案件的负责人', ['mediation']);
    const cases = await ofCases.call('deadline.board', { on: '2030-01-01' });
    expect(cases.overdue.map(({ id }) => id)).toContain(ids.mediation);
    const board = await own.call('deadline.board', { on: '2030-01-01' });
    expect(board.overdue.filter(({ ledger }) => !['committee', 'mediator'].includes(ledger))).toEqual([]);
    expect(board.rules.filter(({ rule }) => cases.rules.some((one) => one.rule === rule))).toEqual([]);
    expect(board.counts.overdue).toBe(board.overdue.length);
    expect(cases.counts.overdue).toBe(cases.overdue.length);
    expect(whole.counts.overdue).toBeGreaterThanOrEqual(board.counts.overdue + cases.counts.overdue);
  });

  test('of several ids, one outside refuses a change of them all; a query leaves it out', async () => {
    const kit = createKit(
      {
        ...{ folder: office.folder, seeds: path.resolve('seeds'), version: '0' },
        ...{ now: () => office.clock.now, emit: () => undefined, helper: () => Promise.reject(new Error()) },
      },
      () => office.folder,
    );
    const input = { ids: [randomUUID(), ids.old] };
    await office.look((db) => {
      const check = (kind: 'command' | 'query', ledgers: string[]) => () =>
        checkScope(kit, db, { unitIds: null, ledgers }, kind, input);
      expect(check('command', ['committee'])).toThrow('record-missing');
      expect(check('command', ['mediation'])).not.toThrow();
      expect(check('query', ['committee'])).not.toThrow();
    });
  });
});

describe('what speaks of the whole ledger', () => {
  const ruling = [
    ...(['codes.define', 'codes.confirm', 'mapping.decide', 'deadline.confirm', 'calendar.import'] as const),
    ...(['template.add', 'template.retire', 'number.change', 'number.grant', 'number.receive'] as const),
    'number.raise' as const,
    // A unit below asks the whole unit above.
    ...(['sealing.readAsked', 'sealing.answerAsked'] as const),
  ];
  /** Of every such method something that it would carry out. */
  const inputs = (list: string, record: string): Partial<Record<MethodName, unknown>> => ({
    'retention.periods': {},
    'retention.logs': {},
    'retention.review': { what: 'ended' },
    'retention.sheet': { what: 'ended' },
    'retention.decide': { kind: 'mediation.case', decision: approved(10), note: '' },
    'destruction.lists': {},
    'destruction.get': { list },
    'destruction.sheet': { list },
    'destruction.add': { list: null, ids: [record], opinion },
    'destruction.approve': { list, ...toApprove },
    'destruction.carryOut': { list, supervisors: ['甲监销', '乙监销'] },
    'destruction.withdraw': { list, reason: '再议' },
    'destruction.remove': { list, items: [1], reason: '再议' },
    'retention.keep': { ids: [record], until: '2027-07-01', reason: '当事人申请查阅' },
    'fields.turn': { ledger: 'correction', field: 'employment', isOn: true },
    'indicator.chooseBase': { code: 'correctionReoffending.rate', base: 'correctionStock.inRegister' },
    'indicator.enter': { year: 2025, code: 'mediation.cases', printed: null },
    'safety.programAssessment': {},
    'indicator.import': { year: 2025, file: 'none' },
    // What is ruled for every unit and register at once.
    ...Object.fromEntries(ruling.map((method) => [method, methodInputs[method]])),
    'report.preview': { year: 2025 },
    'report.make': { year: 2025, out: 'none' },
  });
  const wide = (Object.keys(methods) as MethodName[]).filter((method) => methods[method].wide);
  const codeOf = async (person: Person, method: string, input: unknown) => {
    const answer = await person.ask(method, input);
    return answer.ok ? 'done' : answer.error.code;
  };
  const codes = async (person: Person) => {
    const found: Record<string, string> = {};
    for (const [method, input] of Object.entries(inputs(ids.list ?? '', ids.old ?? '')))
      found[method] = await codeOf(person, method, input);
    return found;
  };

  test('is asked here method by method', () => {
    expect(Object.keys(inputs('', '')).sort()).toEqual([...wide].sort());
  });

  test('is refused to a head of some registers, and nothing is destroyed', async () => {
    expect(new Set(Object.values(await codes(own)))).toEqual(new Set(['no-right']));
    expect(await head.call('destruction.get', { list: ids.list ?? '' })).toMatchObject({
      state: 'open',
    });
    expect((await head.call('ledger.get', { id: ids.old ?? '' })).id).toBe(ids.old);
  });

  test('is refused to a head of one station in a county’s ledger', async () => {
    const county = await aProgram({ isCounty: true });
    try {
      const station = (await county.call('units.tree', {})).find(({ level }) => level === 'station');
      const account = { name: '甲所', role: 'head', password: given, unitId: station?.id ?? '' } as const;
      await county.call('account.create', account);
      const one = await county.signIn('甲所', given);
      await one.call('session.changePassword', { password: given, newPassword: password });
      expect(new Set(Object.values(await codes(one)))).toEqual(new Set(['no-right']));
    } finally {
      await county.close();
    }
  });

  test('is not refused so to who sees everything', async () => {
    const found = await codes(head);
    // Numbers are the administrator's.
    for (const method of wide.filter((one) => methods[one].rights === 'numbers.manage'))
      found[method] = await codeOf(office, method, methodInputs[method]);
    expect(Object.values(found)).not.toContain('no-right');
    expect(found).toMatchObject({ 'destruction.approve': 'done', 'destruction.carryOut': 'done' });
  });
});

describe('the log has every refusal', () => {
  const refusals = () =>
    office.look((db) =>
      db
        .all<{ account: string; ledger: string | null; recordId: string | null; detail: string }>(
          sql`select account, ledger, record_id as recordId, detail from audit_entry
            where action = 'refused' order by seq`,
        )
        .map(({ detail, account, ledger, recordId }) => [
          account,
          JSON.parse(detail).method,
          ledger,
          recordId,
        ]),
    );

  test('of a register, of the whole, in a handler, of a record that is there, by a query and by a command', async () => {
    const name = '只管组织的负责人';
    const clerk = await office.signIn('clerk');
    const request = await clerk.call('sealing.apply', {
      ...{ recordId: ids.mediation ?? '', kind: 'seal', basis: 'minorCrime', reason: '未成年人' },
    });
    const before = (await refusals()).length;
    const id = ids.mediation ?? '';
    for (const [method, input, code] of [
      ['ledger.list', { ledger: 'mediation' }, 'no-right'],
      ['report.preview', { year: 2025 }, 'no-right'],
      ['indicator.records', { year: 2025, code: 'mediation.cases' }, 'no-right'],
      ['ledger.get', { id }, 'record-missing'],
      ['ledger.act', { id, action: 'archive' }, 'record-missing'],
      ['sealing.confirm', request, 'sealing-settled'],
      // Nothing was refused of what is not there.
      ['ledger.get', { id: randomUUID() }, 'record-missing'],
      ['sealing.confirm', { id: randomUUID() }, 'sealing-settled'],
    ] as const)
      expect(await own.refused(method, input), method).toMatchObject({ code });
    expect((await refusals()).slice(before)).toEqual([
      [name, 'ledger.list', null, null],
      [name, 'report.preview', null, null],
      [name, 'indicator.records', null, null],
      [name, 'ledger.get', 'mediation', id],
      [name, 'ledger.act', 'mediation', id],
      [name, 'sealing.confirm', 'mediation', id],
    ]);
    expect(await office.call('system.verify', {})).toMatchObject({ ok: true });
  });
});
