// A county's own lists: what it may change, what stays what it means, and that every part of the core sees the change.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CodeListShown } from '#shared/domain/code-edition.ts';
import type { CodeItem } from '#shared/domain/code-list.ts';
import { errorText } from '#shared/text/errors.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

const list = 'riskColour';
const shown = async (name = list): Promise<CodeListShown> => {
  const found = (await program.call('codes.lists', {})).find((one) => one.list === name);
  if (!found) throw new Error(`no list ${name}`);
  return found;
};
const define = (items: CodeItem[], name = list) =>
  program.call('codes.define', { list: name, basis: '县矛盾纠纷分级办法', items });
const refusal = async (items: CodeItem[], name = list) =>
  errorText(await program.refused('codes.define', { list: name, basis: '县办法', items }));

let shipped: CodeItem[] = [];
beforeEach(async () => {
  shipped = (await shown()).items;
});

const purple: CodeItem = { code: 'purple', label: '紫色（督办类）' };

describe('an edition of its own', () => {
  test('is offered, checked and shown at once, by the part that writes and the part that reads', async () => {
    const withPurple = aMediation().with({ riskColour: 'purple' });
    const before = await program.refused('ledger.save', { ledger: 'mediation', record: withPurple.record() });
    expect(before.fields).toEqual({ riskColour: { problem: 'unknown-code', code: 'purple' } });
    const made = await define([...shipped, purple]);
    expect(made).toMatchObject({ local: { by: 'admin', note: '县矛盾纠纷分级办法' }, confirmed: null });
    expect((await shown()).items.at(-1)).toEqual(purple);
    const record = withPurple.record();
    expect(await program.call('ledger.check', { ledger: 'mediation', record })).toMatchObject({
      problems: {},
    });
    const saved = await program.save(withPurple);
    expect(saved.record.riskColour).toBe('purple');
    const page = await program.call('ledger.list', { ledger: 'mediation', filter: { riskColour: 'purple' } });
    expect(page.total).toBe(1);
    expect(await program.call('codes.use', { list })).toEqual([
      { code: 'purple', records: 1, first: '2025-03-01', last: '2025-03-01' },
    ]);
  });

  test('stands after a new start', async () => {
    await program.restart();
    await program.signInAgain();
    expect((await shown()).items).toContainEqual(purple);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('words of a list can be found and given back by what was added', async () => {
    const [kind] = (await shown('disputeKind')).items;
    expect(kind).toBeDefined();
    expect(
      (await program.call('codes.lists', {})).filter(({ isLocal }) => isLocal).map((one) => one.list),
    ).toEqual(['majorReason', 'mediumKind', 'riskColour', 'scanResult', 'scrapMethod', 'screeningKind']);
  });
});

describe('a code keeps its meaning', () => {
  const without = (code: string) => shipped.filter((item) => item.code !== code);
  const changed = (code: string, more: Partial<CodeItem>) =>
    shipped.map((item) => (item.code === code ? { ...item, ...more } : item));

  test.each<[string, () => CodeItem[], RegExp]>([
    ['a shipped one removed', () => without('red'), /“红色（重点类）”是程序自带的项目，不能删除/],
    ['one in use removed', () => without('purple'), /“紫色（督办类）”已有 1 条记录使用，不能删除/],
    [
      'one in use renamed',
      () => changed('purple', { label: '灰色' }),
      /“紫色（督办类）”已有 1 条记录使用，不能改名为“灰色”/,
    ],
    [
      'a shipped one renamed',
      () => changed('red', { label: '深红' }),
      /“红色（重点类）”是程序自带的项目，不能改名为“深红”/,
    ],
    ['one made a heading', () => changed('red', { heading: true }), /“红色（重点类）”是程序自带的项目/],
    ['a code twice', () => [...shipped, purple], /“紫色（督办类）”出现了两次/],
    ['two of one name', () => [...shipped, { ...purple, code: 'violet' }], /都叫“紫色（督办类）”/],
    [
      'ended before its last record',
      () => changed('purple', { validTo: '2025-02-01' as never }),
      /2025-03-01/,
    ],
    [
      'begun after its first record',
      () => changed('purple', { validFrom: '2025-04-01' as never }),
      /2025-03-01/,
    ],
    [
      'ends before it begins',
      () => changed('red', { validFrom: '2025-02-01' as never, validTo: '2025-01-01' as never }),
      /“红色（重点类）”的截止日期早于启用日期/,
    ],
    [
      'nothing left that is valid',
      () => shipped.map((item) => ({ ...item, validTo: '2025-06-01' as never })),
      /没有今天有效的项目/,
    ],
  ])('%s: refused, and nothing has changed', async (_what, items, sentence) => {
    expect(await refusal(items())).toMatch(sentence);
    expect((await shown()).items).toEqual(shipped);
  });

  test('published lists are not the unit’s to change, unknown ones are named', async () => {
    const { items } = await shown('disputeKind');
    expect(await refusal([...items, purple], 'disputeKind')).toMatch(/“纠纷类型”.*公布的代码表/);
    expect(await refusal([purple], 'noSuchList')).toContain('noSuchList');
  });

  test('who may not confirm rules may not change lists', async () => {
    for (const name of ['clerk', 'auditor']) {
      const person = await program.signIn(name);
      const failure = await person.refused('codes.define', { list, basis: '办法', items: [...shipped] });
      expect(failure.code).toBe('no-right');
    }
  });
});

describe('a code that has ended', () => {
  test('is not for new records, but old ones stay whole, can be completed and pass the check', async () => {
    const old = await program.save(aMediation().accepted('2025-03-05').with({ riskColour: 'blue' }));
    await define(
      shipped.map((item) => (item.code === 'blue' ? { ...item, validTo: '2025-03-31' as never } : item)),
    );
    const late = await program.refused('ledger.save', {
      ledger: 'mediation',
      record: aMediation().accepted('2025-04-02').with({ riskColour: 'blue' }).record(),
    });
    expect(late.fields).toEqual({ riskColour: { problem: 'unknown-code', code: 'blue' } });
    const completed = await program.call('ledger.save', {
      ledger: 'mediation',
      id: old.id,
      baseVersion: old.version,
      record: { ...old.record, remark: '补记' },
    });
    expect(completed.record).toMatchObject({ riskColour: 'blue', remark: '补记' });
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  });

  test('one that no record carries may go again', async () => {
    const [first] = shipped;
    await define([...shipped, { code: 'grey', label: '灰色' }]);
    expect((await shown()).items).toHaveLength(shipped.length + 1);
    await define(shipped);
    expect((await shown()).items).toEqual(shipped);
    expect(first).toBeDefined();
  });
});

test('a confirmation names who, when and why, and ends with the next change', async () => {
  const confirmed = await program.call('codes.confirm', { list: 'disputeKind', note: '司通〔2024〕3号' });
  expect(confirmed.confirmed).toEqual({ by: 'admin', at: expect.any(String), note: '司通〔2024〕3号' });
  await program.call('codes.confirm', { list, note: '县办法' });
  expect((await shown()).confirmed?.note).toBe('县办法');
  program.clock.now = new Date(program.clock.now.getTime() + 60_000);
  await define([...shipped, { code: 'white', label: '白色' }]);
  expect((await shown()).confirmed).toBeNull();
  const other = await shown('disputeKind');
  expect(other.confirmed?.note).toBe('司通〔2024〕3号');
});
