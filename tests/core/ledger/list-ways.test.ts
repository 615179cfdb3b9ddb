import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { id, type Sql, sql } from '#core/db/sql.ts';
import { countWanted } from '#core/ledgers/list-count.ts';
import { pageOf, sortFields } from '#core/ledgers/list-page.ts';
import { type Filter, filterFields, partsOf, whereAll } from '#core/ledgers/list-parts.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { columnOf, type LedgerSpec, orderColumnOf } from '#shared/ledgers/describe.ts';
import { shareDuties } from '#tests/fixtures/duties.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true, cases: 240 });
}, 60_000);
afterAll(() => program.close());

/** Bounds that send a list of 240 down every way that one of a million goes. */
const ways = [
  { few: 3000, tested: 1000, mostTested: 2000 },
  { few: 0, tested: 1000, mostTested: 2000 },
  { few: 0, tested: 60, mostTested: 120 },
  { few: 0, tested: 0, mostTested: 0 },
];

const plainOrder = (ledger: LedgerSpec, field: string, descending: boolean): Sql => {
  const direction = descending ? sql`desc` : sql`asc`;
  return sql`+${id(orderColumnOf(ledger, field))} ${direction},
    +${id(orderColumnOf(ledger, ledger.day))} ${direction}, +seq ${direction}`;
};

/** Filters of one to three fields, of values that stand in the ledger, several of them, a range or nothing. */
function filtersOf(
  ledger: LedgerSpec,
  values: Map<string, (string | number | null)[]>,
): fc.Arbitrary<Filter> {
  const wantedIn = (field: string) => {
    const one = fc.constantFrom(...(values.get(field) ?? []), null);
    const range = fc
      .tuple(one, one)
      .map(([from, to]) => ({ ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }));
    const several = fc.uniqueArray(one, { minLength: 1, maxLength: 3 });
    return fc.oneof({ weight: 4, arbitrary: one }, several, range);
  };
  return fc
    .uniqueArray(fc.constantFrom(...filterFields(ledger)), { minLength: 1, maxLength: 3 })
    .chain((fields) =>
      fc
        .tuple(...fields.map(wantedIn))
        .map((given) => Object.fromEntries(fields.map((field, at) => [field, given[at] ?? null])) as Filter),
    );
}

test.each(ledgers.map(({ name }) => name))(
  '%s: every way to a page and to its count gives what a plain scan gives',
  (name) =>
    program.look((db) => {
      const ledger = ledgers.find((one) => one.name === name) as LedgerSpec;
      const table = id(ledger.table);
      const values = new Map(
        filterFields(ledger).map((field) => [
          field,
          db.column<string | number | null>(
            sql`select distinct ${id(columnOf(field))} from ${table} limit 12`,
          ),
        ]),
      );
      if (name === 'mediation') expect(db.value(sql`select count(*) from ${table}`)).toBeGreaterThan(200);
      const page = fc.record({
        offset: fc.integer({ min: 0, max: 40 }),
        limit: fc.integer({ min: 1, max: 50 }),
      });
      const sorted = fc.record({ field: fc.constantFrom(...sortFields(ledger)), descending: fc.boolean() });
      fc.assert(
        fc.property(filtersOf(ledger, values), sorted, page, (filter, sort, { offset, limit }) => {
          const parts = partsOf(ledger, filter);
          const matching = whereAll(parts.map(({ test }) => test));
          const plain = db.column<number>(sql`select seq from ${table} ${matching}
            order by ${plainOrder(ledger, sort.field, sort.descending)}`);
          const wanted = countWanted(db, ledger, parts, filter);
          expect(wanted.total).toBe(plain.length);
          for (const way of ways)
            for (const isMost of [true, false]) {
              // Each part from either side, whichever is the smaller one here.
              const sized = wanted.sized.map((part) => ({ ...part, isMost }));
              const found = pageOf(db, ledger, { ...wanted, sized }, { sort, offset, limit }, way);
              expect(found).toEqual(plain.slice(offset, offset + limit));
            }
        }),
        { numRuns: 120 },
      );
    }),
  60_000,
);

