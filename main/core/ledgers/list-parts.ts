import type { z } from 'zod';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { FilterInput } from '#shared/api/inputs.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec, numberOrder } from '#shared/ledgers/describe.ts';
import { isNumbered } from '#shared/ledgers/workflow.ts';
import { toColumn } from './table.ts';

export type Filter = z.infer<typeof FilterInput>;

/** One field of a filter. */
export type Part = {
  field: string;
  /** Columns it looks at. */
  columns: readonly Sql[];
  /** As a condition that may choose the index, and as one that is only tested along another. */
  lead: Sql;
  test: Sql;
  /** Row numbers of the records that do not match, read from the same index; null where it does not hold them together. */
  others: Sql | null;
  /** Of the unit: no list of units says it, so it is counted by its condition. */
  isByRow?: true;
};

export function filterFields(ledger: LedgerSpec): string[] {
  return [
    'state',
    'unitId',
    ...Object.entries(ledger.fields)
      .filter(([, spec]) => spec.filter)
      .map(([name]) => name),
  ];
}

/** Has come as far as to have a number, where there was none to give. */
export function isWaiting(ledger: LedgerSpec): Sql {
  const { workflow } = ledger;
  const unnumbered = Object.keys(workflow.states).filter((state) => !isNumbered(workflow, state));
  const field = id(columnOf(ledger.number?.field ?? ''));
  return sql`(${id(numberOrder)} is null and ${field} is null and state not in (${join(unnumbered)}))`;
}

/** Throws `filter-unknown` for a field that the description does not offer. */
export function partsOf(ledger: LedgerSpec, filter: Filter | undefined): Part[] {
  return Object.entries(filter ?? {}).map(([field, wanted]) => {
    // A number is no filter; having none yet is.
    if (wanted === null && field === ledger.number?.field) {
      const lead = isWaiting(ledger);
      const columns = [numberOrder, columnOf(field), 'state'].map(id);
      return { field, columns, lead, test: lead, others: null };
    }
    if (!filterFields(ledger).includes(field)) throw new AppError('filter-unknown', { field });
    const column = id(columnOf(field));
    return {
      field,
      columns: [column],
      lead: conditionOn(column, wanted),
      test: conditionOn(sql`+${column}`, wanted),
      others: othersThan(ledger, field, wanted),
    };
  });
}

export function conditionOn(column: Sql, wanted: Filter[string]): Sql {
  if (wanted === null) return sql`${column} is null`;
  if (Array.isArray(wanted)) return sql`${column} in (${join(wanted.map(toColumn))})`;
  if (typeof wanted !== 'object') return sql`${column} = ${toColumn(wanted)}`;
  const ends = [
    ...(wanted.from === undefined ? [] : [sql`${column} >= ${wanted.from}`]),
    ...(wanted.to === undefined ? [] : [sql`${column} <= ${wanted.to}`]),
  ];
  return ends.length === 0 ? sql`true` : join(ends, ' and ');
}

/** The state, and what is required of every record, is never null in the table either. */
export const mayLack = (spec: FieldSpec | undefined): boolean =>
  spec !== undefined && !(spec.required && !spec.when);

/** What lies before and behind the values wanted, each a stretch of the index by this column. */
function othersThan(ledger: LedgerSpec, field: string, wanted: Filter[string]): Sql | null {
  if (Array.isArray(wanted) || field === 'unitId') return null;
  const column = id(columnOf(field));
  const rows = (condition: Sql) => sql`select seq from ${id(ledger.table)} where ${condition}`;
  const spec = ledger.fields[field];
  const isText = spec === undefined || kindOf(spec.kind).sqlType === 'TEXT';
  // Below every value there is only null. `is not null` would be tested on every entry of the index.
  if (wanted === null) return rows(isText ? sql`${column} >= ''` : sql`${column} >= -9223372036854775807`);
  const isRange = typeof wanted === 'object';
  const from = isRange ? wanted.from : toColumn(wanted);
  const to = isRange ? wanted.to : toColumn(wanted);
  // Ends the wrong way round: the stretches would overlap.
  if (from != null && to != null && from > to) return null;
  const stretches = [
    ...(from === undefined ? [] : [rows(sql`${column} < ${from}`)]),
    ...(to === undefined ? [] : [rows(sql`${column} > ${to}`)]),
  ];
  if (stretches.length === 0) return null;
  return join(mayLack(spec) ? [...stretches, rows(sql`${column} is null`)] : stretches, ' union all ');
}

export const whereAll = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`` : sql`where ${join(conditions, ' and ')}`;
