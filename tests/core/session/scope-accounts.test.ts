// Who looks after accounts and sees some units only manages the accounts of those, gives nobody more, and learns of no other
// (个人信息保护法 51(四)): else a station's account could make itself the county's.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { dutiesWith } from '#shared/api/rights.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { methodInputs } from './method-inputs.ts';

const given = 'qinghe-2025';
let county: Program;
let station: Person;
let units: { own: string; first: string; second: string };
const mediators: Record<string, string> = {};
const accounts: Record<string, string> = {};
const cases: Record<string, string> = {};

async function enter(name: string): Promise<Person> {
  const person = await county.signIn(name, given);
  await person.call('session.changePassword', { password: given, newPassword: password });
  await person.call('session.reveal', { reason: '办理业务' });
  return person;
}

beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  const tree = await county.call('units.tree', {});
  const [first = '', second = ''] = tree.filter(({ level }) => level === 'station').map(({ id }) => id);
  units = { own: tree.find(({ level }) => level === 'county')?.id ?? '', first, second };
  accounts.admin = (await county.call('account.list', {})).find(({ name }) => name === 'admin')?.id ?? '';
  await shareDuties(county, given);
  const make = async (name: string, unitId: string) => {
    const made = { name, role: 'head', password: given, unitId } as const;
    const all = await county.call('account.create', { ...made, duties: ['security'] });
    accounts[name] = all.find((one) => one.name === name)?.id ?? '';
    return enter(name);
  };
  station = await make('甲所', first);
  const other = await make('乙所', second);
  for (const [name, person] of [
    ['甲所', station],
    ['乙所', other],
  ] as const) {
    const { id } = await person.call('ledger.save', {
      ledger: 'mediator',
      record: { name: `${name}调解员`, appointedOn: '2020-01-01' },
    });
    mediators[name] = id;
    cases[name] = (await person.save(aMediation().with({ mediatorId: id }))).id;
  }
}, 90_000);
afterAll(() => county.close());

const change = (name: string, more: object) => ({ changes: [{ id: accounts[name], ...more }] });

test('the list is of its own units, without a word of the others', async () => {
  const all = await station.call('account.list', {});
  expect(all.map(({ name }) => name)).toEqual(['甲所']);
  // Who looks after the other unit's too.
  const ofOther = await (await county.signIn('乙所')).call('account.list', {});
  expect(ofOther.map(({ name }) => name)).toEqual(['乙所']);
});

test('accounts of other units are none: no change, no password, no handing over', async () => {
  for (const name of ['admin', '乙所']) {
    const id = accounts[name] ?? '';
    for (const [method, input] of [
      ['account.change', change(name, { isDisabled: true })],
      ['account.change', change(name, { duties: [] })],
      ['account.change', change(name, { unitId: units.first })],
      ['account.setPassword', { id, password: 'gesetzt-2025' }],
      ['account.handOver', { from: id, to: accounts['甲所'], reason: '调离' }],
      ['account.handOver', { from: accounts['甲所'], to: id, reason: '调离' }],
      ['draft.handOver', { from: id, to: accounts['甲所'] }],
      ['draft.handOver', { from: accounts['甲所'], to: id }],
    ] as const)
      expect(await station.refused(method, input), `${method} ${name}`).toEqual({
        code: 'account-missing',
        params: {},
      });
  }
  expect((await county.signIn('乙所')).token).not.toBeNull();
});

test('nobody gets more than its own units, itself least of all', async () => {
  for (const unitId of [units.own, units.second]) {
    const code = { code: 'unit-unknown' };
    expect(await station.refused('account.change', change('甲所', { unitId }))).toMatchObject(code);
    const made = { name: '丙', role: 'clerk', password: given, unitId };
    expect(await station.refused('account.create', made)).toMatchObject(code);
  }
  const more = change('甲所', { mediatorId: mediators['乙所'] });
  expect(await station.refused('account.change', more)).toMatchObject({ code: 'record-missing' });
  // Without a word of the unit an account is of the unit of who made it, not of the ledger's.
  await station.call('account.create', { name: '丙', role: 'clerk', password: given });
  const made = (await station.call('account.list', {})).find(({ name }) => name === '丙');
  expect(made?.unit.id).toBe(units.first);
  const clerk = await enter('丙');
  expect((await clerk.refused('ledger.get', { id: cases['乙所'] })).code).toBe('record-missing');
  expect((await clerk.call('ledger.get', { id: cases['甲所'] ?? '' })).id).toBe(cases['甲所']);
});

