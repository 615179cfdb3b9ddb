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
  /** Parts of a total whose other part no figure counts: a small rest is a cell of its own, told by the two of them. */
  rests: z.array(z.strictObject({ total: z.string(), part: z.string() })),
  /** Figures that count nearly the same events, of one register and of another: one of them tells the others. */
  twins: z.array(z.array(z.string()).min(2)),
  /** What counts from the first year on: taken from the table of the year before it tells the year. */
  never: z.array(z.string()),
});
export type SmallCells = z.infer<typeof smallCellsSchema>;

type Cell = { code: string; section: string; unit: string; value: number | null };

/** By code what a figure is made of: it is not told where one of them is not. Read off the definitions of the indicators. */
export type MadeOf = ReadonlyMap<string, readonly string[]>;

/**
 * Codes of the figures that are not told: the small ones and what is never told; then, in each group, as many more (the
 * smallest first) as leave every small one two values that fit what is told; then what is made of one of them, and its
 * twins. Over and over, as a figure may be of several groups.
 */
export function untoldCells(rule: SmallCells, cells: readonly Cell[], madeOf: MadeOf): Set<string> {
  const values = new Map(
    cells.flatMap(({ code, value }) => (value === null ? [] : [[code, value] as const])),
  );
  const isSmall = (value: number) => value > 0 && value <= rule.most;
  const untold = new Set<string>(rule.never);
  for (const { code, section, unit, value } of cells) {
    if (!rule.sections.includes(section) || !rule.units.includes(unit)) continue;
    if (value !== null && isSmall(value)) untold.add(code);
  }
  for (const { total, part } of rule.rests) {
    const [whole, counted] = [values.get(total), values.get(part)];
    if (whole !== undefined && counted !== undefined && isSmall(whole - counted)) untold.add(part);
  }
  for (let before = -1; before !== untold.size; ) {
    before = untold.size;
    for (const group of rule.groups) closeGroup(rule, group, values, untold);
    for (const [code, parts] of madeOf) if (parts.some((one) => untold.has(one))) untold.add(code);
    for (const twins of rule.twins)
      if (twins.some((one) => untold.has(one))) for (const one of twins) untold.add(one);
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
    return total !== null && untold.has(total) ? left.length > 0 : isSafe(rule, left.map(of), total !== null);
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
 * do only small ones whose sum is the least or the most that so many can make; nor, where some come and others go and
 * their difference is known, small ones at all: 1 - 2 is the least of differences, though 1 + 2 is in the middle.
 */
function isSafe({ most }: SmallCells, untold: readonly number[], isSum: boolean): boolean {
  if (untold.length === 0) return true;
  const sum = untold.reduce((all, one) => all + one, 0);
  if (untold.length === 1) return sum === 0;
  const isAllSmall = untold.every((value) => value >= 1 && value <= most);
  return !isAllSmall || (isSum && sum !== untold.length && sum !== untold.length * most);
}
