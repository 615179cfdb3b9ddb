import { id, join, type Sql, sql } from '#core/db/sql.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { conditionOn, type Filter, type Part, partsOf } from './list-parts.ts';
import type { Registry } from './registry.ts';

/** The units and registers of which records are seen; null where there is no limit. */
export type Seen = { unitIds: readonly string[] | null; ledgers: readonly string[] | null };

export const everything: Seen = { unitIds: null, ledgers: null };

/** The register that this one's records are parts of, where it is seen too; who sees a record there sees its parts. */
export function wholeSeen(registry: Registry, ledger: LedgerSpec, { ledgers }: Seen): LedgerSpec | null {
  const name = ledger.partOf === undefined ? undefined : ledger.fields[ledger.partOf]?.ref;
  if (name === undefined || ledgers?.includes(name) === false) return null;
  return registry.find(name);
}

/** The registers of which parts are seen that another unit made. */
export const wholesSeen = (registry: Registry, seen: Seen): string[] => [
  ...new Set(registry.all.flatMap((ledger) => wholeSeen(registry, ledger, seen)?.name ?? [])),
];

/** That a row is part of a record of the units, by whichever unit it was made; null where the register has no such parts. */
function isOfSeen(registry: Registry, ledger: LedgerSpec, seen: Seen): Sql | null {
  const whole = wholeSeen(registry, ledger, seen);
  if (whole === null || ledger.partOf === undefined || seen.unitIds === null) return null;
  const column = id(columnOf(ledger.partOf));
  return sql`${column} in (select id from ${id(whole.table)} where unit_id in (${join(seen.unitIds)}))`;
}

/** Ids of such rows. */
export function partsSeen(registry: Registry, ledger: LedgerSpec, seen: Seen): Sql | null {
  const isOf = isOfSeen(registry, ledger, seen);
  return isOf && sql`select id from ${id(ledger.table)} where ${isOf}`;
}

/** That a row of the register is seen; null where all are. */
export function isSeenRow(registry: Registry, ledger: LedgerSpec, seen: Seen): Sql | null {
  if (seen.unitIds === null) return null;
  const own = sql`+unit_id in (${join(seen.unitIds)})`;
  const parts = isOfSeen(registry, ledger, seen);
  return parts === null ? own : sql`(${own} or ${parts})`;
}

/**
 * A filter as its parts, within what is seen. What is asked of the unit and what is seen stand together as the one part of
 * the unit, because a list counts and walks units apart (list-count.ts).
 */
export function partsWithin(
  registry: Registry,
  ledger: LedgerSpec,
  filter: Filter | undefined,
  seen: Seen,
): Part[] {
  const { unitId: asked, ...rest } = filter ?? {};
  const isOf = isOfSeen(registry, ledger, seen);
  if (isOf === null || seen.unitIds === null) return partsOf(ledger, filter);
  const rows = (condition: Sql) => sql`select seq from ${id(ledger.table)} where ${condition}`;
  const own = join(seen.unitIds);
  const row = sql`+seq in (${rows(sql`unit_id in (${own})`)}
    union all ${rows(sql`${isOf} and +unit_id not in (${own})`)})`;
  const test = asked === undefined ? row : sql`${row} and ${conditionOn(sql`+unit_id`, asked)}`;
  const columns = asked === undefined ? [] : [id('unit_id')];
  return [
    ...partsOf(ledger, rest),
    { field: 'unitId', columns, lead: test, test, others: null, isByRow: true },
  ];
}
