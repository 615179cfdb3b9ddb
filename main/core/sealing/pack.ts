import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type SqlValue, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { putBackRecord, type WriteContext } from '#core/ledgers/store.ts';
import { partsOf, putBackStripped } from '#core/ledgers/strip.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';

/** A record with all that stripping takes away of it, as text: the record, its parts, and the rows that belong to them. */
type Packed = { format: 1; records: PackedRecord[] };

export type PackedRecord = Omit<StoredRecord, 'ledger' | 'seq'> & {
  ledger: string;
  versions: Row[];
  attachments: Row[];
  papers: Row[];
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

export function packRecord(db: ReadDb, registry: Registry, record: StoredRecord): Buffer {
  const records = [record, ...partsOf({ db, registry }, record)].map((one): PackedRecord => {
    const { ledger, seq: _seq, ...rest } = one;
    return {
      ...rest,
      ledger: ledger.name,
      versions: rowsOf(db, tables.versions, one.id),
      attachments: rowsOf(db, tables.attachments, one.id),
      papers: rowsOf(db, tables.papers, one.id),
    };
  });
  return deflateRawSync(JSON.stringify({ format: 1, records } satisfies Packed));
}

export function unpackRecords(packed: Uint8Array): PackedRecord[] {
  return (JSON.parse(inflateRawSync(packed, { maxOutputLength: most }).toString('utf8')) as Packed).records;
}

/** The record and its parts stand in their registers again, as they were and under the versions that stayed. */
export function putBack(context: WriteContext, records: readonly PackedRecord[]): void {
  const { db, registry } = context;
  for (const { ledger: name, versions, attachments, papers, ...rest } of records) {
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
}

/** Columns that this program's table has; the row number is drawn anew. */
function putRow(db: WriteDb, table: string, row: Row): void {
  const columns = db
    .column<string>(sql`select name from pragma_table_info(${table})`)
    .filter((name) => name in row && name !== 'seq');
  db.run(sql`insert into ${id(table)} (${join(columns.map(id))})
    values (${join(columns.map((name) => fromText(row[name])))})`);
}
