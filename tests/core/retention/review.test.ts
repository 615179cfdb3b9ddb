// Periods of keeping as the bureau approved them, and what has come to its end (档案法实施条例 19, 20).
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { aFile, approved, decide } from './files-fixture.ts';

// The clock stands at 2025-06-30: ten years are over for what was filed in 2014 and before.

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

const review = (more: Record<string, unknown> = {}) =>
  program.call('retention.review', { what: 'ended', ...more });
const titles = async (more: Record<string, unknown> = {}) =>
  (await review(more)).rows.map((row) => row.title);

describe('periods', () => {
  test('nothing comes to its end before the bureau entered a period that was approved', async () => {
    await aFile(program, 1999, ['甲', '乙']);
    const before = await review();
    expect(before.rows).toEqual([]);
    expect(before.unsettled).toEqual([{ kindTitle: '人民调解案卷（其他，封面没有写）', files: 1 }]);
    await decide(program, 'mediation.case', 10);
    const after = await review();
    expect(after.rows).toMatchObject([
      { title: '甲、乙', filedOn: '1999-12-20', period: 10, endedOn: '2009-12-31', obstacles: [] },
    ]);
    expect(after.unsettled).toEqual([]);
    const shown = await program.call('retention.periods', {});
    expect(shown.find(({ kind }) => kind.code === 'mediation.case')).toMatchObject({
      ...{ isConfirmed: true, isOutdated: false, files: 1, fromLabel: '归档日期' },
      history: [{ account: 'admin', decision: { letterNo: '金档发〔2024〕8号' } }],
    });
  });

  test('without the letter that approved it, or a reason to take it back, a period is refused', async () => {
    const put = (decision: ReturnType<typeof approved>, note = '') =>
      program.refused('retention.decide', { kind: 'mediation.case', decision, note });
    for (const lacking of [{ authority: '' }, { letterNo: ' ' }, { approvedOn: null }])
      expect(await put(approved(10, lacking))).toMatchObject({
        code: 'retention-no-basis',
        params: { isUnset: false },
      });
    expect(await put(approved('unset'))).toMatchObject({ params: { isUnset: true } });
    expect(await put(approved(10, { approvedOn: '2025-07-01' as never }))).toMatchObject({
      code: 'retention-days',
      params: { isTurned: false },
    });
    const turned = { validFrom: '2020-01-01' as never, validTo: '2019-01-01' as never };
    expect(await put(approved(10, turned))).toMatchObject({ params: { isTurned: true } });
    expect((await put(approved(0 as never))).code).toBe('invalid-input');
    const unknown = { kind: 'mediation.none', decision: approved(10), note: '' };
    expect((await program.refused('retention.decide', unknown)).code).toBe('retention-kind-unknown');
    const shown = await program.call('retention.periods', {});
    expect(shown.every(({ history }) => history.length === 0)).toBe(true);
  });

  test('a period that was taken back ends nothing any more, and stays in the history', async () => {
    await aFile(program, 2010, ['甲', '乙']);
    await decide(program, 'mediation.case', 10);
    expect(await titles()).toEqual(['甲、乙']);
    await program.call('retention.decide', {
      kind: 'mediation.case',
      decision: approved('unset', { authority: '', letterNo: '', approvedOn: null }),
      note: '批准文件有误',
    });
    expect(await titles()).toEqual([]);
    const [shown] = (await program.call('retention.periods', {})).filter(
      ({ kind }) => kind.code === 'mediation.case',
    );
    expect(shown?.history.map(({ decision, note }) => [decision.period, note])).toEqual([
      ['unset', '批准文件有误'],
      [10, ''],
    ]);
  });

  test('a table for the files of certain years leaves those of the others as they were', async () => {
    await aFile(program, 2010, ['甲', '乙']);
    await aFile(program, 2013, ['丙', '丁']);
    await decide(program, 'mediation.case', 10);
    await decide(program, 'mediation.case', 30, { validFrom: '2012-01-01' as never });
    expect(await titles()).toEqual(['甲、乙']);
  });

  test('what the cover says counts: 短期 and 长期 have periods of their own, 永久 is never over', async () => {
    await aFile(program, 1990, ['短', '期'], { retention: 'short' });
    await aFile(program, 1990, ['长', '期'], { retention: 'long' });
    await aFile(program, 1990, ['永', '久'], { retention: 'permanent' });
    await decide(program, 'mediation.short', 10);
    await decide(program, 'mediation.long', 50);
    await decide(program, 'mediation.permanent', 10);
    const { rows } = await review();
    expect(rows.map(({ title, obstacles }) => [title, obstacles])).toEqual([
      ['永、久', [{ why: 'permanent', what: '' }]],
      ['短、期', []],
    ]);
  });

  test('the log is shown with how long it must be kept; looking at it cuts nothing', async () => {
    const kept = await program.call('retention.logs', {});
    expect(kept.rules.map(({ months }) => months)).toEqual([6, 36, 36, null]);
    expect(kept.since).toBe('2025-06-30T02:00:00.000Z');
    expect(kept.entries).toBeGreaterThan(0);
    program.clock.now = new Date('2045-06-30T02:00:00Z');
    await program.restart();
    await program.signInAgain();
    const later = await program.call('retention.logs', {});
    expect(later.since).toBe(kept.since);
    expect(later.entries).toBeGreaterThan(kept.entries);
  });
});

