import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { id, type Sql, sql } from '#core/db/sql.ts';
import { countWanted } from '#core/ledgers/list-count.ts';
import { pageOf, sortFields } from '#core/ledgers/list-page.ts';
import { type Filter, filterFields, partsOf, whereAll } from '#core/ledgers/list-parts.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { columnOf, type LedgerSpec, orderColumnOf } from '#shared/ledgers/describe.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true, cases: 240 });
}, 60_000);
afterAll(() => program.close());

/** Bounds that send a list of 240 down every way that one of a million goes. */
const ways = [
  { few: 3000, tested: 1000 },
  { few: 0, tested: 1000 },
  { few: 0, tested: 60 },
  { few: 0, tested: 0 },
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
    return fc.oneof({ weight: 4, arbitrary: one }, several, ...(field === 'unitId' ? [] : [range]));
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
