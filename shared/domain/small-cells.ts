import { z } from 'zod';

/**
 * Cells of one or two persons are not told outside the county: who knows the place knows the person. Which figures they
 * are, and from which others they could be worked out, is data (`seeds/indicators/small-cells.json`).
 */
export const smallCellsSchema = z.strictObject({
  version: z.int().min(1),
  /** Sections of the catalogue whose figures are cells, where they count in one of the units. */
  sections: z.array(z.string()).min(1),
  units: z.array(z.string()).min(1),
  /** The largest number that is not told; 0 is told: it says nothing of anybody. */
  most: z.int().min(1),
  /** What is printed in the place of it. */
  sign: z.string().min(1),
  /**
   * Figures that add up to another one, or (`total` null) to what an earlier table told: one alone that is not told can
   * be worked out from the rest.
   */
  groups: z.array(z.strictObject({ total: z.string().nullable(), parts: z.array(z.string()).min(1) })),
  /** What is not told whenever one of the others is not: it holds them. */
  holds: z.record(z.string(), z.array(z.string()).min(1)),
});
export type SmallCells = z.infer<typeof smallCellsSchema>;

type Cell = { code: string; section: string; unit: string; value: number | null };

/**
 * Codes of the figures that are not told: the small ones; then, in each group, as many more (the smallest first) as
 * leave every small one two values that fit what is told; then what holds one of them. Over and over, as a figure may
 * be of several groups.
 */
export function untoldCells(rule: SmallCells, cells: readonly Cell[]): Set<string> {
  const values = new Map(
    cells.flatMap(({ code, value }) => (value === null ? [] : [[code, value] as const])),
  );
  const untold = new Set<string>();
  for (const { code, section, unit, value } of cells) {
    if (!rule.sections.includes(section) || !rule.units.includes(unit)) continue;
    if (value !== null && value > 0 && value <= rule.most) untold.add(code);
  }
  for (let before = -1; before !== untold.size; ) {
    before = untold.size;
    for (const group of rule.groups) closeGroup(rule, group, values, untold);
    for (const [code, held] of Object.entries(rule.holds))
      if (held.some((one) => untold.has(one))) untold.add(code);
  }
  return untold;
}

/** Leaves out more of a group until nothing small can be worked out of it; at the last its total. */
function closeGroup(
  rule: SmallCells,
  { total, parts }: SmallCells['groups'][number],
  values: ReadonlyMap<string, number>,
  untold: Set<string>,
): void {
  const of = (code: string) => values.get(code) ?? 0;
  const known = parts.filter((code) => values.has(code));
  const isClosed = () => {
    const left = known.filter((code) => untold.has(code));
    // A total that is not told is the sum of its parts, as long as they all are
    return total !== null && untold.has(total) ? left.length > 0 : isSafe(rule, left.map(of));
  };
  while (!isClosed()) {
    // The smallest, but zeros last: that nobody is there is worth telling
    const [next] = known
      .filter((code) => !untold.has(code))
      .sort((a, b) => (of(a) || Number.MAX_VALUE) - (of(b) || Number.MAX_VALUE));
    if (next !== undefined) untold.add(next);
    else {
      if (total !== null) untold.add(total);
      return;
    }
  }
}

/**
 * Whether the untold values of a group, whose sum can be worked out, still leave something open. One alone does not; nor
 * do only small ones whose sum is the least or the most that so many can make.
 */
function isSafe({ most }: SmallCells, untold: readonly number[]): boolean {
  if (untold.length === 0) return true;
  const sum = untold.reduce((all, one) => all + one, 0);
  if (untold.length === 1) return sum === 0;
  const isAllSmall = untold.every((value) => value >= 1 && value <= most);
  return !isAllSmall || (sum !== untold.length && sum !== untold.length * most);
}
