import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { ownUnit } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { RecordsBehind } from '#shared/api/types.ts';
import { type Figure, type IndicatorDefinition, printFigure, restsOn } from '#shared/domain/figures.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import { baseOf, chosenBases } from './bases.ts';
import { annualCatalogue, findDefinition } from './catalogue.ts';
import {
  behindQuery,
  type Counted,
  type CountedValue,
  compile,
  countAll,
  type Scope,
  totalBehind,
} from './counted.ts';
import { type EnteredFigure, enteredFigures } from './entered.ts';
import { addedByStripped, strippedYears } from './stripped-figures.ts';

export type FiguresAsked = {
  year: number;
  /** Code of the unit whose records and those below it count; without it the whole ledger. */
  unit?: string | undefined;
  /** Only these indicators. */
  codes?: readonly string[];
  /** For tests: other definitions than those of the annual report. */
  definitions?: readonly IndicatorDefinition[];
};

/** Figures of a year, in the order of the catalogue. Throws `area-unknown` for a unit the ledger does not know. */
export function figuresOf(db: ReadDb, registry: Registry, asked: FiguresAsked): Figure[] {
  const definitions = asked.definitions ?? annualCatalogue().indicators;
  const scope: Scope = { year: asked.year, unitCode: asked.unit ?? null };
  const needed = neededFor(definitions, asked.codes);
  const find = (code: string) => definitions.find((one) => one.code === code) ?? findDefinition(code);
  const counted = new Map<string, Counted>();
  for (const definition of definitions) {
    const one = needed.has(definition.code) ? compile(registry, definition, scope, find) : null;
    if (one) counted.set(definition.code, one);
  }
  const bases = chosenBases(db);
  const values: Values = {
    baseOf: (definition) => baseOf(bases, definition),
    nameOf: (code) => find(code).name,
    counted: countAll(db, counted, addedByStripped(db, scope, [...counted.keys()])),
    entered: enteredFigures(db, { year: asked.year, unitId: unitIdOf(db, scope.unitCode) }),
  };
  return definitions
    .filter(({ code }) => asked.codes === undefined || asked.codes.includes(code))
    .map((definition) => figureOf(definition, values));
}

export type BehindAsked = { year: number; unit?: string | undefined; offset: number; limit: number };

/**
 * The records that a figure counts, oldest first; of a rate those of its denominator, among which the numerator's
 * are. A figure that is only entered by hand has none. Base data are named `area` and `unit` instead of a ledger.
 */
export function recordsBehind(
  db: ReadDb,
  registry: Registry,
  definition: IndicatorDefinition,
  asked: BehindAsked,
): RecordsBehind {
  const { source } = definition;
  if (source.kind === 'ratio') {
    const base = baseOf(chosenBases(db), definition) ?? source.denominator;
    return recordsBehind(db, registry, findDefinition(base), asked);
  }
  const scope: Scope = { year: asked.year, unitCode: asked.unit ?? null };
  const counted = compile(registry, definition, scope);
  if (!counted) return { records: [], total: 0, stripped: 0 };
  const rows = db.all<{ id: string; title: string }>(behindQuery(counted, asked.limit, asked.offset));
  return {
    records: rows.map((row) => ({ ledger: counted.ledger, ...row })),
    total: totalBehind(db, counted),
    stripped: addedByStripped(db, scope, [definition.code]).get(definition.code)?.records ?? 0,
  };
}

/**
 * Years that have figures: entered by hand, or with records in a register that some indicator follows through the
 * year; and the running year with the one before it, which is the one being reported on. Newest first.
 */
export function yearsWithFigures(db: ReadDb, registry: Registry, thisYear: number): number[] {
  const years = new Set([thisYear, thisYear - 1, ...strippedYears(db)]);
  for (const year of db.column<number>(sql`select distinct year from indicator_value`)) years.add(year);
  const followed = new Set<string>();
  for (const { source } of annualCatalogue().indicators) {
    if (source.kind !== 'ledger' || source.date === undefined) continue;
    const place = `${source.ledger}.${source.date}`;
    if (followed.has(place)) continue;
    followed.add(place);
    const table = id(registry.find(source.ledger).table);
    const day = id(columnOf(source.date));
    // One step in the index a year: reading every day of 300,000 records would take a hundred times longer.
    const first = db.column<string>(sql`
      with recursive step (day) as (
        select min(${day}) from ${table}
        union all select (select min(${day}) from ${table} where ${day} > substr(step.day, 1, 4) || '-12-31')
          from step where step.day is not null)
      select day from step where day is not null`);
    for (const one of first) years.add(Number(one.slice(0, 4)));
  }
  return [...years].sort((a, b) => b - a);
}

