import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { toColumn } from '#core/ledgers/table.ts';
import { AppError } from '#shared/api/errors.ts';
import type { IndicatorDefinition, LedgerSource } from '#shared/domain/figures.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { uncountedStates } from '#shared/ledgers/workflow.ts';
import { figureWords } from '#shared/text/figures.ts';
import { findDefinition } from './catalogue.ts';

/**
 * An indicator compiled to SQL. The number and the list of what is behind it are two readings of the same
 * `condition`, so that they cannot disagree.
 */
export type Counted = {
  /** Name of the ledger, or `area` and `unit` for base data. */
  ledger: string;
  table: Sql;
  condition: Sql;
  /** The aggregate over the rows that meet the condition. */
  value: Sql;
  /** What the aggregate is divided by to be in the indicator's unit: money is kept in fen. */
  divisor: number;
  /** Columns: the primary key, what a record is called by, its headline, the order of the list. */
  key: Sql;
  id: Sql;
  title: Sql;
  order: Sql;
};

/** The year, and the unit whose records (with those of the units below it) count; null for all of the ledger. */
export type Scope = { year: number; unitCode: string | null };

export type CountedValue = { value: number; records: number };

/** The SQL of an indicator that records or base data stand behind; null for the others. Throws `seed-invalid`. */
export function compile(
  registry: Registry,
  definition: IndicatorDefinition,
  scope: Scope,
  find: (code: string) => IndicatorDefinition = findDefinition,
): Counted | null {
  const { source } = definition;
  if (source.kind === 'anyOf') {
    const parts = source.of.flatMap((code) => compile(registry, find(code), scope, find) ?? []);
    const [first] = parts;
    if (!first) return null;
    return {
      ...first,
      condition: sql`(${join(
        parts.map(({ condition }) => sql`(${condition})`),
        ' or ',
      )})`,
    };
  }
  if (source.kind === 'ledger') return compileLedger(registry, definition, source, scope);
  if (source.kind !== 'base') return null;
  return source.of === 'station' ? stations(scope) : areas(source.of, scope);
}

/**
 * All numbers in one statement, hence of one moment, by the indicator's code; `added` is what records that were taken out
 * go on adding, in the measure of the register. A figure without a value (villages in
 * the ledger of a city, whose areas end with counties) is left out: nothing is known, which is not 0.
 */
export function countAll(
  db: ReadDb,
  counted: ReadonlyMap<string, Counted>,
  added: ReadonlyMap<string, CountedValue> = new Map(),
): Map<string, CountedValue> {
  if (counted.size === 0) return new Map();
  const parts = [...counted].map(
    ([code, { table, condition, value }]) =>
      sql`select ${code} as code, count(*) as records, ${value} as value from ${table} where ${condition}`,
  );
  const values = new Map<string, CountedValue>();
  for (const row of db.all<{ code: string; records: number; value: number | null }>(
    join(parts, ' union all '),
  )) {
    const { code, records, value } = row;
    if (value === null) continue;
    const more = added.get(code) ?? { records: 0, value: 0 };
    const whole = inUnit(value + more.value, counted.get(code)?.divisor ?? 1);
    values.set(code, { records: records + more.records, value: whole });
  }
  return values;
}

/** The statement that lists what an indicator counts, oldest first. */
export function behindQuery(counted: Counted, limit: number, offset: number): Sql {
  const { table, condition, key, order, title } = counted;
  // The rows of the page are found in the index; only they are read from the table.
  return sql`select ${counted.id} as id, ${title} as title from ${table} where ${key} in (
      select ${key} from ${table} where ${condition} order by ${order}, ${key} limit ${limit} offset ${offset})
    order by ${order}, ${key}`;
}

export function totalBehind(db: ReadDb, counted: Counted): number {
  return db.value<number>(sql`select count(*) from ${counted.table} where ${counted.condition}`) ?? 0;
}

/** Rounded down to two decimals, as the printed form has it, so that value and print say the same. */
function inUnit(value: number, divisor: number): number {
  return divisor === 1 ? value : Math.floor((value * 100) / divisor) / 100;
}

function compileLedger(
  registry: Registry,
  definition: IndicatorDefinition,
  source: LedgerSource,
  scope: Scope,
): Counted {
  const ledger = registry.find(source.ledger);
  const column = (field: string): Sql => columnFor(ledger, field, definition.code);
  const dated = source.date ?? source.stockFrom ?? ledger.day;
  const conditions = [
    ...period(source, column, scope.year),
    ...Object.entries(source.where ?? {}).map(([field, wanted]) => isOneOf(column(field), wanted)),
    ...neverCounted(ledger),
    ...Object.entries(source.except ?? {}).map(([field, unwanted]) => isNoneOf(column(field), unwanted)),
    ...(scope.unitCode === null ? [] : [sql`+unit_id in (${unitsFrom(sql`id`, scope.unitCode)})`]),
  ];
  const { measure } = source;
  // A record without the measured field adds nothing, so it is not listed as standing behind the figure either.
  if (measure.kind !== 'count') conditions.push(sql`${column(measure.field)} is not null`);
  const isMoney = measure.kind === 'sum' && ledger.fields[measure.field]?.kind === 'money';
  return {
    ledger: ledger.name,
    table: id(ledger.table),
    condition: join(conditions, ' and '),
    value:
      measure.kind === 'count'
        ? sql`count(*)`
        : measure.kind === 'sum'
          ? sql`coalesce(sum(${column(measure.field)}), 0)`
          : sql`count(distinct ${column(measure.field)})`,
    divisor: isMoney ? 100 * scaleOf(definition.unit) : 1,
    key: sql`seq`,
    id: sql`id`,
    title: sql`title`,
    order: column(dated),
  };
}

