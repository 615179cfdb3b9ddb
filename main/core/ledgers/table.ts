import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type Sql, type SqlValue, sql } from '#core/db/sql.ts';
import type { RecordContent, Scalar } from '#shared/api/types.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec, systemColumnsOf } from '#shared/ledgers/describe.ts';

/** A row of a ledger table as the database has it. */
export type TableRow = Record<string, SqlValue>;

/** A record as it stands: what is beside its content, and the content. */
export type StoredRecord = {
  ledger: LedgerSpec;
  seq: number;
  id: string;
  unitId: string;
  state: string;
  version: string;
  depth: number;
  tips: number;
  title: string;
  updatedAt: string;
  content: RecordContent;
};

const hex = (bytes: SqlValue | undefined) => Buffer.from(bytes as Uint8Array).toString('hex');

export function toColumn(value: Scalar | undefined): SqlValue {
  if (value === undefined || value === null) return null;
  return typeof value === 'boolean' ? Number(value) : value;
}

export function fromColumn(value: SqlValue | undefined, isFlag: boolean): Scalar {
  if (value === undefined || value === null) return null;
  if (isFlag) return value === 1;
  return typeof value === 'bigint' ? Number(value) : (value as string | number);
}

/** Fields of a row, in the order of the description, without empty ones. */
export function contentOf(fields: FieldSpecs, row: TableRow): Record<string, Scalar> {
  const content: Record<string, Scalar> = {};
  for (const [name, spec] of Object.entries(fields)) {
    const value = fromColumn(row[columnOf(name)], spec.kind === 'flag');
    if (value !== null) content[name] = value;
  }
  return content;
}

export function readRecord(db: ReadDb, ledger: LedgerSpec, recordId: string): StoredRecord | null {
  const row = db.get<TableRow>(sql`select * from ${id(ledger.table)} where id = ${recordId}`);
  return row ? recordFrom(db, ledger, row) : null;
}

export function recordFrom(db: ReadDb, ledger: LedgerSpec, row: TableRow): StoredRecord {
  const content: RecordContent = contentOf(ledger.fields, row);
  for (const [name, child] of Object.entries(ledger.children)) {
    const rows = db.all<TableRow>(
      sql`select * from ${id(child.table)} where record_seq = ${row.seq ?? null} order by ordinal`,
    );
    if (rows.length === 0 && child.isBeside) continue;
    content[name] = rows.map((part) => contentOf(child.fields, part));
  }
  return {
    ledger,
    seq: Number(row.seq),
    id: String(row.id),
    unitId: String(row.unit_id),
    state: String(row.state),
    version: hex(row.version),
    depth: Number(row.depth),
    tips: Number(row.tips),
    title: String(row.title),
    updatedAt: String(row.updated_at),
    content,
  };
}

const plans = new WeakMap<LedgerSpec, { columns: Sql; fields: string[] }>();

function planOf(ledger: LedgerSpec): { columns: Sql; fields: string[] } {
  const known = plans.get(ledger);
  if (known) return known;
  const fields = Object.keys(ledger.fields);
  const columns = join([...systemColumnsOf(ledger).slice(1), ...fields.map(columnOf)].map(id));
  const plan = { columns, fields };
  plans.set(ledger, plan);
  return plan;
}

function valuesOf(record: Omit<StoredRecord, 'seq'>, order: number | null, fields: string[]): SqlValue[] {
  return [
    record.id,
    record.unitId,
    record.state,
    Buffer.from(record.version, 'hex'),
    record.depth,
    record.tips,
    record.title,
    record.updatedAt,
    ...(record.ledger.number ? [order] : []),
    ...fields.map((field) => toColumn(record.content[field] as Scalar | undefined)),
  ];
}

/** Only the one write path (store.ts) calls these two. `order`: what puts a numbered ledger's records in order. */
export function insertRow(db: WriteDb, record: Omit<StoredRecord, 'seq'>, order: number | null): number {
  const { columns, fields } = planOf(record.ledger);
  const seq = db.insert(
    sql`insert into ${id(record.ledger.table)} (${columns}) values (${join(valuesOf(record, order, fields))})`,
  );
  insertChildren(db, record, seq);
  return seq;
}

export function updateRow(
  db: WriteDb,
  record: StoredRecord,
  order: number | null,
  childrenChanged: boolean,
): void {
  const { columns, fields } = planOf(record.ledger);
  const changed = db.run(
    sql`update ${id(record.ledger.table)} set (${columns}) = (${join(valuesOf(record, order, fields))}) where seq = ${record.seq}`,
  );
  if (changed !== 1) throw new Error(`record ${record.id} was not updated`);
  if (!childrenChanged) return;
  for (const child of Object.values(record.ledger.children)) {
    db.run(sql`delete from ${id(child.table)} where record_seq = ${record.seq}`);
  }
  insertChildren(db, record, record.seq);
}

/** Only for content that is taken out whole (strip.ts). */
export function deleteRow(db: WriteDb, { ledger, seq }: StoredRecord): void {
  for (const child of Object.values(ledger.children))
    db.run(sql`delete from ${id(child.table)} where record_seq = ${seq}`);
  if (db.run(sql`delete from ${id(ledger.table)} where seq = ${seq}`) !== 1)
    throw new Error('a record was not there to be taken out');
}

function insertChildren(db: WriteDb, record: Omit<StoredRecord, 'seq'>, seq: number): void {
  for (const [name, child] of Object.entries(record.ledger.children)) {
    const rows = record.content[name];
    if (!Array.isArray(rows)) continue;
    const fields = Object.keys(child.fields);
    const columns = join([id('record_seq'), id('ordinal'), ...fields.map((field) => id(columnOf(field)))]);
    rows.forEach((row, ordinal) => {
      const values = [seq, ordinal, ...fields.map((field) => toColumn(row[field]))];
      db.run(sql`insert into ${id(child.table)} (${columns}) values (${join(values)})`);
    });
  }
}
