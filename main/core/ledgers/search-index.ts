import { createHash } from 'node:crypto';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { dayNumber, parseDay } from '#shared/domain/day.ts';
import {
  entryText,
  indexText,
  ledgerToken,
  readingTokens,
  unitTokens,
  wholeTokens,
} from '#shared/domain/search-text.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { type Derivation, type IndexContext, isBulk } from './store.ts';
import type { StoredRecord } from './table.ts';

/** Documents are numbered by day, newest highest, so that a query takes the newest hits inside the index. */
export const perDay = 2 ** 24;

/** `whole`: the register and unit of the record that this one is part of. */
export type Searchable = {
  ledger: LedgerSpec;
  unitCode: string;
  content: RecordContent;
  whole?: { ledger: string; unitCode: string } | null;
};

/** What can be found of a record, as the text of its entry. */
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
  const { whole, unitCode } = record;
  const ofWhole = whole ? wholeTokens(whole.ledger, whole.unitCode, unitCode) : [];
  const scope = [ledgerToken(record.ledger.name), ...unitTokens(unitCode), ...ofWhole];
  return entryText(parts, [...scope, ...readingTokens(names)]);
}

/** What an entry was made from, in short: the check tells by it that a record should be found by other words now. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 8);
}

/** Which record a part belongs to tells who else finds it (seen.ts). */
function wholeOf(context: IndexContext, { partOf, fields }: LedgerSpec, content: RecordContent) {
  const ledger = partOf && fields[partOf]?.ref;
  const recordId = partOf && content[partOf];
  if (!ledger || typeof recordId !== 'string') return null;
  const unitId = context.valueOf(ledger, recordId, 'unitId');
  return typeof unitId !== 'string' ? null : { ledger, unitCode: context.unitCodeOf(unitId) };
}

export function searchTextOf(context: IndexContext, record: StoredRecord): string {
  const { ledger, content, unitId } = record;
  const unitCode = context.unitCodeOf(unitId);
  const whole = wholeOf(context, ledger, content);
  return searchText({ ledger, unitCode, content, whole }, context.labels, context.names.readings);
}

/** The index of everything that can be found, one entry a record. */
export const searchEntries: Derivation = {
  name: 'search',
  put: (context, record) => {
    const isLate = !isBulk(context);
    // What was put off before a transaction became a large one, and by others, goes in order with the rest.
    if (!isLate) while (settleEntries(context.db));
    putSearchEntry(context.db, record, searchTextOf(context, record), isLate);
  },
  drop: ({ db }, record) => {
    const doc = db.value<number>(sql`select doc from search_doc where record_id = ${record.id}`);
    if (doc !== undefined) removeSearchEntry(db, doc);
  },
  settle: (db) => settleEntries(db) || mergeStep(db),
};

/**
 * Puts a record's entry into the index, or renews it; with `isLate` beside it (`search_recent`), where searches look too:
 * one entry alone costs the index thirteen pages, in its own order and again in every merge, twelve together not more.
 */
export function putSearchEntry(
  db: WriteDb,
  { ledger, id: recordId, content }: StoredRecord,
  text: string,
  isLate = false,
): void {
  const day = parseDay(String(content[ledger.day] ?? ''));
  const first = (day === null ? 0 : dayNumber(day)) * perDay;
  const digest = digestOf(text);
  const old = db.value<number>(sql`select doc from search_doc where record_id = ${recordId}`);
  if (old !== undefined && old >= first && old < first + perDay) {
    db.run(sql`update search_doc set digest = ${digest} where doc = ${old}`);
    putText(db, old, text, isLate);
    return;
  }
  if (old !== undefined) removeSearchEntry(db, old);
  const last = db.value<number | null>(
    sql`select max(doc) from search_doc where doc >= ${first} and doc < ${first + perDay}`,
  );
  const doc = (last ?? first) + 1;
  db.run(sql`insert into search_doc (doc, ledger, record_id, digest)
    values (${doc}, ${ledger.name}, ${recordId}, ${digest})`);
  putText(db, doc, text, isLate);
}

function putText(db: WriteDb, doc: number, text: string, isLate: boolean): void {
  if (isLate) {
    db.run(sql`insert or replace into search_recent (doc, text) values (${doc}, ${text})`);
    return;
  }
  db.run(sql`insert or replace into search (rowid, text) values (${doc}, ${indexText(text)})`);
  db.run(sql`delete from search_recent where doc = ${doc}`);
}

/** An entry that stands beside the index, newest document first; the index may still hold what it was before. */
export type RecentEntry = { doc: number; text: string };

export const recentEntries = (db: ReadDb): RecentEntry[] =>
  db.all<RecentEntry>(sql`select doc, text from search_recent order by doc desc`);

const perStep = 24;

/** Takes some entries from beside the index into it; false when none were left. */
export function settleEntries(db: WriteDb): boolean {
  const entries = db.all<RecentEntry>(sql`select doc, text from search_recent order by doc limit ${perStep}`);
  for (const { doc, text } of entries) putText(db, doc, text, false);
  return entries.length > 0;
}

export function removeSearchEntry(db: WriteDb, doc: number): void {
  db.run(sql`delete from search_recent where doc = ${doc}`);
  db.run(sql`delete from search where rowid = ${doc}`);
  db.run(sql`delete from search_doc where doc = ${doc}`);
}

export function clearSearchEntries(db: WriteDb): void {
  db.run(sql`delete from search_recent`);
  db.run(sql`insert into search (search) values ('delete-all')`);
  db.run(sql`delete from search_doc`);
}

/** A small step of merging the index, for idle moments; false when nothing was left to do. */
export function mergeStep(db: WriteDb): boolean {
  const before = db.value<number>(sql`select total_changes()`) ?? 0;
  db.run(sql`insert into search (search, rank) values ('merge', 16)`);
  return (db.value<number>(sql`select total_changes()`) ?? 0) - before > 1;
}