/**
 * A rate in percent, rounded down to two decimals and printed without trailing zeros (98.5%, 100%): rounding up
 * would print 100% where something is still open. Nothing to divide by gives no rate.
 */
function percentOf(numerator: number, denominator: number): { value: number; printed: string } | null {
  if (denominator === 0) return null;
  const hundredths = Math.floor((numerator * 10_000) / denominator);
  const value = hundredths / 100;
  const decimals = String(value).split('.')[1]?.length ?? 0;
  return { value, printed: printFigure(value, '%', { decimals }) };
}

type Values = {
  baseOf(definition: IndicatorDefinition): string | null;
  nameOf(code: string): string;
  counted: ReadonlyMap<string, CountedValue>;
  entered: ReadonlyMap<string, EnteredFigure>;
};

function figureOf(definition: IndicatorDefinition, values: Values): Figure {
  const { code, name, unit, basis, section, topic, suppliedBy, inReport } = definition;
  const { source } = definition;
  const choices = source.kind === 'ratio' ? source.choices : undefined;
  const entered = values.entered.get(code) ?? null;
  const computed = computedOf(definition, values);
  const standing = entered ?? computed?.figure ?? null;
  return {
    code,
    name,
    unit,
    basis,
    section,
    topic,
    suppliedBy,
    inReport,
    definition: definition.definition,
    uncertain: definition.uncertain,
    version: definition.version,
    bases:
      choices === undefined
        ? null
        : {
            chosen: values.baseOf(definition) ?? '',
            choices: choices.map((one) => ({ code: one, name: values.nameOf(one) })),
          },
    value: standing?.value ?? null,
    // They explain the value that stands; a rate entered by hand brings none along.
    numerator: entered ? null : (computed?.numerator ?? null),
    denominator: entered ? null : (computed?.denominator ?? null),
    qualifier: entered?.qualifier ?? null,
    printed: standing?.printed ?? null,
    source: entered ? 'manual' : (computed?.source ?? null),
    records: computed?.records ?? 0,
    fromLedger: computed?.figure ?? null,
    manual: entered && { value: entered.value, printed: entered.printed, qualifier: entered.qualifier },
  };
}

type Computed = {
  figure: { value: number; printed: string } | null;
  source: 'ledger' | 'base' | 'computed' | null;
  records: number;
  numerator?: number | null;
  denominator?: number | null;
};

function computedOf(definition: IndicatorDefinition, values: Values): Computed | null {
  const { code, unit, source } = definition;
  if (source.kind === 'manual') return null;
  if (source.kind === 'ratio')
    return rateOf({ ...source, denominator: values.baseOf(definition) ?? source.denominator }, values);
  const found = values.counted.get(code);
  if (!found) return null;
  const { value, records } = found;
  const from = source.kind === 'base' ? 'base' : 'ledger';
  return { figure: { value, printed: printFigure(value, unit) }, source: from, records };
}

/**
 * Both sides of a rate are taken from the same place: both entered by hand, or both counted. A numerator from the
 * ledger over a denominator from a form would be a rate of nothing.
 */
function rateOf(source: { numerator: string; denominator: string }, values: Values): Computed {
  const records = values.counted.get(source.denominator)?.records ?? 0;
  const pair = (from: ReadonlyMap<string, { value: number }>) => ({
    numerator: from.get(source.numerator)?.value ?? null,
    denominator: from.get(source.denominator)?.value ?? null,
  });
  const entered = pair(values.entered);
  const both = entered.numerator !== null && entered.denominator !== null ? entered : pair(values.counted);
  if (both.numerator === null || both.denominator === null) return { figure: null, source: null, records };
  const figure = percentOf(both.numerator, both.denominator);
  return { figure, source: figure && 'computed', records, ...both };
}

function neededFor(
  definitions: readonly IndicatorDefinition[],
  codes: readonly string[] | undefined,
): Set<string> {
  const needed = new Set(codes ?? definitions.map(({ code }) => code));
  for (const { code, source } of definitions)
    if (source.kind === 'ratio' && needed.has(code)) for (const one of restsOn(source)) needed.add(one);
  return needed;
}

function unitIdOf(db: ReadDb, code: string | null): string {
  if (code === null) return ownUnit(db).id;
  const found = db.value<string>(sql`select id from unit where code = ${code}`);
  if (found === undefined) throw new AppError('unit-unknown', { code });
  return found;
}
