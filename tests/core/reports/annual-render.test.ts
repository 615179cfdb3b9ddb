import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { annualTemplate, makeAnnualReport, toDocx } from '#core/reports/annual.ts';
import { fields2023, figures2023, readParagraphs, rows } from '#tests/core/reports/annual-fixture.ts';
import { type Line, type Page, renderPages } from '#tests/fixtures/rendered.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-render-'));
const mm = (points: number) => (points / 72) * 25.4;
let docx: Uint8Array;
let pages: Page[];

beforeAll(async () => {
  const { document } = makeAnnualReport({
    template: annualTemplate(),
    figures: figures2023(),
    fields: fields2023,
  });
  docx = await toDocx(document);
  pages = renderPages(docx, folder, 'report');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isNumber = (line: Line) => /^—\d+—$/.test(line.text);
const bodyOf = (page: Page | undefined) => page?.lines.filter((line) => !isNumber(line)) ?? [];

describe('the report as pages', () => {
  test('several A4 pages', () => {
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) {
      expect(mm(page.width)).toBeCloseTo(210, 0);
      expect(mm(page.height)).toBeCloseTo(297, 0);
    }
  });

  test('22 lines on every full page, an even pitch apart, inside the text block', () => {
    for (const page of pages.slice(1, -2)) {
      const lines = bodyOf(page);
      expect(lines, `page ${page.number}`).toHaveLength(22);
      const pitch = ((lines.at(-1)?.top ?? 0) - (lines[0]?.top ?? 0)) / 21;
      expect(pitch).toBeCloseTo(28.95, 0);
      expect(mm(lines[0]?.top ?? 0)).toBeGreaterThan(37);
      expect(mm(lines.at(-1)?.top ?? 0)).toBeLessThan(297 - 35);
    }
  });

  test('28 characters on a full line, from 28 mm to 184 mm, the first line two characters in', () => {
    const lines = pages.slice(1).flatMap(bodyOf);
    const isFull = (line: Line) =>
      /^[\u3400-\u9fff，。、；]+$/u.test(line.text) && mm(line.right) > 183 && mm(line.left) < 29;
    const full = lines.flatMap((line, index) =>
      isFull(line) ? [{ line, next: lines[index + 1]?.text ?? '' }] : [],
    );
    expect(full.length).toBeGreaterThan(20);
    // A line is one short only where a mark, which may not begin a line, took the last character down with it.
    for (const { line, next } of full) {
      const length = /^.[，。、；：！？”）》]/u.test(next) ? [27, 28] : [28];
      expect(length, line.text).toContain(line.text.length);
    }
    expect(full.filter(({ line }) => line.text.length === 28).length / full.length).toBeGreaterThan(0.8);
    for (const line of lines) expect(mm(line.right), line.text).toBeLessThan(184.5);
    const opening = lines.filter((line) => /^[一二三四五六七]是/.test(line.text) && mm(line.left) > 30);
    expect(opening.length).toBeGreaterThan(20);
    for (const line of opening) expect(mm(line.left), line.text).toBeCloseTo(28 + 11.1, 0);
  });

  test('page numbers: odd right, even left, a character in, 7 mm under the text block', () => {
    for (const page of pages) {
      const line = page.lines.find(isNumber);
      expect(line?.text).toBe(`—${page.number}—`);
      const edge = page.number % 2 === 1 ? 210 - 26 - mm(line?.right ?? 0) : mm(line?.left ?? 0) - 28;
      expect(edge).toBeCloseTo(mm(14), 0);
      expect(mm(line?.top ?? 0)).toBeGreaterThan(297 - 35 + 5);
      expect(mm(line?.top ?? 0)).toBeLessThan(297 - 35 + 10);
    }
  });

  test('no character is lost, and every figure is whole on its page', () => {
    const written = readParagraphs(docx)
      .map(({ text }) => text)
      .join('');
    const shown = pages
      .flatMap(bodyOf)
      .map((line) => line.text)
      .join('');
    const plain = (text: string) => text.replace(/&amp;/g, '&').replace(/\s/g, '');
    expect(plain(shown)).toBe(plain(written));
    let from = 0;
    for (const row of rows) {
      const at = shown.indexOf(row.printed_value, from);
      expect(at, row.indicator).toBeGreaterThanOrEqual(from);
      from = at + row.printed_value.length;
    }
  });

  test('signature and date stand on a page that has text', () => {
    const last = bodyOf(pages.at(-1)).map((line) => line.text);
    expect(last.slice(-2)).toEqual(['金塔县人民政府', '2024年2月28日']);
    expect(last.length).toBeGreaterThan(2);
  });
});
