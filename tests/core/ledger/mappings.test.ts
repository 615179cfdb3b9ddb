// What a case is in the published lists, what a bureau says of a mapping's rows, and where the codes then stand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MappingShown, PublishedOf } from '#shared/api/mapping-types.ts';
import { errorText } from '#shared/text/errors.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
let performed = '';
let failed = '';
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  performed = (await program.save(aMediation().agreed().with({ performance: 'performed' }))).id;
  failed = (await program.save(aMediation().failed())).id;
});
afterAll(() => program.close());

const published = async (id: string): Promise<Record<string, PublishedOf>> =>
  Object.fromEntries((await program.call('mapping.record', { id })).map((one) => [one.mapping, one]));
const shown = async (name: string): Promise<MappingShown> => {
  const found = (await program.call('mapping.list', {})).mappings.find(({ mapping }) => mapping === name);
  if (!found) throw new Error(`no mapping ${name}`);
  return found;
};
const cells = (html: string): string[][] =>
  [...html.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, text = '']) => text),
  );

test('a case has its code in each published list, or a reason for none', async () => {
  const found = await published(performed);
  expect(found.performancePlatform).toMatchObject({
    list: '履行情况',
    edition: '平台四项',
    title: '履行情况（平台四项）',
    source: expect.stringContaining('平台'),
    sure: 'low',
    code: '01',
    label: '协议已履行',
    isVerified: false,
    said: null,
  });
  expect(found.disputeKind2016).toMatchObject({ code: '02', label: '邻里' });
  expect(found.resultPlatform).toMatchObject({ code: '1', label: '调解成功' });
  expect(found.caseStatePlatform).toMatchObject({ label: '调解成功' });
  expect(found.sourceRegistration).toMatchObject({ label: '依当事人申请' });
  expect(found.difficultyPlatform).toMatchObject({ label: '未说明' });
  expect(found.difficultyThree).toMatchObject({ why: '没有填写难易程度' });
  const none = await published(failed);
  expect(none.performancePlatform).toMatchObject({ why: '没有达成协议，不填履行情况' });
  expect(none.performancePlatform).not.toHaveProperty('code');
  expect(none.caseStatePlatform).toMatchObject({ label: '调解结束' });
});

test('the state counts too, where the published list asks for it', async () => {
  const { id } = await program.save(aMediation());
  expect((await published(id)).caseStatePlatform).toMatchObject({ label: '调解中' });
  await program.call('ledger.act', { id, action: 'void', record: { voidReason: '重复登记' } });
  expect((await published(id)).caseStatePlatform).toMatchObject({ why: '作废的案件不填案件状态' });
});

test('a register without published lists has none, an unknown record is named', async () => {
  const [committee] = (await program.call('ledger.list', { ledger: 'committee' })).rows;
  expect(await program.call('mapping.record', { id: committee?.id ?? '' })).toEqual([]);
  const gone = '00000000-0000-7000-8000-000000000000';
  expect(await program.refused('mapping.record', { id: gone })).toMatchObject({ code: 'record-missing' });
});

test('the tables say in words of what they speak and what they leave open', async () => {
  const kinds = await shown('disputeKind2010');
  expect(kinds.rows[1]).toMatchObject({
    when: '纠纷类型：婚姻家庭纠纷',
    target: { code: '01' },
    isVerified: false,
  });
  expect(kinds.gaps).toEqual({ ours: [], unreached: ['计划生育', '村务管理'], silent: [] });
  const state = await shown('caseStatePlatform');
  expect(state.gaps.ours).toEqual(['状态：不予受理', '状态：已作废']);
  expect((await shown('performancePlatform')).rows.at(-1)?.when).toBe('其他情形');
  const { without } = await program.call('mapping.list', {});
  expect(without).toContainEqual({ title: '民族', why: expect.stringContaining('标准') });
});

