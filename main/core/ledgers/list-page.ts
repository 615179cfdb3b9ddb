import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec, orderColumnOf } from '#shared/ledgers/describe.ts';
import { bySize, few, gathering, isMember, type Sized, type Wanted } from './list-count.ts';
import { whereAll } from './list-parts.ts';
import type { TableRow } from './table.ts';

export type Sort = { field: string; descending: boolean };
export type Place = { sort: Sort; offset: number; limit: number };

/**
 * `few`: matching records that are gathered and sorted; `tested`: rows read one by one along the order, at least and at
 * most.
 */
export type Bounds = { few: number; tested: number; mostTested: number };
const usualBounds: Bounds = { few, tested: 1000, mostTested: 2000 };

/**
 * How many rows are worth reading along an order: twice as many as should do where what matches is spread evenly. One
 * in ten matching, a thousand rows held a page only every second time, and then the row numbers of all that matches had
 * to be laid out: 100,000 of a million for a hundred rows. Of what is rarer there are fewer to lay out.
 */
function worthTesting({ all, total }: Wanted, end: number, { tested, mostTested }: Bounds): number {
  const enough = Math.ceil((2 * end * all) / Math.max(1, total));
  return enough > mostTested ? tested : Math.max(tested, enough);
}

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
      .filter(([, spec]: [string, FieldSpec]) => spec.sort)
      .map(([name]) => name),
  ];
}

/**
 * Equal values go by the ledger's day, which is the second column of every index: a column with few values would else be
 * sorted whole for a page.
 */
function orderOf(ledger: LedgerSpec, { field, descending }: Sort): Sql {
  if (!sortFields(ledger).includes(field)) throw new AppError('filter-unknown', { field });
  const direction = descending ? sql`desc` : sql`asc`;
  const order = [...new Set([field, ledger.day])].map(
    (one) => sql`${id(orderColumnOf(ledger, one))} ${direction}`,
  );
  return sql`${join(order, ', ')}, seq ${direction}`;
}

const cut = ({ limit, offset }: Place): Sql => sql`limit ${limit} offset ${offset}`;

/**
 * The part whose own index is in the order wanted: that of the sorted column, and in the usual order, by day, every one,
 * because each index goes on by day within its values.
 */
function leadOf(ledger: LedgerSpec, { sized, units }: Wanted, { field }: Sort): Sized | null {
  const own = sized.find((part) => part.field === field);
  if (own) return own;
  return field === ledger.day && units === null ? (bySize(sized)[0] ?? null) : null;
}

/** Along the index of the order, reading so many records to test them; may find less than there is. */
export function testedWalk(ledger: LedgerSpec, wanted: Wanted, place: Place, most: number): Sql {
  const lead = leadOf(ledger, wanted, place.sort);
  const parts = [...wanted.sized, ...(wanted.units ? [wanted.units] : [])].filter((part) => part !== lead);
  const columns = [...new Map(parts.flatMap((part) => part.columns).map((one) => [one.text, one])).values()];
  return sql`select seq from (select ${join([id('seq'), ...columns])} from ${id(ledger.table)}
    ${whereAll(lead ? [lead.lead] : [])} order by ${orderOf(ledger, place.sort)} limit ${most})
    ${whereAll(parts.map(({ test }) => test))} ${cut(place)}`;
}

/** Along the index of the order, looking each record up among row numbers that other indexes gave: reads no record. */
export function memberWalk(ledger: LedgerSpec, wanted: Wanted, place: Place): Sql {
  const { sized, units } = wanted;
  const lead = leadOf(ledger, wanted, place.sort);
  const conditions = sized.map((part) => (part === lead ? part.lead : isMember(ledger, part)));
  // The index by day holds the unit, where it is wide; along another one each record would be read for it.
  const isByDay = place.sort.field === ledger.day && lead === null;
  if (units)
    conditions.push(
      isByDay ? units.test : sql`+seq in (select seq from ${id(ledger.table)} where ${units.lead})`,
    );
  return sql`select seq from ${id(ledger.table)} ${whereAll(conditions)}
    order by ${orderOf(ledger, place.sort)} ${cut(place)}`;
}

/** All that matches, put in order: read from the table are only these. */
export function gathered(ledger: LedgerSpec, wanted: Wanted, place: Place, most: number): Sql {
  const table = id(ledger.table);
  return sql`select seq from ${table} where seq in
      (select seq from ${table} ${whereAll(gathering(ledger, wanted, most))})
    order by ${orderOf(ledger, place.sort)} ${cut(place)}`;
}

/**
 * Row numbers of a page, in its order. Which way is quick depends on how many match: a few are gathered; of many a page
 * is soon found along the order, unless what matches lies at its far end – nearly all cases are agreed, and those that
 * are not come first by outcome.
 */
export function pageOf(
  db: ReadDb,
  ledger: LedgerSpec,
  wanted: Wanted,
  place: Place,
  bounds: Bounds = usualBounds,
): number[] {
  const { sized, units, total } = wanted;
  const { offset, limit } = place;
  const expected = Math.max(0, Math.min(limit, total - offset));
  if (expected === 0) return [];
  const isOneMore = sized.length + (units ? 1 : 0) > (leadOf(ledger, wanted, place.sort) ? 1 : 0);
  if (isOneMore && total <= bounds.few) return db.column<number>(gathered(ledger, wanted, place, bounds.few));
  const most = worthTesting(wanted, offset + limit, bounds);
  if (isOneMore && 2 * (offset + limit) <= most) {
    const rows = db.column<number>(testedWalk(ledger, wanted, place, most));
    if (rows.length >= expected) return rows;
  }
  return db.column<number>(memberWalk(ledger, wanted, place));
}

/** The records of a page, read from the table once the page is known. `more`: fields besides those of the list. */
export function rowsOf(
  db: ReadDb,
  ledger: LedgerSpec,
  page: readonly number[],
  more: readonly string[],
): TableRow[] {
  const shown = new Set([...listFields(ledger), ...more].map(columnOf));
  const columns = join(['seq', 'id', 'version', 'state', 'unit_id', 'title', ...shown].map(id));
  const rows = db.all<TableRow>(sql`select ${columns} from ${id(ledger.table)}
    where seq in (select value from json_each(${JSON.stringify(page)}))`);
  const found = new Map(rows.map((row) => [Number(row.seq), row]));
  return page.map((seq) => found.get(seq)).filter((row) => row !== undefined);
}
