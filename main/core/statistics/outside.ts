import type { ReadDb } from '#core/db/connection.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { ownUnit } from '#core/settings/settings.ts';
import smallCells from '#seeds/indicators/small-cells.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import { type Figure, restsOn } from '#shared/domain/figures.ts';
import { type SmallCells, smallCellsSchema, untoldCells } from '#shared/domain/small-cells.ts';
import { annualCatalogue, findDefinition } from './catalogue.ts';
import { type FiguresAsked, figuresOf } from './figures.ts';

let parsed: SmallCells | null = null;
let toldOnce: ReadonlyMap<string, readonly string[]> | null = null;

/** Which figures count so few persons that somebody could be known by them. Throws `seed-invalid`. */
export function smallCellsRule(): SmallCells {
  if (parsed) return parsed;
  const read = smallCellsSchema.safeParse(smallCells);
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? '';
    throw new AppError('seed-invalid', { file: 'seeds/indicators/small-cells.json', at });
  }
  parsed = read.data;
  return parsed;
}

/**
 * Figures of a year as they may leave the county: what is not told has a sign in its place, and nothing beside it that
 * tells it. `before` are those of the year before: the tables of two years tell what lies between them.
 */
export function figuresOutside(figures: readonly Figure[], before: readonly Figure[]): Figure[] {
  const rule = smallCellsRule();
  const untold = untoldCells(rule, figures, {
    madeOf: madeOfIn(rule, figures),
    toldBy: toldByReport(rule),
    before: new Map(before.flatMap(({ code, value }) => (value === null ? [] : [[code, value] as const]))),
  });
  return figures.map((figure) => {
    if (untold.has(figure.code))
      return {
        ...figure,
        ...{ value: null, numerator: null, denominator: null, qualifier: null, printed: rule.sign },
        ...{ records: 0, fromLedger: null, manual: null },
      };
    // What was typed is weighed and told; what the ledger counted beneath it was not weighed
    const isTyped = rule.sections.includes(figure.section) && figure.manual !== null;
    return isTyped ? { ...figure, records: 0, fromLedger: null } : figure;
  });
}

/** What the figures of the rule's sections are made of: a rate of its numerator and of the base that is in use. */
function madeOfIn({ sections }: SmallCells, figures: readonly Figure[]): Map<string, readonly string[]> {
  const parts = new Map<string, readonly string[]>();
  for (const { code, section, bases } of figures) {
    const { source } = findDefinition(code);
    if (!sections.includes(section)) continue;
    if (source.kind === 'anyOf') parts.set(code, source.of);
    if (source.kind === 'ratio') parts.set(code, [source.numerator, bases?.chosen ?? source.denominator]);
  }
  return parts;
}

/** Figures of the annual report that are made of the rule's: read off the definitions, so that none is forgotten. */
function toldByReport({ sections }: SmallCells): ReadonlyMap<string, readonly string[]> {
  if (toldOnce) return toldOnce;
  const ofSections = new Set(
    annualCatalogue().indicators.flatMap(({ code, section }) => (sections.includes(section) ? [code] : [])),
  );
  toldOnce = new Map(
    annualCatalogue().indicators.flatMap(({ code, inReport, source }) => {
      const parts = inReport ? restsOn(source).filter((one) => ofSections.has(one)) : [];
      return parts.length === 0 ? [] : [[code, parts] as const];
    }),
  );
  return toldOnce;
}

/** The figures of a year as others may have them. */
export function figuresForOthers(db: ReadDb, registry: Registry, asked: FiguresAsked): Figure[] {
  const codes = smallCellsRule().flows.map(({ stock }) => stock);
  const before = figuresOf(db, registry, { ...asked, year: asked.year - 1, codes });
  return figuresOutside(figuresOf(db, registry, asked), before);
}

/**
 * Refuses figures of a part of the ledger for others: taken from those of the whole they tell what both leave out.
 * Throws `figures-outside-part`.
 */
export function demandWhole(db: ReadDb, unitCode: string | undefined): void {
  const own = ownUnit(db);
  if (unitCode !== undefined && !own.code.startsWith(unitCode))
    throw new AppError('figures-outside-part', { unit: own.name });
}
