import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { writeHtml } from '#core/documents/html.ts';
import { stampPageNumbers } from '#core/documents/page-numbers.ts';
import { officialPage } from '#core/documents/templates.ts';
import { annualTemplate, makeAnnualReport, toPrintHtml, toWebHtml } from '#core/reports/annual.ts';
import type { ResolvedBlock, ResolvedDocument } from '#shared/document/resolved.ts';
import { fields2023, figures2023, reportCodes, rows } from '#tests/core/reports/annual-fixture.ts';

const head = { letterheadOrgan: '某某县人民政府文件', documentNumber: '某政发〔2024〕3号', signer: '某某' };
const { document } = makeAnnualReport({
  template: annualTemplate(),
  figures: figures2023(),
  fields: { ...fields2023, ...head },
});

describe('the page for printing', () => {
  const html = toPrintHtml(document);

  test('marks every figure with its code, in order and verbatim', () => {
    const marked = [...html.matchAll(/<span data-figure="([^"]+)" title="[^"]*">([^<]*)<\/span>/g)];
    expect(marked.map(([, code]) => code)).toEqual(reportCodes);
    expect(marked.map(([, , text]) => text)).toEqual(rows.map((row) => row.printed_value));
  });

  test('has the measures of the page and the fonts with their alternatives', () => {
    expect(html).toContain('@page { size: 210mm 297mm;');
    expect(html).toContain('margin: 37mm 26mm 35mm 28mm;');
    expect(html).toContain('"仿宋_GB2312", "仿宋", "FangSong", serif');
    expect(html).toContain('--line: 10.227mm; --character: 5.5714mm;');
    expect(html).toContain('签发人：');
  });

  test('has no scripts and loads nothing', () => {
    for (const page of [html, toWebHtml(document)]) {
      expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
      expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:|https?:|url\(|\son\w+=/i);
    }
  });
});

test('the title of the page is one line', () => {
  expect(toWebHtml(document)).toContain('<title>金塔县人民政府关于2023年度法治政府建设情况的报告</title>');
});

test('the web copy has the same text without letterhead', () => {
  const web = toWebHtml(document);
  expect(web).not.toContain('签发人：');
  expect(web).not.toContain('@page');
  for (const row of rows) expect(web).toContain(row.printed_value);
});

test('everything written by people is escaped', () => {
  const nasty = `"><script>alert('1')</script>&`;
  const hostile: ResolvedDocument = {
    title: nasty,
    page: 'official',
    blocks: [
      { block: 'letterhead', organ: [{ text: nasty }], number: [{ text: nasty }], signer: [{ text: nasty }] },
      { block: 'title', runs: [{ text: nasty }] },
      { block: 'heading', level: 2, mark: nasty, runs: [{ text: nasty, emphasis: 'hei' }] },
      {
        block: 'paragraph',
        lead: [{ text: nasty }],
        runs: [{ text: nasty, figure: { code: nasty, name: nasty } }],
      },
      {
        block: 'table',
        caption: [{ text: nasty }],
        columns: [{ share: 1, align: 'center' }],
        head: [[{ text: nasty }]],
        rows: [[{ runs: [{ text: nasty, missing: true }], span: 1, align: 'start', lines: 1 }]],
      },
      { block: 'attachments', names: [[{ text: nasty }]] },
      { block: 'signature', unit: [{ text: nasty }], date: [{ text: nasty }], sealed: true },
      { block: 'note', runs: [{ text: nasty }] },
    ],
  };
  for (const variant of ['print', 'web'] as const) {
    const html = writeHtml(hostile, officialPage(), variant);
    expect(html).not.toContain('<script');
    expect(html).not.toContain(`alert('1')`);
    expect(html.split('&lt;script&gt;').length).toBeGreaterThan(10);
  }
});

test('a seal that keeps is in one box with the line under it; without one after it there is no box', () => {
  const seal: ResolvedBlock = {
    ...{ block: 'signature', unit: [{ text: '某机关' }], date: [{ text: '2025年5月21日' }], sealed: true },
    keep: true,
  };
  const line: ResolvedBlock = {
    ...{ block: 'line', runs: [{ text: '本人签收：' }], indent: 0 },
    ...{ align: 'start', keep: false },
  };
  const bodyOf = (blocks: ResolvedBlock[]) =>
    writeHtml({ title: 'x', page: 'official', blocks }, officialPage(), 'print').split('<main>')[1];
  expect(bodyOf([seal, line, line])).toMatch(
    /^\n<div class="signed"><div class="signature">.*<\/div>\n<p[^>]*>本人签收：<\/p><\/div>\n<p/,
  );
  expect(bodyOf([line, seal])).not.toContain('signed');
  expect(bodyOf([{ ...seal, keep: undefined } as never, line])).not.toContain('signed');
});

test('page numbers alternate sides, one character in, and may begin at another number', async () => {
  const file = await PDFDocument.create();
  for (let page = 0; page < 3; page += 1) file.addPage([595.28, 841.89]);
  const page = officialPage();
  const drawn = async (first: number) => {
    const stamped = await PDFDocument.load(await stampPageNumbers(await file.save(), page, first));
    const font = await stamped.embedFont(StandardFonts.TimesRoman);
    return Promise.all(
      stamped.getPages().map(async (_, index) => {
        const matrix = await textMatrix(stamped, index);
        const width = font.widthOfTextAtSize(`— ${first + index} —`, 14);
        return {
          left: (matrix.x / 72) * 25.4,
          right: ((595.28 - matrix.x - width) / 72) * 25.4,
          y: matrix.y,
        };
      }),
    );
  };
  const inset = (14 / 72) * 25.4;
  const [one, two, three] = await drawn(1);
  expect(one?.right).toBeCloseTo(26 + inset, 1);
  expect(two?.left).toBeCloseTo(28 + inset, 1);
  expect(three?.right).toBeCloseTo(26 + inset, 1);
  // The dash's stroke, a quarter of the size above the baseline, is 7 mm under the text block.
  expect((one?.y ?? 0) + 14 * 0.25).toBeCloseTo(((35 - 7) / 25.4) * 72, 3);
  const [two2] = await drawn(2);
  expect(two2?.left).toBeCloseTo(28 + inset, 1);
});

/** Where the last text of a page is set: the translation of its `Tm` operator. */
async function textMatrix(file: PDFDocument, index: number): Promise<{ x: number; y: number }> {
  const { inflateSync } = await import('node:zlib');
  const contents = file.getPage(index).node.Contents();
  const streams = contents && 'asArray' in contents ? contents.asArray() : [contents];
  const texts = streams.map((reference) => {
    const stream = file.context.lookup(reference as never) as unknown as { contents: Uint8Array };
    const bytes = Buffer.from(stream.contents);
    try {
      return inflateSync(bytes).toString('latin1');
    } catch {
      return bytes.toString('latin1');
    }
  });
  const found = /1 0 0 1 ([\d.]+) ([\d.]+) Tm/.exec(texts.join('\n'));
  return { x: Number(found?.[1]), y: Number(found?.[2]) };
}
