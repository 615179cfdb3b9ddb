import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { type Filter, type Part, whereAll } from './list-parts.ts';
import { strippedMark } from './stripped.ts';

/** A part with how many match it. `isMost`: fewer do not, and the index names those in less time. */
export type Sized = Part & { size: number; isMost: boolean };

/** What a list asks for: the parts that an index counts, the units apart (no index begins with them). */
export type Wanted = { all: number; sized: Sized[]; units: Part | null; total: number };

/** So many rows are read from the table one by one in a few milliseconds. */
export const few = 3000;

type Counts = { version: string; known: Map<string, number> };
const counts = new WeakMap<ReadDb, Counts>();
const keptCounts = 200;

/** Counted once until somebody writes, because every page of a list asks again. */
function counted(db: ReadDb, asked: Sql, count: () => number): number {
  const version =
    db.value<string>(sql`select data_version || ' ' || total_changes() from pragma_data_version`) ?? '';
  let kept = counts.get(db);
  if (kept?.version !== version || kept.known.size >= keptCounts) {
    kept = { version, known: new Map() };
    counts.set(db, kept);
  }
  const name = `${asked.text} ${JSON.stringify(asked.values)}`;
  const known = kept.known.get(name) ?? count();
  kept.known.set(name, known);
  return known;
}

const numberOf = (db: ReadDb, rows: Sql) => db.value<number>(sql`select count(*) from (${rows})`) ?? 0;

type Length = { count: number; last: number; mark: number };
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
  // A unit that is none (scope.ts) has no records; it is not the question for all of them.
  const asked = unitId === undefined ? ledger.table : `${ledger.table} ${unitId}`;
  const found = known.get(asked);
  const mark = strippedMark(db);
  const before = found && found.last <= last && found.mark === mark ? found : { count: 0, last: 0 };
  const where = whereAll([
    ...(before.last === 0 ? [] : [sql`seq > ${before.last}`]),
    ...(unitId === undefined ? [] : [sql`unit_id = ${unitId}`]),
  ]);
  const added = db.value<number>(sql`select count(*) from ${table} ${where}`) ?? 0;
  const count = before.count + added;
  known.set(asked, { count, last, mark });
  return count;
}

/** Which side of a value was the smaller one when it was last counted. */
const sides = new WeakMap<ReadDb, Map<string, boolean>>();

/**
 * How many match a part, counted on the side that is smaller: nearly all cases are in one state, and counting a million
 * of them after every save takes 40 ms, the others two.
 */
function sizeOf(db: ReadDb, ledger: LedgerSpec, part: Part, all: number): Sized {
  const { lead, others } = part;
  const rows = sql`select 1 from ${id(ledger.table)} where ${lead}`;
  const asked = sql`${id(ledger.table)} ${lead}`;
  const name = `${asked.text} ${JSON.stringify(asked.values)}`;
  const known = sides.get(db) ?? new Map<string, boolean>();
  sides.set(db, known);
  const size = counted(db, asked, () => {
    if (others === null || known.get(name) === false) return numberOf(db, rows);
    if (known.get(name)) return all - numberOf(db, others);
    const bound = Math.ceil(all / 8);
    const matching = numberOf(db, sql`${rows} limit ${bound}`);
    if (matching < bound) return matching;
    const beside = numberOf(db, sql`${others} limit ${bound}`);
    return beside < bound ? all - beside : numberOf(db, rows);
  });
  const isMost = others !== null && size > all / 2;
  if (known.size >= keptCounts) known.clear();
  known.set(name, isMost);
  return { ...part, size, isMost };
}

/** A record's place in what matches a part, looked up among row numbers of the smaller side; no row is read for it. */
export function isMember(ledger: LedgerSpec, { lead, others, isMost }: Sized): Sql {
  if (isMost && others !== null) return sql`+seq not in (${others})`;
  return sql`+seq in (select seq from ${id(ledger.table)} where ${lead})`;
}

export const bySize = (sized: readonly Sized[]) => [...sized].sort((one, other) => one.size - other.size);

/** The conditions by which all that matches is gathered: from the rarest part, with as few rows read as possible. */
export function gathering(ledger: LedgerSpec, { sized, units }: Omit<Wanted, 'total'>, most = few): Sql[] {
  const [rarest, ...rest] = bySize(sized);
  if (!rarest) return units ? [units.lead] : [];
  const ofUnits = units ? [units.test] : [];
  if (rarest.size <= most) return [rarest.lead, ...rest.map(({ test }) => test), ...ofUnits];
  // The index by day holds the unit too, where it is wide: it is gone along whole.
  if (units) return [...sized.map((part) => isMember(ledger, part)), ...ofUnits];
  return [rarest.lead, ...rest.map((part) => isMember(ledger, part))];
}

/** What a filter asks for, counted. */
export function countWanted(
  db: ReadDb,
  ledger: LedgerSpec,
  parts: readonly Part[],
  filter: Filter | undefined,
): Wanted {
  const all = countLasting(db, ledger);
  const unitPart = parts.find(({ field }) => field === 'unitId') ?? null;
  // What every record has, and where the ledger has none of other units, says nothing.
  const sized = parts
    .filter((part) => part !== unitPart)
    .map((part) => sizeOf(db, ledger, part, all))
    .filter(({ size }) => size < all);
  const ofUnits = unitPart ? countOfUnits(db, ledger, unitPart, filter?.unitId) : all;
  const known = { all, sized, units: ofUnits < all ? unitPart : null };
  return { ...known, total: sized.length === 0 ? ofUnits : totalOf(db, ledger, known) };
}

function countOfUnits(
  db: ReadDb,
  ledger: LedgerSpec,
  { test, isByRow }: Part,
  unitIds: Filter[string] | undefined,
): number {
  // A range names no unit to count by, nor do parts of what is seen.
  if (isByRow || (typeof unitIds === 'object' && unitIds !== null && !Array.isArray(unitIds))) {
    const rows = sql`select 1 from ${id(ledger.table)} where ${test}`;
    return counted(db, rows, () => numberOf(db, rows));
  }
  const units = new Set([unitIds].flat().filter((one) => typeof one === 'string'));
  return [...units].reduce((sum, unitId) => sum + countLasting(db, ledger, unitId), 0);
}

function totalOf(db: ReadDb, ledger: LedgerSpec, known: Omit<Wanted, 'total'>): number {
  const { all, sized, units } = known;
  const [first, ...more] = sized;
  if (first && more.length === 0 && !units) return first.size;
  const where = whereAll(gathering(ledger, known));
  return counted(db, sql`${id(ledger.table)} ${where}`, () => {
    // Of values that most records have, together: all but those that lack one of them.
    if (!units && sized.every(({ isMost }) => isMost)) {
      const lacking = join(
        sized.flatMap(({ others }) => (others === null ? [] : [others])),
        ' union all ',
      );
      return all - (db.value<number>(sql`select count(distinct seq) from (${lacking})`) ?? 0);
    }
    return db.value<number>(sql`select count(*) from ${id(ledger.table)} ${where}`) ?? 0;
  });
}