/**
 * A flow lies in the year, a stock began by its last day and had not ended on it. The days drive the search; the
 * other conditions carry a unary plus, which keeps SQLite from choosing an index that does not cover them.
 */
function period(source: LedgerSource, column: (field: string) => Sql, year: number): Sql[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  if (source.date !== undefined) return [sql`${column(source.date)} between ${first} and ${last}`];
  const began = source.stockFrom === undefined ? [] : [sql`${column(source.stockFrom)} <= ${last}`];
  if (source.stockTo === undefined) return began;
  const ended = column(source.stockTo);
  return [...began, sql`(${ended} is null or ${ended} > ${last})`];
}

/** What was entered by mistake or never taken on does not count, whatever the definition says. */
function neverCounted(ledger: LedgerSpec): Sql[] {
  const states = uncountedStates(ledger.workflow);
  return states.length === 0 ? [] : [sql`+state not in (${join(states.map(toColumn))})`];
}

type Wanted = string | number | boolean | (string | number | boolean)[];
const listed = (wanted: Wanted): Sql => join((Array.isArray(wanted) ? wanted : [wanted]).map(toColumn));

function isOneOf(column: Sql, wanted: Wanted): Sql {
  return sql`+${column} in (${listed(wanted)})`;
}

/** A record whose field is empty has none of the values, so it stays. */
function isNoneOf(column: Sql, unwanted: Wanted): Sql {
  return sql`(${column} is null or +${column} not in (${listed(unwanted)}))`;
}

function columnFor(ledger: LedgerSpec, field: string, code: string): Sql {
  if (field !== 'state' && field !== 'unitId' && !(field in ledger.fields)) {
    throw new AppError('seed-invalid', { file: 'seeds/indicators', at: `${code} ${ledger.name}.${field}` });
  }
  return id(columnOf(field));
}

/**
 * What a record adds to a figure when it is taken out: of different values (`distinct`) one, where it is the last that
 * has its value. The records of a person leave one after the other, so the person stays one.
 */
export function measureOf(
  { measure }: LedgerSource,
  { ledger, code, counted, seq }: { ledger: LedgerSpec; code: string; counted: Counted; seq: number },
): Sql {
  if (measure.kind === 'count') return sql`1`;
  const column = columnFor(ledger, measure.field, code);
  if (measure.kind === 'sum') return column;
  const { table, condition } = counted;
  return sql`not exists (select 1 from ${table} where ${condition} and seq <> ${seq}
    and ${column} = (select ${column} from ${table} where seq = ${seq}))`;
}

/** 万元 is 10,000 元. */
function scaleOf(unit: string): number {
  const scale = figureWords.scales.find(([word]) => unit.startsWith(word) && unit.length > word.length);
  return scale === undefined ? 1 : 10 ** scale[1];
}

/** A column of the unit with this code and of all units below it. */
export function unitsFrom(column: Sql, unitCode: string): Sql {
  return sql`with recursive below (code) as (
      values (${unitCode}) union select u.code from unit u join below b on u.parent_code = b.code)
    select ${column} from unit where code in (select code from below)`;
}

/** 村委会 have 200–399 as the last three digits of their division code, 居委会 001–199 (统计用区划代码编制规则). */
const ownDigits = { village: ['200', '399'], community: ['001', '199'] } as const;

function areas(of: 'village' | 'community', { unitCode }: Scope): Counted {
  const [from, to] = ownDigits[of];
  const prefix = unitCode ?? '';
  const below = sql`level = 'village' and substr(code, 1, ${prefix.length}) = ${prefix}`;
  return {
    ledger: 'area',
    table: sql`area`,
    condition: sql`${below} and substr(code, 10, 3) between ${from} and ${to}`,
    value: sql`case when exists (select 1 from area where ${below}) then count(*) end`,
    divisor: 1,
    key: sql`code`,
    id: sql`code`,
    title: sql`name`,
    order: sql`code`,
  };
}

function stations({ unitCode }: Scope): Counted {
  const within = unitCode === null ? sql`` : sql` and id in (${unitsFrom(sql`id`, unitCode)})`;
  return {
    ledger: 'unit',
    table: sql`unit`,
    condition: sql`level = 'station'${within}`,
    value: sql`count(*)`,
    divisor: 1,
    key: sql`seq`,
    id: sql`id`,
    title: sql`name`,
    order: sql`code`,
  };
}
