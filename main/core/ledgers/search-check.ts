import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { indexText } from '#shared/domain/search-text.ts';
import { everyRecord, type Registry } from './registry.ts';
import {
  clearSearchEntries,
  digestOf,
  putSearchEntry,
  removeSearchEntry,
  searchTextOf,
} from './search-index.ts';
import type { IndexContext } from './store.ts';
import { readRecord, type StoredRecord } from './table.ts';

type Doc = { doc: number; digest: Uint8Array | null };

/** So many tokens stand in one MATCH of the check: a whole record at once would be a query of hundreds. */
const tokensAtOnce = 60;

/**
 * What is wrong with a record's entry: `missing`, or `stale` where it was made from another text. With `isThorough`
 * the index is asked for every token of the record as well, which takes milliseconds a record.
 */
export function entryFault(
  db: ReadDb,
  context: IndexContext,
  record: StoredRecord,
  isThorough: boolean,
): 'missing' | 'stale' | null {
  const found = db.get<Doc>(sql`select doc, digest from search_doc where record_id = ${record.id}`);
  if (!found) return 'missing';
  const text = searchTextOf(context, record);
  const late = db.value<string>(sql`select text from search_recent where doc = ${found.doc}`);
  if (late === undefined && db.value(sql`select 1 from search where rowid = ${found.doc}`) === undefined)
    return 'missing';
  if (late !== undefined && late !== text) return 'stale';
  if (found.digest === null || !digestOf(text).equals(found.digest)) return 'stale';
  return isThorough && late === undefined && !hasTokens(db, found.doc, text) ? 'stale' : null;
}

function hasTokens(db: ReadDb, doc: number, text: string): boolean {
  const tokens = [...new Set(indexText(text).split(' ').filter(Boolean))];
  for (let from = 0; from < tokens.length; from += tokensAtOnce) {
    const part = tokens.slice(from, from + tokensAtOnce);
    const query = part.map((token) => `"${token.replaceAll('"', '""')}"`).join(' AND ');
    if (db.value(sql`select 1 from search where search match ${query} and rowid = ${doc}`) === undefined)
      return false;
  }
  return true;
}

/** Entries of records that are not there, or without the text that they stand for. */
async function* strayDocs(
  db: ReadDb,
  registry: Registry,
  breathe: () => Promise<void> | undefined,
): AsyncGenerator<number> {
  const docs = db.all<{ doc: number; ledger: string; record_id: string }>(
    sql`select doc, ledger, record_id from search_doc`,
  );
  for (const { doc, ledger, record_id } of docs) {
    const spec = registry.all.find(({ name }) => name === ledger);
    const isThere =
      spec && db.value(sql`select 1 from ${id(spec.table)} where id = ${record_id}`) !== undefined;
    if (!isThere) yield doc;
    await breathe();
  }
}

/** What a rebuild will do: the whole index, or the entries of these records and the removal of these. */
export type RebuildPlan = { isWhole: boolean; records: string[][]; stray: number[]; total: number };

/** Looks for entries to renew. Where many are wrong, or everything is asked for, the whole index is made anew. */
export async function planRebuild(
  db: ReadDb,
  registry: Registry,
  context: IndexContext,
  input: { isWhole: boolean; progress(done: number, total: number): void },
): Promise<RebuildPlan> {
  const total = registry.all.reduce(
    (sum, { table }) => sum + (db.value<number>(sql`select count(*) from ${id(table)}`) ?? 0),
    0,
  );
  const plan: RebuildPlan = { isWhole: input.isWhole, records: [], stray: [], total };
  if (plan.isWhole) return plan;
  let done = 0;
  const breathe = pacer(() => input.progress(done, 2 * total));
  for (const record of everyRecord(db, registry)) {
    if (entryFault(db, context, record, total <= thoroughUpTo) !== null)
      plan.records.push([record.ledger.name, record.id]);
    done += 1;
    await breathe();
  }
  plan.isWhole = plan.records.length > total * wholeFrom;
  if (plan.isWhole) return plan;
  for await (const doc of strayDocs(db, registry, breathe)) plan.stray.push(doc);
  return plan;
}

const stretchMs = 20;

/** Lets others in after so long a stretch of work, whatever a record costs; tells how far it is at that. */
function pacer(tell: () => void): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < stretchMs) return undefined;
    tell();
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}

const perStep = 500;
const wholeFrom = 0.2;
export const thoroughUpTo = 2000;

/** Carries the plan out, in the caller's transaction. Gives the number of entries made. */
export function rebuild(
  db: WriteDb,
  registry: Registry,
  context: IndexContext,
  plan: RebuildPlan,
  progress: (done: number) => void,
): number {
  let made = 0;
  const put = (record: StoredRecord) => {
    putSearchEntry(db, record, searchTextOf(context, record));
    made += 1;
    if (made % perStep === 0) progress(made);
  };
  if (plan.isWhole) {
    clearSearchEntries(db);
    for (const record of everyRecord(db, registry)) put(record);
    return made;
  }
  for (const doc of plan.stray) removeSearchEntry(db, doc);
  for (const [ledger = '', recordId = ''] of plan.records) {
    const record = readRecord(db, registry.find(ledger), recordId);
    if (record) put(record);
  }
  return made;
}
