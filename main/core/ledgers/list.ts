import type { z } from 'zod';
import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { FilterInput, ListInput } from '#shared/api/methods.ts';
import type { Page, Row, Scalar } from '#shared/api/types.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { type Registry, titleOf } from './registry.ts';
import { fromColumn, type TableRow, toColumn } from './table.ts';

type Filter = z.infer<typeof FilterInput>;
type Query = z.infer<typeof ListInput>;

const pageSize = 100;

/** Columns of the list: what the description shows or sorts by. */
export function listFields(ledger: LedgerSpec): string[] {
  return Object.entries(ledger.fields)
    .filter(([, spec]) => spec.list !== undefined || spec.sort)
    .map(([name]) => name);
}

/** Everything a list may be sorted by; each has its index (a query-plan test holds it). */
export function sortFields(ledger: LedgerSpec): string[] {
  return [
    'title',
    'state',
    ...Object.entries(ledger.fields)
      .filter(([, spec]) => spec.sort)
      .map(([name]) => name),
  ];
}

export function filterFields(ledger: LedgerSpec): string[] {
  return [
    'state',
    'unitId',
    ...Object.entries(ledger.fields)
      .filter(([, spec]) => spec.filter)
      .map(([name]) => name),
  ];
}

export function conditionOf(ledger: LedgerSpec, filter: Filter | undefined): Sql {
  const parts: Sql[] = [];
  for (const [field, wanted] of Object.entries(filter ?? {})) {
    if (!filterFields(ledger).includes(field)) throw new AppError('filter-unknown', { field });
    const column = id(columnOf(field));
    if (wanted === null) parts.push(sql`${column} is null`);
    else if (Array.isArray(wanted)) parts.push(sql`${column} in (${join(wanted.map(toColumn))})`);
    else if (typeof wanted === 'object') {
      if (wanted.from !== undefined) parts.push(sql`${column} >= ${wanted.from}`);
      if (wanted.to !== undefined) parts.push(sql`${column} <= ${wanted.to}`);
    } else parts.push(sql`${column} = ${toColumn(wanted)}`);
  }
  return parts.length === 0 ? sql`` : sql`where ${join(parts, ' and ')}`;
}

export function pageQuery(ledger: LedgerSpec, query: Query): Sql {
  const sort = query.sort ?? { field: ledger.day, descending: true };
  if (!sortFields(ledger).includes(sort.field)) throw new AppError('filter-unknown', { field: sort.field });
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const where = conditionOf(ledger, query.filter);
  const columns = join(
    ['id', 'version', 'state', 'unit_id', 'title', ...listFields(ledger).map(columnOf)].map(id),
  );
  // The page is found in the index alone; only its rows are then read from the table. Equal values go by the ledger's
  // day, which is the second column of every index: a column with few values would else be sorted whole for a page.
  const order = join(
    [...new Set([sort.field, ledger.day])].map((field) => sql`${id(columnOf(field))} ${direction}`),
  );
  return sql`select ${columns} from ${id(ledger.table)} where seq in (
      select seq from ${id(ledger.table)} ${where}
      order by ${order}, seq ${direction}
      limit ${query.limit ?? pageSize} offset ${query.offset ?? 0})
    order by ${order}, seq ${direction}`;
}

export function listRecords(db: ReadDb, registry: Registry, query: Query): Page {
  const ledger = registry.find(query.ledger);
  const fields = listFields(ledger);
  const where = conditionOf(ledger, query.filter);
  const total = db.value<number>(sql`select count(*) from ${id(ledger.table)} ${where}`) ?? 0;
  const titles: Record<string, string> = {};
  const rows = db.all<TableRow>(pageQuery(ledger, query)).map((row) => {
    const out: Row = {
      id: String(row.id),
      version: Buffer.from(row.version as Uint8Array).toString('hex'),
      state: String(row.state),
      unitId: String(row.unit_id),
      title: String(row.title),
    };
    for (const field of fields) {
      const spec = ledger.fields[field] as FieldSpec;
      const value: Scalar = fromColumn(row[columnOf(field)], spec.kind === 'flag');
      out[field] = value;
      if (spec.kind === 'ref' && typeof value === 'string' && titles[value] === undefined) {
        titles[value] = titleOf(db, registry, spec.ref ?? '', value) ?? '';
      }
    }
    return out;
  });
  return { rows, total, titles };
}

/** Records to choose from in a field of kind `ref`: those in use whose title holds the text, newest first. */
export function choices(
  db: ReadDb,
  registry: Registry,
  input: { ledger: string; text?: string | undefined; limit?: number | undefined },
) {
  const ledger = registry.find(input.ledger);
  const like = `%${(input.text ?? '').trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const closed = Object.entries(ledger.workflow.states)
    .filter(([, state]) => state.isClosed)
    .map(([name]) => name);
  const rows = db.all<{ id: string; title: string; state: string }>(sql`
    select id, title, state from ${id(ledger.table)}
    where title like ${like} escape ${'\\'} and state not in (${join(closed)})
    order by ${id(columnOf(ledger.day))} desc, seq desc limit ${input.limit ?? 20}`);
  return rows.map((row) => ({
    id: row.id,
    label: row.title,
    note: ledger.workflow.states[row.state]?.label ?? '',
  }));
}
