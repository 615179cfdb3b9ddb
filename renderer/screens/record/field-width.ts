import type { Codes } from '#renderer/state/codes.ts';
import type { Day } from '#shared/domain/day.ts';
import type { FieldSpec } from '#shared/kinds/kind.ts';

/** Columns of a form's grid; a field takes as many as its content and its label need (styles/form.css). */
export const columns = 24;

/** Something said of a row stands beside its last field where there is so much room. */
const leastForLine = 14;

/** A long text takes what is left of a row where that is at least so much, else a row of its own. */
const leastForNote = 12;

const [column, gap, side] = [40, 6, 16];
const widthOf = (units: number) => units * (column + gap) - gap;
const unitsFor = (pixels: number) => {
  let units = 2;
  while (widthOf(units) < pixels) units += 1;
  return units;
};

/** Characters that nine of ten names of a code list have at most: the odd long one may be read in the list itself. */
function usualLength(labels: readonly string[]): number {
  const lengths = labels.map((label) => label.length).sort((one, other) => one - other);
  return lengths[Math.floor((lengths.length - 1) * 0.9)] ?? 0;
}

/** Columns that a field's usual content needs, its label, and its hint where that is short. */
export function unitsOf(spec: FieldSpec, codes: Pick<Codes, 'items'>, on: Day): number {
  const label = unitsFor([...spec.label].length * 13 + (spec.required ? 14 : 0));
  // A short hint on one line; a long one breaks rather than widen its field
  const hint = unitsFor(Math.min([...(spec.hint ?? '')].length * 12, widthOf(4)));
  return Math.max(label, hint, contentUnits(spec, codes, on));
}

function contentUnits(spec: FieldSpec, codes: Pick<Codes, 'items'>, on: Day): number {
  switch (spec.kind) {
    case 'code':
      return unitsFor(usualLength(codes.items(spec.codes ?? '', on).map(({ label }) => label)) * 14 + side);
    case 'flag':
    case 'count':
      return 2;
    case 'phone':
      return 3;
    case 'day':
    case 'money':
    case 'identity':
    case 'credit':
    case 'division':
      return 4;
    case 'ref':
      return spec.sharing ? 4 : 6;
    case 'text':
      return (spec.max ?? 0) <= 40 ? 4 : (spec.max ?? 0) <= 60 ? 6 : 8;
    case 'note':
      return columns;
  }
}

/** The columns of fields that follow one another: as many as they need, and a long text what is left of its row. */
export function flow(needs: readonly number[]): number[] {
  let used = 0;
  return needs.map((need) => {
    const left = columns - used;
    const isLong = need >= columns;
    const units = isLong ? (left >= leastForNote ? left : columns) : need;
    used = units > left ? units : used + units;
    if (used >= columns) used = 0;
    return units;
  });
}

/** What the row of the last field has left over, else a row of its own. */
export function roomAfter(units: readonly number[]): number {
  const used = units.reduce((sum, one) => (sum + one > columns ? one : sum + one), 0);
  return columns - used >= leastForLine ? columns - used : columns;
}
