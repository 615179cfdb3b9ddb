import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '#core/db/connection.ts';
import { type Sql, sql } from '#core/db/sql.ts';
import { few, type Wanted } from '#core/ledgers/list-count.ts';
import {
  gathered,
  listFields,
  memberWalk,
  type Place,
  sortFields,
  testedWalk,
} from '#core/ledgers/list-page.ts';
import { type Filter, filterFields, mayLack, partsOf } from '#core/ledgers/list-parts.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import {
  type ChildSpec,
  columnOf,
  type LedgerSpec,
  orderColumnOf,
  systemColumnsOf,
} from '#shared/ledgers/describe.ts';
import { veilOf } from '#shared/ledgers/veil.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

type Column = { name: string; type: string; notnull: number };
type Index = { table: string; columns: string[] };

let program: Program;
let columns: Map<string, Column[]>;
let definitions: Map<string, string>;
let indexes: Index[];

beforeAll(async () => {
  program = await aProgram();
  await program.look((db) => {
    const tables = db.all<{ name: string; sql: string }>(
      sql`select name, sql from sqlite_schema where type = 'table'`,
    );
    definitions = new Map(tables.map((table) => [table.name, table.sql]));
    columns = new Map(
      tables.map(({ name }) => [
        name,
        db.all<Column>(sql`select name, type, "notnull" from pragma_table_info(${name})`),
      ]),
    );
    indexes = db
      .all<{ name: string; tbl_name: string }>(
        sql`select name, tbl_name from sqlite_schema where type = 'index'`,
      )
      .map(({ name, tbl_name: table }) => ({
        table,
        columns: db.column<string>(sql`select name from pragma_index_info(${name}) order by seqno`),
      }));
  });
});
afterAll(() => program.close());

/** Every described field has its column of the kind's type; a required one cannot be null; a day cannot be another text. */
function compare(table: string, fields: FieldSpecs, beside: readonly string[]): void {
  const found = new Map((columns.get(table) ?? []).map((column) => [column.name, column]));
  expect([...found.keys()].sort()).toEqual([...beside, ...Object.keys(fields).map(columnOf)].sort());
  for (const [name, spec] of Object.entries(fields)) {
    const column = found.get(columnOf(name));
    expect(column?.type, name).toBe(kindOf(spec.kind).sqlType);
    // What is required only of some cases may be empty in the others.
    expect(column?.notnull, name).toBe(spec.required && !spec.when ? 1 : 0);
    if (spec.kind === 'day')
      expect(definitions.get(table)).toContain(`CHECK (date(${columnOf(name)}) IS ${columnOf(name)})`);
  }
  expect(definitions.get(table)).toMatch(/\) STRICT(, WITHOUT ROWID)?$/);
}

