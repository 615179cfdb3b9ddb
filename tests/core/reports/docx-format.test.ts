import { beforeAll, describe, expect, test } from 'vitest';
import { writeDocx } from '#core/documents/docx.ts';
import { officialPage } from '#core/documents/templates.ts';
import { annualTemplate, makeAnnualReport, toDocx } from '#core/reports/annual.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { fields2023, figures2023, partsOf, readParagraphs } from '#tests/core/reports/annual-fixture.ts';

let parts: Map<string, string>;
const part = (name: string) => parts.get(name) ?? '';

beforeAll(async () => {
  const head = { letterheadOrgan: '金塔县人民政府文件', documentNumber: '金政发〔2024〕3号', signer: '某某' };
  const fields = { ...fields2023, ...head };
  parts = partsOf(
    await toDocx(makeAnnualReport({ template: annualTemplate(), figures: figures2023(), fields }).document),
  );
});

const attributesOf = (xml: string, element: string): Record<string, string> =>
  Object.fromEntries(
    [...(new RegExp(`<w:${element} ([^>]*?)/?>`).exec(xml)?.[1] ?? '').matchAll(/w:(\w+)="([^"]*)"/g)].map(
      ([, name, value]) => [name, value],
    ),
  );

const styleOf = (id: string) =>
  new RegExp(`<w:style [^>]*w:styleId="${id}".*?</w:style>`, 's').exec(part('word/styles.xml'))?.[0] ?? '';

describe('page', () => {
  test('210 × 297 mm, margins 37/35/28/26 mm in twips', () => {
    expect(attributesOf(part('word/document.xml'), 'pgSz')).toMatchObject({ w: '11906', h: '16838' });
    expect(attributesOf(part('word/document.xml'), 'pgMar')).toMatchObject({
      top: '2098',
      bottom: '1984',
      left: '1587',
      right: '1474',
      gutter: '0',
    });
  });

  test('different footers on odd and even pages, number between dashes, right and left, one character in', () => {
    expect(part('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    const relations = new Map(
      [...part('word/_rels/document.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([one]) => [
        /Id="([^"]+)"/.exec(one)?.[1],
        /Target="([^"]+)"/.exec(one)?.[1],
      ]),
    );
    const footer = (type: string) => {
      const id = new RegExp(`<w:footerReference w:type="${type}" r:id="([^"]+)"`).exec(
        part('word/document.xml'),
      )?.[1];
      return part(`word/${relations.get(id)}`);
    };
    for (const [type, align, side] of [
      ['default', 'right', 'right'],
      ['even', 'left', 'left'],
    ] as const) {
      const xml = footer(type);
      expect(attributesOf(xml, 'jc').val).toBe(align);
      expect(attributesOf(xml, 'ind')[side]).toBe('280');
      expect(xml).toMatch(/>— <.*PAGE.*> —</s);
      expect(attributesOf(xml, 'rFonts').eastAsia).toBe('宋体');
      expect(attributesOf(xml, 'sz').val).toBe('28');
    }
  });
});

