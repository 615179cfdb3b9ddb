import { describe, expect, test } from 'vitest';
import { checkHeadings, checkParts, checkWording } from '#shared/document/checks.ts';
import { type Block, type DocumentTemplate, type Inline, templateSchema } from '#shared/document/model.ts';
import { type DocumentData, resolveDocument } from '#shared/document/resolve.ts';
import { type ResolvedBlock, runsOf, textOf } from '#shared/document/resolved.ts';
import type { Figure } from '#shared/domain/figures.ts';
import { findingText } from '#shared/text/document.ts';

const template = (blocks: Block[]): DocumentTemplate =>
  templateSchema.parse({
    name: 'trial',
    title: 'trial',
    version: 1,
    page: 'official',
    requiredParts: [
      { part: 'measures', label: '举措' },
      { part: 'leaders', label: '第一责任人' },
    ],
    fields: { year: { label: '年度', required: true }, extra: { label: '补充', required: false } },
    blocks,
  });

const figure = (code: string, printed: string | null, value: number | null): Figure => ({
  code,
  name: `指标${code}`,
  unit: '件',
  basis: 'flow',
  section: '一(一)',
  topic: '一是',
  suppliedBy: '司法局',
  inReport: true,
  definition: '',
  uncertain: null,
  version: 1,
  bases: null,
  value,
  numerator: null,
  denominator: null,
  qualifier: null,
  printed,
  source: 'manual',
  records: 0,
  fromLedger: null,
  manual: null,
});

const data: DocumentData = {
  figures: new Map(
    [figure('a.one', '12件', 12), figure('a.two', '超过8件', 8), figure('a.gone', null, null)].map((one) => [
      one.code,
      one,
    ]),
  ),
  fields: { year: '2031', blank: '  ' },
};

test('what an entry of a list does not say nobody says for it, neither value nor reason', () => {
  const entry = paragraph({ field: 'extra', blank: '（空）' }, '，', { field: 'year' });
  const { document } = resolveDocument(template([{ block: 'each', of: 'rows', show: [entry] }]), {
    ...data,
    fields: { year: '2031', extra: '文书的' },
    reasons: { extra: '没有' },
    lists: { rows: [{ extra: '本行的' }, {}] },
  });
  expect(document.blocks.map((block) => textOf(runsOf(block)))).toEqual(['本行的，2031', '（空），2031']);
});

const paragraph = (...content: Inline[]): Block => ({ block: 'paragraph', content });
const settle = (...blocks: Block[]) => resolveDocument(template(blocks), data);
const textsOf = (...blocks: Block[]) =>
  settle(...blocks).document.blocks.map((block) => textOf(runsOf(block)));

