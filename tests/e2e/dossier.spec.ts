import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import type { Saved } from '#shared/api/types.ts';
import { fullCase, notesOf } from '#tests/fixtures/full-case.ts';
import { aPdf, aPicture, put } from '#tests/fixtures/scans.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, command, invoke, picture, resize, setUp, type } from './steps.ts';

// A whole file (案卷) made at the window as .docx and as PDF, opened again and read: the order of its pieces, what the
// catalogue says of their pages, whose names stand in it.

const save = (page: Page, ledger: string, record: Record<string, unknown>) =>
  invoke<Saved>(page, 'ledger.save', { ledger, record });

/** A case with a committee, a mediator, notes of every kind and three scans. Returns its record. */
async function aWholeCase(
  page: Page,
  attach: (file: string) => Promise<void>,
  folder: string,
): Promise<Saved> {
  const committee = await save(page, 'committee', {
    name: '东坝镇人民调解委员会',
    kind: 'township',
    establishedOn: '2015-05-01',
  });
  const mediator = await save(page, 'mediator', {
    name: '祁连山',
    committeeId: committee.id,
    appointedOn: '2016-01-01',
  });
  const made = await save(
    page,
    'mediation',
    fullCase({ committeeId: committee.id, mediatorId: mediator.id }).record(),
  );
  for (const note of notesOf(made.id)) await save(page, 'caseNote', note);
  for (const [kind, title, bytes] of [
    ['identity', '双方身份证明', await aPdf(2)],
    ['evidence', '送货单', aPicture({ note: '送货单' })],
    ['performance', '收条', aPicture({ note: '收条' })],
  ] as const) {
    const ends = kind === 'identity' ? 'pdf' : 'png';
    await attach(put(folder, `${title}.${ends}`, bytes));
    const [file] = await invoke<{ grant: string }[]>(page, 'shell.chooseFiles', {
      title,
      extensions: [ends],
    });
    await invoke(page, 'attachment.add', { recordId: made.id, file: file?.grant, kind, title });
  }
  return made;
}

/** The pieces in the order of the book (案卷排列), scans where their kind belongs. */
const titles: readonly string[] = [
  '人民调解申请书',
  '人民调解当事人权利义务告知书',
  '双方身份证明',
  '授权委托书',
  '人民调解调查记录',
  '人民调解调查记录',
  '送货单',
  '人民调解记录',
  '人民调解协议书',
  '收条',
  '人民调解回访记录',
  '人民调解回访记录',
  '司法确认申请书',
  '卷宗情况说明',
];
/** Pages of the scans. */
const scanned: Readonly<Record<string, number>> = { 双方身份证明: 2, 送货单: 1, 收条: 1 };

type Row = { title: string; page: number };

/** Nothing but the catalogue's rows: number, title, first page. */
function readRows(cells: readonly string[]): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at + 2 < cells.length; at += 1) {
    if (cells[at] !== String(rows.length + 1)) continue;
    const [title = '', page = ''] = [cells[at + 1], cells[at + 2]];
    if (title === titles[rows.length] && /^\d+$/.test(page)) rows.push({ title, page: Number(page) });
  }
  return rows;
}

const plain = (xml: string) =>
  xml
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .trim();

/** What Word finds in the file: paragraphs, the catalogue's cells, the numbers with which sections begin anew. */
function readWord(file: string) {
  const parts = unzipSync(readFileSync(file));
  const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
  return {
    xml,
    text: plain(xml),
    paragraphs: [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([one]) => plain(one)),
    cells: [...xml.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([one]) => plain(one)),
    starts: [...xml.matchAll(/<w:pgNumType[^>]*w:start="(\d+)"/g)].map(([, number]) => Number(number)),
  };
}