describe('type', () => {
  test.each([
    ['Title', '方正小标宋简体', '44'],
    ['Heading1', '黑体', '32'],
    ['Heading2', '楷体_GB2312', '32'],
    ['Heading3', '仿宋_GB2312', '32'],
    ['Heading4', '仿宋_GB2312', '32'],
    ['OfficialBody', '仿宋_GB2312', '32'],
  ])('style %s is %s, %s half-points, for East Asian text too', (id, font, size) => {
    expect(attributesOf(styleOf(id), 'rFonts')).toMatchObject({ ascii: font, hAnsi: font, eastAsia: font });
    expect(attributesOf(styleOf(id), 'sz').val).toBe(size);
  });

  test('every run names its four fonts and no theme font', () => {
    const runs = [...part('word/document.xml').matchAll(/<w:r>.*?<\/w:r>/gs)].map(([run]) => run);
    expect(runs.length).toBeGreaterThan(300);
    for (const run of runs)
      expect(Object.keys(attributesOf(run, 'rFonts'))).toEqual(
        expect.arrayContaining(['ascii', 'hAnsi', 'eastAsia', 'cs']),
      );
    for (const [name, xml] of parts) {
      if (/word\/(document|styles|footer\d)\.xml/.test(name))
        expect(xml, name).not.toMatch(/asciiTheme|eastAsiaTheme/);
    }
  });

  test('lines of exactly 579 twips, first line two characters in, no widow control, Chinese proofing', () => {
    const defaults = part('word/styles.xml').split('</w:docDefaults>')[0] ?? '';
    expect(attributesOf(defaults.split('<w:pPrDefault>')[1] ?? '', 'spacing')).toMatchObject({
      line: '579',
      lineRule: 'exact',
      before: '0',
      after: '0',
    });
    expect(attributesOf(defaults, 'lang').eastAsia).toBe('zh-CN');
    expect(attributesOf(defaults, 'widowControl').val).toBe('0');
    expect(attributesOf(styleOf('OfficialBody'), 'ind').firstLine).toBe('630');
  });

  test('fonts that may be missing have alternatives', () => {
    for (const [font, other] of [
      ['仿宋_GB2312', '仿宋'],
      ['楷体_GB2312', '楷体'],
      ['方正小标宋简体', '华文中宋'],
    ]) {
      const entry = new RegExp(`<w:font w:name="${font}"><w:altName w:val="([^"]+)"`).exec(
        part('word/fontTable.xml'),
      );
      expect(entry?.[1]?.split(',')).toContain(other);
    }
  });
});

test('content controls have their own ids, and their properties in the order of the schema', () => {
  const controls = [...part('word/document.xml').matchAll(/<w:sdtPr>(.*?)<\/w:sdtPr>/gs)].map(
    ([, one]) => one ?? '',
  );
  expect(controls).toHaveLength(151);
  expect(new Set(controls.map((one) => attributesOf(one, 'id').val)).size).toBe(151);
  for (const one of controls)
    expect([...one.matchAll(/<w:(\w+)/g)].map(([, name]) => name)).toEqual(['alias', 'tag', 'id', 'text']);
});

test('the letterhead: organ in red, number and signer on one line, red line under it', () => {
  const xml = part('word/document.xml');
  const organ = [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([one]) => one);
  expect(organ[0]).toMatch(/w:color w:val="FF0000".*金塔县人民政府文件/s);
  const line = organ.find((one) => one.includes('金政发〔2024〕3号')) ?? '';
  expect(line).toMatch(/签发人：.*楷体_GB2312.*某某/s);
  expect(line).toMatch(/<w:pBdr><w:bottom [^>]*w:color="FF0000"/);
});

test('text of a template or a person cannot break the file: marks of XML, line breaks, tables, attachments', async () => {
  const nasty = `<w:p> & "引号" ' ]]> 结束`;
  const document: ResolvedDocument = {
    title: nasty,
    page: 'official',
    blocks: [
      {
        block: 'paragraph',
        lead: [],
        runs: [{ text: nasty, figure: { code: 'a.one', name: nasty } }, { text: '上\n下' }],
      },
      {
        block: 'table',
        caption: [{ text: '表' }],
        columns: [
          { share: 1, align: 'start' },
          { share: 3, align: 'end' },
        ],
        head: [[{ text: '项' }], [{ text: nasty }]],
        rows: [
          [
            { runs: [{ text: '甲' }], span: 1, align: 'start', lines: 1 },
            { runs: [{ text: '1', figure: { code: 'a.two', name: '乙' } }], span: 1, align: 'end', lines: 1 },
          ],
        ],
      },
      { block: 'attachments', names: [[{ text: '一' }], [{ text: '二' }]] },
      { block: 'pageBreak' },
      { block: 'note', runs: [{ text: '（附注）' }] },
    ],
  };
  const docx = await writeDocx(document, officialPage());
  const texts = readParagraphs(docx).map(({ text }) => text);
  expect(texts[0]).toBe(`${nasty}上下`);
  expect(texts).toContain('附件：1.一');
  expect(partsOf(docx).get('word/document.xml')).toMatch(/<w:gridCol w:w="2211"\/><w:gridCol w:w="6633"\/>/);
  expect(partsOf(docx).get('word/document.xml')).toContain('<w:br/>');
});
