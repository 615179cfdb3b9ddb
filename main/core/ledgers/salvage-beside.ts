import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type SqlValue, sql } from '#core/db/sql.ts';
import { readableByKey, readableRows } from './salvage-read.ts';
import type { TableRow } from './table.ts';

/**
 * What stands beside the records (accounts, settings, attachments, issued papers, figures, decisions): rows of the
 * damaged file that the copy does not have, or has otherwise. Their row numbers are the same in both, because copying
 * keeps them.
 */
export type BesideTaken = { rows: number; tables: string[]; unread: string[] };

type Column = { name: string; pk: number };

/** What is never taken from another file: records (through their own path), the log, what is derived. */
const derived =
  /^(sqlite_.*|search.*|person_key.*|person_source|due_.*|derivation_stamp|record_version|audit_entry|commit_entry|case_counter|repair_report)$/;

export function besideTables(db: ReadDb, records: readonly string[]): string[] {
  return db
    .column<string>(sql`select name from sqlite_schema where type = 'table' order by rootpage`)
    .filter((name) => !derived.test(name) && !records.includes(name));
}

/** `accepts`: rows that do not belong to anything any more are left out, and their table is named as not whole. */
export function takeBeside(
  damaged: ReadDb,
  db: WriteDb,
  tables: readonly string[],
  accepts: (row: TableRow) => boolean = () => true,
): BesideTaken {
  const taken: BesideTaken = { rows: 0, tables: [], unread: [] };
  let waiting: { table: string; row: TableRow; columns: Column[] }[] = [];
  for (const table of tables) {
    const columns = db.all<Column>(sql`select name, pk from pragma_table_info(${table})`);
    const note = (row: TableRow) => {
      if (!differs(db, table, columns, row)) return;
      if (!accepts(row)) taken.unread.push(table);
      else waiting.push({ table, row, columns });
    };
    if (!isWhole(damaged, db, table, columns, note)) taken.unread.push(table);
  }
  // A row that names another one has to wait for it; what waits in vain is not taken.
  for (let before = -1; waiting.length !== before && waiting.length > 0; ) {
    before = waiting.length;
    waiting = waiting.filter(({ table, row, columns }) => {
      if (!put(db, table, columns, row)) return true;
      taken.rows++;
      if (!taken.tables.includes(table)) taken.tables.push(table);
      return false;
    });
  }
  for (const { table } of waiting) if (!taken.unread.includes(table)) taken.unread.push(table);
  return taken;
}

function isWhole(
  damaged: ReadDb,
  db: ReadDb,
  table: string,
  columns: readonly Column[],
  take: (row: TableRow) => void,
): boolean {
  const key = keyOf(columns);
  const hasNumbers = key.length === 1 && key[0]?.name === 'seq';
  const isCommits = key.length === 1 && key[0]?.name === 'number' && table === 'commit_entry';
  if (!hasNumbers && !isCommits)
    return readableByKey(
      damaged,
      table,
      key.map(({ name }) => name),
      take,
    );
  const here = db.value<number | null>(sql`select max(rowid) from ${id(table)}`) ?? 0;
  return readableRows(damaged, table, here, take).unread.length === 0;
}

const keyOf = (columns: readonly Column[]) =>
  columns.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);

const cellOf = (row: TableRow, column: Column): SqlValue => row[column.name] ?? null;

function where(columns: readonly Column[], row: TableRow) {
  return join(
    keyOf(columns).map((column) => sql`${id(column.name)} = ${cellOf(row, column)}`),
    ' and ',
  );
}

function differs(db: ReadDb, table: string, columns: readonly Column[], row: TableRow): boolean {
  const here = db.get<TableRow>(sql`select * from ${id(table)} where ${where(columns, row)}`);
  return !here || columns.some((column) => !isSame(cellOf(here, column), cellOf(row, column)));
}

function isSame(one: SqlValue, other: SqlValue): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.from(one).equals(other);
  return one === other;
}

/** False where a row it names is not there, or another one has its place. */
function put(db: WriteDb, table: string, columns: readonly Column[], row: TableRow): boolean {
  const list = join(columns.map(({ name }) => id(name)));
  const values = join(columns.map((column) => cellOf(row, column)));
  try {
    const changed = db.run(sql`update ${id(table)} set (${list}) = (${values}) where ${where(columns, row)}`);
    if (changed === 0) db.run(sql`insert into ${id(table)} (${list}) values (${values})`);
    return true;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
}