test('a limited account that asks for a range of units gets those of its own within it', async () => {
  const { county, station, stationId, ownId } = await aCountyAndItsStation();
  await station.save(aMediation());
  await county.save(aMediation());
  const totalOf = async (person: Person, range: { from?: string; to?: string }) => {
    const page = await person.call('ledger.list', { ledger: 'mediation', filter: { unitId: range } });
    expect(page.total).toBe(page.rows.length);
    return page.total;
  };
  expect(await totalOf(county, { from: '0' })).toBe(2);
  expect(await totalOf(county, { from: ownId, to: ownId })).toBe(1);
  expect(await totalOf(station, { from: '0' })).toBe(1);
  expect(await totalOf(station, { from: stationId, to: stationId })).toBe(1);
  expect(await totalOf(station, { to: '0' })).toBe(0);
  await county.close();
}, 60_000);

test('saved, sealed and opened again in any order: a list of all or of one unit counts what it shows', async () => {
  const { county, station, stationId, ownId, applying, confirming } = await aCountyAndItsStation();
  const open: string[] = [];
  const sealed: string[] = [];
  const settle = async (recordId: string, kind: 'seal' | 'unseal') => {
    const basis = kind === 'seal' ? 'minorCrime' : 'mistaken';
    const { id: asked } = await applying.call('sealing.apply', { recordId, kind, basis, reason: '依法办理' });
    await confirming.call('sealing.confirm', { id: asked });
  };
  const turn = {
    ofCounty: async () => open.push((await county.save(aMediation())).id),
    ofStation: async () => open.push((await station.save(aMediation())).id),
    seal: async () => {
      const one = open.shift();
      if (one === undefined) return;
      await settle(one, 'seal');
      sealed.push(one);
    },
    unseal: async () => {
      const one = sealed.pop();
      if (one === undefined) return;
      await settle(one, 'unseal');
      open.push(one);
    },
    list: async () => {
      for (const unitId of [undefined, stationId, ownId]) {
        const filter = unitId === undefined ? {} : { unitId };
        const page = await county.call('ledger.list', { ledger: 'mediation', filter, limit: 1000 });
        expect(page.total).toBe(page.rows.length);
      }
      const page = await county.call('ledger.list', { ledger: 'mediation' });
      expect(page.rows.map((row) => row.id).sort()).toEqual([...open].sort());
    },
  };
  type Turn = keyof typeof turn;
  const turns = fc.array(fc.constantFrom(...(Object.keys(turn) as Turn[])), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(turns, async (wanted) => {
      for (const one of wanted) await turn[one]();
      await turn.list();
    }),
    {
      numRuns: 10,
      // Nobody looks between sealing and opening; an older record of one unit, and its only one.
      examples: [
        [['ofStation', 'ofStation', 'ofCounty', 'list', 'seal', 'unseal']],
        [['ofStation', 'list', 'seal', 'unseal', 'list', 'ofCounty']],
      ],
    },
  );
  await county.close();
}, 120_000);

/** A county with a head who applies and one who confirms, and a head of one of its stations. */
async function aCountyAndItsStation() {
  const county = await aProgram({ isCounty: true });
  const units = await county.call('units.tree', {});
  const unitOf = (wanted: string) => units.find(({ level }) => level === wanted)?.id ?? '';
  const [ownId, stationId] = [unitOf('county'), unitOf('station')];
  const given = 'qinghe-2025';
  const head = { role: 'head', password: given } as const;
  await shareDuties(county, given);
  await county.call('account.create', { ...head, name: '甲', unitId: stationId });
  await county.call('account.create', { ...head, name: '乙', unitId: ownId });
  await county.call('account.create', { ...head, name: '丙', unitId: ownId });
  const enter = async (name: string): Promise<Person> => {
    const person = await county.signIn(name, given);
    await person.call('session.changePassword', { password: given, newPassword: password });
    await person.call('session.reveal', { reason: '办理业务' });
    return person;
  };
  const [station, applying, confirming] = [await enter('甲'), await enter('乙'), await enter('丙')];
  return { county, station, stationId, ownId, applying, confirming };
}
