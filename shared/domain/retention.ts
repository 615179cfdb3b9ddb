import { z } from 'zod';
import { addDays, type Day, parseDay, yearOf } from './day.ts';

/**
 * Periods of keeping (保管期限) as data. A unit's own table is approved by the archive authority of its level
 * (档案法实施条例 19); periods of mediation files stand in no law that was found, so nothing here is a number.
 */

const day = z.custom<Day>((value) => typeof value === 'string' && parseDay(value) !== null);
const field = z.string().regex(/^[a-z][A-Za-z]*$/);
const condition = z.union([
  z.strictObject({ field, filled: z.boolean() }),
  z.strictObject({ field, in: z.array(z.string()).min(1) }),
]);

/** Years; 永久; or not fixed, so that nothing is destroyed before somebody approves a period. */
const periodSchema = z.union([z.int().min(1).max(100), z.literal('permanent'), z.literal('unset')]);
export type Period = z.infer<typeof periodSchema>;

export const fileKindSchema = z.strictObject({
  /** '<ledger>.<what>'; kept for ever, as decisions of bureaus name it. */
  code: z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/),
  /** Grows when other records become files of the kind: what was approved of an older edition no longer holds. */
  edition: z.int().min(1),
  ledger: field,
  title: z.string().min(1).max(30),
  /** States in which a record is such a file, and what else must hold. No record is a file of two kinds. */
  states: z.array(z.string()).min(1),
  when: z.array(condition),
  /** The day of filing (归档), or what stands for it in a register whose records are filed with the year. */
  from: field,
  /** A field in which the file itself says how long it is kept; 永久 there counts before every table. */
  mark: field.optional(),
  /** What is proposed to the bureau; it binds nobody. */
  period: periodSchema,
  source: z.string().min(1),
  sure: z.enum(['high', 'medium', 'low']),
});
export type FileKind = z.infer<typeof fileKindSchema>;

export const fileKindsSchema = z.strictObject({ kinds: z.array(fileKindSchema).min(1) });

/** How long the log and other proofs are kept at least; nothing of them is ever cut by the program. */
export const logRulesSchema = z.strictObject({
  rules: z.array(
    z.strictObject({
      title: z.string().min(1).max(30),
      /** null: for ever. */
      months: z.int().min(1).nullable(),
      /** It is among what the program keeps; else the bureau keeps it on its own. */
      isHere: z.boolean(),
      source: z.string().min(1),
      sure: z.enum(['high', 'medium', 'low']),
    }),
  ),
});
export type LogRule = z.infer<typeof logRulesSchema>['rules'][number];

/** What a bureau's approved table says of a kind of file: for files filed within its days. */
export const periodDecisionSchema = z.strictObject({
  period: periodSchema,
  /** The archive authority that approved it (同级档案主管部门), the number of its letter, and the letter's day. */
  authority: z.string().trim().max(60),
  letterNo: z.string().trim().max(60),
  approvedOn: day.nullable(),
  /** Filed on these days, both included; null: open. */
  validFrom: day.nullable(),
  validTo: day.nullable(),
});
export type PeriodDecision = z.infer<typeof periodDecisionSchema>;

/** Days of filing to which one decision applies; `from` and `to` null where open. */
export type PeriodSpan = { from: Day | null; to: Day | null; decision: PeriodDecision };

const first = '1000-01-01' as Day;
const last = '9999-12-31' as Day;

/** Which decision applies to which days of filing: a later one goes before, within its days. Oldest days first. */
export function periodSpans(decisions: readonly PeriodDecision[]): PeriodSpan[] {
  let spans: { from: Day; to: Day; decision: PeriodDecision }[] = [];
  for (const decision of decisions) {
    const [from, to] = [decision.validFrom ?? first, decision.validTo ?? last];
    const left = spans.flatMap((span) => [
      ...(span.from < from ? [{ ...span, to: span.to < from ? span.to : addDays(from, -1) }] : []),
      ...(span.to > to ? [{ ...span, from: span.from > to ? span.from : addDays(to, 1) }] : []),
    ]);
    spans = [...left, { from, to, decision }].sort((one, other) => (one.from < other.from ? -1 : 1));
  }
  return spans.map(({ from, to, decision }) => ({
    from: from === first ? null : from,
    to: to === last ? null : to,
    decision,
  }));
}

/** Counted from the end of the year of filing: a file of 2015 with ten years is kept until 2025-12-31. */
export const keptUntil = (filedOn: Day, years: number): Day =>
  `${Math.min(9999, yearOf(filedOn) + years)}-12-31` as Day;

/** The last day of filing whose files have been kept long enough on a day. */
export const filedBefore = (on: Day, years: number): Day =>
  `${Math.max(1000, yearOf(on) - years - 1)}-12-31` as Day;

/**
 * Files of so many full years go to the archive of the level: county 10, city and province 20 (档案法实施条例 20). A
 * station's go by way of its county.
 */
export const handOverYears = (level: string): number => (level === 'city' || level === 'province' ? 20 : 10);