describe('the duties of the whole ledger', () => {
  const whole = ['system', 'audit'] as const;
  const refused = (account: string, duty: string) => ({
    code: 'duty-undivided',
    params: { account, duty },
  });

  test.each(whole)('%s is given to no account of a station, by nobody', async (duty) => {
    const admin = await county.signIn('admin');
    const made = { name: '丁', role: 'clerk', password: given, duties: [duty], unitId: units.first };
    for (const person of [station, admin]) {
      const own = change('甲所', { duties: ['security', duty] });
      expect(await person.refused('account.change', own)).toEqual(refused('甲所', duty));
      expect(await person.refused('account.create', made)).toEqual(refused('丁', duty));
    }
    const all = await admin.call('account.list', {});
    expect(all.map(({ name }) => name)).not.toContain('丁');
    expect(all.find(({ name }) => name === '甲所')).toMatchObject({ duties: ['security'], idleDuties: [] });
  });

  test('who has one of them does not come to a station', async () => {
    const admin = await county.signIn('admin');
    const id = (await admin.call('account.list', {})).find(({ name }) => name === '县局审计')?.id ?? '';
    const moved = { changes: [{ id, unitId: units.first }] };
    expect(await admin.refused('account.change', moved)).toEqual(refused('县局审计', 'audit'));
    await admin.call('account.change', { changes: [{ id, unitId: units.own }] });
  });

  test('who has them from before is told, is refused whatever goes with them, and holds none of them for the ledger', async () => {
    await county.look((db) =>
      db.run({
        text: 'update account set duties = ? where id = ?',
        values: ['system audit', accounts['乙所'] ?? ''],
      } as never),
    );
    const other = await county.signIn('乙所');
    expect((await other.call('deadline.board', {})).idleDuties).toEqual(['system', 'audit']);
    await other.call('session.confirm', { password });
    const withDuty = (Object.keys(methods) as MethodName[]).filter((method) =>
      whole.some((duty) => dutiesWith(methods[method].rights).join() === duty),
    );
    expect(withDuty).toEqual(
      expect.arrayContaining(['audit.list', 'audit.export', 'program.move', 'system.drill']),
    );
    for (const method of withDuty) {
      const { rights, input } = methods[method];
      const given = input.safeParse({}).success ? {} : methodInputs[method];
      const failure = await other.refused(method, given);
      expect(failure, method).toEqual({ code: 'no-right', params: { right: rights, isIdle: true } });
    }
    const backup = (await county.call('system.backups', {}))[0]?.name ?? 'none';
    const restore = await other.refused('program.restore', { backup });
    expect(restore).toEqual({ code: 'no-right', params: { right: 'system.maintain', isIdle: true } });
    // Of what left and came in he sees what he did himself.
    await county.call('system.backup', {});
    expect((await other.call('transfer.list', { direction: 'out' })).rows).toEqual([]);

    const admin = await county.signIn('admin');
    const all = await admin.call('account.list', {});
    expect(all.find(({ name }) => name === '乙所')?.idleDuties).toEqual(['system', 'audit']);
    const idOf = (name: string) => all.find((one) => one.name === name)?.id ?? '';
    // The last who can carry it out keeps it, and what has nothing to do with it goes on.
    const last = { changes: [{ id: idOf('县局系统'), duties: [] }] };
    expect(await admin.refused('account.change', last)).toEqual({
      ...{ code: 'duty-unheld', params: { duty: 'system' } },
    });
    await admin.call('account.change', { changes: [{ id: idOf('乙所'), duties: ['security'] }] });
    expect((await other.call('deadline.board', {})).idleDuties).toBeUndefined();
  });
});

test('who looks after the accounts of the whole county does not leave them without anybody', async () => {
  const { admin: id = '' } = accounts;
  const admin = await county.signIn('admin');
  expect(await admin.refused('account.change', { changes: [{ id, unitId: units.first }] })).toEqual({
    code: 'account-self',
    params: {},
  });
  // The same unit once more is no leaving.
  await admin.call('account.change', { changes: [{ id, unitId: units.own }] });
  expect((await admin.call('account.list', {})).length).toBeGreaterThan(3);
});

test('what somebody above gave it of another unit is not told', async () => {
  await county.look((db) =>
    db.run({
      text: 'update account set mediator_id = ? where id = ?',
      values: [mediators['乙所'] ?? '', accounts['甲所'] ?? ''],
    } as never),
  );
  const own = (await station.call('account.list', {})).find(({ name }) => name === '甲所');
  expect(own).toMatchObject({ mediatorId: null, mediator: null, openCases: 0 });
});
