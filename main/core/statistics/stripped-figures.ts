import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { Derivation } from '#core/ledgers/store.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import type { IndicatorDefinition, LedgerSource } from '#shared/domain/figures.ts';
import { annualCatalogue } from './catalogue.ts';
import { compile, measureOf, type Scope, unitsFrom } from './counted.ts';

/**
 * What records that were taken out (sealed, destroyed) go on adding to the figures: years and a value for each indicator
 * that counted them, kept when they go; no day and nothing else of them.
 */
type Kept = { code: string; first: number; last: number | null; value: number };

const yearOf = (day: unknown): number | null => {
  const year = typeof day === 'string' ? Number(day.slice(0, 4)) : Number.NaN;
  return Number.isInteger(year) ? year : null;
};

/** The years in which a record counts, by its days alone; null where it never does. */
function yearsOf(
  source: LedgerSource,
  content: Record<string, unknown>,
): Omit<Kept, 'code' | 'value'> | null {
  if (source.date !== undefined) {
    const year = yearOf(content[source.date]);
    return year === null ? null : { first: year, last: year };
  }
  const first = source.stockFrom === undefined ? 0 : yearOf(content[source.stockFrom]);
  const ended = source.stockTo === undefined ? null : yearOf(content[source.stockTo]);
  // A stock of the last day of a year that ended in it is no longer there.
  return first === null ? null : { first, last: ended === null ? null : ended - 1 };
}

function keptOf(
  db: ReadDb,
  registry: Registry,
  record: StoredRecord,
  definition: IndicatorDefinition,
): Kept | null {
  const { source } = definition;
  if (source.kind !== 'ledger' || source.ledger !== record.ledger.name) return null;
  // Different values of a stock would have to be told apart year by year
  if (source.measure.kind === 'distinct' && source.date === undefined) return null;
  const years = yearsOf(source, record.content);
  if (years === null || (years.last !== null && years.last < years.first)) return null;
  // The same condition as of every other record, in a year in which its days let it count.
  const scope = { year: Math.max(years.first, 1), unitCode: null };
  const counted = compile(registry, definition, scope);
  if (!counted) return null;
  const { ledger, seq } = record;
  const measure = measureOf(source, { ledger, code: definition.code, counted, seq });
  const value = db.value<number | null>(sql`select ${measure}
    from ${id(record.ledger.table)} where ${counted.condition} and seq = ${record.seq}`);
  return typeof value === 'number' ? { code: definition.code, ...years, value } : null;
}

export const strippedFigures: Derivation = {
  name: 'figures',
  put: () => undefined,
  drop: () => undefined,
  leave({ db, registry }, record) {
    db.run(sql`delete from stripped_figure where record_id = ${record.id}`);
    for (const definition of annualCatalogue().indicators) {
      const kept = keptOf(db, registry, record, definition);
      if (!kept) continue;
      db.run(sql`insert into stripped_figure (record_id, code, first_year, last_year, value)
        values (${record.id}, ${kept.code}, ${kept.first}, ${kept.last}, ${kept.value})`);
    }
  },
};

/** By the indicator's code: how many records that were taken out count in the year, and what they add. */
export function addedByStripped(
  db: ReadDb,
  scope: Scope,
  codes: readonly string[],
): Map<string, { records: number; value: number }> {
  const parts = new Map(codes.map((code) => [code, partsOf(code)]));
  const of = addedToEach(db, scope, [...new Set([...parts.values()].flat())]);
  const added = new Map<string, { records: number; value: number }>();
  for (const [code, list] of parts) {
    const all = list.flatMap((part) => of.get(part) ?? []);
    if (all.length === 0) continue;
    const sum = (key: 'records' | 'value') => all.reduce((total, one) => total + one[key], 0);
    added.set(code, { records: sum('records'), value: sum('value') });
  }
  return added;
}

/** No record that was taken out is in two of what a figure is made of: they part by how and when it ended. */
function partsOf(code: string): readonly string[] {
  const source = annualCatalogue().indicators.find((one) => one.code === code)?.source;
  return source?.kind === 'anyOf' ? source.of : [code];
}

function addedToEach(
  db: ReadDb,
  { year, unitCode }: Scope,
  codes: readonly string[],
): Map<string, { records: number; value: number }> {
  if (codes.length === 0) return new Map();
  const within = unitCode === null ? sql`` : sql`and r.unit_id in (${unitsFrom(sql`id`, unitCode)})`;
  const rows = db.all<{ code: string; records: number; value: number }>(sql`
    select f.code, count(*) as records, sum(f.value) as value
    from stripped_figure f join stripped_record r on r.record_id = f.record_id
    where f.code in (${join(codes)}) and f.first_year <= ${year}
      and (f.last_year is null or f.last_year >= ${year}) ${within}
    group by f.code`);
  return new Map(rows.map(({ code, ...added }) => [code, added]));
}

/** Years that flows of such records lie in. */
export const strippedYears = (db: ReadDb): number[] =>
  db.column(sql`select distinct first_year from stripped_figure where first_year = last_year`);
