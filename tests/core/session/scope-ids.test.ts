// Whatever a call names a record by, a record outside the account's units is one that is not there: for every method and
// every field that names one, so that a new method cannot forget it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { idFields } from '#core/api/scope.ts';
import { sql } from '#core/db/sql.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { hasRight } from '#shared/api/rights.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { methodInputs } from './method-inputs.ts';

const given = 'qinghe-2025';
const fields = ['id', 'recordId', 'issued', 'exceptRecord', 'sealed', 'origin', 'ids'] as const;
type Field = (typeof fields)[number];

/** Names of what a method is asked with. */
const shapeOf = (method: MethodName): string[] =>
  Object.keys((methods[method].input as { shape?: Record<string, unknown> }).shape ?? {});
const holder = { role: 'head', duties: ['security'] } as const;
const some = '00000000-0000-7000-8000-000000000000';
const inputOf = (method: MethodName, field: Field, wanted = some) => {
  const value = field === 'ids' ? [wanted] : field === 'origin' ? { id: wanted, action: 'accept' } : wanted;
  return { ...((methodInputs[method] ?? {}) as object), [field]: value };
};

const named = (Object.keys(methods) as MethodName[])
  .filter((method) => methods[method].kind !== 'gate')
  .flatMap((method) =>
    fields
      .filter((field) => shapeOf(method).includes(field))
      // A number names a row of something else.
      .filter((field) => methods[method].input.safeParse(inputOf(method, field)).success)
      .map((field) => [method, field] as const),
  );

let county: Program;
let other: Person;
let foreign: string;
let units: string[];
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  units = (await county.call('units.tree', {}))
    .filter(({ level }) => level === 'station')
    .map(({ id }) => id);
  await shareDuties(county, given);
  await county.call('account.create', {
    ...{ name: '甲所', role: 'clerk', password: given, unitId: units[0] ?? '' },
  });
  const one = await enter('甲所');
  foreign = (await one.save(aMediation())).id;
  await county.call('account.create', {
    ...{ name: '乙所', role: 'head', password: given, unitId: units[1] ?? '', duties: ['security'] },
  });
  other = await enter('乙所');
}, 60_000);
afterAll(() => county.close());

async function enter(name: string): Promise<Person> {
  const person = await county.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}

describe('a record of another unit', () => {
  test.each(named)('%s by its %s', async (method, field) => {
    const answer = await other.ask(method, inputOf(method, field, foreign));
    const code = answer.ok ? 'done' : answer.error.code;
    const { rights, wide, kind } = methods[method];
    if (!hasRight(holder, rights) || wide) expect(code).toBe('no-right');
    else if (field === 'ids' && kind === 'query') expect(JSON.stringify(answer)).not.toContain(foreign);
    else expect(code).toBe('record-missing');
  });

  test('each of the fields is asked for by a method', () => {
    expect(fields.filter((field) => !named.some(([, one]) => one === field))).toEqual([]);
  });

  test('a list asked for another unit is empty, and does not become the list of all', async () => {
    for (const unitId of [units[0], [units[0]], [units[0], units[2]]] as const) {
      const page = await other.call('ledger.list', { ledger: 'mediation', filter: { unitId } } as never);
      expect([page.total, page.rows]).toEqual([0, []]);
      const printed = await other.ask('ledger.print', { ledger: 'mediation', filter: { unitId } });
      expect(JSON.stringify(printed)).not.toContain('柳春禾');
    }
    const all = await other.call('ledger.list', { ledger: 'mediation' });
    expect(all.total).toBe(0);
    const own = await other.save(aMediation());
    for (const filter of [undefined, { unitId: units[1] }, { unitId: [units[0], units[1]] }])
      expect(
        (await other.call('ledger.list', { ledger: 'mediation', filter } as never)).rows.map(({ id }) => id),
      ).toEqual([own.id]);
  });
});

