import type { NameReader } from '#core/ledgers/name-reader.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import { partOf, personsOf } from '#shared/ledgers/persons.ts';
import { keysOf } from './keys.ts';
import { packPlace } from './places.ts';

export type Entry = { key: number; place: number };

/** What the index holds of a record. `numberOf` numbers its sources. */
export function entriesOf(
  record: Pick<StoredRecord, 'ledger' | 'seq' | 'content'>,
  reader: NameReader,
  numberOf: (part: string) => number,
): Entry[] {
  const entries: Entry[] = [];
  for (const { spec, ordinal, values } of personsOf(record.ledger, record.content)) {
    const place = packPlace({ source: numberOf(partOf(spec)), recordSeq: record.seq, ordinal });
    if (place === null) continue;
    for (const key of keysOf(values, reader)) entries.push({ key, place });
  }
  return entries;
}
