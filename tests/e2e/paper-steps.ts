import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { root } from '#tools/workspace.ts';
import { expect } from './launch.ts';
import { answerDialogs, command, type } from './steps.ts';

// What a clerk does with the papers of 社区矫正 at the window, by keyboard; the pages are kept as pictures.

export const pictures = path.join(root, 'test-results', 'correction-papers');
export const wordText = (file: string): string =>
  strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array()).replaceAll(
    /<[^>]+>/g,
    '',
  );
export const pdfText = (file: string): string =>
  execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
export const holes = /undefined|null|NaN|\[object|[{}]|【待填/;

/** Types into the field of this label, or of this path (`members.0.name`), and goes on with Enter. */
export async function put(page: Page, field: string, text: string): Promise<void> {
  const isPath = /^[a-z][A-Za-z.0-9]*$/.test(field);
  const input = isPath
    ? page.locator(`[data-path="${field}"]`)
    : page
        .getByLabel(new RegExp(`^${field.replaceAll(/[（）]/g, '.')}＊?$`))
        .and(page.locator('input, textarea'));
  await input.focus();
  await page.keyboard.press('Control+a');
  await type(page, text);
  await page.keyboard.press('Enter');
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
}

/** A step by its name: asked for once, filled in, taken. */
export async function step(
  page: Page,
  name: string,
  asked: readonly (readonly [string, string])[],
): Promise<void> {
  await command(page, name);
  for (const [label, text] of asked) await put(page, label, text);
  await command(page, name);
  await expect(page.getByText('已保存。')).toBeVisible();
}

/** A new record of what happens to the person whose file is open; ends on it, saved. */
export async function happens(
  page: Page,
  noun: string,
  fields: readonly (readonly [string, string])[],
): Promise<void> {
  await expect(page.getByRole('heading', { name: '王梓沐' })).toBeVisible();
  await expect(page.locator('.record-bar')).toBeVisible();
  await command(page, `登记${noun}（本件）`);
  await expect(page.getByRole('heading', { name: `登记${noun}` })).toBeVisible();
  await expect(page.locator('[data-path="personId"]')).toHaveValue(/王梓沐/);
  for (const [label, text] of fields) await put(page, label, text);
  await save(page);
}

type Word = { text: string; x: number; y: number };

/** The rows of the catalogue (pages from the second on), by where its words stand: a long title goes over two lines of its cell. */
function catalogueOf(file: string, front: number): { order: number; title: string; page: number }[] {
  const xml = execFileSync('pdftotext', ['-bbox', '-f', '2', '-l', String(front), file, '-'], {
    encoding: 'utf8',
  });
  const pages = xml.split('<page ').slice(1);
  const wordsOf = (page: string): Word[] =>
    [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)].map(
      ([, left, top, right, bottom, text = '']) => ({
        text,
        x: (Number(left) + Number(right)) / 2,
        y: (Number(top) + Number(bottom)) / 2,
      }),
    );
  const head = wordsOf(pages[0] ?? '');
  const columnOf = (label: string) => head.find(({ text }) => text === label)?.x ?? 0;
  const [orderAt, titleAt, pageAt] = [columnOf('序号'), columnOf('文书名称'), columnOf('页号')];
  const isNumberAt = (at: number) => (word: Word) => /^\d+$/.test(word.text) && Math.abs(word.x - at) < 20;
  return pages.flatMap((page) => {
    const words = wordsOf(page);
    const numbers = words.filter(isNumberAt(orderAt));
    const nearest = (y: number) =>
      numbers.reduce((best, one) => (Math.abs(one.y - y) < Math.abs(best.y - y) ? one : best));
    const of = (row: Word, all: Word[]) => all.filter(({ y }) => nearest(y) === row);
    const titles = words.filter(
      ({ text, x, y }) =>
        /\p{Script=Han}/u.test(text) &&
        x > orderAt + 20 &&
        x < (titleAt + pageAt) / 2 &&
        y > (numbers[0]?.y ?? 0) - 20,
    );
    return numbers.map((row) => ({
      order: Number(row.text),
      title: of(row, titles)
        .map(({ text }) => text)
        .join(''),
      page: Number(of(row, words.filter(isNumberAt(pageAt)))[0]?.text),
    }));
  });
}

