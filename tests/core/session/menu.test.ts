// What the window offers an account is what the dispatcher lets through, no more and no less: every role and scope.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { furtherPlacesOf, groupsOf, placesOf, writableOf } from '#renderer/app/places.ts';
import { homeOf, isOpenTo, mayTake, questionsOf } from '#renderer/state/reach.ts';
import type { Route } from '#renderer/state/route.ts';
import { methods } from '#shared/api/methods.ts';
import { type Role, roles } from '#shared/api/rights.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { workedWith } from '#shared/ledgers/describe.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const given = 'qinghe-2025';
/** As lists of registers: everything, each alone, and what an office gives together. */
const scopes: (readonly string[] | null)[] = [
  null,
  ...ledgers.map(({ name }) => [name]),
  workedWith(ledgers, 'mediation'),
  ['medium', 'mediumLoan', 'incident', 'assessment'],
  ['screening', 'finding'],
];

let office: Program;
let security: Person;
const people: { name: string; id: string; role: Role; person: Person }[] = [];

async function enter(program: Program, by: Person, name: string, hold: object): Promise<Person> {
  await by.call('account.create', { name, password: given, role: 'clerk', ...hold });
  const person = await program.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  return person;
}

beforeAll(async () => {
  office = await aProgram({ everyRole: true });
  security = await office.signIn('head');
  for (const role of roles) await enter(office, security, `${role} 一`, { role });
  for (const { id, name, role } of await security.call('account.list', {}))
    people.push({ id, name, role, person: await office.signIn(name) });
});
afterAll(() => office.close());

const sessionOf = async (person: Person): Promise<SessionInfo> =>
  (await person.call('session.current', {})) as SessionInfo;

const routesOf = (session: SessionInfo): Map<string, Route> =>
  new Map<string, Route>([
    ...placesOf(session).map(({ key, route }) => [key, route] as const),
    ...groupsOf(session)
      .flatMap(({ parts }) => parts)
      .map(({ key, route }) => [`part ${key}`, route] as const),
    ...furtherPlacesOf(session).map(({ key, route }) => [`command ${key}`, route] as const),
    ...writableOf(session).map(({ name }) => [`new ${name}`, newRecord(name)] as const),
    ['home', homeOf(session)],
    ['rules', { screen: 'rules' }],
  ]);

const newRecord = (ledger: string): Route => ({
  ...{ screen: 'record', ledger, id: null, draft: null, begins: null, opened: 0 },
});

/** Questions of the screen that are refused. */
async function refusedIn(person: Person, route: Route): Promise<string[]> {
  const refused: string[] = [];
  for (const { method, input } of questionsOf(route)) {
    const answer = await person.ask(method, input);
    if (!answer.ok && ['no-right', 'record-missing'].includes(answer.error.code)) refused.push(method);
  }
  return refused;
}

/** An account that nobody has, to which everything is open: so all that the window could offer is known. */
const everything = (session: SessionInfo): SessionInfo => ({
  ...session,
  account: { ...session.account, role: 'administrator' },
  reach: { methods: Object.keys(methods), ledgers: null, isLimited: false, isOfUnits: false },
});

async function check(person: Person): Promise<{ open: number; shut: number }> {
  const session = await sessionOf(person);
  const open = routesOf(session);
  const all = routesOf(everything(session));
  for (const [name, route] of open) {
    const isShown = name !== 'rules' || isOpenTo(session, route);
    expect(isShown ? await refusedIn(person, route) : [], `${session.account.name}: ${name}`).toEqual([]);
  }
  let shut = 0;
  for (const [name, route] of all) {
    // The place of the safety registers leads to the first part that opens
    if (open.has(name) || name === 'safety') continue;
    shut += 1;
    const refused = await refusedIn(person, route);
    const saved = name.startsWith('new ')
      ? await person.ask('ledger.save', { ledger: name.slice(4), record: {} })
      : null;
    const code = saved && !saved.ok ? saved.error.code : '';
    expect([...refused, code], `${session.account.name}: ${name}`).toEqual(
      expect.arrayContaining([expect.stringMatching(/./)]),
    );
    if (refused.length === 0) expect(code, `${session.account.name}: ${name}`).toBe('no-right');
  }
  return { open: open.size, shut };
}

describe('the menu, the commands and the parts', () => {
  for (const scope of scopes)
    test(`open without a refusal, and nothing is missing: ${scope?.join(' ') ?? 'everything'}`, async () => {
      for (const { id, name, person } of people) {
        // The one who changes the others keeps his own scope
        if (name !== 'head')
          await security.call('account.change', { changes: [{ id, ledgers: scope && [...scope] }] });
        const { open, shut } = await check(person);
        expect(open).toBeGreaterThan(4);
        if (scope !== null && name !== 'head') expect(shut).toBeGreaterThan(4);
      }
    });

  test('of an account of one station in a county’s ledger', async () => {
    const county = await aProgram({ isCounty: true });
    try {
      const station = (await county.call('units.tree', {})).find(({ level }) => level === 'station');
      const unitId = station?.id ?? '';
      const one = await enter(county, county, '甲所', { unitId });
      const { id } = (await sessionOf(one)).account;
      for (const role of roles) {
        await county.call('account.change', { changes: [{ id, role }] });
        const session = await sessionOf(one);
        expect(session.reach).toMatchObject({ isLimited: true, isOfUnits: true });
        expect(isOpenTo(session, { screen: 'retention' })).toBe(false);
        await check(one);
      }
    } finally {
      await county.close();
    }
  });
});

test('who may print figures for others is told by what the print is refused by: seeing some units only', async () => {
  const county = await aProgram({ isCounty: true });
  try {
    const units = await county.call('units.tree', {});
    const unitOf = (wanted: string) => units.find(({ level }) => level === wanted)?.id ?? '';
    const one = await enter(county, county, '甲所', { unitId: unitOf('station') });
    const { id } = (await sessionOf(one)).account;
    const order = { year: 2025, section: '社区矫正报表', isOutside: true };
    for (const [level, ledgers, isOfUnits] of [
      ['station', null, true],
      ['county', ['mediation'], false],
      ['county', null, false],
    ] as const) {
      await county.call('account.change', {
        changes: [{ id, unitId: unitOf(level), ledgers: ledgers && [...ledgers] }],
      });
      expect((await sessionOf(one)).reach.isOfUnits).toBe(isOfUnits);
      const printed = await one.ask('indicator.print', order);
      expect(printed.ok ? 'printed' : printed.error.code).toBe(
        isOfUnits ? 'figures-outside-part' : 'printed',
      );
    }
  } finally {
    await county.close();
  }
});

test('a step that opens a record of another register needs that one', async () => {
  const step = ledgers.flatMap(({ workflow }) => workflow.steps).find(({ opens }) => opens !== undefined);
  if (!step?.opens) throw new Error('no such step');
  const { id, person } = people.find(({ name }) => name === 'clerk 一') ?? {};
  if (!id || !person) throw new Error('nobody');
  const may = async (seen: string[]) => {
    await security.call('account.change', { changes: [{ id, ledgers: seen }] });
    return mayTake(await sessionOf(person), step);
  };
  expect(await may(['finding'])).toBe(false);
  expect(await may(['finding', step.opens.ledger])).toBe(true);
});

test('a register brings along what its form chooses from', () => {
  expect(workedWith(ledgers, 'mediation').sort()).toEqual(['caseNote', 'committee', 'mediation', 'mediator']);
  expect(workedWith(ledgers, 'mediumLoan').sort()).toEqual(['medium', 'mediumLoan']);
  expect(workedWith(ledgers, 'phrase')).toEqual(['phrase']);
});
