import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DossierMade, Saved } from '#shared/api/types.ts';
import { type FiledPapers, papersToFile } from '#tests/fixtures/correction-papers.ts';
import { aStation } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { type Page, renderPages } from '#tests/fixtures/rendered.ts';
import { aPdf, put } from '#tests/fixtures/scans.ts';
import { holes, textOf } from './reading.ts';

// 社区矫正档案: the papers of a person and of everything that happened to him, in two files with a catalogue each.

let program: Program;
let filed: FiledPapers;
let person: Saved;
const folder = mkdtempSync(join(tmpdir(), 'ledger-correction-file-'));

beforeAll(async () => {
  program = await aProgram({ isCounty: true });
  filed = await papersToFile(program);
  person = filed.basicInfo as Saved;
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;
function made(id: string, more: Record<string, unknown> = {}): Promise<DossierMade> {
  count += 1;
  const out = program.grant(`file-${count}`, join(folder, `file-${count}.docx`));
  return program.call('dossier.make', { id, out, ...more });
}
const numberOf = (page: Page): number | null => {
  const foot = page.lines.find(({ text }) => /^—\d+—$/.test(text));
  return foot ? Number(foot.text.slice(1, -1)) : null;
};
const titlesOf = ({ pieces }: DossierMade) => pieces.map(({ title }) => title);
/** What a paper is called at its head, where that is not its whole title. */
const headOf = (title: string) => title.replace(/^社区矫正对象(?=经常性|会客|外出|准假|执行地)/, '');

describe('the file of what was decided (执行档案)', () => {
  test('papers of the person and of every event in the order of the list, each where the catalogue says', async () => {
    const file = await made(person.id, { volume: 'execution' });
    expect(titlesOf(file)).toEqual([
      '送达回执',
      '社区矫正对象基本信息表',
      '社区矫正对象报到情况通知单',
      '入矫宣告书',
      '社区矫正对象外出审批表',
      '社区矫正对象准假证明',
      '社区矫正对象经常性跨市、县活动审批表',
      '社区矫正对象会客、进入特定区域（场所）审批表',
      '社区矫正对象执行地变更审批表',
      '变更执行地征求意见函',
      '变更社区矫正执行地决定书',
      '变更社区矫正执行地通知书',
      '使用电子定位装置决定书',
      '延长使用电子定位装置决定书',
      '解除使用电子定位装置决定书',
      '社区矫正表扬决定书',
      '社区矫正训诫决定书',
      '社区矫正警告决定书',
      '治安管理处罚建议书',
      '撤销缓刑建议书',
      '提请逮捕书',
    ]);
    expect(file.pieces[4]?.note).toBe('2025年5月15日');
    expect(file.missing).toEqual(['收到的法律文书']);

    const sheets = renderPages(readFileSync(file.file), folder, 'execution');
    const numbers = sheets.map(numberOf);
    const front = numbers.indexOf(1);
    expect(numbers.slice(0, front).every((number) => number === null)).toBe(true);
    expect(numbers.slice(front, -1)).toEqual(Array.from({ length: file.pages }, (_, index) => index + 1));
    expect(numbers.at(-1)).toBeNull();
    const textOn = ({ lines }: Page) => lines.map(({ text }) => text).join('');
    // The cover is one page
    expect(sheets.slice(0, 2).map((sheet) => sheet.lines[0]?.text)).toEqual(['社区矫正执行档案', '卷内目录']);
    const catalogue = sheets.slice(1, front).map(textOn).join('');
    for (const [index, { title, first }] of file.pieces.entries()) {
      // A long title takes two lines of its row
      if (title.length < 13) expect(catalogue).toContain(`${index + 1}${title}${first}`);
      const page = sheets.find((sheet) => numberOf(sheet) === first);
      expect(page ? textOn(page).slice(0, 80) : '', title).toContain(headOf(title));
    }
    const whole = textOf(file.file);
    expect(whole).not.toMatch(holes);
    expect(whole).toContain('社区矫正执行档案');
    expect(whole).toContain(`本卷共${file.pages}页`);
    expect(whole).toContain('金矫档〔2025〕7号');
  });

  test('what is not decided is not in it; what the law wants and nobody made is named', async () => {
    const save = (ledger: string, record: Record<string, unknown>) =>
      program.call('ledger.save', { ledger, record }) as Promise<Saved>;
    const someone = await save('correction', {
      ...{ name: '唐草', registeredOn: '2025-06-02', category: '02', documentsOn: '2025-06-02' },
      ...{ reportedOn: '2025-06-03', receivedOn: '2025-06-03', receivedWay: 'self', sex: '2' },
    });
    const leave = await save('leave', {
      ...{ personId: someone.id, appliedOn: '2025-06-10', reason: 'medical', destination: '兰州市' },
      ...{ leaveFrom: '2025-06-12', leaveTo: '2025-06-13' },
    });
    const before = await made(someone.id);
    expect(titlesOf(before)).not.toContain('社区矫正对象外出审批表');
    expect((await made(someone.id, { volume: 'work' })).missing).toEqual(['社区矫正方案']);

    await program.call('ledger.save', {
      ledger: 'leave',
      id: leave.id,
      baseVersion: leave.version,
      record: { ...leave.record, decision: 'approved', approvedOn: '2025-06-10', approver: '边小舟' },
    });
    const after = await made(someone.id);
    expect(titlesOf(after)).toEqual(
      expect.arrayContaining(['社区矫正对象外出审批表', '社区矫正对象准假证明']),
    );
    const now = await program.call('ledger.get', { id: leave.id });
    await program.call('ledger.act', {
      id: leave.id,
      action: 'void',
      baseVersion: now.version,
      record: { voidReason: '登记有误' },
    });
    expect(titlesOf(await made(someone.id))).not.toContain('社区矫正对象外出审批表');
  });

  test('legal papers that came in are bound in first, with their pages', async () => {
    const scan = put(folder, '刑事判决书.pdf', await aPdf(3));
    const file = program.grant('judgment', scan);
    await program.call('attachment.add', { recordId: person.id, file, kind: 'court', title: '刑事判决书' });
    const bound = await made(person.id);
    expect(bound.pieces.slice(0, 2)).toMatchObject([
      { title: '刑事判决书', first: 1, pages: 3 },
      { title: '送达回执', first: 4 },
    ]);
    expect(bound.missing).toEqual([]);
  });
});

describe('the file of the work (工作档案)', () => {
  test('group, plan, every report and visit, and what was handed in with an event', async () => {
    const leaveId = filed.leaveApproval?.id ?? '';
    const file = program.grant('proof', put(folder, '门诊预约单.pdf', await aPdf(1)));
    await program.call('attachment.add', { recordId: leaveId, file, kind: 'evidence', title: '门诊预约单' });
    const work = await made(person.id, { volume: '社区矫正工作档案' });
    expect(titlesOf(work)).toEqual([
      '社区矫正对象基本信息表',
      '社区矫正小组责任书',
      '社区矫正方案',
      '社区矫正对象报告、走访登记表',
      '门诊预约单',
    ]);
    expect(textOf(work.file)).toContain('社区矫正工作档案');
  });

  test('a file that there is none of, and a kind that no part has, are refused by name', async () => {
    const out = program.grant('none', join(folder, 'none.docx'));
    expect(await program.refused('dossier.make', { id: person.id, volume: '副卷', out })).toMatchObject({
      code: 'paper-unknown',
      params: { kind: '副卷' },
    });
    expect((await program.refused('dossier.make', { id: person.id, kinds: ['减刑建议书'], out })).code).toBe(
      'paper-unfit',
    );
    const only = await made(person.id, { kinds: ['训诫决定书', '警告决定书'] });
    expect(titlesOf(only)).toEqual(['刑事判决书', '社区矫正训诫决定书', '社区矫正警告决定书']);
  });
});

describe('pages as they are laid out', () => {
  /** What stands on each sheet, without its number. */
  const textsOn = ({ lines }: Page) => lines.map(({ text }) => text).filter((text) => !/^—\d+—$/.test(text));

  test.each(['execution', 'work'])(
    '%s: no foot of a paper stands alone, and the cover is one page',
    async (volume) => {
      const file = await made(person.id, { volume });
      const sheets = renderPages(readFileSync(file.file), folder, `feet-${volume}`);
      for (const sheet of sheets) {
        const [first = '', ...more] = textsOn(sheet);
        expect(more.length === 0 && /^(抄送|本人签收|一式|附：|注：)/.test(first), first).toBe(false);
      }
      expect(textsOn(sheets[1] as Page)[0]).toBe('卷内目录');
      // One sheet stands for all pages of the judgment; behind it the numbers go on
      expect(sheets.map(numberOf).at(-2)).toBe(file.pages);
    },
  );

  test('cover and back name the last page, whatever the program had counted', async () => {
    const { file, pages } = await made(person.id, { volume: 'work' });
    const parts = unzipSync(readFileSync(file));
    const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    const asked = /(w:instr="PAGEREF piece\d+End"(?:(?!<w:t[ >]).)*<w:t[^>]*>)(\d+)(?=<)/gs;
    expect([...xml.matchAll(asked)].map(([, , said]) => said)).toEqual([String(pages), String(pages)]);
    const wrong = { ...parts, 'word/document.xml': strToU8(xml.replace(asked, '$1999')) };
    const sheets = renderPages(zipSync(wrong), folder, 'renewed');
    expect(textsOn(sheets[0] as Page).join()).toContain(`页数${pages}页`);
    expect(textsOn(sheets.at(-1) as Page).join()).toContain(`本卷共${pages}页`);
  });

  test('of somebody of whom little is known: the same, and no day of the cover breaks', async () => {
    const { id } = (await program.call('ledger.save', {
      ledger: 'correction',
      record: {
        ...{ name: '唐叶', registeredOn: '2025-06-02', category: '02', reportedOn: '2025-06-03' },
        ...{ declaredOn: '2025-06-03', sex: '2' },
      },
    })) as Saved;
    const file = await made(id, { volume: 'execution' });
    const sheets = renderPages(readFileSync(file.file), folder, 'little');
    const cover = textsOn(sheets[0] as Page);
    expect(cover).toContainEqual(expect.stringMatching(/^接收日期年月日结束日期年月日$/));
    expect(cover).toContainEqual(expect.stringMatching(/^立卷日期年月日保管期限$/));
    expect(sheets.filter((sheet) => numberOf(sheet) !== null).length).toBe(file.pages);
    const form = file.pieces.find(({ title }) => title === '社区矫正对象基本信息表');
    expect(form?.pages).toBe(2);
  });
});

describe('the list of papers of a person', () => {
  test('has those of every event, each with its record and day; a station sees those of the county', async () => {
    const { parts, volumes } = await program.call('paper.list', { id: person.id });
    expect(volumes.map(({ title }) => title)).toEqual(['社区矫正执行档案', '社区矫正工作档案']);
    const kinds = parts.flatMap(({ papers }) => papers.map(({ kind }) => kind));
    for (const kind of [
      'leaveCertificate',
      'meetingApproval',
      'positioningExtension',
      'warningDecision',
      'arrestRequest',
    ])
      expect(kinds).toContain(kind);
    expect(parts.find(({ ledger }) => ledger === 'leave')).toMatchObject({
      id: filed.leaveApproval?.id,
      day: '2025-05-15',
    });
    const station = await aStation(program);
    const theirs = (await station.call('ledger.save', {
      ledger: 'correction',
      record: { name: '唐苗', registeredOn: '2025-05-02', category: '02' },
    })) as Saved;
    await program.call('ledger.save', {
      ledger: 'measure',
      record: {
        ...{ personId: theirs.id, kind: 'warning', proposedOn: '2025-05-20', decidedOn: '2025-05-21' },
        ...{ grounds: '第三十五条', facts: '擅自外出', decisionNo: '金司矫警〔2025〕91号' },
      },
    });
    const seen = await station.call('paper.list', { id: theirs.id });
    expect(seen.parts.flatMap(({ papers }) => papers.map(({ kind }) => kind))).toEqual(['warningDecision']);
  });

  test('under a mask the labels of what happened tell nothing', async () => {
    const veiled = await aProgram({ isCounty: true, isVeiled: true });
    const { id } = (await veiled.call('ledger.save', {
      ledger: 'correction',
      record: {
        name: '唐草',
        registeredOn: '2025-06-02',
        category: '02',
        receivedOn: '2025-06-03',
        reportedOn: '2025-06-03',
        receivedWay: 'self',
        sex: '2',
      },
    })) as Saved;
    await veiled.call('ledger.save', {
      ledger: 'positioning',
      record: { personId: id, ground: '02', proposedOn: '2025-06-14' },
    });
    const answer = await veiled.call('paper.list', { id });
    expect(answer.parts.length).toBe(1);
    expect(JSON.stringify(answer)).not.toContain('唐草');
    for (const volume of ['execution', 'work'])
      expect((await veiled.refused('dossier.preview', { id, volume })).code).toBe('veiled');
    await veiled.close();
  });
});
