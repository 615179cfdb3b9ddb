import { z } from 'zod';
import { addDays, type Day, parseDay } from '#shared/domain/day.ts';

/**
 * Deadlines as data (seeds/deadlines): from which field a period runs, how long, what meets it, pauses it, extends it,
 * and which article of which law says so. General enough for every register: hours, days, working days, months.
 */

const day = z.custom<Day>((value) => typeof value === 'string' && parseDay(value) !== null, 'not a day');
const field = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

/** The shape of `Condition` in shared/ledgers/workflow.ts. */
const condition = z.union([
  z.strictObject({ field, filled: z.boolean() }),
  z.strictObject({ field, in: z.array(z.string()).min(1) }),
  z.strictObject({ field, notIn: z.array(z.string()).min(1) }),
]);

export const units = ['hour', 'day', 'workday', 'month'] as const;
export const rolls = ['none', 'nextWorkday'] as const;
export const strengths = ['hard', 'soft'] as const;

const period = { offset: z.int().min(0).max(2000), unit: z.enum(units) };

export const deadlineRuleSchema = z.strictObject({
  /** '<ledger>.<what>'; kept for ever, as decisions of bureaus name it. */
  code: z.string().regex(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/),
  /** Grows with every change of the rule's substance: a decision on an older edition confirms nothing any more. */
  edition: z.int().min(1),
  ledger: field,
  title: z.string().min(1).max(30),
  /** The first of these day fields that is filled begins the period; one after the first is an estimate. */
  trigger: z.array(field).min(1),
  /**
   * What recurs begins with the last of these records that names this one in `by` and counts, where there is one: its day
   * stands for the trigger.
   */
  lastOf: z.strictObject({ ledger: field, by: field, on: field, when: z.array(condition) }).optional(),
  /** Whether the day of the trigger counts (民法典 art. 201: as a rule it does not); `before`: so long before that day. */
  from: z.enum(['sameDay', 'nextDay', 'before']),
  ...period,
  roll: z.enum(rolls),
  /** States in which the period runs; in any other there is nothing to do under this rule. */
  states: z.array(z.string()).min(1),
  /** All must hold for the rule to apply. */
  when: z.array(condition),
  /** `until` is filled and no later than so many days after `first`, or the rule does not apply. */
  within: z.strictObject({ first: field, until: field, days: z.int().min(0).max(2000) }).optional(),
  /** Any of them meets the deadline. */
  metBy: z.array(condition),
  /** Any of these days meets it where it lies within the period; later it changes nothing. */
  metInTimeBy: z.array(field).optional(),
  /** Time from one day field to the other does not count; without the second the period stands still. */
  pausedBy: z.array(z.strictObject({ child: field.optional(), from: field, to: field })),
  /** A day agreed on (with what must be on file for it to count), or a further period when something holds. */
  extendedBy: z.array(
    z.union([
      z.strictObject({ to: field, needs: z.array(field) }),
      z.strictObject({ ...period, when: z.array(condition).min(1) }),
    ]),
  ),
  /** A right that lapses is nothing to chase after its day, unless all of these hold. */
  lapsesUnless: z.array(condition).optional(),
  /** A limit that entries are held against (rules of the register name it); nothing is due under it. */
  isLimit: z.literal(true).optional(),
  /** Who is in charge: the first of these fields that is filled. */
  person: z.array(field),
  strength: z.enum(strengths),
  law: z.string().min(1),
  article: z.string().nullable(),
  validFrom: day,
  validTo: day.nullable(),
  /** Where it was taken from, and what in it is the program's own guess. */
  source: z.string().min(1),
  sure: z.enum(['high', 'medium', 'low']),
});
export type DeadlineRule = z.infer<typeof deadlineRuleSchema>;

export const deadlineRulesSchema = z.strictObject({ rules: z.array(deadlineRuleSchema).min(1) });

/** What a bureau decides on a rule; the rest of it stays as the program brings it. */
export const ruleDecisionSchema = z.strictObject({
  isOff: z.boolean(),
  ...period,
  roll: z.enum(rolls),
  strength: z.enum(strengths),
  /** For periods that begin on this day or later; null: for all. Without it, as the decision before it has it. */
  since: day.nullable().optional(),
});
export type RuleDecision = z.infer<typeof ruleDecisionSchema>;

export function decisionOf(rule: DeadlineRule): RuleDecision {
  const { offset, unit, roll, strength } = rule;
  return { isOff: false, offset, unit, roll, strength };
}

/** What a bureau decided, without when it begins to count: the same decision again is a confirmation. */
export function isSameRule(one: RuleDecision, other: RuleDecision): boolean {
  const { since: _one, ...left } = one;
  const { since: _other, ...right } = other;
  return Object.entries(left).every(([name, value]) => right[name as keyof typeof right] === value);
}

/** A stretch of days on which periods begin under one decision. */
export type RuleSpan = { from: Day; to: Day | null; decision: RuleDecision };

/**
 * How a rule stood and stands: a decision counts from its day on, whatever was decided before; one without a day puts
 * all of them aside. Oldest first, without gaps, within the days on which the rule itself is in force.
 * @param decisions the oldest first
 */
export function spansOf(rule: DeadlineRule, decisions: readonly RuleDecision[]): RuleSpan[] {
  const { validFrom, validTo } = rule;
  let spans: RuleSpan[] = [{ from: validFrom, to: validTo, decision: decisionOf(rule) }];
  for (const decision of decisions) {
    const from = decision.since && decision.since > validFrom ? decision.since : validFrom;
    if (validTo !== null && from > validTo) continue;
    const before = spans.flatMap((span) =>
      span.from >= from
        ? []
        : [{ ...span, to: span.to === null || span.to >= from ? addDays(from, -1) : span.to }],
    );
    spans = [...before, { from, to: validTo, decision }];
  }
  const joined: RuleSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && isSameRule(last.decision, span.decision)) joined.splice(-1, 1, { ...span, from: last.from });
    else joined.push(span);
  }
  return joined;
}

/** Whether counting under the rule may look into the calendar. */
export function needsCalendar(rule: DeadlineRule): boolean {
  return (
    rule.roll !== 'none' ||
    rule.unit === 'workday' ||
    rule.extendedBy.some((one) => 'unit' in one && one.unit === 'workday')
  );
}

/** Every field and state that a rule names, to hold it against its register. */
export function namesOf(rule: DeadlineRule): { fields: string[]; children: string[]; states: string[] } {
  const conditions = [
    ...rule.when,
    ...rule.metBy,
    ...(rule.lapsesUnless ?? []),
    ...rule.extendedBy.flatMap((one) => ('when' in one ? one.when : [])),
  ];
  const fields = [
    ...rule.trigger,
    ...rule.person,
    ...(rule.within ? [rule.within.first, rule.within.until] : []),
    ...(rule.metInTimeBy ?? []),
    ...conditions.map((one) => one.field),
    ...rule.pausedBy.flatMap((one) => (one.child === undefined ? [one.from, one.to] : [])),
    ...rule.extendedBy.flatMap((one) => ('to' in one ? [one.to, ...one.needs] : [])),
  ];
  const children = rule.pausedBy.flatMap(({ child, from, to }) =>
    child === undefined ? [] : [`${child}.${from}`, `${child}.${to}`],
  );
  return { fields: [...new Set(fields)], children, states: rule.states };
}
