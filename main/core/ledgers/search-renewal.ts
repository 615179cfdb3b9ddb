import { createHash } from 'node:crypto';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { Registry } from './registry.ts';
import { putSearchEntry, searchTextOf } from './search-index.ts';
import type { IndexContext } from './store.ts';
import { readRecord } from './table.ts';

/** Renewing of entries that an older program made by other rules, a few at a time while the ledger is in use. */

/**
 * Of the entries: raised by hand when they are made otherwise (tokens, readings, another pinyin-pro). A test holds it
 * against the entry of a sample record.
 */
export const entriesVersion = 4;

const searched = (fields: FieldSpecs) =>
  Object.entries(fields).flatMap(([name, { search, kind, codes }]) =>
    search ? [[name, search, kind, codes ?? null]] : [],
  );

/** What entries follow from besides the records: how they are made, which fields are found. */
export const searchStamp = (): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        entriesVersion,
        ledgers.map(({ name, fields, children }) => [
          name,
          searched(fields),
          Object.entries(children).map(([child, spec]) => [child, searched(spec.fields)]),
        ]),
      ]),
    )
    .digest('hex')
    .slice(0, 16);

/** Each of them writes into the index, which takes a millisecond; saves wait for no more than this. */
const perStep = 24;
type Doc = { doc: number; ledger: string; record_id: string };

/** Renews the entries after a place, the newest first. Gives the place it came to; null where it is through. */
export function renewEntries(
  db: WriteDb,
  registry: Registry,
  context: IndexContext,
  place: string | null,
): string | null {
  const before = place === null ? Number.MAX_SAFE_INTEGER : Number(place);
  const docs = db.all<Doc>(
    sql`select doc, ledger, record_id from search_doc where doc < ${before} order by doc desc limit ${perStep}`,
  );
  for (const { ledger: name, record_id: recordId } of docs) {
    const ledger = registry.all.find((one) => one.name === name);
    const record = ledger && readRecord(db, ledger, recordId);
    // An entry without its record is nothing to be renewed; the check names it.
    if (!record) continue;
    // Whatever its digest says: of the same text other tokens may be made now.
    putSearchEntry(db, record, searchTextOf(context, record));
  }
  return docs.length < perStep ? null : String(docs.at(-1)?.doc);
}

/** How many entries have been looked at, of how many. */
export function renewedUntil(db: ReadDb, place: string | null): { done: number; total: number } {
  const total = db.value<number>(sql`select count(*) from search_doc`) ?? 0;
  if (place === null) return { done: 0, total };
  return {
    done: db.value<number>(sql`select count(*) from search_doc where doc >= ${Number(place)}`) ?? 0,
    total,
  };
}
