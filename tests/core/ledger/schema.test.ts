import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { filterFields, listFields, pageQuery, sortFields } from '#core/ledgers/list.ts';
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
      for (const field of sortFields(ledger)) {
        for (const descending of [false, true]) {
          const query = pageQuery(ledger, { ledger: ledger.name, sort: { field, descending } });
          const plan = planOf(db, query);
          const lines = [expect.stringMatching(/^SCAN \w+ USING COVERING INDEX /)];
          // The index by day is wider, for the figures: a day's few cases are put in order as they come.
          if (ledger.name === 'mediation' && field === ledger.day)
            lines.push('USE TEMP B-TREE FOR LAST TERM OF ORDER BY');
          expect(plan.inner, `${field} ${descending}`).toEqual(lines);
        }
      }
    });
  });

  test('every filter with every sort is found through an index, and in the usual order without sorting', async () => {
    await program.look((db) => {
      for (const filtered of filterFields(ledger).filter((field) => field !== 'unitId')) {
        for (const field of sortFields(ledger)) {
          const input = {
            ledger: ledger.name,
            filter: { [filtered]: 'x' },
            sort: { field, descending: true },
          };
          const plan = planOf(db, pageQuery(ledger, input)).inner.join('\n');
          expect(plan, `${filtered}, by ${field}`).toMatch(/USING (COVERING )?INDEX/);
          expect(plan, `${filtered}, by ${field}`).not.toMatch(/^SCAN \w+$/m);
          const isOwnDay = filtered === ledger.day && ledger.name === 'mediation';
          if (field === ledger.day && !isOwnDay) expect(plan, filtered).not.toContain('TEMP B-TREE');
        }
      }
    });
  });

  test('columns of the list are fields', () => {
    for (const field of listFields(ledger)) expect(ledger.fields).toHaveProperty(field);
    expect(sortFields(ledger).length).toBeLessThanOrEqual(8);
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

/** Lines of the plan: those of the search for the page, and those of the reading of its rows. */
function planOf(db: Connection, query: ReturnType<typeof pageQuery>): { inner: string[]; outer: string[] } {
  type Line = { id: number; parent: number; detail: string };
  const lines = db.all<Line>({ text: `explain query plan ${query.text}`, values: query.values });
  const list = lines.find(({ detail }) => detail.startsWith('LIST SUBQUERY'))?.id;
  return {
    inner: lines
      .filter(({ parent }) => parent === list)
      .map(({ detail }) => detail)
      .filter((detail) => !detail.startsWith('CREATE BLOOM')),
    outer: lines.filter(({ parent }) => parent === 0).map(({ detail }) => detail),
  };
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
