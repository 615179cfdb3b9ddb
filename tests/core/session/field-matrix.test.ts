// Every field that can say who somebody is, in every register (those of correction and of safety too), by every way out that
// shows records, to every role: masked, it is not there; to an account of another unit nothing of it is, masked or whole
// (个人信息保护法 51(三), (四)). What stands in the fields is made from the descriptions: a field that is added is in here.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles, safetyDuties } from '#shared/api/rights.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { veilOf } from '#shared/ledgers/veil.ts';
import { fieldsOfSteps } from '#shared/ledgers/workflow.ts';
import { conditionsOf, recordMaker } from '#tests/fixtures/any-record.ts';
import { aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { waysToAsk } from '#tests/fixtures/ways-to-ask.ts';

type Place = { ledger: LedgerSpec; child: string | null; field: string; spec: FieldSpec };
/** What stands in a field, and the part of it that nobody may see who did not say why. */
type Value = { value: string; secret: string };
type Content = Record<string, unknown>;

const isTyped = ({ system, derived }: FieldSpec) => !system && !derived;
const sensitive: readonly Place[] = ledgers.flatMap((ledger) => {
  const of = (fields: FieldSpecs, child: string | null) =>
    Object.entries(fields)
      .filter(([, spec]) => veilOf(spec) !== null && isTyped(spec))
      .map(([field, spec]) => ({ ledger, child, field, spec }));
  return [
    ...of(ledger.fields, null),
    ...Object.entries(ledger.children).flatMap(([name, { fields }]) => of(fields, name)),
  ];
});
const nameOf = ({ ledger, child, field }: Place) => [ledger.name, child ?? [], field].flat().join('.');

/** Characters that no sentence of the program has. */
const rare = Array.from('鸒鹮鼐鼒鼗齉龢龤鬯鬻鬮魃魆鮨鯥鱻鵷鶼鸑麤麧黕黼黻鼩齁齆龠䶮㐂㑇㒖');
function valueIn({ spec }: Place, at: number): Value {
  const signs = `${rare[at % rare.length]}${rare[Math.floor(at / rare.length)]}${rare[(at * 7) % rare.length]}`;
  const number = String(16_400_000_000 + at * 7919);
  switch (veilOf(spec)) {
    case 'identity': {
      const value = makeIdentityNumber(`19${50 + (at % 40)}-0${1 + (at % 9)}-1${at % 10}`, at + 1);
      return { value, secret: value.slice(4, -4) };
    }
    case 'phone':
      return { value: number, secret: number.slice(3) };
    case 'name':
    case 'names':
      return { value: `祁${signs}`, secret: signs };
    case 'address':
      return { value: `金塔县东坝镇${signs}七号`, secret: signs };
    case 'day': {
      const value = `19${50 + (at % 40)}-${String(1 + (at % 12)).padStart(2, '0')}-${10 + (at % 18)}`;
      return { value, secret: value };
    }
    // Of a text the numbers and the record's own names are masked; the rest of it stands where a name is known.
    case 'text':
      return { value: `乙电${number}`, secret: number };
    default:
      return { value: signs, secret: signs };
  }
}

/** Asked for where something worked out says so: of a minor, of somebody who came too late. */
const hangsOnDerived = ({ ledger, spec }: Place) => ledger.fields[spec.when?.field ?? '']?.derived === true;
const aMinor = { idNumber: makeIdentityNumber('2007-06-16', 7), crimeOn: '2024-11-02' };
const late = { idNumber: makeIdentityNumber('1991-04-05', 7), reportedOn: '2025-03-20' };
const lateOn = { receivedOn: '2025-03-20', declaredOn: '2025-03-21' };

const given = 'qinghe-2025';
let county: Program;
let station: Person;
let stationId = '';
let units: readonly string[] = [];
let own = '';
const secrets = new Map<string, string>();
const ids: Record<string, string> = {};
const saved = new Set<string>();
/** A record of each register in which most of its fields stand. */
const fullest: Record<string, string> = {};

/** Places of one register, each put into the first record with which it may be saved. */
async function fillRegister(
  ledger: LedgerSpec,
  { recordOf, stepOf }: Awaited<ReturnType<typeof recordMaker>>,
) {
  const ofSteps = fieldsOfSteps(ledger.workflow);
  type Draft = { own: Content; rows: Record<string, Content[]>; places: Place[] };
  const build = ({ own, rows }: Draft) => recordOf(ledger, { own, rows }) as never;
  const isSaveable = async (draft: Draft) =>
    Object.keys((await station.call('ledger.check', { ledger: ledger.name, record: build(draft) })).problems)
      .length === 0;
  const drafts: Draft[] = [];
  const places = sensitive.filter((one) => one.ledger === ledger && !hangsOnDerived(one));
  for (const place of places.filter(({ child, field }) => child !== null || !ofSteps.has(field))) {
    const { value, secret } = valueIn(place, sensitive.indexOf(place));
    secrets.set(secret, nameOf(place));
    const added = { [place.field]: value, ...conditionsOf(place.spec) };
    const put = ({ own, rows, places }: Draft): Draft => {
      const row = place.child === null ? own : (rows[place.child]?.[0] ?? {});
      const isApart = Object.entries(added).some(
        ([name, one]) => row[name] !== undefined && row[name] !== one,
      );
      if (isApart) return { own: {}, rows: {}, places: [] };
      if (place.child === null) return { own: { ...own, ...added }, rows, places: [...places, place] };
      return { own, rows: { ...rows, [place.child]: [{ ...row, ...added }] }, places: [...places, place] };
    };
    let isPut = false;
    for (const [at, draft] of drafts.entries()) {
      const next = put(draft);
      if (next.places.length === 0 || !(await isSaveable(next))) continue;
      drafts[at] = next;
      isPut = true;
      break;
    }
    if (!isPut) drafts.push(put({ own: {}, rows: {}, places: [] }));
  }
  if (drafts.length === 0) drafts.push({ own: {}, rows: {}, places: [] });
  for (const [at, draft] of drafts.entries()) {
    const answer = await station.ask('ledger.save', { ledger: ledger.name, record: build(draft) });
    if (!answer.ok) continue;
    const { id, record } = answer.value as { id: string; record: Content };
    ids[`${ledger.name} ${at}`] = id;
    fullest[ledger.name] ??= id;
    for (const place of draft.places) {
      const stands = place.child === null ? record : ((record[place.child] as Content[])[0] ?? {});
      if (stands[place.field] !== undefined) saved.add(nameOf(place));
    }
  }
  // What a step alone says: why a record was made void, what is learnt of an incident.
  for (const place of places.filter(({ child, field }) => child === null && ofSteps.has(field))) {
    const step = ofSteps.get(place.field);
    const { value, secret } = valueIn(place, sensitive.indexOf(place));
    secrets.set(secret, nameOf(place));
    const record = recordOf(ledger) as never;
    const { id } = await station.call('ledger.save', { ledger: ledger.name, record });
    const asked = step && stepOf(ledger, step, { [place.field]: value });
    const done = await station.ask('ledger.act', { id, action: step?.action, record: asked });
    if (!done.ok) continue;
    ids[nameOf(place)] = id;
    saved.add(nameOf(place));
  }
}

async function fillDerived(): Promise<void> {
  for (const [at, more] of [aMinor, { ...late, ...lateOn }].entries()) {
    const fields = sensitive.filter(hangsOnDerived).map((place) => {
      const { value, secret } = valueIn(place, sensitive.indexOf(place));
      secrets.set(secret, nameOf(place));
      return [place.field, value] as const;
    });
    const record = aPersonInCorrection({ name: '乙', ...more, ...Object.fromEntries(fields) });
    const made = await station.call('ledger.save', { ledger: 'correction', record });
    ids[`correction derived ${at}`] = made.id;
    for (const place of sensitive.filter(hangsOnDerived))
      if (made.record[place.field] !== undefined) saved.add(nameOf(place));
  }
}

beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  const tree = await county.call('units.tree', {});
  units = tree.filter(({ level }) => level === 'station').map(({ id }) => id);
  own = tree.find(({ level }) => level === 'county')?.id ?? '';
  await county.call('account.create', {
    ...{ name: '甲所', role: 'head', password: given, unitId: units[0] ?? '' },
  });
  station = await county.signIn('甲所', given);
  await station.call('session.changePassword', { password: given, newPassword: password });
  await station.call('session.reveal', { reason: '办理业务' });
  stationId = (await county.call('account.list', {})).find(({ name }) => name === '甲所')?.id ?? '';
  const maker = await recordMaker(Object.assign({ ...county }, { call: station.call }) as Program);
  for (const ledger of ledgers) await fillRegister(ledger, maker);
  await fillDerived();
}, 180_000);
afterAll(() => county.close());