describe('settling a template', () => {
  test('figures and fields stand in the sentence as printed, and the run knows its figure', () => {
    const { document, findings } = settle(paragraph({ field: 'year' }, '年办理', { figure: 'a.two' }, '。'));
    expect(findings).toEqual([]);
    expect(document.blocks[0]).toMatchObject({ block: 'paragraph' });
    expect(textOf(runsOf(document.blocks[0]!))).toBe('2031年办理超过8件。');
    expect(runsOf(document.blocks[0]!)[2]).toEqual({
      text: '超过8件',
      figure: { code: 'a.two', name: '指标a.two' },
    });
  });

  test('a missing figure leaves a marked gap in a sentence that still reads, and a finding', () => {
    const { document, findings } = settle(
      paragraph('办理', { figure: 'a.gone' }, '，再办', { figure: 'a.gone' }, '。'),
    );
    expect(textOf(runsOf(document.blocks[0]!))).toBe('办理【待填：指标a.gone】，再办【待填：指标a.gone】。');
    expect(findings).toEqual([
      { kind: 'figureMissing', code: 'a.gone', name: '指标a.gone', suppliedBy: '司法局' },
    ]);
    expect(findingText(findings[0]!)).toContain('司法局');
  });

  test('an unknown figure and a missing required field are findings; an optional field is left out', () => {
    const { document, findings } = settle(
      paragraph({ figure: 'no.such' }, { field: 'extra' }, { field: 'unheard' }),
    );
    expect(textOf(runsOf(document.blocks[0]!))).toBe('【待填：no.such】【待填：unheard】');
    expect(findings.map(({ kind }) => kind)).toEqual(['figureUnknown', 'fieldMissing']);
  });

  test.each<[string, Inline, string]>([
    ['present field', { when: { field: 'year', is: 'present' }, show: ['有'], otherwise: ['无'] }, '有'],
    ['blank field', { when: { field: 'blank', is: 'present' }, show: ['有'], otherwise: ['无'] }, '无'],
    ['field text', { when: { field: 'year', equals: '2031' }, show: ['是'], otherwise: ['否'] }, '是'],
    ['figure present', { when: { figure: 'a.one', is: 'present' }, show: ['有'], otherwise: ['无'] }, '有'],
    ['figure absent', { when: { figure: 'a.gone', is: 'absent' }, show: ['缺'], otherwise: ['有'] }, '缺'],
    [
      'more than a number',
      { when: { figure: 'a.one', compare: 'more', than: 11 }, show: ['多'], otherwise: ['少'] },
      '多',
    ],
    [
      'less than a figure',
      {
        when: { figure: 'a.one', compare: 'less', than: { figure: 'a.two' } },
        show: ['少'],
        otherwise: ['不少'],
      },
      '不少',
    ],
    [
      'comparing a missing one',
      { when: { figure: 'a.gone', compare: 'equal', than: 0 }, show: ['零'], otherwise: ['否'] },
      '否',
    ],
    [
      'all and not',
      {
        when: { all: [{ field: 'year', is: 'present' }, { not: { figure: 'a.gone', is: 'present' } }] },
        show: ['成'],
      },
      '成',
    ],
    [
      'any',
      {
        when: {
          any: [
            { field: 'no', is: 'present' },
            { field: 'year', is: 'present' },
          ],
        },
        show: ['成'],
      },
      '成',
    ],
  ])('condition: %s', (_, inline, expected) => {
    expect(textsOf(paragraph('句', inline))).toEqual([`句${expected}`]);
  });

  test('a chapter that a condition leaves out leaves no hole in the numbers', () => {
    const heading = (level: 1 | 2, text: string): Block => ({ block: 'heading', level, content: [text] });
    const { document } = settle(
      heading(1, '甲'),
      heading(2, '子'),
      heading(2, '丑'),
      { block: 'when', when: { field: 'extra', is: 'present' }, show: [heading(1, '不出现')] },
      heading(1, '乙'),
      heading(2, '寅'),
    );
    const marks = document.blocks.map((block) => (block.block === 'heading' ? block.mark : ''));
    expect(marks).toEqual(['一、', '（一）', '（二）', '二、', '（一）']);
    expect(checkHeadings(document.blocks)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['an unknown block', { block: 'video' }],
    ['an empty paragraph', { block: 'paragraph', content: [] }],
    ['a misspelt inline node', { block: 'paragraph', content: [{ figur: 'a.one' }] }],
    ['a condition with code in it', { block: 'paragraph', content: [{ when: 'a.one > 3', show: ['x'] }] }],
  ])('refuses %s', (_, block) => {
    expect(() => template([block as Block])).toThrow();
  });
});

describe('checks of official form', () => {
  const heading = (level: 1 | 2 | 3, mark: string, text = '标题'): ResolvedBlock => ({
    block: 'heading',
    level,
    mark,
    runs: [{ text }],
  });

  test('marks that do not count on, half-width brackets, marks typed into the text', () => {
    const kinds = (...blocks: ResolvedBlock[]) => checkHeadings(blocks).map(({ kind }) => kind);
    expect(kinds(heading(1, '一、'), heading(2, '（一）'), heading(2, '（三）'))).toEqual(['headingMark']);
    expect(kinds(heading(1, '一、'), heading(2, '(一)'))).toEqual(['headingHalfWidth']);
    expect(kinds(heading(1, '一、', '一、重复'))).toEqual(['headingMark']);
    expect(kinds(heading(1, '一、'), heading(3, '1.'))).toEqual([]);
    expect(kinds(heading(1, '一、'), heading(3, '1.'), heading(2, '（一）'))).toEqual(['headingJump']);
    expect(kinds(heading(2, '（一）'))).toEqual(['headingJump']);
  });

  const run = (text: string) => [{ text }];

  test('document number, date, addressee, attachments, signer', () => {
    const found = checkWording([
      { block: 'letterhead', organ: run('某机关文件'), number: run('某政发[2024]03号'), signer: [] },
      { block: 'addressee', runs: run('某市人民政府:') },
      { block: 'attachments', names: [run('一览表。'), run('名册')] },
      { block: 'signature', unit: run('某机关'), date: run('2024年02月28日'), sealed: true },
    ]);
    expect(found.map(({ kind }) => kind)).toEqual([
      'documentNumber',
      'signerMissing',
      'addressee',
      'attachmentName',
      'date',
    ]);
    expect(
      checkWording([
        {
          block: 'letterhead',
          organ: run('某机关文件'),
          number: run('某政发〔2024〕3号'),
          signer: run('某某'),
        },
        { block: 'signature', unit: run('某机关'), date: run('2024年2月28日'), sealed: true },
      ]),
    ).toEqual([]);
  });

  test('a required part is found by its name, not by its wording', () => {
    const one = template([{ block: 'heading', level: 1, part: 'measures', content: ['随便怎么写'] }]);
    expect(checkParts(one, resolveDocument(one, data).document)).toEqual([
      { kind: 'partMissing', part: 'leaders', label: '第一责任人' },
    ]);
  });
});
