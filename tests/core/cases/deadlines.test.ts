import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { DueRow } from '#shared/api/deadline-types.ts';
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

describe('the board', () => {
  test('overdue, today, within seven days; beyond is not on it', async () => {
    for (const [name, day] of [
      ['甲', '2025-05-29'],
      ['乙', '2025-05-30'],
      ['丙', '2025-05-31'],
      ['丁', '2025-06-07'],
      ['戊', '2025-06-08'],
    ] as const)
      await program.save(aMediation().accepted(day).between(name, '对方'));
    const seen = await board();
    expect(told(seen.overdue)).toEqual([['甲、对方', 'mediation.settle', '2025-06-29', -1]]);
    // 31 May and a month is 30 June, as 30 May is.
    expect(told(seen.today).map(([title]) => title)).toEqual(['乙、对方', '丙、对方']);
    expect(told(seen.week)).toEqual([['丁、对方', 'mediation.settle', '2025-07-07', 7]]);
    expect(seen.counts).toEqual({ overdue: 1, today: 2, week: 1 });
    expect(seen.on).toBe('2025-06-30');
    expect(seen.overdue[0]).toMatchObject({
      law: '人民调解工作若干规定（司法部令第75号）',
      article: '第三十三条',
      basis: '受理日期',
      startedOn: '2025-05-29',
      isUnconfirmed: true,
      strength: 'soft',
    });
    expect(seen.overdue[0]?.number).toMatch(/人调字第1号/);
    expect(told((await board({ on: '2025-07-08' })).today)).toEqual([
      ['戊、对方', 'mediation.settle', '2025-07-08', 0],
    ]);
    expect(await verified()).toMatchObject({ ok: true });
  });

  test('an agreed extension takes a case off; a day without both parties agreement is refused', async () => {
    const { id } = await program.save(aMediation().accepted('2025-05-01'));
    expect((await board()).counts.overdue).toBe(1);
    expect(
      await program.refused('ledger.act', { id, action: 'extend', record: { extendedTo: '2025-07-31' } }),
    ).toMatchObject({ code: 'record-invalid' });
    const record = { extendedTo: '2025-07-31', extensionAgreedOn: '2025-05-28' };
    await program.call('ledger.act', { id, action: 'extend', record });
    expect((await board()).counts).toEqual({ overdue: 0, today: 0, week: 0 });
    const later = await board({ on: '2025-08-01' });
    expect(later.overdue).toMatchObject([{ dueOn: '2025-07-31', isExtended: true, days: -1 }]);
  });

  test('a concluded, archived or voided case has no month any more; what was taken back has it again', async () => {
    const saved = await program.save(aMediation().accepted('2025-05-01'));
    const failed = aMediation().accepted('2025-05-01').failed('2025-05-20');
    await program.save(failed, { id: saved.id, baseVersion: saved.version });
    expect((await board()).overdue).toEqual([]);
    const { id } = await program.save(aMediation().accepted('2025-05-02'));
    expect((await board()).overdue).toHaveLength(1);
    await program.call('ledger.act', { id, action: 'void', record: { voidReason: '重复登记' } });
    expect((await board()).overdue).toEqual([]);
    const agreed = await program.save(aMediation().accepted('2025-05-03').agreed('2025-05-10'));
    expect((await board()).overdue.map(({ rule }) => rule)).toEqual(['mediation.visit']);
    await program.call('ledger.act', {
      id: agreed.id,
      action: 'archive',
      record: { archivedOn: '2025-06-01' },
    });
    expect((await board()).overdue).toEqual([]);
    await program.call('ledger.act', { id: agreed.id, action: 'reopen' });
    expect((await board()).overdue).toHaveLength(1);
    expect(await verified()).toMatchObject({ ok: true });
  });

  test('an application that waits or was declined has none', async () => {
    await program.save(aMediation().accepted('2025-05-01').with({ acceptance: 'pending' }));
    await program.save(
      aMediation().accepted('2025-05-01').with({ acceptance: 'declined', declineReason: 'handled' }),
    );
    expect((await board()).counts).toEqual({ overdue: 0, today: 0, week: 0 });
  });

  test('30 days for the court: a right that lapses, but a promise that stays', async () => {
    const agreement = aMediation().accepted('2025-05-25').agreed('2025-05-31');
    const { id, version } = await program.save(agreement.with({ effectiveOn: '2025-06-01' }));
    const due = (rows: readonly DueRow[]) => rows.filter(({ rule }) => rule === 'mediation.confirmation');
    expect(due((await board({ on: '2025-06-30' })).week)).toMatchObject([
      {
        dueOn: '2025-07-01',
        strength: 'hard',
        article: '第三十三条',
        isEstimated: false,
        basis: '协议生效日期',
      },
    ]);
    expect(due((await board({ on: '2025-07-01' })).today)).toHaveLength(1);
    const gone = await board({ on: '2025-07-02' });
    expect(due([...gone.overdue, ...gone.today, ...gone.week])).toEqual([]);
    const meant = agreement.with({ effectiveOn: '2025-06-01', aftermath: 'confirmation' });
    await program.save(meant, { id, baseVersion: version });
    expect(due((await board({ on: '2025-07-02' })).overdue)).toMatchObject([{ days: -1 }]);
    await program.call('ledger.act', {
      id,
      action: 'applyConfirmation',
      record: { confirmationAppliedOn: '2025-06-20', courtName: '某县人民法院' },
    });
    expect(due((await board({ on: '2025-07-02' })).overdue)).toEqual([]);
  });

  test('without the day of effect the day of conclusion stands in, and is called an estimate', async () => {
    await program.save(aMediation().accepted('2025-05-25').agreed('2025-06-01'));
    const rows = (await board({ on: '2025-07-01' })).today;
    expect(rows).toMatchObject([{ rule: 'mediation.confirmation', isEstimated: true, basis: '办结日期' }]);
  });

  test('performance by the day agreed on, and a visit after it', async () => {
    const agreed = aMediation().accepted('2025-05-01').agreed('2025-05-05').with({ performBy: '2025-06-20' });
    const { id } = await program.save(agreed);
    expect(told((await board()).overdue)).toEqual([
      ['柳春禾、边小舟', 'mediation.performance', '2025-06-20', -10],
    ]);
    expect(told((await board()).week)).toEqual([['柳春禾、边小舟', 'mediation.visit', '2025-07-05', 5]]);
    await program.call('ledger.act', { id, action: 'perform', record: { performance: 'performed' } });
    expect((await board()).counts).toEqual({ overdue: 0, today: 0, week: 0 });
  });

  test('a hazard found is due on its own day', async () => {
    const record = { name: '渠水之争', foundOn: '2025-06-01', dueOn: '2025-06-30', responsible: '何满仓' };
    await program.call('ledger.save', { ledger: 'finding', record });
    expect((await board()).today).toMatchObject([
      { ledger: 'finding', title: '渠水之争', rule: 'finding.settle', personName: '何满仓', number: null },
    ]);
  });

  test('by person and unit, and page by page', async () => {
    for (let number = 0; number < 5; number++)
      await program.save(
        aMediation()
          .accepted(`2025-05-0${number + 1}`)
          .with({ registrar: '孟庆' }),
      );
    await program.save(aMediation().accepted('2025-05-09').with({ registrar: '白露' }));
    await program.save(aMediation().accepted('2025-05-10'));
    const all = await board();
    expect(all.persons.map(({ name, overdue }) => [name, overdue])).toEqual([
      ['孟庆', 5],
      ['', 1],
      ['白露', 1],
    ]);
    const unit = all.units[0]?.unitId;
    expect(all.units).toMatchObject([{ name: '东坝镇司法所', overdue: 7 }]);
    const his = await board({ person: '孟庆', unit, limit: 2, offset: 3, part: 'overdue' });
    expect(his.counts).toEqual({ overdue: 5, today: 0, week: 0 });
    expect(his.overdue.map(({ startedOn }) => startedOn)).toEqual(['2025-05-04', '2025-05-05']);
    expect(his.persons).toHaveLength(3);
    expect((await board({ person: '' })).overdue.map(({ startedOn }) => startedOn)).toEqual(['2025-05-10']);
    expect((await board({ rule: 'mediation.visit' })).counts.overdue).toBe(0);
  });

  test('a clock that was set back does not hide what is due, and is told', async () => {
    await program.save(aMediation().accepted('2025-05-20'));
    program.clock.now = new Date('2020-01-01T02:00:00Z');
    const behind = await board();
    expect(behind.clock).toEqual({ today: '2020-01-01', later: '2025-06-30', isBehind: true });
    expect([behind.on, behind.counts.overdue]).toEqual(['2025-06-30', 1]);
    expect((await board({ on: '2020-01-01' })).counts.overdue).toBe(0);
    program.clock.now = new Date('2025-07-01T02:00:00Z');
    expect((await board()).clock).toEqual({ today: '2025-07-01', later: null, isBehind: false });
  });

  test('one save under a clock that ran ahead is told, and the board goes on counting from today', async () => {
    await program.save(aMediation().accepted('2025-05-20'));
    program.clock.now = new Date('2026-03-01T02:00:00Z');
    await program.save(aMediation().accepted('2025-06-20'));
    program.clock.now = new Date('2025-06-30T02:00:00Z');
    const now = await board();
    expect(now.clock).toEqual({ today: '2025-06-30', later: '2026-03-01', isBehind: false });
    expect([now.on, now.counts.overdue]).toEqual(['2025-06-30', 1]);
    expect((await board({ on: '2026-03-01' })).counts.overdue).toBe(2);
  });

  test('work on several later days says that the machine is behind', async () => {
    for (const day of ['2025-07-02', '2025-07-03']) {
      program.clock.now = new Date(`${day}T02:00:00Z`);
      await program.save(aMediation().accepted('2025-05-20'));
    }
    program.clock.now = new Date('2025-07-01T02:00:00Z');
    const now = await board();
    expect(now.clock).toEqual({ today: '2025-07-01', later: '2025-07-03', isBehind: true });
    expect(now.on).toBe('2025-07-03');
    // The end of a day is the end of the day in China.
    program.clock.now = new Date('2025-07-03T15:59:59Z');
    expect((await board()).clock.later).toBe(null);
  });
});

