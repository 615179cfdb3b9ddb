import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Hit, Hits } from '#shared/api/types.ts';
import { foldForSearch, ledgerToken, queryFor, unitToken, withScope } from '#shared/domain/search-text.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpecs, LabelContext } from '#shared/kinds/kind.ts';
import type { Registry } from './registry.ts';
import { readRecord, type StoredRecord } from './table.ts';

const cap = 1001;

export type FindInput = {
  text: string;
  limit?: number | undefined;
  unitCode: string;
  clock(): number;
  readings(name: string): readonly string[];
};

/** Newest records in which every word stands, any part of any searchable field; counts stop at 1,000. */
export function findRecords(db: ReadDb, registry: Registry, labels: LabelContext, input: FindInput): Hits {
  const start = input.clock();
  const query = queryFor(input.text);
  if (query === null) return { hits: [], total: 0, capped: false, ms: 0 };
  const scoped = withScope(
    query,
    registry.all.map((ledger) => ledgerToken(ledger.name)),
    [unitToken(input.unitCode)],
  );
  // The newest are taken inside the index, before anything is joined: ordering afterwards takes a hundred times longer.
  const docs = db.all<{ ledger: string; record_id: string }>(sql`
    select d.ledger, d.record_id from
      (select rowid as doc from search where search match ${scoped} order by rowid desc limit ${input.limit ?? 50}) h
    join search_doc d on d.doc = h.doc order by h.doc desc`);
  const total =
    db.value<number>(
      sql`select count(*) from (select 1 from search where search match ${scoped} limit ${cap})`,
    ) ?? 0;
  const words = foldForSearch(input.text).split(' ').filter(Boolean);
  const hits: Hit[] = [];
  for (const doc of docs) {
    const record = readRecord(db, registry.find(doc.ledger), doc.record_id);
    if (record) hits.push(hitOf(record, words, labels, input.readings));
  }
  return { hits, total: Math.min(total, cap - 1), capped: total >= cap, ms: input.clock() - start };
}

type Readings = FindInput['readings'];

function hitOf(record: StoredRecord, words: string[], labels: LabelContext, readings: Readings): Hit {
  const { ledger, content } = record;
  const number = ledger.number ? content[ledger.number.field] : undefined;
  return {
    ledger: ledger.name,
    id: record.id,
    title: [number, record.title].filter(Boolean).join(' '),
    matched: matchedIn(record, words, labels, readings),
    day: (content[ledger.day] as string | undefined) ?? null,
  };
}

/** The first field in which a word stands, or whose name is read so, with a little of what is around it. */
function matchedIn(record: StoredRecord, words: string[], labels: LabelContext, readings: Readings): string {
  const rows: [FieldSpecs, Record<string, unknown>][] = [];
  for (const [name, child] of Object.entries(record.ledger.children)) {
    const children = record.content[name];
    if (Array.isArray(children)) for (const row of children) rows.push([child.fields, row]);
  }
  rows.push([record.ledger.fields, record.content]);
  let read = '';
  for (const [fields, values] of rows) {
    for (const [name, spec] of Object.entries(fields)) {
      const value = values[name];
      if (!spec.search || value === undefined || value === null) continue;
      const text = kindOf(spec.kind).toText(value, spec, labels);
      const folded = foldForSearch(text);
      const word = words.find((candidate) => folded.includes(candidate));
      if (word !== undefined) return `${spec.label}\uff1a${around(text, word)}`;
      if (spec.search !== 'name' || read !== '') continue;
      const isRead = readings(text).some((reading) =>
        words.some((candidate) => reading.startsWith(candidate)),
      );
      if (isRead) read = `${spec.label}\uff1a${text}`;
    }
  }
  return read;
}

function around(text: string, word: string): string {
  const at = text.toLowerCase().indexOf(word);
  if (text.length <= 40) return text;
  const from = Math.max(0, (at < 0 ? 0 : at) - 12);
  const part = text.slice(from, from + 40).replace(/\s+/g, ' ');
  return `${from > 0 ? '…' : ''}${part}${from + 40 < text.length ? '…' : ''}`;
}
