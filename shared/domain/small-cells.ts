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
  /** Figures that add up to another one: one alone that is not told can be worked out from the rest. */
  groups: z.array(z.strictObject({ total: z.string(), parts: z.array(z.string()).min(1) })),
  /**
   * Figures that add up to what lies between a stock and the one of the year before. What is not told of them, or of
   * either stock, is covered by `covers`, all of them: two whose sum or difference stays open whatever the others are.
   */
  flows: z.array(
    z.strictObject({
      stock: z.string(),
      parts: z.array(z.string()).min(1),
      covers: z.array(z.string()).min(2),
    }),
  ),
  /** Parts of a total whose other part no figure counts: a small rest is a cell of its own, told by the two of them. */
  rests: z.array(z.strictObject({ total: z.string(), part: z.string() })),
  /** Figures that count nearly the same events, of one register and of another: one of them tells the others. */
  twins: z.array(z.array(z.string()).min(2)),
  /** What counts from the first year on: taken from the table of the year before it tells the year. */
  never: z.array(z.string()),
});
export type SmallCells = z.infer<typeof smallCellsSchema>;

type Cell = { code: string; section: string; unit: string; value: number | null };

export type AlsoKnown = {
  /** By code what a figure is made of: it is not told where one of them is not. Read off the definitions. */
  madeOf?: ReadonlyMap<string, readonly string[]>;
  /**
   * By the code of a figure that a document for everybody prints, which figures it gives back. It is weighed as they
   * are, whatever its section; and as it stays where it is not small itself, none of them can be left out for another.
   */
  toldBy?: ReadonlyMap<string, readonly string[]>;
  /** Values of the year before, of stocks. */
  before?: ReadonlyMap<string, number>;
};

/**
 * Codes of the figures that are not told: the small ones and what is never told; then as many more as leave every small
 * one two values that fit what is told here, in the tables of other years and in documents. Only parts are left out for
 * others: a total stands in the table of another year or in a report. What is made of one of them goes too, and its
 * twins. Over and over, as a figure may be of several groups.
 */
export function untoldCells(rule: SmallCells, cells: readonly Cell[], known: AlsoKnown = {}): Set<string> {
  const { madeOf = new Map(), toldBy = new Map<string, readonly string[]>(), before = new Map() } = known;
  const values = new Map(
    cells.flatMap(({ code, value }) => (value === null ? [] : [[code, value] as const])),
  );
  const isSmall = (value: number | undefined) => value !== undefined && value > 0 && value <= rule.most;
  const untold = new Set<string>(rule.never);
  for (const { code, section, unit, value } of cells) {
    if (!toldBy.has(code) && !rule.sections.includes(section)) continue;
    if (rule.units.includes(unit) && isSmall(value ?? undefined)) untold.add(code);
  }
  for (const { total, part } of rule.rests) {
    const [whole, counted] = [values.get(total), values.get(part)];
    if (whole !== undefined && counted !== undefined && isSmall(whole - counted)) untold.add(part);
  }
  const mayCover = [...values.keys()].filter((code) => ![...toldBy.values()].flat().includes(code));
  const situation = { rule, values, untold, mayCover: new Set(mayCover) };
  for (let size = -1; size !== untold.size; ) {
    size = untold.size;
    for (const group of rule.groups) closeGroup(group, situation);
    for (const { stock, parts, covers } of rule.flows)
      if (isSmall(before.get(stock)) || [stock, ...parts].some((code) => untold.has(code)))
        leaveOut(covers, situation);
    for (const [code, parts] of madeOf) if (parts.some((one: string) => untold.has(one))) untold.add(code);
    for (const twins of rule.twins)
      if (twins.some((one) => untold.has(one))) for (const one of twins) untold.add(one);
  }
  return untold;
}

type Situation = {
  rule: SmallCells;
  values: ReadonlyMap<string, number>;
  untold: Set<string>;
  /** What may be left out for another's sake: not what a document tells. */
  mayCover: ReadonlySet<string>;
};

function leaveOut(codes: readonly string[], { untold, mayCover }: Situation): void {
  for (const code of codes) if (mayCover.has(code)) untold.add(code);
}

/**
 * Leaves out more parts of a group until two values are among what is left out: then any two of them may be the other
 * way round. For that no order may tell them apart, so of equal ones all go. Where all may be small together, and where
 * the total is not told, every part goes: which of them do would tell more than the numbers.
 */
function closeGroup({ total, parts }: SmallCells['groups'][number], situation: Situation): void {
  const { rule, values, untold, mayCover } = situation;
  const of = (code: string) => values.get(code) ?? 0;
  const known = parts.filter((code) => values.has(code));
  if (!untold.has(total) && !known.some((code) => untold.has(code))) return;
  const sum = values.get(total) ?? known.reduce((all, code) => all + of(code), 0);
  if (untold.has(total) || sum <= known.length * rule.most) leaveOut(known, situation);
  const isClosed = () => {
    const left = new Set(known.filter((code) => untold.has(code)).map(of));
    return left.size > 1 || left.has(0);
  };
  while (!isClosed()) {
    // The smallest, but zeros last: that nobody is there is worth telling
    const open = known.filter((code) => mayCover.has(code) && !untold.has(code));
    const least = Math.min(...open.map((code) => of(code) || Number.MAX_VALUE));
    const next = open.filter((code) => (of(code) || Number.MAX_VALUE) === least);
    if (next.length === 0) return;
    leaveOut(next, situation);
  }
}
