import { expect, test } from 'vitest';
import { seedRules } from '#core/cases/rules.ts';
import { deadlineRuleSchema, namesOf } from '#shared/domain/deadline-rule.ts';
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
