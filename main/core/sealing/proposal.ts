import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { partsOf } from '#core/ledgers/strip.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';
import { sealedLedgers } from '#shared/domain/sealing.ts';
import { columnOf } from '#shared/ledgers/describe.ts';

type Around = { db: ReadDb; registry: Registry };

/** How many parts of a record, by register, go with it. */
export function partsCounted(around: Around, record: StoredRecord): { ledger: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { ledger } of partsOf(around, record))
    counts.set(ledger.name, (counts.get(ledger.name) ?? 0) + 1);
  return [...counts].map(([ledger, count]) => ({ ledger, count }));
}

/**
 * Records about the same person, by the whole number, that would be parts of this one and name no whole yet: an evaluation
 * that was registered by itself. Sealing reaches the social investigation too (未成年人犯罪记录封存实施办法).
 */
export function aboutTheSame({ db, registry }: Around, { ledger, content }: StoredRecord): StoredRecord[] {
  const field = ledger.persons?.find(({ child }) => child === undefined)?.fields.idNumber;
  const number = field === undefined ? null : content[field];
  if (typeof number !== 'string' || number === '') return [];
  return registry.all.flatMap((other) => {
    const same = other.persons?.find(({ child }) => child === undefined)?.fields.idNumber;
    if (!sealedLedgers.includes(other.name) || other.partOf === undefined || same === undefined) return [];
    if (other.fields[other.partOf]?.ref !== ledger.name) return [];
    return db
      .column<string>(sql`select id from ${id(other.table)}
        where ${id(columnOf(same))} = ${number} and ${id(columnOf(other.partOf))} is null order by seq`)
      .flatMap((recordId) => readRecord(db, other, recordId) ?? []);
  });
}
