import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { DueRow } from '#shared/api/deadline-types.ts';
import { asDay } from '#shared/domain/day.ts';
import type { RuleDecision } from '#shared/domain/deadline-rule.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

// The clock of these tests stands at 2025-06-30.

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

const board = (more: Record<string, unknown> = {}) => program.call('deadline.board', more);
const verified = () => program.call('system.verify', {});
const told = (rows: readonly DueRow[]) =>
  rows.map(({ title, rule, dueOn, days }) => [title, rule, dueOn, days]);
const decision = (changes: Partial<RuleDecision> = {}): RuleDecision => ({
  isOff: false,
  offset: 1,
  unit: 'month',
  roll: 'none',
  strength: 'soft',
  ...changes,
});
const confirm = (rule: string, changes: Partial<RuleDecision> = {}, note = '') =>
  program.call('deadline.confirm', { rule, decision: decision(changes), note });

describe('rules', () => {
  test('a bureau confirms, changes and turns off; who and when stays, and the board follows', async () => {
    await program.save(aMediation().accepted('2025-05-20'));
    expect((await board()).overdue).toMatchObject([{ isUnconfirmed: true }]);
    await confirm('mediation.settle', {}, '省厅2019年规定');
    expect((await board()).overdue).toMatchObject([{ isUnconfirmed: false, dueOn: '2025-06-20' }]);
    program.clock.now = new Date('2025-06-30T03:00:00Z');
    await confirm('mediation.settle', { offset: 2, strength: 'hard' }, '县办法');
    expect((await board()).overdue).toEqual([]);
    expect((await board({ on: '2025-07-20' })).today).toMatchObject([{ strength: 'hard' }]);
    const rules = await confirm('mediation.settle', { isOff: true }, '本县不用');
    expect((await board({ on: '2025-08-20' })).counts.overdue).toBe(0);
    const settle = rules.find(({ rule }) => rule.code === 'mediation.settle');
    expect(settle).toMatchObject({ isOff: true, isConfirmed: true, open: 0, original: decision() });
    expect(
      settle?.history.map(({ account, at, note, decision: made }) => [account, at, note, made.offset]),
    ).toEqual([
      ['admin', '2025-06-30T03:00:00.000Z', '本县不用', 1],
      ['admin', '2025-06-30T03:00:00.000Z', '县办法', 2],
      ['admin', '2025-06-30T02:00:00.000Z', '省厅2019年规定', 1],
    ]);
    expect(rules.filter(({ isConfirmed }) => isConfirmed).map(({ rule }) => rule.code)).toEqual([
      'mediation.settle',
    ]);
    const logged = await program.look((db) =>
      db.column<string>(sql`select detail from audit_entry where action = 'deadline.confirm' order by seq`),
    );
    expect(logged).toHaveLength(3);
    expect(logged[1]).toContain('"offset":2');
    expect(await verified()).toMatchObject({ ok: true });
  });

  test('a change counts from its day on: what began before runs as it did, and both are told', async () => {
    await program.save(aMediation().accepted('2025-05-20').between('甲', '对方'));
    await program.save(aMediation().accepted('2025-06-02').between('乙', '对方'));
    const change = { offset: 15, unit: 'day', strength: 'hard', since: asDay('2025-06-01') } as const;
    const [settle] = await confirm('mediation.settle', change, '县办法');
    expect(told((await board()).overdue)).toEqual([
      ['乙、对方', 'mediation.settle', '2025-06-17', -13],
      ['甲、对方', 'mediation.settle', '2025-06-20', -10],
    ]);
    expect((await board()).overdue.map(({ strength }) => strength)).toEqual(['hard', 'soft']);
    expect(settle?.spans).toEqual([
      { from: '2002-11-01', to: '2025-05-31', decision: decision() },
      { from: '2025-06-01', to: null, decision: decision(change) },
    ]);
    // Confirmed as it stands: the day stands too.
    const { since: _since, ...same } = change;
    const [again] = await confirm('mediation.settle', same);
    expect(again?.spans.map(({ from }) => from)).toEqual(['2002-11-01', '2025-06-01']);
    expect(await verified()).toMatchObject({ ok: true });
    // Without a day it is so for all.
    const [all] = await confirm('mediation.settle', { ...same, since: null });
    expect(all?.spans.map(({ from, to }) => [from, to])).toEqual([['2002-11-01', null]]);
    expect(told((await board()).overdue)).toContainEqual(['甲、对方', 'mediation.settle', '2025-06-04', -26]);
  });

  test('turned off from a day, it still runs for what began before', async () => {
    await program.save(aMediation().accepted('2025-05-20').between('甲', '对方'));
    await program.save(aMediation().accepted('2025-05-25').between('乙', '对方'));
    await confirm('mediation.settle', { isOff: true, since: asDay('2025-05-25') }, '本县不用');
    expect(told((await board()).overdue).map(([title]) => title)).toEqual(['甲、对方']);
  });

  test('a decision on an older edition confirms nothing any more, but stands', async () => {
    await program.save(aMediation().accepted('2025-05-20'));
    await confirm('mediation.settle', { offset: 2 }, '县办法');
    await program.look((db) => db.run(sql`update deadline_decision set edition = 0`));
    const settle = (await program.call('deadline.rules', {}))[0];
    expect(settle).toMatchObject({ isConfirmed: false, isOutdated: true, rule: { offset: 2 } });
  });

  test('a record of the last days there are does not keep a rule from being changed', async () => {
    // As a program without a bound for typed days kept it.
    program.clock.now = new Date('9950-06-30T02:00:00Z');
    const agreed = aMediation().accepted('9950-06-01').withApplicant({ idNumber: undefined }).agreed();
    await program.save(agreed.with({ performBy: '9999-12-16' }));
    await program.save(agreed.with({ effectiveOn: '9999-12-31', performBy: '9999-12-31' }));
    const note = '本县规定三十日内回访';
    await confirm('mediation.visit', { offset: 30, unit: 'day' }, note);
    await confirm('mediation.visit', { offset: 3, unit: 'workday', roll: 'nextWorkday' }, note);
    const due = await program.look((db) =>
      db.column<string>(sql`select due_on from due_entry where rule like 'mediation.v%' order by due_on`),
    );
    expect(due).toEqual(['9999-12-21', '9999-12-31']);
    expect(await verified()).toMatchObject({ ok: true });
    // Back at today, such days are no damage of the record.
    program.clock.now = new Date('2025-06-30T02:00:00Z');
    expect(await verified()).toMatchObject({ ok: true });
  });

  test('no period and no basis are refused; what stands may be confirmed as it stands', async () => {
    const refused = (rule: string, changes: Partial<RuleDecision>, note: string) =>
      program.refused('deadline.confirm', { rule, decision: decision(changes), note });
    const title = '调结期限';
    expect(await refused('mediation.settle', { offset: 0 }, '县办法')).toEqual({
      code: 'deadline-no-period',
      params: { title },
    });
    for (const changes of [{ offset: 2 }, { isOff: true }, { roll: 'nextWorkday' }] as const)
      expect(await refused('mediation.settle', changes, '  ')).toEqual({
        code: 'deadline-no-basis',
        params: { title },
      });
    expect((await program.call('deadline.rules', {}))[0]?.history).toEqual([]);
    // The day that the parties agreed on is a period of none.
    await confirm('mediation.performance', { offset: 0, unit: 'day' });
    await confirm('mediation.settle', { offset: 2 }, '县办法');
    const settle = (await confirm('mediation.settle', { offset: 2 }))[0];
    expect(settle?.history.map(({ note }) => note)).toEqual(['', '县办法']);
  });

  test('a rule that is not there', async () => {
    expect(
      await program.refused('deadline.confirm', {
        rule: 'mediation.nothing',
        decision: decision(),
        note: '',
      }),
    ).toEqual({ code: 'deadline-unknown', params: { rule: 'mediation.nothing' } });
  });

  test('only head and administrator decide; everybody who reads sees', async () => {
    const demo = await aProgram({ everyRole: true });
    try {
      const clerk = await demo.signIn('clerk');
      expect((await clerk.call('deadline.rules', {})).length).toBeGreaterThan(3);
      expect(
        await clerk.refused('deadline.confirm', { rule: 'mediation.settle', decision: decision(), note: '' }),
      ).toEqual({ code: 'no-right', params: { right: 'rules.confirm' } });
      const head = await demo.signIn('head');
      const rules = await head.call('deadline.confirm', {
        rule: 'mediation.settle',
        decision: decision(),
        note: '',
      });
      expect(rules[0]?.history[0]?.account).toBe('head');
    } finally {
      await demo.close();
    }
  });
});
