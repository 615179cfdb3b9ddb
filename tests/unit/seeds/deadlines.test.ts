import { describe, expect, test } from 'vitest';
import { seedYears } from '#core/cases/calendars.ts';
import { seedRules } from '#core/cases/rules.ts';
import { asDay } from '#shared/domain/day.ts';
import { deadlineOf } from '#shared/domain/deadline.ts';
import {
  type DeadlineRule,
  deadlineRuleSchema,
  namesOf,
  rolls,
  units,
} from '#shared/domain/deadline-rule.ts';
import { createWorkCalendar } from '#shared/domain/working-days.ts';
import { ledgers } from '#shared/ledgers/all.ts';

test('codes are given once and begin with their register', () => {
  const codes = seedRules().map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const rule of seedRules()) expect(rule.code.split('.')[0]).toBe(rule.ledger);
});

test.each(seedRules().map((rule) => [rule.code, rule] as const))(
  '%s names only what its register has',
  (_code, rule) => {
    const ledger = ledgers.find(({ name }) => name === rule.ledger);
    if (!ledger) throw new Error(`no register ${rule.ledger}`);
    const { fields, children, states } = namesOf(rule);
    expect(fields.filter((field) => !Object.hasOwn(ledger.fields, field))).toEqual([]);
    expect(
      children.filter((path) => {
        const [child = '', field = ''] = path.split('.');
        return !Object.hasOwn(ledger.children[child]?.fields ?? {}, field);
      }),
    ).toEqual([]);
    for (const field of rule.trigger) expect(ledger.fields[field]?.kind).toBe('day');
    if (rule.lastOf) {
      const { ledger: other, by, on, when } = rule.lastOf;
      const fieldsOf = ledgers.find(({ name }) => name === other)?.fields ?? {};
      expect(fieldsOf[by]?.ref).toBe(rule.ledger);
      expect(fieldsOf[on]?.kind).toBe('day');
      expect(when.filter((one) => !Object.hasOwn(fieldsOf, one.field))).toEqual([]);
    }
    for (const state of states) {
      expect(ledger.workflow.states).toHaveProperty(state);
      // Nothing is due of what is closed, void or was never taken on.
      expect(ledger.workflow.states[state]?.isClosed).not.toBe(true);
      expect(ledger.workflow.states[state]?.isUncounted).not.toBe(true);
    }
  },
);

test('a rule with a word too many, or a state missing, is refused', () => {
  const [rule] = seedRules();
  expect(deadlineRuleSchema.safeParse({ ...rule, more: 1 }).success).toBe(false);
  expect(deadlineRuleSchema.safeParse({ ...rule, states: [] }).success).toBe(false);
  expect(deadlineRuleSchema.safeParse({ ...rule, validFrom: '2025-02-30' }).success).toBe(false);
});

describe('every rule ends somewhere, whatever day begins it', () => {
  const calendar = createWorkCalendar(seedYears());
  // From 29 February of a leap year, from the first day there is (there is none before it), and from the last, by period.
  const ends: Record<string, readonly [string, string, string?]> = {
    '3 day before': ['2024-02-26', '1000-01-01', '9999-12-28'],
    '1 month before': ['2024-01-29', '1000-01-01', '9999-11-30'],
    '7 day sameDay': ['2024-03-06', '1000-01-08'],
    '30 day sameDay': ['2024-03-29', '1000-01-31'],
    '2 month sameDay': ['2024-04-28', '1000-02-28'],
    '3 month': ['2024-05-29', '1000-04-01'],
    '3 month sameDay': ['2024-05-28', '1000-03-31'],
    '6 month sameDay': ['2024-08-28', '1000-06-30'],
    '7 day': ['2024-03-07', '1000-01-08'],
    '48 hour': ['2024-03-02', '1000-01-03'],
    '30 day before': ['2024-01-30', '1000-01-01', '9999-12-01'],
    '10 day nextWorkday': ['2024-03-11', '1000-01-13'],
    '0 day sameDay': ['2024-02-29', '1000-01-01'],
    '3 day': ['2024-03-03', '1000-01-04'],
    '5 day': ['2024-03-05', '1000-01-06'],
    '10 day': ['2024-03-10', '1000-01-11'],
    '15 day': ['2024-03-15', '1000-01-16'],
    '30 day': ['2024-03-30', '1000-01-31'],
    '5 workday': ['2024-03-07', '1000-01-08'],
    '10 workday': ['2024-03-14', '1000-01-15'],
    '1 month': ['2024-03-29', '1000-02-01'],
    '2 month': ['2024-04-29', '1000-03-01'],
  };
  const dueOf = (rule: DeadlineRule, begunOn: string, more: Record<string, unknown> = {}) => {
    const { within: _within, ...bare } = rule;
    const always = { ...bare, when: [], metBy: [], validFrom: asDay('1000-01-01'), validTo: null };
    const record = { state: rule.states[0] ?? '', content: { [rule.trigger[0] ?? '']: begunOn, ...more } };
    const found = deadlineOf(always, record, () => calendar);
    if (found.is !== 'open') throw new Error(`${rule.code} is ${found.is}`);
    return found.due;
  };

  test.each(seedRules().map((rule) => [rule.code, rule] as const))('%s', (_code, rule) => {
    const words = [rule.offset, rule.unit, rule.from, rule.roll].filter(
      (word) => word !== 'nextDay' && word !== 'none',
    );
    const [leap, first, last = '9999-12-31'] = ends[words.join(' ')] ?? [];
    expect(dueOf(rule, '2024-02-29').dueOn).toBe(leap);
    expect(dueOf(rule, '1000-01-01').dueOn).toBe(first);
    expect(dueOf(rule, '9999-12-31').dueOn).toBe(last);
    // As a bureau may decide: every unit, counted with and without its first day, moved on over days off.
    for (const unit of units)
      for (const from of ['sameDay', 'nextDay'] as const)
        for (const roll of rolls) {
          const decided = { ...rule, unit, from, roll, offset: 2000 };
          const latest = dueOf(decided, '9999-12-31T23:59');
          expect([latest.dueOn, latest.unknownYears.every((year) => year <= 9999)]).toEqual([
            '9999-12-31',
            true,
          ]);
          for (const begunOn of ['1000-01-01', '2024-02-29', '9998-02-28'])
            expect(dueOf(decided, begunOn).dueOn > begunOn).toBe(true);
        }
  });
});
