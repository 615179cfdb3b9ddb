import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { everyRecord, type Registry } from './registry.ts';
import {
  clearSearchEntries,
  digestOf,
  putSearchEntry,
  removeSearchEntry,
  searchTextOf,
} from './search-index.ts';
import { createWordCheck } from './search-words.ts';
import type { IndexContext } from './store.ts';
import { readRecord, type StoredRecord } from './table.ts';

type Doc = { doc: number; digest: Uint8Array | null };
export type EntryFault = 'missing' | 'stale';

/**
 * A check of all entries: of each record by itself, then of the whole index against what was said of the records. What
 * it does not hold against the index (`isLate`, of another text) the first part judges alone.
 */
export type EntryCheck = {
  /** What is wrong with a record's entry: `missing`, or `stale` where it was made from another text. */
  fault(record: StoredRecord): EntryFault | null;
  /** In steps, after `fault` of every record: each gives the share that is done. Afterwards `wrong` is known. */
  words(): Generator<number>;
  /** Records whose words the index does not hold as it should, by register and id. */
  wrong: [string, string][];
  /** Whether the index holds words of documents that are no entry's. */
  hasStray(): boolean;
};

export function checkEntries(db: ReadDb, registry: Registry, context: IndexContext): EntryCheck {
  const words = createWordCheck();
  const wrong: [string, string][] = [];
  let stray = false;

  function look(record: StoredRecord): { doc: number; text: string } | EntryFault | null {
    const found = db.get<Doc>(sql`select doc, digest from search_doc where record_id = ${record.id}`);
    if (!found) return 'missing';
    const text = searchTextOf(context, record);
    const late = db.value<string>(sql`select text from search_recent where doc = ${found.doc}`);
    if (late === undefined && db.value(sql`select 1 from search where rowid = ${found.doc}`) === undefined)
      return 'missing';
    if (late !== undefined && late !== text) return 'stale';
    if (found.digest === null || !digestOf(text).equals(found.digest)) return 'stale';
    return late === undefined ? { doc: found.doc, text } : null;
  }

  return {
    fault(record) {
      const found = look(record);
      if (found === null || typeof found === 'string') return found;
      words.expect(found.doc, found.text);
      return null;
    },
    *words() {
      yield* words.compare(db);
      if (words.isSound()) return;
      for (const _ of words.trace(db)) yield 1;
      for (const record of everyRecord(db, registry)) {
        const found = look(record);
        if (found !== null && typeof found !== 'string' && words.isWrong(found.doc, found.text))
          wrong.push([record.ledger.name, record.id]);
        yield 1;
      }
      stray = words
        .strays()
        .some((doc) => db.value(sql`select 1 from search_doc where doc = ${doc}`) === undefined);
    },
    wrong,
    hasStray: () => stray,
  };
}

/** Entries of records that are not there, or without the record that they stand for. */
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
  yield* db.column<number>(sql`select rowid from search where rowid not in (select doc from search_doc)`);
}

/** Entries that are in the index or should be, whatever they are of. */
export const countEntries = (db: ReadDb): number =>
  db.value<number>(sql`select (select count(*) from search_doc)
    + (select count(*) from search where rowid not in (select doc from search_doc))`) ?? 0;

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
  const breathe = pacer(() => input.progress(done, 3 * total));
  const check = checkEntries(db, registry, context);
  for (const record of everyRecord(db, registry)) {
    if (check.fault(record) !== null) plan.records.push([record.ledger.name, record.id]);
    done += 1;
    await breathe();
  }
  const isMany = () => plan.records.length > total * wholeFrom;
  plan.isWhole = isMany();
  if (plan.isWhole) return plan;
  for (const share of check.words()) {
    done = Math.round(total * (1 + share));
    await breathe();
  }
  plan.records.push(...check.wrong);
  // Words of no entry cannot be taken out by themselves.
  plan.isWhole = isMany() || check.hasStray();
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
