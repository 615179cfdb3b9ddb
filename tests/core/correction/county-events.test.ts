// On one ledger a station finds what the county itself began for a person of its own wherever it finds its own records: in the
// list, the print, the search, the titles and the board (社区矫正法 28); and nothing else of the county.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { eventsOf } from '#tests/fixtures/correction.ts';
import { aStation, workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let county: Program;
let station: Person & { unitId: string };
/** Of a person of the station: what the county began, and the station; of one of the county, what the county began. */
let began: Saved;
let own: Saved;
let foreign: Saved;
const { somebody, save } = workAt(() => county);
const warning = { kind: 'warning', grounds: '实施办法第三十五条第二项', proposedOn: '2025-06-02' };
const absence = (person: Saved, reason: string) => ({ ...eventsOf(person.id).absence, reason });

/** The station's account with some registers only. */
async function hold(ledgers: string[]): Promise<void> {
  const { id = '' } = (await county.call('account.list', {})).find(({ name }) => name === '东坝所') ?? {};
  await county.call('account.change', { changes: [{ id, ledgers }] });
  await station.ask('session.reveal', { reason: '办理业务' });
}

beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aStation(county);
  const person = await save('correction', eventPerson('慕容蔚'), station);
  own = await save(
    'absence',
    absence(await save('correction', eventPerson('宇文澜'), station), '曜谧客栈'),
    station,
  );
  began = await save('absence', absence(person, '濮霁货场'));
  const other = await somebody(county, { name: '亓官亮' });
  foreign = await save('absence', absence(other, '濮霁货场'));
}, 60_000);
afterAll(() => county.close());

const eventPerson = (name: string) => ({
  ...{ name, registeredOn: '2025-03-05', category: '02', organKind: '01', organ: '金塔县人民法院' },
  ...{ decisionNo: '（2025）甘0921刑初31号', decidedOn: '2025-02-14', effectiveOn: '2025-02-25' },
  ...{ charge: '危险驾驶罪', chargeArticle: '133之一', penalty: '04', penaltyMonths: 2 },
  ...{ documentsOn: '2025-03-03', termFrom: '2025-02-25', termTo: '2025-08-24' },
});
const idsIn = async (who: Person, more: Record<string, unknown> = {}) => {
  const { rows, total } = await who.call('ledger.list', { ledger: 'absence', ...more });
  expect(total).toBe(rows.length);
  return rows.map(({ id }) => id).sort();
};
const ids = (...some: Saved[]) => some.map(({ id }) => id).sort();

describe('the list of the station', () => {
  test('has its own and what the county began for its persons, in every order and on every page', async () => {
    for (const sort of [
      undefined,
      { field: 'absentFrom', descending: false },
      { field: 'state', descending: true },
    ])
      expect(await idsIn(station, sort ? { sort } : {})).toEqual(ids(own, began));
    const pages = await Promise.all(
      [0, 1, 2].map((offset) => station.call('ledger.list', { ledger: 'absence', limit: 1, offset })),
    );
    expect(pages.map(({ total }) => total)).toEqual([2, 2, 2]);
    expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id)).sort()).toEqual(ids(own, began));
    expect(await idsIn(county)).toEqual(ids(own, began, foreign));
  });

  test('keeps what is asked of the unit, the state and other fields inside it', async () => {
    expect(await idsIn(station, { filter: { unitId: station.unitId } })).toEqual(ids(own));
    expect(await idsIn(station, { filter: { unitId: began.unitId } })).toEqual(ids(began));
    expect(await idsIn(station, { filter: { unitId: [began.unitId, station.unitId] } })).toEqual(
      ids(own, began),
    );
    expect(await idsIn(station, { filter: { unitId: { from: '' } } })).toEqual(ids(own, began));
    expect(await idsIn(station, { filter: { state: own.state } })).toEqual(ids(own, began));
    expect(await idsIn(station, { filter: { state: own.state, unitId: began.unitId } })).toEqual(ids(began));
  });

  test('counts anew what is saved and made void', async () => {
    const person = String(began.record.personId);
    const before = (await station.call('ledger.list', { ledger: 'measure' })).total;
    const warned = await save('measure', { ...warning, personId: person, decidedOn: '2025-06-03' });
    expect((await station.call('ledger.list', { ledger: 'measure' })).total).toBe(before + 1);
    expect((await station.call('ledger.print', { ledger: 'measure' })).rows).toBe(before + 1);
    expect((await station.call('ledger.titles', { ledger: 'measure', ids: [warned.id] }))[warned.id]).toMatch(
      '慕容蔚',
    );
    const elsewhere = String(foreign.record.personId);
    await save('measure', { ...warning, personId: elsewhere, decidedOn: '2025-06-03' });
    expect((await station.call('ledger.list', { ledger: 'measure' })).total).toBe(before + 1);
    expect((await station.call('ledger.print', { ledger: 'measure', filter: {} })).rows).toBe(before + 1);
  });
});

test('the search of the station finds it, now and after the index was made anew', async () => {
  const found = async (who: Person, text: string) =>
    (await who.call('search.find', { text })).hits
      .filter(({ ledger }) => ledger === 'absence')
      .map(({ id }) => id)
      .sort();
  for (const turn of ['as saved', 'made anew']) {
    if (turn === 'made anew') await county.call('system.rebuild', { whole: true });
    expect(await found(station, '濮霁货场'), turn).toEqual(ids(began));
    expect(await found(station, '曜谧客栈'), turn).toEqual(ids(own));
    expect(await found(county, '濮霁货场'), turn).toEqual(ids(began, foreign));
  }
  expect(await county.call('system.verify', {})).toMatchObject({ ok: true });
});

test('the board of the station has its deadlines, counted as they are told', async () => {
  const board = async (who: Person, more: Record<string, unknown> = {}) => {
    const told = await who.call('deadline.board', { on: '2025-07-20', limit: 500, ...more });
    expect(told.counts.overdue).toBe(told.overdue.length);
    return told.overdue.filter(({ ledger }) => ledger === 'absence').map(({ id }) => id);
  };
  const seen = await board(station);
  expect(new Set(seen)).toEqual(new Set(ids(own, began)));
  expect(seen).toHaveLength(2 * seen.filter((id) => id === own.id).length);
  expect(new Set(await board(station, { unit: began.unitId }))).toEqual(new Set(ids(began)));
  expect(new Set(await board(county))).toEqual(new Set(ids(own, began, foreign)));
});

test('it takes the register of the persons too', async () => {
  await hold(['absence', 'correction']);
  expect(await idsIn(station)).toEqual(ids(own, began));
  await hold(['absence']);
  expect(await idsIn(station)).toEqual(ids(own));
  expect((await station.call('search.find', { text: '濮霁货场' })).total).toBe(0);
  const { overdue } = await station.call('deadline.board', { on: '2025-07-20', limit: 500 });
  expect(new Set(overdue.map(({ id }) => id))).toEqual(new Set(ids(own)));
  expect((await station.refused('ledger.get', { id: began.id })).code).toBe('record-missing');
});
