import type { z } from 'zod';
import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { FilterInput, ListInput } from '#shared/api/inputs.ts';
import type { Page, Row, Scalar } from '#shared/api/types.ts';
import type { DecidedMapping } from '#shared/domain/code-mapping.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec, numberOrder, orderColumnOf } from '#shared/ledgers/describe.ts';
import { isNumbered } from '#shared/ledgers/workflow.ts';
import { chosenMappings, fieldsBehind, publishedOfRow } from './published.ts';
import { type Registry, titleOf } from './registry.ts';
import { strippedMark } from './stripped.ts';
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

/** Has come as far as to have a number, where there was none to give. */
export function isWaiting(ledger: LedgerSpec): Sql {
  const { workflow } = ledger;
  const unnumbered = Object.keys(workflow.states).filter((state) => !isNumbered(workflow, state));
  const field = id(columnOf(ledger.number?.field ?? ''));
  return sql`(${id(numberOrder)} is null and ${field} is null and state not in (${join(unnumbered)}))`;
}

/** `isWalk`: the condition is not to choose the index, but to be tested along another one. */
export function conditionOf(ledger: LedgerSpec, filter: Filter | undefined, isWalk = false): Sql {
  const parts: Sql[] = [];
  for (const [field, wanted] of Object.entries(filter ?? {})) {
    // A number is no filter; having none yet is.
    if (wanted === null && field === ledger.number?.field) {
      parts.push(isWaiting(ledger));
      continue;
    }
    if (!filterFields(ledger).includes(field)) throw new AppError('filter-unknown', { field });
    const column = isWalk ? sql`+${id(columnOf(field))}` : id(columnOf(field));
    if (wanted === null) parts.push(sql`${column} is null`);
    else if (Array.isArray(wanted)) parts.push(sql`${column} in (${join(wanted.map(toColumn))})`);
    else if (typeof wanted === 'object') {
      if (wanted.from !== undefined) parts.push(sql`${column} >= ${wanted.from}`);
      if (wanted.to !== undefined) parts.push(sql`${column} <= ${wanted.to}`);
    } else parts.push(sql`${column} = ${toColumn(wanted)}`);
  }
  return parts.length === 0 ? sql`` : sql`where ${join(parts, ' and ')}`;
}

/**
 * Whether a page is found sooner by going along the index of its order and testing each record, than by gathering all
 * that match and sorting them. Each looks at about so many records; a range of days is gathered fast in any case,
 * because its records lie together.
 */
function isWalkCheaper(ledger: LedgerSpec, query: Query, matching: number, all: number): boolean {
  const day = query.filter?.[ledger.day];
  if (query.sort === undefined || (typeof day === 'object' && day !== null)) return false;
  const wanted = (query.offset ?? 0) + (query.limit ?? pageSize);
  return matching > 0 && (2 * (wanted * all)) / matching < matching;
}

/** `more`: fields to be read besides those of the list. */
export function pageQuery(
  ledger: LedgerSpec,
  query: Query,
  isWalk = false,
  more: readonly string[] = [],
): Sql {
  const sort = query.sort ?? { field: ledger.day, descending: true };
  if (!sortFields(ledger).includes(sort.field)) throw new AppError('filter-unknown', { field: sort.field });
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const where = conditionOf(ledger, query.filter, isWalk);
  const shown = new Set([...listFields(ledger), ...more].map(columnOf));
  const columns = join(['id', 'version', 'state', 'unit_id', 'title', ...shown].map(id));
  // The page is found in the index alone; only its rows are then read from the table. Equal values go by the ledger's
  // day, which is the second column of every index: a column with few values would else be sorted whole for a page.
  const order = join(
    [...new Set([sort.field, ledger.day])].map(
      (field) => sql`${id(orderColumnOf(ledger, field))} ${direction}`,
    ),
  );
  return sql`select ${columns} from ${id(ledger.table)} where seq in (
      select seq from ${id(ledger.table)} ${where}
      order by ${order}, seq ${direction}
      limit ${query.limit ?? pageSize} offset ${query.offset ?? 0})
    order by ${order}, seq ${direction}`;
}

type Counts = { version: string; known: Map<string, number> };
const counts = new WeakMap<ReadDb, Counts>();
const keptCounts = 200;