/**
 * Holds a bound file, as the program prints it, to its own catalogue: each piece begins on the page that stands there, pages
 * are numbered through from one, and cover and back name the last. Gives the titles of the catalogue.
 */
export function holdToCatalogue(file: string): string[] {
  const sheets = pdfText(file).split('\f').slice(0, -1);
  const numbers = sheets.map((sheet) => Number(/—\s*(\d+)\s*—\s*$/.exec(sheet.trimEnd())?.[1] ?? 0));
  const front = numbers.indexOf(1);
  const last = Math.max(...numbers);
  expect(numbers.filter((number) => number > 0)).toEqual(Array.from({ length: last }, (_, at) => at + 1));
  const rows = catalogueOf(file, front);
  expect(rows.map(({ order }) => order)).toEqual(rows.map((_, at) => at + 1));
  for (const [at, { title, page }] of rows.entries()) {
    const text = (sheets[front + page - 1] ?? '').replaceAll(/\s/g, '');
    expect(title !== '' && text.startsWith(title), `${title} on page ${page}: ${text.slice(0, 20)}`).toBe(
      true,
    );
    expect(page, title).toBeGreaterThan(rows[at - 1]?.page ?? 0);
  }
  for (const [sheet, said] of [
    [sheets[0], `页数${last}页`],
    [sheets.at(-1), `共${last}页`],
  ] as const)
    expect((sheet ?? '').replaceAll(/\s/g, '')).toContain(said);
  return rows.map(({ title }) => title);
}

/** Saves the chosen paper as Word and as PDF and reads both: no hole in them, and the person's name. */
export async function saveBoth(
  app: ElectronApplication,
  page: Page,
  folder: string,
  title: string,
): Promise<void> {
  const done = page.getByTestId('paper-done');
  for (const [button, ending] of [
    ['保存为 Word', 'docx'],
    ['另存为 PDF', 'pdf'],
  ] as const) {
    const file = path.join(folder, `${title}.${ending}`);
    await answerDialogs(app, file);
    await page.getByRole('button', { name: button }).press('Enter');
    await expect(done).toContainText(`已保存：${title}.${ending}`, { timeout: 30_000 });
    const text = ending === 'docx' ? wordText(file) : pdfText(file);
    expect(text, title).not.toMatch(holes);
    expect(text.replaceAll(/\s/g, ''), title).toContain('王梓沐');
  }
}

/** Every paper of the open record that was not issued yet: numbered where it has a number, saved as Word and as PDF. */
export async function printNew(app: ElectronApplication, page: Page, folder: string): Promise<string[]> {
  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeFocused();
  const chosen = list.getByRole('option', { selected: true });
  const lines = await list.getByRole('option').evaluateAll((all) =>
    all.map((line) => ({
      isFile: /^paper-(dossier|correction(Cover|Catalogue|BackCover))/.test(line.id),
      isNew: line.querySelector('.paper-state')?.textContent === '未出具',
    })),
  );
  const titles: string[] = [];
  let at = 0;
  await page.keyboard.press('Home');
  for (const [index, { isFile, isNew }] of lines.entries()) {
    if (isFile || !isNew) continue;
    await list.focus();
    for (; at < index; at += 1) await page.keyboard.press('ArrowDown');
    const title =
      (await chosen.locator('.paper-name').evaluate((name) => name.firstChild?.textContent)) ?? '';
    const number = page.getByRole('button', { name: '编文号' });
    if (await number.isVisible()) {
      await number.press('Enter');
      await expect(page.getByTestId('paper-done')).toContainText(/已编文号：〔2026〕金司矫.+字第\d+号/);
      await expect(number).toBeHidden();
    }
    await expect(page.frameLocator('iframe[title="文书预览"]').locator('h1').first()).toBeVisible();
    await saveBoth(app, page, folder, title);
    expect(pdfText(path.join(folder, `${title}.pdf`)), title).toMatch(/—\s*1\s*—/);
    await expect(chosen).toContainText(/已出具 \d 次/);
    titles.push(title);
  }
  return titles;
}

/** The pages of a PDF as pictures, to be looked at. */
export function keepPictures(folder: string, titles: readonly string[]): void {
  mkdirSync(pictures, { recursive: true });
  for (const title of titles)
    execFileSync('pdftoppm', [
      '-r',
      '60',
      '-png',
      path.join(folder, `${title}.pdf`),
      path.join(pictures, title),
    ]);
}