const wholeOwn = { applicant: '祁连', number: makeIdentityNumber('1987-03-14', 999) };
/** What is told of all that stands in the fields, as `method: field`; `of`: the records that are asked for by their ids. */
async function toldTo(person: Person, of: Readonly<Record<string, string>>, also: readonly string[] = []) {
  const told = new Set<string>();
  for (const [method, input] of waysToAsk({ ...of, mediation: ids['mediation 0'] ?? '' }, wholeOwn)) {
    const [asked, said] = [JSON.stringify(input), JSON.stringify(await person.ask(method, input))];
    for (const [secret, place] of secrets)
      if (said.includes(secret) && !asked.includes(secret)) told.add(`${method}: ${place}`);
    // Who reads the log reads of every record that something was done with it, without a value of it.
    if (method.startsWith('audit.') || method.startsWith('transfer.')) continue;
    for (const id of also) if (said.includes(id) && !asked.includes(id)) told.add(`${method}: ${id}`);
  }
  return [...told];
}

async function hold(role: Role, unitId: string): Promise<void> {
  // Whatever duties there are: those of the whole ledger are no station's.
  const duties = unitId === own ? [...safetyDuties] : (['security'] as const).slice();
  await county.call('account.change', { changes: [{ id: stationId, role, unitId, duties }] });
}