test('units below a unit are its own, however deep', async () => {
  const [station = ''] = units;
  const [wing, room] = [crypto.randomUUID(), crypto.randomUUID()];
  await county.look((db) => {
    const code = db.value<string>(sql`select code from unit where id = ${station}`) ?? '';
    for (const [id, own, parent] of [
      [wing, `${code}1`, code],
      [room, `${code}11`, `${code}1`],
    ] as const)
      db.run(sql`insert into unit (id, code, name, level, parent_code)
        values (${id}, ${own}, ${own}, 'station', ${parent})`);
    db.run(sql`update mediation_case set unit_id = ${room} where id = ${foreign}`);
  });
  const above = await county.signIn('甲所');
  expect((await above.call('ledger.get', { id: foreign })).id).toBe(foreign);
  expect(await other.refused('ledger.get', { id: foreign })).toMatchObject({ code: 'record-missing' });
});

test('the sheet of a sealed record of another unit is of none that is there', async () => {
  const [one, own] = [await county.signIn('甲所'), await county.signIn('乙所')];
  const recordId = (await one.save(aMediation())).id;
  const applied = { recordId, kind: 'seal', basis: 'ownDecision', reason: '本机关决定' } as const;
  await county.call('sealing.confirm', await one.call('sealing.apply', applied));
  expect((await one.call('sealing.certificate', { sealed: recordId })).title).toBe('封存登记表');
  expect((await county.call('sealing.certificate', { sealed: recordId })).title).toBe('封存登记表');
  const [there, absent] = [recordId, some].map((sealed) => own.refused('sealing.certificate', { sealed }));
  expect(await there).toEqual({ ...(await absent), params: { id: recordId } });
});

describe('what a call may name by an id', () => {
  /** Names of something else than a record, or looked at by the handlers themselves. */
  const excused: Record<string, string> = {
    ids: 'several records: `checkScope` refuses a change of one outside, a query leaves it out',
    also: 'records sealed along: `sealing.apply` asks `isSeen` of each',
    records: 'found by an enquiry: `enquiry.answer` takes only what the asker was shown of it',
    warnings: 'keys of warnings that stand at the record `id`: any other is passed over',
    record: 'a filter of the log, which the audit duty reads whole; elsewhere the content of a record',
    mediatorId: 'the mediator an account belongs to, given by whoever keeps the accounts of all units',
    person: 'the name of who is responsible, or is asked after',
    key: 'what is known of a person, found again among the records that the asker sees',
    left: 'a person, as `key`',
    right: 'a person, as `key`',
    unit: 'a unit: the answer stays inside those of the account',
    unitId: 'the unit of an account, given by whoever keeps the accounts of all units',
    from: 'an account',
    to: 'an account',
    by: 'an installation of the program',
    template: 'a template of the own unit',
    volume: 'the name of one of the files of the record that the call names',
    list: 'a list of codes',
    mappings: 'mappings of codes',
  };
  /** Texts as typed, codes, names of files and of accounts; no handler looks for a record by them. */
  const words = [
    ...[
      'account',
      'action',
      'actions',
      'answer',
      'approver',
      'asker',
      'backup',
      'baseVersion',
      'code',
      'copy',
    ],
    ...['document', 'fault', 'file', 'folder', 'kind', 'kinds', 'machine', 'name', 'names', 'number'],
    ...['numbers', 'out', 'partner', 'password', 'purpose', 'reason', 'section', 'text', 'title'],
  ];
  const asked = (Object.keys(methods) as MethodName[])
    .filter((method) => methods[method].kind !== 'gate' && !methods[method].wide)
    .flatMap((method) => {
      const shape = (methods[method].input as { shape?: Record<string, ZodType> }).shape ?? {};
      const takes = (field: string) => [some, [some]].some((value) => shape[field]?.safeParse(value).success);
      return Object.keys(shape).filter(takes);
    });

  test('every field that takes an id is looked at, or excused with a reason', () => {
    const decided = [...idFields, ...Object.keys(excused), ...words];
    expect([...new Set(asked)].filter((field) => !decided.includes(field)).sort()).toEqual([]);
    const stale = [...Object.keys(excused), ...words].filter((field) => !asked.includes(field));
    expect(stale).toEqual([]);
  });
});