describe.each(ledgers.map((ledger): [string, LedgerSpec] => [ledger.name, ledger]))('%s', (_name, ledger) => {
  test('what a simple record needs and what rows begin with is described', () => {
    const { fields, children, brief = [] } = ledger;
    const paths = Object.entries(children).flatMap(([name, child]) =>
      Object.keys(child.fields).map((field) => `${name}.${field}`),
    );
    const known = [...Object.keys(fields), ...paths];
    expect(brief.filter((path) => !known.includes(path))).toEqual([]);
    for (const child of Object.values(children) as ChildSpec[]) {
      const named = (child.begins ?? []).flatMap(Object.keys);
      expect(named.filter((field) => !(field in child.fields))).toEqual([]);
    }
  });

  test('the table is what the description says', () =>
    compare(ledger.table, ledger.fields, systemColumnsOf(ledger)));

  test.each(Object.entries(ledger.children))('the table of its %s too', (_child, child) => {
    compare(child.table, child.fields, ['record_seq', 'ordinal']);
  });

  test('everything to sort or filter by has an index that begins with it', () => {
    const first = new Set(
      indexes.filter(({ table }) => table === ledger.table).map((index) => index.columns[0]),
    );
    // A ledger has one unit or a few hundred; with one, an index on it would hold nothing apart.
    const wanted = [...sortFields(ledger), ...filterFields(ledger)].filter((field) => field !== 'unitId');
    expect([...first]).toEqual(expect.arrayContaining(wanted.map((field) => orderColumnOf(ledger, field))));
  });

  test('every sort is read from an index: no scan of the table, no sorting of it', async () => {
    await program.look((db) => {
      for (const place of placesOf(ledger)) {
        const plan = planOf(db, memberWalk(ledger, wantedOf(ledger, {}), place));
        const lines = [expect.stringMatching(/^SCAN \w+ USING COVERING INDEX /)];
        // The index by day is wider, for the figures: a day's few cases are put in order as they come.
        if (ledger.name === 'mediation' && place.sort.field === ledger.day) lines.push(lastTerm);
        expect(plan, JSON.stringify(place)).toEqual(lines);
      }
    });
  });

  const single = filterFields(ledger).filter((field) => field !== 'unitId');
  const filters: Filter[] = [
    ...single.map((field) => ({ [field]: 'x' })),
    ...single.filter((field) => mayLack(ledger.fields[field])).map((field) => ({ [field]: null })),
    ...single.flatMap((one) =>
      single.filter((other) => other !== one).map((other) => ({ [one]: 'x', [other]: 'y' })),
    ),
  ];

  test('along an order no record is read to look up what other indexes know, and nothing is sorted', async () => {
    await program.look((db) => {
      for (const filter of filters) {
        for (const place of placesOf(ledger)) {
          for (const isMost of [false, true]) {
            const plan = planOf(db, memberWalk(ledger, wantedOf(ledger, filter, { isMost }), place));
            const name = `${JSON.stringify(filter)} ${JSON.stringify(place)} ${isMost}`;
            expect(
              plan.filter((line) => /^(SCAN|SEARCH)/.test(line) && !/COVERING INDEX/.test(line)),
              name,
            ).toEqual([]);
            const isWide = ledger.name === 'mediation' && place.sort.field === ledger.day;
            expect(
              plan.filter((line) => line.includes('TEMP B-TREE') && !(isWide && line === lastTerm)),
              name,
            ).toEqual([]);
          }
        }
      }
    });
  });

  test('what is tested along an order is read in that order and no further than the bound', async () => {
    await program.look((db) => {
      for (const filter of filters) {
        for (const place of placesOf(ledger)) {
          const [, walk = '', ...others] = planOf(
            db,
            testedWalk(ledger, wantedOf(ledger, filter), place, 1000),
          );
          expect(walk).toMatch(/^(SCAN|SEARCH) \w+ USING (COVERING )?INDEX /);
          expect(others.filter((line) => line !== lastTerm)).toEqual([expect.stringMatching(/^SCAN /)]);
        }
      }
    });
  });

  test('what is gathered comes from the index of its rarest part, however many there are', async () => {
    await program.look((db) => {
      for (const filter of filters) {
        for (const place of placesOf(ledger)) {
          for (const size of [few, few + 1]) {
            const wanted = wantedOf(ledger, filter, { size });
            const plan = planOf(db, gathered(ledger, wanted, place, few));
            expect(plan[0]).toBe(`SEARCH ${ledger.table} USING INTEGER PRIMARY KEY (rowid=?)`);
            expect(plan.filter((line) => /^SCAN/.test(line))).toEqual([]);
          }
        }
      }
    });
  });

  test('columns of the list are fields', () => {
    for (const field of listFields(ledger)) expect(ledger.fields).toHaveProperty(field);
    expect(sortFields(ledger).length).toBeLessThanOrEqual(8);
  });

  test('what stands beside its title is a field that no mask hides', () => {
    for (const name of ledger.beside ?? []) {
      const spec = ledger.fields[name];
      expect(spec && veilOf(spec), name).toBe(null);
    }
  });

  test('no field has the name of something that belongs to every record', () => {
    const names = [...Object.keys(ledger.fields), ...Object.keys(ledger.children)];
    const taken = [
      'id',
      'ledger',
      'unitId',
      'state',
      'version',
      'title',
      'actions',
      'events',
      'versions',
      'warnings',
    ];
    expect(names.filter((name) => taken.includes(name))).toEqual([]);
  });
});

const lastTerm = 'USE TEMP B-TREE FOR LAST TERM OF ORDER BY';

const placesOf = (ledger: LedgerSpec): Place[] =>
  sortFields(ledger).flatMap((field) =>
    [false, true].map((descending) => ({ sort: { field, descending }, offset: 0, limit: 100 })),
  );

/** A filter as if so many records matched each of its fields. */
function wantedOf(ledger: LedgerSpec, filter: Filter, { size = 5, isMost = false } = {}): Wanted {
  const sized = partsOf(ledger, filter).map((part) => ({ ...part, size, isMost }));
  return { all: 2 * size, sized, units: null, total: size };
}

/** Lines of the plan; those that only prepare a look-up left out. */
function planOf(db: Connection, query: Sql): string[] {
  return db
    .all<{ detail: string }>({ text: `explain query plan ${query.text}`, values: query.values })
    .map(({ detail }) => detail)
    .filter(
      (detail) => !/^(CREATE BLOOM|LIST SUBQUERY|REUSE LIST|COMPOUND QUERY|LEFT-MOST|UNION ALL)/.test(detail),
    );
}

test('an impossible date is refused by the table itself', async () => {
  await expect(
    program.look((db) =>
      db.exec(`insert into commit_entry (at, account_seq, installation_seq, method) values ('x', 1, 1, 'x');
      insert into committee (id, unit_id, state, version, depth, tips, title, updated_at, name, kind, established_on)
      select 'x', id, 'active', zeroblob(32), 1, 1, 'x', 'x', 'x', 'village', '2025-02-30' from unit limit 1`),
    ),
  ).rejects.toThrow(/CHECK constraint failed/);
});