describe('the list for review', () => {
  beforeEach(() => decide(program, 'mediation.case', 10));

  test('a period is over after the last day of its last year', async () => {
    await aFile(program, 2014, ['甲', '乙']);
    await aFile(program, 2015, ['丙', '丁']);
    expect(await titles()).toEqual(['甲、乙']);
    expect(await titles({ on: '2024-12-31' })).toEqual([]);
    expect(await titles({ on: '2025-01-01' })).toEqual(['甲、乙']);
    expect(await titles({ on: '2026-01-01' })).toEqual(['甲、乙', '丙、丁']);
  });

  test('a case that is not filed has no period that runs', async () => {
    await program.save(aMediation().accepted('2001-03-01').agreed('2001-03-02'));
    expect(await titles()).toEqual([]);
  });

  test('groups are by kind, unit and year; the list can be narrowed to one', async () => {
    await aFile(program, 2010, ['甲', '乙']);
    await aFile(program, 2010, ['丙', '丁']);
    await aFile(program, 2012, ['戊', '己']);
    const all = await review({ limit: 1 });
    expect(all.groups.map(({ year, count }) => [year, count])).toEqual([
      [2010, 2],
      [2012, 1],
    ]);
    expect([all.total, all.rows.length]).toEqual([3, 1]);
    expect(await titles({ year: 2012 })).toEqual(['戊、己']);
    const { unitId = '' } = all.groups[0] ?? {};
    expect((await review({ unit: unitId, kind: 'mediation.case', year: 2010 })).total).toBe(2);
    expect((await review({ kind: 'mediation.long' })).total).toBe(0);
  });

  test('kept on after a review it is not due before the new day, and says why it was kept', async () => {
    const { id } = await aFile(program, 2010, ['甲', '乙']);
    const keep = (until: string, ids = [id]) => ({ ids, until, reason: '相邻权争议还在继续' });
    expect((await program.refused('retention.keep', keep('2025-06-30'))).code).toBe('retention-until');
    await program.call('retention.keep', keep('2030-12-31'));
    expect(await titles()).toEqual([]);
    expect((await program.refused('retention.keep', keep('2031-12-31'))).code).toBe('file-not-due');
    const { rows } = await review({ on: '2031-01-01' });
    expect(rows).toMatchObject([
      {
        endedOn: '2030-12-31',
        kept: { until: '2030-12-31', reason: '相邻权争议还在继续', account: 'admin' },
      },
    ]);
  });

  test('one file that is not due keeps all that were named from being kept on', async () => {
    const due = await aFile(program, 2010, ['甲', '乙']);
    const other = await aFile(program, 2020, ['丙', '丁']);
    const both = { ids: [due.id, other.id], until: '2030-12-31', reason: '有用' };
    expect(await program.refused('retention.keep', both)).toMatchObject({
      code: 'file-not-due',
      params: { title: '丙、丁' },
    });
    expect(await titles()).toEqual(['甲、乙']);
  });

  test('what is still named by an open record stands in the way', async () => {
    const { id } = await aFile(program, 2010, ['甲', '乙']);
    const finding = {
      ...{ name: '旧事重提', foundOn: '2025-05-01', kind: '02', summary: '邻里又起争执' },
      ...{ handling: 'accepted', caseId: id },
    };
    await program.call('ledger.save', { ledger: 'finding', record: finding });
    const { rows } = await review();
    expect(rows[0]?.obstacles).toEqual([{ why: 'pointed', what: '排查发现纠纷台账 1 件' }]);
  });

  test('files that are kept longer go to the archive after ten years', async () => {
    await aFile(program, 2010, ['长', '期'], { retention: 'long' });
    await aFile(program, 2010, ['永', '久'], { retention: 'permanent' });
    await aFile(program, 2018, ['新', '卷'], { retention: 'long' });
    await decide(program, 'mediation.long', 30);
    await decide(program, 'mediation.permanent', 'permanent');
    const { rows, handOverYears } = await program.call('retention.review', { what: 'archive' });
    expect(handOverYears).toBe(10);
    expect(rows.map(({ title, period }) => [title, period])).toEqual([
      ['长、期', 30],
      ['永、久', 'permanent'],
    ]);
  });

  test('the printed list names every file with room for the opinion, and is logged', async () => {
    await aFile(program, 2010, ['甲方名', '乙方名']);
    const sheet = await program.call('retention.sheet', { what: 'ended' });
    expect(sheet).toMatchObject({ title: '到期档案鉴定清单', rows: 1 });
    for (const text of ['甲方名、乙方名', '2020-12-31', '鉴定意见', '鉴定小组签字'])
      expect(sheet.html).toContain(text);
    const { entries } = await program.call('audit.list', { limit: 5, actions: ['retention.sheet'] });
    expect(entries).toHaveLength(1);
  });
});