test('a whole file as .docx and as PDF holds its pieces in order, on the pages its catalogue names', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const made = await aWholeCase(page, (file) => answerDialogs(app, file), path.join(folder, 'scans'));
  expect(made.record.caseNo).toMatch(/^（2025）.+人调字第1号$/);

  await page.keyboard.press('Control+f');
  await type(page, '16401234567');
  await expect(page.getByRole('option', { name: /柳春禾/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /柳春禾/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list.getByRole('option', { selected: true })).toContainText('整卷');
  await expect(page.frameLocator('iframe[title="文书预览"]').locator('body')).toContainText('卷内目录');

  const pdf = path.join(folder, '案卷.pdf');
  await answerDialogs(app, pdf);
  await command(page, '另存为 PDF');
  await expect(page.getByTestId('paper-done')).toContainText(/案卷\.pdf，共 \d+ 页/, { timeout: 60_000 });
  const word = path.join(folder, '案卷.docx');
  await answerDialogs(app, word);
  await command(page, '保存为 Word');
  await expect(page.getByTestId('paper-done')).toContainText(/案卷\.docx，收入 14 件/, { timeout: 30_000 });
  await picture(app, path.join('test-results', 'documents', 'whole-file.png'));

  execFileSync('pdftoppm', [
    '-r',
    '45',
    '-png',
    pdf,
    path.join('test-results', 'documents', 'whole-file-page'),
  ]);

  // The PDF, page by page.
  const sheets = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
    .split('\f')
    .slice(0, -1);
  const numberOf = (sheet = '') => Number(/—\s*(\d+)\s*—\s*$/.exec(sheet.trimEnd())?.[1] ?? Number.NaN);
  expect(sheets[0]).toContain('人民调解卷宗');
  expect(sheets[0]).toContain(String(made.record.caseNo));
  for (const name of ['柳春禾', '金塔县戈壁砂石有限公司', '祁连山', '司马理'])
    expect(sheets[0], name).toContain(name);
  const front = sheets.findIndex((sheet) => numberOf(sheet) === 1);
  expect(front).toBeGreaterThan(1);
  const words = sheets.slice(1, front).join('\n').split(/\s+/);
  const rows = readRows(words);
  expect(rows.map(({ title }) => title)).toEqual(titles);
  const begins = sheets.map((sheet) => ({
    title: sheet.trim().split(/\s/)[0] ?? '',
    number: numberOf(sheet),
  }));
  for (const { title, page: first } of rows.filter((row) => scanned[row.title] === undefined))
    expect(begins, title).toContainEqual({ title, number: first });
  // Scans are bound in as they are: pages like the others, the PDF's own text among them.
  const identity = rows.find(({ title }) => title === '双方身份证明')?.page ?? 0;
  expect(sheets[front + identity - 1]).toMatch(/1 ?\/ ?2/);
  expect(sheets[front + identity]).toMatch(/2 ?\/ ?2/);
  expect(sheets.join()).not.toContain('请打开附件另行打印');
  const images = execFileSync('pdfimages', ['-list', pdf], { encoding: 'utf8' });
  for (const title of ['送货单', '收条']) {
    const at = front + (rows.find((row) => row.title === title)?.page ?? 0);
    expect(images, title).toMatch(new RegExp(`^\\s*${at}\\s+\\d+ image`, 'm'));
  }
  rows.forEach(({ title, page: first }, index) => {
    const next = rows[index + 1]?.page;
    if (scanned[title] !== undefined) expect(next, title).toBe(first + scanned[title]);
    else if (next !== undefined) expect(next, title).toBeGreaterThan(first);
  });
  const numbers = sheets.map(numberOf).filter(Number.isFinite);
  const last = Math.max(...numbers);
  expect(numbers).toEqual(Array.from({ length: last }, (_, index) => index + 1));

  // The .docx: the same pieces, the same catalogue, numbers that go on behind what is bound in between.
  const { xml, text, paragraphs, cells, starts } = readWord(word);
  const catalogue = readRows(cells);
  expect(catalogue.map(({ title }) => title)).toEqual(titles);
  expect(catalogue.filter(({ title }) => scanned[title] !== undefined).length).toBe(3);
  const order = paragraphs.filter((line) => titles.includes(line));
  // First as the catalogue lists them, then as they lie behind it.
  expect(order.slice(0, titles.length)).toEqual(titles);
  // A picture is a page without words.
  expect(order.slice(titles.length)).toEqual(titles.filter((title) => scanned[title] !== 1));
  const behindScans = catalogue.filter(
    (_, index) => scanned[catalogue[index - 1]?.title ?? ''] !== undefined,
  );
  expect(starts).toEqual([1, ...behindScans.map(({ page: first }) => first)]);
  expect(xml).toContain('PAGEREF');
  for (const name of [
    '柳春禾',
    '柳春田',
    '边小舟',
    '金塔县戈壁砂石有限公司',
    '祁连山',
    '柴大同',
    '孟算珠',
    '司马理',
  ])
    expect(text, name).toContain(name);
  expect(text).toContain('12,345.50元（大写：人民币壹万贰仟叁佰肆拾伍元伍角整）');
  expect(text).not.toMatch(/undefined|null|NaN|\[object|[{}]|【待填/);
  expect(problems).toEqual([]);
});