describe('columns of a list', () => {
  const ledger = 'mediation';
  test('stand beside its rows, and only when asked for', async () => {
    const plain = await program.call('ledger.list', { ledger });
    expect(plain.published).toBeUndefined();
    const page = await program.call('ledger.list', { ledger, mappings: ['performancePlatform'] });
    expect(page.rows).toEqual(plain.rows);
    expect(page.published?.[performed]).toEqual({
      performancePlatform: { code: '01', label: '协议已履行', isVerified: false },
    });
    expect(page.published?.[failed]?.performancePlatform).toMatchObject({ why: expect.any(String) });
  });

  test('stand in what is printed, marked while nobody has verified them', async () => {
    const filter = { state: ['agreed'] };
    const mappings = ['performancePlatform', 'disputeKind2016'];
    const { html } = await program.call('ledger.print', { ledger, filter, mappings });
    expect(html).toContain('履行情况（平台四项）');
    expect(cells(html)[0]?.slice(-2)).toEqual(['01 协议已履行*', '02 邻里*']);
    expect(html).toContain('带 * 的公布代码');
    const without = await program.call('ledger.print', { ledger, filter });
    expect(without.html).not.toContain('带 * 的公布代码');
    const book = await program.call('ledger.print', { ledger, year: 2025, mappings });
    expect(cells(book.html).map((row) => row.at(-2))).toContain('—*');
  });

  test('of a list that there is not, or that is another register’s, are refused with its name', async () => {
    const unknown = await program.refused('ledger.list', { ledger, mappings: ['none'] });
    expect(unknown).toMatchObject({ code: 'mapping-unknown', params: { mapping: 'none' } });
    const other = await program.refused('ledger.list', {
      ledger: 'committee',
      mappings: ['performancePlatform'],
    });
    expect(errorText(other)).toContain('履行情况（平台四项）');
  });
});

describe('what a bureau says of rows', () => {
  const mapping = 'resultPlatform';
  const decide = (rows: { row: number; target: object }[], basis = '省厅口径答复') =>
    program.call('mapping.decide', { mapping, basis, rows: rows as never });

  test('a row said again is verified, with who, when and why; the others stay as they were', async () => {
    const { rows } = await shown(mapping);
    const at = rows.findIndex(({ when }) => when === '调解结果：调解成功');
    await decide([{ row: at, target: rows[at]?.target ?? {} }]);
    const now = await shown(mapping);
    expect(now.rows[at]).toMatchObject({
      isVerified: true,
      said: { by: 'admin', at: expect.any(String), note: '省厅口径答复' },
    });
    expect(now.rows.filter(({ said }) => said !== null)).toHaveLength(1);
    expect((await published(performed)).resultPlatform).toMatchObject({ code: '1', isVerified: true });
    expect((await published(failed)).resultPlatform).toMatchObject({ code: '3', isVerified: false });
    const { html } = await program.call('ledger.print', {
      ledger: 'mediation',
      filter: { state: ['agreed'] },
      mappings: [mapping],
    });
    expect(cells(html)[0]?.at(-1)).toBe('1 调解成功');
    expect(html).not.toContain('带 * 的公布代码');
  });

  test('a row may lead elsewhere, or nowhere; cases follow at once and after a new start, the original is kept', async () => {
    const { rows } = await shown(mapping);
    const gap = rows.findIndex(({ when }) => when.includes('当事人撤回'));
    const open = rows.findIndex(({ target }) => 'code' in target && target.code === '2');
    const { id } = await program.save(aMediation().with({ outcome: 'withdrawn', concludedOn: '2025-03-05' }));
    expect((await published(id)).resultPlatform).toHaveProperty('why');
    await decide([
      { row: gap, target: { code: '3' } },
      { row: open, target: { unmapped: '未办结的不填' } },
    ]);
    expect((await published(id)).resultPlatform).toMatchObject({ label: '调解不成功', isVerified: true });
    await program.restart();
    await program.signInAgain();
    const now = await shown(mapping);
    expect(now.rows[gap]).toMatchObject({ target: { code: '3' }, original: rows[gap]?.original });
    expect(now.rows[open]?.target).toEqual({ unmapped: '未办结的不填' });
    expect(now.gaps.unreached).toEqual(['调解中']);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
    const lists = await program.call('codes.lists', {});
    expect(lists.every(({ local }) => local === null)).toBe(true);
  });

  test('what cannot be is refused in words, and nothing is kept', async () => {
    const before = await shown(mapping);
    for (const [rows, word] of [
      [[{ row: 0, target: { code: '9' } }], '没有代码 9'],
      [[{ row: 99, target: { code: '1' } }], '第 100 行'],
    ] as const) {
      const failure = await program.refused('mapping.decide', { mapping, basis: '依据', rows });
      expect(failure.code).toBe('mapping-refused');
      expect(errorText(failure)).toContain(word);
    }
    const none = await program.refused('mapping.decide', {
      mapping: 'none',
      basis: '依据',
      rows: [{ row: 0, target: { code: '1' } }],
    });
    expect(none.code).toBe('mapping-unknown');
    expect(await shown(mapping)).toEqual(before);
  });

  test('needs the right to confirm rules', async () => {
    const clerk = await program.signIn('clerk');
    const rows = [{ row: 0, target: { code: '1' } }];
    const refused = await clerk.refused('mapping.decide', { mapping, basis: '依据', rows });
    expect(refused.code).toBe('no-right');
    expect((await clerk.call('mapping.list', {})).mappings.length).toBeGreaterThan(10);
  });
});
