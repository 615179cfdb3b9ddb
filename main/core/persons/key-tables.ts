import type { WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { isBulk, type WriteContext } from '#core/ledgers/store.ts';
import type { Entry } from './entries.ts';

/**
 * The two tables of the index; `person_entry` reads both. Whoever saves a record writes into the small one, and an idle
 * moment takes its rows over into the large one. A pair stands in one of them.
 */
type KeyTable = 'person_key' | 'person_key_recent';

const perStep = 300;

/** Where the keys of the record under way go. A large transaction would leave too much to take over. */
export const tableFor = (context: WriteContext): KeyTable =>
  isBulk(context) ? 'person_key' : 'person_key_recent';

export function insertKey(db: WriteDb, table: KeyTable, { key, place }: Entry): void {
  if (table === 'person_key')
    db.run(sql`insert or ignore into person_key (key, place) values (${key}, ${place})`);
  else db.run(sql`insert or ignore into person_key_recent (key, place) values (${key}, ${place})`);
}

export function removeKey(db: WriteDb, { key, place }: Entry): void {
  if (db.run(sql`delete from person_key_recent where key = ${key} and place = ${place}`) > 0) return;
  db.run(sql`delete from person_key where key = ${key} and place = ${place}`);
}

export function clearKeys(db: WriteDb): void {
  db.run(sql`delete from person_key_recent`);
  db.run(sql`delete from person_key`);
}

/** Takes some recent keys over; false when none were left. */
export function settleStep(db: WriteDb): boolean {
  const rows = db.all<Entry>(
    sql`select key, place from person_key_recent order by key, place limit ${perStep}`,
  );
  const last = rows.at(-1);
  if (!last) return false;
  for (const row of rows) insertKey(db, 'person_key', row);
  db.run(sql`delete from person_key_recent where (key, place) <= (${last.key}, ${last.place})`);
  return true;
}
