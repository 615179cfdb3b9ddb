import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type SqlValue, sql } from '#core/db/sql.ts';
import { putBackRecord, type WriteContext } from '#core/ledgers/store.ts';
import { partsOf, putBackStripped } from '#core/ledgers/strip.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';

/** A record with all that stripping takes away of it, as text: the record, its parts, and the rows that belong to them. */
type Packed = { format: 1; records: PackedRecord[] };

export type PackedRecord = Omit<StoredRecord, 'ledger' | 'seq'> & {
  ledger: string;
  versions: Row[];
  attachments: Row[];
  papers: Row[];
  /** By the name of the derivation: what was made by people beside the record. Missing in what was sealed before. */
  beside?: Record<string, unknown>;
};

type Row = Record<string, SqlValue | { bytes: string }>;

const most = 256 * 2 ** 20;

const toText = (value: SqlValue): Row[string] =>
  value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value;
const fromText = (value: Row[string] | undefined): SqlValue =>
  typeof value === 'object' && value !== null && 'bytes' in value
    ? Buffer.from(value.bytes, 'base64')
    : (value ?? null);

const tables = { versions: 'record_version', attachments: 'attachment', papers: 'issued_paper' } as const;

function rowsOf(db: ReadDb, table: string, recordId: string): Row[] {
  return db
    .all<Record<string, SqlValue>>(sql`select * from ${id(table)} where record_id = ${recordId} order by seq`)
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toText(value)])));
}

export function packRecord(context: WriteContext, record: StoredRecord): Buffer {
  const { db, registry } = context;
  const records = [record, ...partsOf({ db, registry }, record)].map((one): PackedRecord => {
    const { ledger, seq: _seq, ...rest } = one;
    return {
      ...rest,
      ledger: ledger.name,
      versions: rowsOf(db, tables.versions, one.id),
      attachments: rowsOf(db, tables.attachments, one.id),
      papers: rowsOf(db, tables.papers, one.id),
      beside: besideOf(context, one),
    };
  });
  return deflateRawSync(JSON.stringify({ format: 1, records } satisfies Packed));
}

function besideOf(context: WriteContext, record: StoredRecord): Record<string, unknown> {
  const packed = context.derivations.map(({ name, pack }) => [name, pack?.(context, record)]);
  return Object.fromEntries(packed.filter(([, beside]) => beside !== undefined));
}

export function unpackRecords(packed: Uint8Array): PackedRecord[] {
  return (JSON.parse(inflateRawSync(packed, { maxOutputLength: most }).toString('utf8')) as Packed).records;
}

/** The record and its parts stand in their registers again, as they were and under the versions that stayed. */
export function putBack(context: WriteContext, records: readonly PackedRecord[]): void {
  const { db, registry } = context;
  for (const { ledger: name, versions, attachments, papers, beside: _later, ...rest } of records) {
    const ledger = registry.find(name);
    putBackStripped(
      db,
      rest.id,
      versions.map((row) => ({
        id: fromText(row.id) as Uint8Array,
        patch: String(fromText(row.patch)),
        whole: fromText(row.whole) as string | null,
      })),
    );
    for (const row of attachments) putRow(db, tables.attachments, row);
    for (const row of papers) putRow(db, tables.papers, row);
    putBackRecord(context, { ...rest, ledger, seq: 0 });
  }
  // Once all of them stand: what was decided may be about two of them.
  for (const { ledger, id: recordId, beside = {} } of records) {
    const record = readRecord(db, registry.find(ledger), recordId);
    if (!record) continue;
    for (const { name, unpack } of context.derivations)
      if (name in beside) unpack?.(context, record, beside[name]);
  }
}

/** Columns that this program's table has; the row number is drawn anew. */
function putRow(db: WriteDb, table: string, row: Row): void {
  const columns = db
    .column<string>(sql`select name from pragma_table_info(${table})`)
    .filter((name) => name in row && name !== 'seq');
  db.run(sql`insert into ${id(table)} (${join(columns.map(id))})
    values (${join(columns.map((name) => fromText(row[name])))})`);
}
