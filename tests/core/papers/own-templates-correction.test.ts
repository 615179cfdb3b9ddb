import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperBook } from '#core/documents/paper-book.ts';
import { type FiledPapers, papersToFile } from '#tests/fixtures/correction-papers.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { aTemplate, inFolder } from '#tests/fixtures/template.ts';
import { holes, textOf } from './reading.ts';

// A bureau's own .docx for the papers of 社区矫正: its places are what the register calls its fields.

let program: Program;
let filed: FiledPapers;
const folder = mkdtempSync(join(tmpdir(), 'ledger-correction-templates-'));
beforeAll(async () => {
  program = await aProgram({ isCounty: true });
  filed = await papersToFile(program);
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
const idOf = (kind: string) => filed[kind]?.id ?? '';
async function add(kind: string, lines: readonly string[]) {
  count += 1;
  const file = program.grant(`in-${count}`, inFolder(folder, `模板${count}.docx`, await aTemplate(lines)));
  return program.ask('template.add', { file, kind });
}
async function added(kind: string, lines: readonly string[]): Promise<void> {
  expect(await add(kind, lines), kind).toMatchObject({ ok: true });
}
async function made(kind: string, more: { copy?: string; template?: string } = {}): Promise<string> {
  count += 1;
  const out = program.grant(`out-${count}`, join(folder, `out-${count}.docx`));
  return textOf((await program.call('paper.make', { id: idOf(kind), kind, out, ...more })).file);
}

describe('a template of the bureau for a paper of 社区矫正', () => {
  test('says the record, the person and the number by their names; the house wording stays to be had', async () => {
    await added('社区矫正警告决定书', [
      '本县格式 {{文书文号}}',
      '{{姓名}}，{{性别}}，证件号码{{证件号码}}，{{矫正期限}}',
      '事实：{{事实}}',
      '依据：{{依据}}{{#提请机关}}，提请{{提请机关}}{{/提请机关}}',
      '{{社区矫正机构}} {{日期}}',
    ]);
    const text = await made('warningDecision');
    expect(text).not.toMatch(holes);
    for (const said of [
      '唐蒙，男',
      '自2025年2月25日起至2025年6月24日止',
      '金塔县司法局 2025年5月21日',
      '本县格式 〔2025〕金司矫字第',
    ])
      expect(text).toContain(said);
    expect(text).toContain('未经批准离开金塔县');
    expect(text).not.toContain('提请');
    expect(await made('warningDecision', { template: 'house' })).toContain('社区矫正警告决定书');
    const { papers } = await program.call('paper.list', { id: idOf('warningDecision') });
    expect(papers.find(({ kind }) => kind === 'warningDecision')?.own).toMatchObject({ version: 1 });
  });

  test('the list of places tells of each how its content looks, not its name again', async () => {
    const groups = await program.call('template.places', { kind: 'leaveApproval' });
    const about = new Map(
      groups.flatMap(({ places }) => places.map((one) => [one.name, one.about] as const)),
    );
    for (const [name, said] of about) {
      expect(said, name).not.toBe('');
      expect(`{{${said}}}`).not.toBe(name);
    }
    for (const [name, said] of [
      ['{{外出起}}', '日期，如 2025年3月5日'],
      ['{{外出事由}}', /^所选的名称，如 .+/],
      ['{{文书文号}}', /文号，如 〔2025〕/],
      ['{{证件号码}}', '证件号码全文'],
    ] as const)
      expect(about.get(name), name).toMatch(said);
  });

  test('rows of the person’s own lists, and the row that a paper is made for', async () => {
    await added('社区矫正小组责任书', [
      '{{姓名}}的小组',
      '{{#小组成员}}',
      '{{序号}}. {{成员类别}} {{姓名}}',
      '{{/小组成员}}',
    ]);
    const group = await made('groupDuty');
    expect(group).toContain('1. 司法所人员 祁连山');
    expect(group).toContain('4. 家属、监护人 唐蒙母');
    await added('延长使用电子定位装置决定书', ['{{姓名}}自{{使用起}}使用，延长至{{本次延长至}}']);
    const spec = (await program.call('template.places', { kind: 'positioningExtension' })).flatMap(
      ({ places }) => places.map(({ name }) => name),
    );
    expect(spec).toEqual(expect.arrayContaining(['{{姓名}}', '{{文书文号}}']));
    expect(spec).toContain('{{本次延长至}}');
    expect(await made('positioningExtension')).toContain('唐蒙自2025年3月16日使用，延长至2025年6月20日');
  });

  test('the file is bound with a sheet in its place, the paper itself beside', async () => {
    const out = program.grant('bound', join(folder, 'bound.docx'));
    const file = await program.call('dossier.make', { id: idOf('basicInfo'), volume: 'execution', out });
    const warned = file.pieces.find(({ title }) => title === '社区矫正警告决定书');
    expect(warned?.file).toMatch(/社区矫正警告决定书\.docx$/);
    expect(warned?.note).toContain('本单位格式');
    expect(textOf(warned?.file ?? '')).toContain('本县格式');
    const { parts } = await program.call('paper.list', { id: idOf('basicInfo') });
    const lines = parts.flatMap((part) => (part.id === idOf('warningDecision') ? part.papers : []));
    expect(lines.flatMap(({ issued }) => issued).some(({ isOwn }) => isOwn)).toBe(true);
  });

  test.each([
    ['a place of another register', '社区矫正训诫决定书', '{{目的地}}', 'unknown'],
    ['a place of a case of mediation', '社区矫正训诫决定书', '{{调解员}}', 'unknown'],
    ['a place of a row outside of its list', '社区矫正小组责任书', '{{成员类别}}', 'only-in-rows'],
  ])('%s is refused by name', async (_what, kind, place, fault) => {
    const answer = await add(kind, [`{{姓名}} ${place}`]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'own-template-refused', params: { fault } } });
  });

  test('cover, catalogue and what is brought take no template', async () => {
    for (const kind of ['社区矫正档案封面', '社区矫正档案目录', '收到的法律文书'])
      expect(await add(kind, ['{{姓名}}'])).toMatchObject({
        ok: false,
        error: { code: 'own-template-kind' },
      });
  });
});

test('every place that the list names is taken in a template of every paper of 社区矫正', async () => {
  const kinds = (await program.call('paper.kinds', {})).filter(
    (one) => one.ledger !== 'mediation' && one.mayHaveOwn,
  );
  expect(kinds.length).toBe(
    paperBook().papers.filter((one) => one.ledger !== 'mediation' && one.place === 'body' && !one.isAttached)
      .length,
  );
  for (const { kind, title } of kinds) {
    const groups = await program.call('template.places', { kind });
    const lines = groups
      .filter(({ note }) => note === '')
      .flatMap(({ places }) => places.map(({ name }) => name));
    const names = lines.map((name) => name.slice(2, -2));
    expect(new Set(names).size, title).toBe(names.length);
    expect(await add(kind, [`${title}第二版`, ...lines]), title).toMatchObject({ ok: true });
  }
});