describe('what is kept', () => {
  test('verify finds a row that is wrong, missing, or of nothing', async () => {
    const { id } = await program.save(aMediation().accepted('2025-05-20'));
    await program.save(aMediation().accepted('2025-05-21'));
    const found = async () => (await verified()).findings.map(({ check, object }) => [check, object]);
    await program.look((db) =>
      db.run(sql`update due_entry set due_on = '2026-01-01' where record_id = ${id}`),
    );
    expect(await found()).toEqual([['deadlines', id]]);
    await program.look((db) => db.run(sql`delete from due_entry where record_id = ${id}`));
    expect(await found()).toEqual([
      ['deadlines', id],
      ['deadlines', 'index'],
    ]);
    await program.look((db) =>
      db.exec(`insert into due_entry select 'x', rule, ledger, unit_id, person, due_on, due_time, started_on, basis,
        is_extended, is_estimated, is_lapsing, unknown_years from due_entry`),
    );
    expect(await found()).toEqual([
      ['deadlines', id],
      ['deadlines', 'index'],
    ]);
    await program.look((db) => db.run(sql`delete from due_entry where record_id = 'x'`));
    await program.look((db) => db.run(sql`update due_tally set count = count + 1`));
    expect(await found()).toEqual([
      ['deadlines', id],
      ['deadlines', 'index'],
    ]);
  });

  test('a ledger left by other rules is derived anew when it is opened', async () => {
    const { id } = await program.save(aMediation().accepted('2025-05-20'));
    await program.look((db) => {
      db.run(sql`delete from due_entry`);
      db.run(sql`update derivation_stamp set stamp = 'older'`);
    });
    await program.restart();
    await program.signInAgain();
    expect((await board()).overdue.map((row) => row.id)).toEqual([id]);
    expect(await verified()).toMatchObject({ ok: true });
  });

  test('a save that changes nothing of it leaves the rows; one that does renews them', async () => {
    const first = await program.save(aMediation().accepted('2025-05-20'));
    const rows = () => program.look((db) => db.all(sql`select * from due_entry`));
    const before = await rows();
    const second = await program.save(aMediation().accepted('2025-05-20').with({ remark: '补充' }), {
      id: first.id,
      baseVersion: first.version,
    });
    expect(await rows()).toEqual(before);
    await program.save(aMediation().accepted('2025-05-21'), { id: first.id, baseVersion: second.version });
    expect(await rows()).toMatchObject([{ due_on: '2025-06-21' }]);
  });

  test('the record tells its own', async () => {
    const record = aMediation().accepted('2025-05-01').agreed('2025-05-05').with({ performBy: '2025-06-20' });
    const { id } = await program.save(record);
    const { deadlines, on } = await program.call('deadline.record', { id });
    expect(on).toBe('2025-06-30');
    expect(deadlines.map(({ rule, dueOn, isLapsed }) => [rule, dueOn, isLapsed])).toEqual([
      ['mediation.confirmation', '2025-06-04', true],
      ['mediation.performance', '2025-06-20', false],
      ['mediation.visit', '2025-07-05', false],
    ]);
  });
});

test('the sheet says title, unit, day, each row, and what is not confirmed; markup stays text', async () => {
  await program.save(aMediation().accepted('2025-05-20').between('<b>甲</b>', '乙'));
  const { html, rows } = await program.call('deadline.sheet', {});
  expect(rows).toBe(1);
  for (const words of [
    '待办期限一览表',
    '填报单位：东坝镇司法所',
    '2025-06-30',
    '已逾期（1 件）',
    '逾期 10 天',
    '未核实',
  ])
    expect(html).toContain(words);
  expect(html).toContain('&lt;b&gt;甲&lt;/b&gt;');
  expect(html).not.toContain('<b>甲');
  const logged = () =>
    program.look((db) =>
      db.column<string>(sql`select detail from audit_entry where action = 'deadline.sheet'`),
    );
  await vi.waitFor(async () => expect(await logged()).toEqual(['{"on":"2025-06-30","rows":1}']));
});
