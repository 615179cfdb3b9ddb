import { createHash } from 'node:crypto';
import type { WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { dayNumber, parseDay } from '#shared/domain/day.ts';
import { indexText, ledgerToken, readingTokens, unitTokens } from '#shared/domain/search-text.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Derivation, IndexContext } from './store.ts';
import type { StoredRecord } from './table.ts';

/** Documents are numbered by day, newest highest, so that a query takes the newest hits inside the index. */
const perDay = 2 ** 24;

export type Searchable = { ledger: LedgerSpec; unitCode: string; content: RecordContent };

/** What can be found of a record, as one text for the index. */
export function searchText(
  record: Searchable,
  labels: LabelContext,
  readings: (name: string) => readonly string[],
): string {
  const parts: string[] = [];
  const names: string[] = [];
  const collect = (fields: FieldSpecs, content: Record<string, unknown>) => {
    for (const [name, spec] of Object.entries(fields)) {
      const value = content[name];
      if (!spec.search || value === undefined || value === null) continue;
      const text = kindOf(spec.kind).toText(value as Scalar, spec, labels);
      parts.push(text);
      if (spec.search === 'name') names.push(...readings(text));
    }
  };
  collect(record.ledger.fields, record.content);
  for (const [name, child] of Object.entries(record.ledger.children)) {
    const rows = record.content[name];
    if (Array.isArray(rows)) for (const row of rows) collect(child.fields, row);
  }
  const scope = [ledgerToken(record.ledger.name), ...unitTokens(record.unitCode)].join(' ');
  return `${indexText(parts)} ${scope} ${readingTokens(names)}`;
}

/** What an entry was made from, in short: the check tells by it that a record should be found by other words now. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 8);
}

export function searchTextOf(context: IndexContext, record: StoredRecord): string {
  const { ledger, content, unitId } = record;
  const unitCode = context.unitCodeOf(unitId);
  return searchText({ ledger, unitCode, content }, context.labels, context.names.readings);
}

/** The index of everything that can be found, one entry a record. */
export const searchEntries: Derivation = {
  name: 'search',
  put: (context, record) => putSearchEntry(context.db, record, searchTextOf(context, record)),
  settle: mergeStep,
};

/** Puts a record's entry into the index, or renews it. */
export function putSearchEntry(
  db: WriteDb,
  { ledger, id: recordId, content }: StoredRecord,
  text: string,
): void {
  const day = parseDay(String(content[ledger.day] ?? ''));
  const first = (day === null ? 0 : dayNumber(day)) * perDay;
  const digest = digestOf(text);
  const old = db.value<number>(sql`select doc from search_doc where record_id = ${recordId}`);
  if (old !== undefined && old >= first && old < first + perDay) {
    db.run(sql`insert or replace into search (rowid, text) values (${old}, ${text})`);
    db.run(sql`update search_doc set digest = ${digest} where doc = ${old}`);
    return;
  }
  if (old !== undefined) removeSearchEntry(db, old);
  const last = db.value<number | null>(
    sql`select max(doc) from search_doc where doc >= ${first} and doc < ${first + perDay}`,
  );
  const doc = (last ?? first) + 1;
  db.run(sql`insert into search_doc (doc, ledger, record_id, digest)
    values (${doc}, ${ledger.name}, ${recordId}, ${digest})`);
  db.run(sql`insert into search (rowid, text) values (${doc}, ${text})`);
}

export function removeSearchEntry(db: WriteDb, doc: number): void {
  db.run(sql`delete from search where rowid = ${doc}`);
  db.run(sql`delete from search_doc where doc = ${doc}`);
}

export function clearSearchEntries(db: WriteDb): void {
  db.run(sql`insert into search (search) values ('delete-all')`);
  db.run(sql`delete from search_doc`);
}

/** A small step of merging the index, for idle moments; false when nothing was left to do. */
export function mergeStep(db: WriteDb): boolean {
  const before = db.value<number>(sql`select total_changes()`) ?? 0;
  db.run(sql`insert into search (search, rank) values ('merge', 16)`);
  return (db.value<number>(sql`select total_changes()`) ?? 0) - before > 1;
}