/** How many records match; counted once until somebody writes, because every page of a list asks again. */
function countOf(db: ReadDb, ledger: LedgerSpec, where: Sql): number {
  const version =
    db.value<string>(sql`select data_version || ' ' || total_changes() from pragma_data_version`) ?? '';
  let kept = counts.get(db);
  if (kept?.version !== version || kept.known.size >= keptCounts) {
    kept = { version, known: new Map() };
    counts.set(db, kept);
  }
  const asked = `${ledger.table} ${where.text} ${JSON.stringify(where.values)}`;
  const known = kept.known.get(asked);
  if (known !== undefined) return known;
  const found = db.value<number>(sql`select count(*) from ${id(ledger.table)} ${where}`) ?? 0;
  kept.known.set(asked, found);
  return found;
}

type Length = { count: number; last: number; mark: string };
const lengths = new WeakMap<ReadDb, Map<string, Length>>();

/**
 * How many records there are, of all units or of one. Rows are only ever added (what is void stays, absence never
 * deletes) but for those that are taken out (strip.ts, which `mark` tells), and a record's unit never changes, so those
 * since the last time are enough: counting 300,000 anew after every save would take longer than the page.
 */
function countLasting(db: ReadDb, ledger: LedgerSpec, unitId?: string): number {
  const known = lengths.get(db) ?? new Map<string, Length>();
  lengths.set(db, known);
  const table = id(ledger.table);
  const last = db.value<number | null>(sql`select max(seq) from ${table}`) ?? 0;
  const asked = `${ledger.table} ${unitId ?? ''}`;
  const found = known.get(asked);
  const mark = strippedMark(db);
  const before = found && found.last <= last && found.mark === mark ? found : { count: 0, last: 0 };
  const parts = [
    ...(before.last === 0 ? [] : [sql`seq > ${before.last}`]),
    ...(unitId === undefined ? [] : [sql`unit_id = ${unitId}`]),
  ];
  const where = parts.length === 0 ? sql`` : sql`where ${join(parts, ' and ')}`;
  const added = db.value<number>(sql`select count(*) from ${table} ${where}`) ?? 0;
  const count = before.count + added;
  known.set(asked, { count, last, mark });
  return count;
}

function countMatching(db: ReadDb, ledger: LedgerSpec, filter: Filter): number {
  const { unitId, ...others } = filter;
  if (typeof unitId === 'string' && Object.keys(others).length === 0) return countLasting(db, ledger, unitId);
  return countOf(db, ledger, conditionOf(ledger, filter));
}

export function listRecords(
  db: ReadDb,
  registry: Registry,
  query: Query,
  known: readonly DecidedMapping[],
): Page {
  const ledger = registry.find(query.ledger);
  const fields = listFields(ledger);
  const { filter = {} } = query;
  const isFiltered = Object.keys(filter).length > 0;
  const all = countLasting(db, ledger);
  const total = isFiltered ? countMatching(db, ledger, filter) : all;
  const isWalk = isFiltered && isWalkCheaper(ledger, query, total, all);
  const titles: Record<string, string> = {};
  const mappings = chosenMappings(known, ledger, query.mappings ?? []);
  const published: Page['published'] = {};
  const found = db.all<TableRow>(pageQuery(ledger, query, isWalk, fieldsBehind(mappings)));
  const rows = found.map((row) => {
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
    if (mappings.length > 0)
      published[out.id] = Object.fromEntries(
        mappings.map((mapping) => [mapping.mapping, publishedOfRow(ledger, mapping, row)]),
      );
    return out;
  });
  return { rows, total, titles, ...(mappings.length > 0 ? { published } : {}) };
}

/** Titles by id, within the units given. */
export function titlesWithin(
  db: ReadDb,
  ledger: LedgerSpec,
  ids: readonly string[],
  unitIds: readonly string[] | null,
): Record<string, string> {
  const rows = db.all<{ id: string; title: string }>(sql`select id, title from ${id(ledger.table)}
    where id in (select value from json_each(${JSON.stringify(ids)}))
    ${unitIds === null ? sql`` : sql`and unit_id in (${join(unitIds)})`}`);
  return Object.fromEntries(rows.map((row) => [row.id, row.title]));
}
