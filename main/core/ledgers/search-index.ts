import { pinyin } from 'pinyin-pro';
import type { WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import { dayNumber, parseDay } from '#shared/domain/day.ts';
import { indexText, ledgerToken, readingTokens, unitTokens } from '#shared/domain/search-text.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';

/** Documents are numbered by day, newest highest, so that a query takes the newest hits inside the index. */
const perDay = 2 ** 24;
const keptReadings = 50_000;

/** Initials and pinyin of a name, with the surname's own reading; kept, because the same names come back all day. */
export function createReadings(): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const syllables = pinyin(name, { toneType: 'none', surname: 'head', type: 'array', v: true });
    const readings = [syllables.map((syllable) => syllable.slice(0, 1)).join(''), syllables.join('')];
    if (known.size >= keptReadings) known.clear();
    known.set(name, readings);
    return readings;
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

/** Puts a record's entry into the index, or renews it. */
export function putSearchEntry(
  db: WriteDb,
  ledger: LedgerSpec,
  recordId: string,
  content: RecordContent,
  text: string,
): void {
  const day = parseDay(String(content[ledger.day] ?? ''));
  const first = (day === null ? 0 : dayNumber(day)) * perDay;
  const old = db.value<number>(sql`select doc from search_doc where record_id = ${recordId}`);
  if (old !== undefined && old >= first && old < first + perDay) {
    db.run(sql`insert or replace into search (rowid, text) values (${old}, ${text})`);
    return;
  }
  if (old !== undefined) {
    db.run(sql`delete from search where rowid = ${old}`);
    db.run(sql`delete from search_doc where doc = ${old}`);
  }
  const last = db.value<number | null>(
    sql`select max(doc) from search_doc where doc >= ${first} and doc < ${first + perDay}`,
  );
  const doc = (last ?? first) + 1;
  db.run(sql`insert into search_doc (doc, ledger, record_id) values (${doc}, ${ledger.name}, ${recordId})`);
  db.run(sql`insert into search (rowid, text) values (${doc}, ${text})`);
}

/** A small step of merging the index, for idle moments; false when nothing was left to do. */
export function mergeStep(db: WriteDb): boolean {
  const before = db.value<number>(sql`select total_changes()`) ?? 0;
  db.run(sql`insert into search (search, rank) values ('merge', 16)`);
  return (db.value<number>(sql`select total_changes()`) ?? 0) - before > 1;
}
