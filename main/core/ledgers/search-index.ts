import { createHash } from 'node:crypto';
import { pinyin } from 'pinyin-pro';
import type { WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { dayNumber, parseDay } from '#shared/domain/day.ts';
import { indexText, ledgerToken, readingTokens, unitTokens } from '#shared/domain/search-text.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Derivation, WriteContext } from './store.ts';
import type { StoredRecord } from './table.ts';

/** Documents are numbered by day, newest highest, so that a query takes the newest hits inside the index. */
const perDay = 2 ** 24;
const keptReadings = 50_000;
const plain = { toneType: 'none', type: 'array', v: true } as const;

/** First characters of surnames of two, of which the first alone may be read otherwise (尉迟 yu, 长孙 zhang, 万俟 mo). */
const doubled =
  /^[欧司上诸东皇尉公长宇慕令万单闻夏端百呼南西第轩申澹濮淳太钟鲜拓赫独纳夹亓巫乐微宰谷段梁左子颛漆壤驷贺达仲哈归海羊]/;
const shortName = /^\p{Script=Han}{1,4}$/u;

/** Initials and pinyin of a name, with the surname's own reading; kept, because the same names come back all day. */
export function createReadings(): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const heads = new Map<string, string>();
  const others = new Map<string, string | null>();

  /** The reading of a character wherever it stands; null for one with several. */
  const onlyReading = (character: string): string | null => {
    let reading = others.get(character);
    if (reading === undefined) {
      const all = pinyin(character, { ...plain, multiple: true });
      reading = new Set(all).size === 1 ? (all[0] ?? null) : null;
      others.set(character, reading);
    }
    return reading;
  };
  const headReading = (character: string): string => {
    let reading = heads.get(character);
    if (reading === undefined) {
      reading = pinyin(character, { ...plain, surname: 'head' })[0] ?? '';
      heads.set(character, reading);
    }
    return reading;
  };
  /** Names of people are nearly all put together of what is known of their characters: a tenth of the time. */
  const composed = (name: string): string[] | null => {
    if (!shortName.test(name) || doubled.test(name)) return null;
    const [head = '', ...rest] = Array.from(name);
    const readings = rest.map(onlyReading);
    return readings.includes(null) ? null : [headReading(head), ...(readings as string[])];
  };
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const syllables = composed(name) ?? pinyin(name, { ...plain, surname: 'head' });
    const readings = [syllables.map((syllable) => syllable.slice(0, 1)).join(''), syllables.join('')];
    if (known.size >= keptReadings) known.clear();
    known.set(name, readings);
    return readings;
  };
}

/**
 * Whether a name may be read so, by everything that its characters can be read as. To see which of fifty hits' names
 * was meant, their own readings would have to be worked out, at 0.2 ms a name; those of a character are kept.
 */
export function createPossibleReadings(): (name: string, word: string) => boolean {
  const known = new Map<string, readonly string[]>();
  const readingsOf = (character: string): readonly string[] => {
    const found = known.get(character);
    if (found !== undefined) return found;
    const readings = pinyin(character, { ...plain, multiple: true });
    const surname = pinyin(character, { ...plain, surname: 'all' });
    const all = [...new Set([...readings, ...surname])];
    known.set(character, all);
    return all;
  };
  /** Whether the word is the beginning of the characters' whole readings one after another. */
  const isWhole = (characters: readonly string[], word: string): boolean => {
    const [first, ...others] = characters;
    if (first === undefined) return false;
    return readingsOf(first).some(
      (reading) =>
        reading !== '' &&
        (reading.startsWith(word) ||
          (word.startsWith(reading) && isWhole(others, word.slice(reading.length)))),
    );
  };
  return (name, word) => {
    const characters = Array.from(name);
    const isInitials =
      word.length <= characters.length &&
      Array.from(word).every((letter, at) =>
        readingsOf(characters[at] ?? '').some((reading) => reading.startsWith(letter)),
      );
    return isInitials || isWhole(characters, word);
  };
}

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
  return searchText({ ledger, unitCode, content }, context.labels, context.readings);
}

/** What the index is made from besides the records. */
export type IndexContext = Pick<WriteContext, 'labels' | 'readings' | 'unitCodeOf'>;

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
