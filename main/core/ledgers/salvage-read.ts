import { isDamage, type ReadDb } from '#core/db/connection.ts';
import { id, type Sql, sql } from '#core/db/sql.ts';
import type { TableRow } from './table.ts';

/**
 * Reading a damaged file: whatever a statement meets that cannot be read is passed over. A page whose tag is wrong gives an
 * error for every row on it and for none beside it.
 */
const atOnce = 200;

/** Null where the answer cannot be read. */
export function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  return isDamage(error) || (typeof code === 'string' && code.startsWith('SQLITE_IOERR'));
}

/**
 * Every readable row of a table with a row number, in pieces that are halved where they cannot be read. `least`: a
 * number up to which there are rows for certain. Returns the numbers that could not be looked at, and up to which number
 * there are rows for certain after all: where the end itself cannot be read, `unread` goes on behind it.
 */
export function readableRows(
  db: ReadDb,
  table: string,
  least: number,
  take: (row: TableRow) => void,
): { unread: number[]; certain: number } {
  const { certain, last } = lastNumber(db, table, least);
  const unread: number[] = [];
  const pieces: [number, number][] = [];
  for (let first = 1; first <= last; first += atOnce)
    pieces.push([first, Math.min(last, first + atOnce - 1)]);
  pieces.reverse();
  for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
    const [first, end] = piece;
    const rows = attempt(() =>
      db.all<TableRow>(sql`select * from ${id(table)} where rowid between ${first} and ${end}`),
    );
    if (rows) for (const row of rows) take(row);
    else if (first === end) unread.push(first);
    else {
      const middle = Math.floor((first + end) / 2);
      pieces.push([middle + 1, end], [first, middle]);
    }
  }
  return { unread, certain };
}

/** More rows than fit on the last page of a table that has no index to tell them. */
const onOnePage = 500;

/** The highest row number: of the table, else of whatever index can be walked, else with what one page may hold. */
function lastNumber(db: ReadDb, table: string, least: number): { certain: number; last: number } {
  const said = attempt(() => db.value<number | null>(sql`select max(rowid) from ${id(table)}`) ?? 0);
  if (said !== null) return { certain: said, last: said };
  const indexes = db.column<string>(sql`select name from pragma_index_list(${table}) where partial = 0`);
  let last = least;
  for (const index of indexes) {
    const columns = db.column<string>(sql`select name from pragma_index_info(${index})`);
    const order = (direction: string): Sql => ({
      text: `select rowid as number from ${id(table).text} indexed by ${id(index).text} order by ${columns
        .map((column) => `${id(column).text} ${direction}`)
        .join(', ')}`,
      values: [],
    });
    const isWhole = readableWalk<{ number: number }>(db, order('asc'), order('desc'), ({ number }) => {
      last = Math.max(last, number);
    });
    if (isWhole) return { certain: last, last };
  }
  return { certain: last, last: last + onOnePage };
}

/** Rows of a statement that walks one index, from both ends as far as it can be walked. */
export function readableWalk<T>(db: ReadDb, forth: Sql, back: Sql, take: (row: T) => void): boolean {
  const isWhole = walk(db, forth, take);
  if (!isWhole) walk(db, back, take);
  return isWhole;
}

function walk<T>(db: ReadDb, query: Sql, take: (row: T) => void): boolean {
  return (
    attempt(() => {
      for (const row of db.each<T>(query)) take(row);
      return true;
    }) ?? false
  );
}

/** The rows of a small table without row numbers, from both ends of its key. */
export function readableByKey(
  db: ReadDb,
  table: string,
  key: readonly string[],
  take: (row: TableRow) => void,
): boolean {
  const order = (direction: string): Sql => ({
    text: `select * from ${id(table).text} order by ${key.map((column) => `${id(column).text} ${direction}`).join(', ')}`,
    values: [],
  });
  return readableWalk(db, order('asc'), order('desc'), take);
}