test('every such field of every register stands in a record', () => {
  expect(new Set(sensitive.map(({ ledger }) => ledger.name)).size).toBeGreaterThan(10);
  expect(sensitive.map(nameOf).filter((name) => !saved.has(name))).toEqual([]);
  expect(Object.keys(fullest).sort()).toEqual(ledgers.map(({ name }) => name).sort());
});

test('to whoever said why each of them is told: so looking for it means something', async () => {
  await hold('head', units[0] ?? '');
  await station.call('session.reveal', { reason: '办理业务' });
  const told = new Set<string>();
  for (const id of Object.values(ids)) {
    const said = JSON.stringify(await station.call('ledger.get', { id }));
    for (const [secret, place] of secrets) if (said.includes(secret)) told.add(place);
  }
  expect(sensitive.map(nameOf).filter((name) => !told.has(name))).toEqual([]);
});

/** What the rights of a role make of it is the same in every register: a few stand for all. */
const some = () =>
  Object.fromEntries(
    ['mediation', 'correction', 'leave', 'incident'].map((name) => [name, fullest[name] ?? '']),
  );

describe('masked', () => {
  test('no field of any record is told to a head', { timeout: 180_000 }, async () => {
    await hold('head', own);
    await station.call('session.veil', {});
    expect(await toldTo(station, ids)).toEqual([]);
  });

  test.each(roles.filter((role) => role !== 'head'))('nor to one of another role: %s', async (role) => {
    await hold(role, own);
    await station.ask('session.veil', {});
    expect(await toldTo(station, some())).toEqual([]);
  });
});

describe('of another unit', () => {
  test.each(roles)('%s sees neither a field nor that there is a record, whole or not', async (role) => {
    await hold(role, units[1] ?? '');
    await station.ask('session.reveal', { reason: '办理业务' });
    const asked = role === 'head' ? fullest : some();
    expect(await toldTo(station, asked, Object.values(ids))).toEqual([]);
  });
});
