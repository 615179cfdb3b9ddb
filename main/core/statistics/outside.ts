import smallCells from '#seeds/indicators/small-cells.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { type SmallCells, smallCellsSchema, untoldCells } from '#shared/domain/small-cells.ts';

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
  const untold = untoldCells(rule, figures);
  return figures.map((figure) =>
    untold.has(figure.code)
      ? {
          ...figure,
          ...{ value: null, numerator: null, denominator: null, qualifier: null, printed: rule.sign },
          ...{ records: 0, fromLedger: null, manual: null },
        }
      : figure,
  );
}
