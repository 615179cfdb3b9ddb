import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { NameReader } from '#core/ledgers/name-reader.ts';
import { everyRecord, findRecord, ledgerOfRecord, type Registry } from '#core/ledgers/registry.ts';
import { strippedMark } from '#core/ledgers/stripped.ts';
import { partOf } from '#shared/ledgers/persons.ts';
import { entriesOf } from './entries.ts';
import { clearKeys } from './key-tables.ts';
import { sourceNumber, sourceStep, unpackPlace } from './places.ts';

/** Sources are numbered in the order of the descriptions while nothing is written; the commit gives them their own. */
export type StagedIndex = { parts: Bucket[]; records: number; version: number; mark: number };

/** Entries whose keys begin alike, so that millions are put in order a little at a time. */
type Bucket = { keys: number[]; places: number[] };

const perStep = 500;
const buckets = 256;
const bucketsPerStep = 8;
const perBucket = 2 ** 47 / buckets;

const describedParts = (registry: Registry) =>
  registry.all.flatMap((ledger) => (ledger.persons ?? []).map((spec) => ({ ledger, spec })));

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Works out the whole index from the records, outside of any transaction, in order of its keys. */
export async function stageIndex(
  db: ReadDb,
  registry: Registry,
  reader: NameReader,
  progress: (done: number, total: number) => void,
): Promise<StagedIndex> {
  const total = db.value<number>(sql`select count(*) from search_doc`) ?? 0;
  const steps = stage(db, registry, reader);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    progress(step.value, 2 * Math.max(total, step.value));
    await pause();
  }
}

/** The same without letting anybody in between. */
export function stageWhole(db: ReadDb, registry: Registry, reader: NameReader): StagedIndex {
  const steps = stage(db, registry, reader);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Yields how many records are done, every now and then. */
function* stage(db: ReadDb, registry: Registry, reader: NameReader): Generator<number, StagedIndex> {
  // Versions are numbered as they are written: those after this one are found without an index of their own.
  const version = db.value<number | null>(sql`select max(seq) from record_version`) ?? 0;
  const mark = strippedMark(db);
  const described = describedParts(registry);
  const parts = Array.from({ length: buckets }, (): Bucket => ({ keys: [], places: [] }));
  let records = 0;
  for (const record of everyRecord(db, registry)) {
    const numberOf = (part: string) =>
      described.findIndex(({ ledger, spec }) => ledger === record.ledger && partOf(spec) === part);
    for (const { key, place } of entriesOf(record, reader, numberOf)) {
      const bucket = parts[Math.floor(key / perBucket)];
      bucket?.keys.push(key);
      bucket?.places.push(place);
    }
    records += 1;
    if (records % perStep === 0) yield records;
  }
  for (const [index, part] of parts.entries()) {
    parts[index] = inOrder(part);
    yield records;
  }
  return { parts, records, version, mark };
}

function inOrder({ keys, places }: Bucket): Bucket {
  const order = keys.map((_, index) => index);
  order.sort(
    (one, other) => (keys[one] ?? 0) - (keys[other] ?? 0) || (places[one] ?? 0) - (places[other] ?? 0),
  );
  return {
    keys: order.map((index) => keys[index] ?? 0),
    places: order.map((index) => places[index] ?? 0),
  };
}

/**
 * Puts the staged index in the place of the old one. Records that were written meanwhile are worked out once more, so
 * that the staging needs to hold nobody up.
 */
export function commitIndex(
  db: WriteDb,
  registry: Registry,
  reader: NameReader,
  given: StagedIndex,
  progress: (done: number, total: number) => void = () => {},
): { records: number; keys: number } {
  // A record that was taken out meanwhile may have left its row number to another: begun anew, which is rare.
  const staged = given.mark === strippedMark(db) ? given : stageWhole(db, registry, reader);
  const numbers = describedParts(registry).map(({ ledger, spec }) => sourceNumber(db, ledger, spec));
  const written = db.column<string>(
    sql`select distinct record_id from record_version where seq > ${staged.version}`,
  );
  const changed = written
    .filter((recordId) => ledgerOfRecord(db, registry, recordId) !== null)
    .map((recordId) => findRecord(db, registry, recordId));
  const stale = new Set(
    changed.flatMap(({ ledger, seq }) =>
      (ledger.persons ?? []).map((spec) => `${sourceNumber(db, ledger, spec)} ${seq}`),
    ),
  );
  clearKeys(db);
  const put = (key: number, place: number) =>
    db.run(sql`insert or ignore into person_key (key, place) values (${key}, ${place})`);
  let keys = 0;
  for (const [part, { keys: sorted, places }] of staged.parts.entries()) {
    if (part % bucketsPerStep === 0)
      progress(staged.records + Math.floor((staged.records * part) / buckets), 2 * staged.records);
    sorted.forEach((key, index) => {
      const place = places[index] ?? 0;
      const { source: order, recordSeq } = unpackPlace(place);
      const source = numbers[order] ?? 0;
      if (stale.has(`${source} ${recordSeq}`)) return;
      keys += put(key, place + (source - order) * sourceStep);
    });
  }
  for (const record of changed) {
    const numberOf = (part: string) =>
      numbers[
        describedParts(registry).findIndex(
          ({ ledger, spec }) => ledger === record.ledger && partOf(spec) === part,
        )
      ] ?? 0;
    for (const { key, place } of entriesOf(record, reader, numberOf)) keys += put(key, place);
  }
  return { records: staged.records, keys };
}
