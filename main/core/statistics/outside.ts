import type { ReadDb } from '#core/db/connection.ts';
import { ownUnit } from '#core/settings/settings.ts';
import smallCells from '#seeds/indicators/small-cells.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { type MadeOf, type SmallCells, smallCellsSchema, untoldCells } from '#shared/domain/small-cells.ts';
import { findDefinition } from './catalogue.ts';

let parsed: SmallCells | null = null;

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

/** Figures as they may leave the county: what is not told has a sign in its place, and nothing beside it that tells it. */
export function figuresOutside(figures: readonly Figure[]): Figure[] {
  const rule = smallCellsRule();
  const untold = untoldCells(rule, figures, madeOfIn(rule, figures));
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
function madeOfIn({ sections }: SmallCells, figures: readonly Figure[]): MadeOf {
  const parts = new Map<string, readonly string[]>();
  for (const { code, section, bases } of figures) {
    const { source } = findDefinition(code);
    if (!sections.includes(section)) continue;
    if (source.kind === 'anyOf') parts.set(code, source.of);
    if (source.kind === 'ratio') parts.set(code, [source.numerator, bases?.chosen ?? source.denominator]);
  }
  return parts;
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
