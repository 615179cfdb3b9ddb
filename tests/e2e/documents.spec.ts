import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { strFromU8, unzipSync } from 'fflate';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, focused, invoke, picture, resize, setUp, type } from './steps.ts';

// A case's papers in the real window, by keyboard: the agreement seen, saved, printed, printed again as it was; the file.

const pictures = path.join('test-results', 'documents');

const wordText = (file: string) =>
  strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array()).replaceAll(
    /<[^>]+>/g,
    '',
  );
const numberLine = (number: number) => new RegExp(`—\\s*${number}\\s*—`);
const pdfText = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });

test('the agreement of a case, issued, and printed again as it was after the case changed; the whole file', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const saved = await invoke<{ id: string; version: string; record: Record<string, unknown> }>(
    page,
    'ledger.save',
    {
      ledger: 'mediation',
      record: fullCase().record(),
    },
  );

  await page.keyboard.press('Control+f');
  await type(page, '柳春禾');
  await expect(page.getByRole('option', { name: /柳春禾/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /柳春禾/ })).toBeVisible();

  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeFocused();
  const chosen = list.getByRole('option', { selected: true });
  await expect(chosen).toContainText('整卷');
  await expect(list.getByRole('option', { name: /口头协议登记表/ })).toHaveCount(0);
  await picture(app, path.join(pictures, 'dossier.png'));

  for (let press = 0; press < 20; press += 1) {
    if ((await chosen.textContent())?.includes('人民调解协议书')) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(chosen).toContainText(/人民调解协议书.*必须.*未出具/);
  const preview = page.frameLocator('iframe[title="文书预览"]');
  await expect(preview.locator('body')).toContainText(
    '12,345.50元（大写：人民币壹万贰仟叁佰肆拾伍元伍角整）',
  );
  await expect(preview.locator('h1')).toHaveText('人民调解协议书');

  const word = path.join(folder, '协议书.docx');
  await answerDialogs(app, word);
  await page.getByRole('button', { name: '保存为 Word' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText('已保存：协议书.docx', { timeout: 20_000 });
  expect(wordText(word)).toContain('卖方收款后当日出具收据');
  await expect(chosen).toContainText('已出具 1 次');

  const pdf = path.join(folder, '协议书.pdf');
  await answerDialogs(app, pdf);
  await page.getByRole('button', { name: '另存为 PDF' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText(/协议书\.pdf，共 2 页/, { timeout: 30_000 });
  expect(pdfText(pdf)).toMatch(numberLine(2));
  await picture(app, path.join(pictures, 'agreement.png'));

  // The case changes; what was issued stays what it was, to the byte.
  await invoke(page, 'ledger.save', {
    ledger: 'mediation',
    id: saved.id,
    baseVersion: saved.version,
    record: { ...saved.record, agreementText: '双方另行商定。' },
  });
  await expect(preview.locator('body')).toContainText('双方另行商定');
  await page.getByRole('button', { name: /模板第 1 版/ }).focus();
  await page.keyboard.press('Enter');
  await expect(preview.locator('body')).toContainText('卖方收款后当日出具收据');
  const again = path.join(folder, '重印.docx');
  await answerDialogs(app, again);
  await page.getByRole('button', { name: '按原样重新保存' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText('与出具时完全一致', { timeout: 20_000 });
  expect(readFileSync(again).equals(readFileSync(word))).toBe(true);

  // A blank form of the same paper.
  await page.getByRole('button', { name: '空白文书' }).focus();
  await page.keyboard.press('Enter');
  await expect(preview.locator('body')).toContainText('字〔');
  await expect(preview.locator('body')).not.toContainText('柳春禾');
  await picture(app, path.join(pictures, 'blank.png'));
  await page.getByRole('button', { name: '按案件现状' }).focus();
  await page.keyboard.press('Enter');

  // The whole file: its catalogue names the pages on which the pieces are, as they were laid out.
  await list.focus();
  for (let press = 0; press < 20; press += 1) await page.keyboard.press('ArrowUp');
  await expect(chosen).toContainText('整卷');
  const file = path.join(folder, '案卷.pdf');
  await answerDialogs(app, file);
  await page.getByRole('button', { name: '另存为 PDF' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText(/案卷\.pdf，共 \d+ 页/, { timeout: 60_000 });
  const pages = pdfText(file).split('\f').slice(0, -1);
  expect(pages).toHaveLength((await PDFDocument.load(readFileSync(file))).getPageCount());
  const catalogue = pages[1] ?? '';
  expect(catalogue).toContain('卷内目录');
  const rows = [...catalogue.matchAll(/^\s*\d+\s+(\S+)\s+(\d+)(?:\s|$)/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, title = '', number = ''] of rows) {
    const at = pages.findIndex((text, index) => index > 1 && text.trimStart().startsWith(title));
    expect(pages[at], title).toMatch(numberLine(Number(number)));
  }
  expect(pages[0]).not.toMatch(/—\s*\d+\s*—/);
  expect(pages.at(-1)).not.toMatch(/—\s*\d+\s*—/);
  await resize(app, 1.5);
  await expect(page.getByRole('button', { name: '保存为 Word' })).toBeInViewport();
  await picture(app, path.join(pictures, 'large.png'));
  await resize(app, 1);

  // A record of the mediation, begun from its paper: the case and its name stand in it already.
  await list.focus();
  for (let press = 0; press < 20; press += 1) {
    if ((await chosen.textContent())?.includes('人民调解记录')) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.getByRole('button', { name: '登记笔录' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '登记笔录' })).toBeVisible();
  await expect(page.getByLabel('事由')).toHaveValue('柳春禾与金塔县戈壁砂石有限公司合同纠纷');
  await picture(app, path.join(pictures, 'note.png'));
  await page.locator('[data-path="text"]').fill('双方到场，调解员告知权利和义务。');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(focused(page)).not.toHaveCount(0);
  expect(problems).toEqual([]);
});
