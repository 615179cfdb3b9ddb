import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bindScans } from '#core/documents/bind-scans.ts';
import { officialPage } from '#core/documents/templates.ts';
import type { DossierMade, Saved } from '#shared/api/types.ts';
import { aFullCase, fullCase } from '#tests/fixtures/full-case.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';
import { renderPages } from '#tests/fixtures/rendered.ts';
import { aPdf, aPhoto, aPicture, put } from '#tests/fixtures/scans.ts';
import { textOf } from './reading.ts';

// Scans are pages of the file: at their place, with its numbers, so that the catalogue is true over everything.

let program: Program;
let full: Saved;
let made: DossierMade;
const folder = mkdtempSync(join(tmpdir(), 'ledger-scans-'));

async function attach(record: Saved, kind: string, name: string, bytes: Uint8Array): Promise<string> {
  const file = program.grant(`scan-${name}`, put(folder, name, bytes));
  return (await program.call('attachment.add', { recordId: record.id, file, kind })).id;
}

beforeAll(async () => {
  program = await aProgram();
  full = await aFullCase(program);
  await attach(full, 'identity', '双方身份证明.pdf', await aPdf(3));
  await attach(full, 'evidence', '送货单.png', aPicture({ width: 900, height: 600, note: '送货单' }));
  await attach(full, 'evidence', '现场照片.jpg', aPhoto(6));
  made = await program.call('dossier.make', {
    id: full.id,
    out: program.grant('whole', join(folder, '案卷.docx')),
  });
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what somebody called a scan is text on its sheet, never markup', async () => {
  const record = await program.save(aMediation());
  const file = program.grant('marked', put(folder, 'marked.pdf', await aPdf(1)));
  const title = '<img src=x onerror=alert(1)>&"收条"';
  await program.call('attachment.add', { recordId: record.id, file, kind: 'evidence', title });
  const { html } = await program.call('dossier.preview', { id: record.id });
  expect(html).not.toContain('<img src=x');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

describe('the .docx', () => {
  test('holds the pictures, and one sheet for a PDF that says what lies beside', () => {
    const parts = unzipSync(readFileSync(made.file));
    const media = Object.keys(parts).filter((name) => name.startsWith('word/media/'));
    expect(media.map((name) => name.split('.').at(-1)).sort()).toEqual(['jpg', 'png']);
    const text = textOf(made.file);
    expect(text).toContain('双方身份证明\n共3页\n附件为 PDF，请打开附件另行打印，换下本页。');
    expect(text.split('附件为 PDF')).toHaveLength(2);
  });

  test('is numbered as its catalogue says, behind the PDF too', () => {
    const sheets = renderPages(readFileSync(made.file), folder, 'whole');
    const numberOf = (index: number) => {
      const foot = sheets[index]?.lines.find((line) => /^—\d+—$/.test(line.text));
      return foot ? Number(foot.text.slice(1, -1)) : null;
    };
    const numbers = sheets.map((_, index) => numberOf(index)).filter((number) => number !== null);
    const scan = made.pieces.find(({ title }) => title === '双方身份证明');
    expect(scan?.pages).toBe(3);
    const first = scan?.first ?? 0;
    // One sheet for three pages: two numbers are left out, no other.
    const expected = Array.from({ length: made.pages }, (_, index) => index + 1).filter(
      (number) => number !== first + 1 && number !== first + 2,
    );
    expect(numbers).toEqual(expected);
    for (const { title, first: page } of made.pieces.filter(({ title: one }) => one.startsWith('人民调解'))) {
      expect(sheets.some((sheet, index) => numberOf(index) === page && sheet.lines[0]?.text === title)).toBe(
        true,
      );
    }
  }, 60_000);

  test('the same file again gives the same bytes, and so does a reprint after a scan was taken off', async () => {
    const again = program.grant('again', join(folder, '再次.docx'));
    const second = await program.call('dossier.make', { id: full.id, out: again });
    expect(readFileSync(second.file).equals(readFileSync(made.file))).toBe(true);
    const other = await aFullCaseWithScan();
    const [scan] = await program.call('attachment.list', { recordId: other.id });
    const out = program.grant('other', join(folder, '另一卷.docx'));
    const { issued } = await program.call('dossier.make', { id: other.id, out });
    await program.call('attachment.remove', { id: scan?.id ?? '', reason: '扫错了' });
    const copy = program.grant('copy', join(folder, '重印.docx'));
    expect(await program.call('issued.make', { issued, out: copy })).toMatchObject({ isSame: true });
  }, 60_000);
});

async function aFullCaseWithScan(): Promise<Saved> {
  const record = await program.save(fullCase());
  await attach(record, 'evidence', '欠条.png', aPicture({ note: '欠条' }));
  return record;
}

test('the page for a PDF keeps a sheet for every page of every scan, and says which there are', async () => {
  const page = await program.call('dossier.preview', { id: full.id });
  expect(page.scans.map(({ title, pages, isPicture }) => [title, pages, isPicture])).toEqual([
    ['双方身份证明', 3, false],
    ['送货单', 1, true],
    ['现场照片', 1, true],
  ]);
  expect(page.html.split('<figure class="scan"')).toHaveLength(6);
  expect(page.html.split('data-picture="')).toHaveLength(3);
  expect(page.sections.map(({ name }) => name)).toEqual(
    expect.arrayContaining(page.scans.map(({ section }) => section)),
  );
  const catalogue = page.html.slice(page.html.indexOf('卷内目录'));
  expect(catalogue).toMatch(/双方身份证明<\/td>[\s\S]{0,200}附件3页/);
});

test('what a file must hold and does not is told before and after it is made', async () => {
  const record = await program.save(fullCase());
  expect((await program.call('dossier.preview', { id: record.id })).missing).toEqual(['当事人身份证明']);
  expect((await program.call('dossier.preview', { id: full.id })).missing).toEqual([]);
  const out = program.grant('missing', join(folder, '缺件.docx'));
  const file = await program.call('dossier.make', { id: record.id, kinds: ['协议书', '申请书'], out });
  expect(file.missing).toEqual(['人民调解当事人权利义务告知书', '当事人身份证明', '人民调解记录']);
});

describe('pages of a PDF in a made file', () => {
  const made5 = () => aPdf(5);

  test('take the place of their sheets, on A4 of their own orientation, upright, above the page number', async () => {
    const source = await PDFDocument.create();
    source.addPage([595, 842]).drawText('upright', { x: 200, y: 20, size: 20 });
    source.addPage([842, 595]).drawText('wide', { x: 20, y: 20, size: 20 });
    const turned = source.addPage([595, 842]);
    turned.drawText('turned', { x: 20, y: 20, size: 20 });
    turned.node.set(PDFName.of('Rotate'), source.context.obj(90));
    const content = await source.save();
    const bound = await bindScans(await made5(), officialPage(), [{ at: 1, pages: 3, content }]);
    expect(bound.unbound).toEqual([]);
    const file = put(folder, 'bound.pdf', bound.pdf);
    const sizes = (await PDFDocument.load(bound.pdf)).getPages().map((sheet) => sheet.getSize());
    const rounded = sizes.map(({ width, height }) => [Math.round(width), Math.round(height)]);
    expect(rounded).toEqual([
      [595, 842],
      [595, 842],
      [842, 595],
      [842, 595],
      [595, 842],
    ]);
    const words = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' })
      .split('<page ')
      .slice(1)
      .map((text) => /yMax="([\d.]+)">([^<]+)</.exec(text) ?? []);
    expect(words.map(([, , word]) => word)).toEqual(['1', 'upright', 'wide', 'turned', '5']);
    // The lowest word of a page stands above the number's line (35 mm from the lower edge).
    expect(Number(words[1]?.[1])).toBeLessThan(842 - (35 / 25.4) * 72);
    expect(Number(words[2]?.[1])).toBeLessThan(595 - (35 / 25.4) * 72);
  });

  test('keep what a reader shows of seals and signatures, and nothing that leads elsewhere', async () => {
    const source = await PDFDocument.create();
    const sheet = source.addPage([595, 842]);
    const { context } = source;
    const look = context.register(
      context.stream('1 0 0 rg 0 0 100 100 re f', {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, 100, 100],
      }),
    );
    const seal = context.obj({
      Type: 'Annot',
      Subtype: 'Stamp',
      Rect: [200, 400, 300, 500],
      AP: { N: look },
    });
    const link = context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [0, 0, 100, 100],
      A: { S: 'URI', URI: '(https://example.org)' },
    });
    sheet.node.set(PDFName.of('Annots'), context.obj([context.register(seal), context.register(link)]));
    const content = await source.save();
    const { pdf } = await bindScans(await made5(), officialPage(), [{ at: 0, pages: 1, content }]);
    const file = put(folder, 'seal.pdf', pdf);
    execFileSync('pdftoppm', ['-r', '30', '-f', '1', '-l', '1', '-singlefile', file, join(folder, 'seal')]);
    const image = readFileSync(join(folder, 'seal.ppm'));
    let red = 0;
    for (let at = image.length - 3; at > 20; at -= 3)
      if ((image[at] ?? 0) > 200 && (image[at + 1] ?? 255) < 60 && (image[at + 2] ?? 255) < 60) red += 1;
    // 100 points at 30 dpi, made smaller with the page: some 35 pixels each way.
    expect(red).toBeGreaterThan(900);
    expect(Buffer.from(pdf).toString('latin1')).not.toContain('example.org');
  });

  test('a PDF that may not be taken apart, or has other pages than were counted, keeps its sheets', async () => {
    const pdf = await made5();
    const broken = await bindScans(pdf, officialPage(), [
      { at: 1, pages: 2, content: await aPdf(3) },
      { at: 3, pages: 1, content: Buffer.from('%PDF-1.7 nothing') },
    ]);
    expect(broken.unbound).toEqual([1, 3]);
    expect((await PDFDocument.load(broken.pdf)).getPageCount()).toBe(5);
  });
});
