import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { correctionLedgers } from '#shared/ledgers/all.ts';
import { papersToFile } from '#tests/fixtures/correction-papers.ts';
import type { Person } from '#tests/fixtures/program.ts';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { holes, pdfText } from './paper-steps.ts';
import { account, answerDialogs, command, invoke, password, picture, resize, signIn } from './steps.ts';

// Every kind of paper of 社区矫正 and 调查评估 as a page: chosen in the window, looked at there, saved as PDF.

const pictures = path.join(root, 'test-results', 'every-paper');

/** An English word; single letters are of identity numbers and of marks. */
const english = /[A-Za-z]{2,}/;

type Line = { id: string; kind: string };

/** The papers in the list of the record that is open, with their kinds. */
async function linesOf(page: Page, kinds: readonly string[]): Promise<Line[]> {
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeFocused();
  const ids = await list.getByRole('option').evaluateAll((all) => all.map(({ id }) => id));
  return ids.flatMap((id) => {
    const kind = kinds.find((one) => id.includes(`-${one}-`));
    return kind ? [{ id, kind }] : [];
  });
}

/** Chooses a paper, reads it as it is shown and as its PDF, and keeps a picture of every page. */
async function printOne(app: ElectronApplication, page: Page, folder: string, { id, kind }: Line) {
  const option = page.locator(`[id="${id}"]`);
  await option.click();
  await expect(option).toHaveAttribute('aria-selected', 'true');
  const title = (await option.locator('.paper-name').evaluate((name) => name.firstChild?.textContent)) ?? '';
  const done = page.getByTestId('paper-done');
  await expect(done).toContainText(title);
  const shown = page.frameLocator('iframe[title="文书预览"]').locator('body');
  await expect
    .poll(async () => (await shown.innerText()).trim().length, { message: kind })
    .toBeGreaterThan(20);
  const preview = await shown.innerText();
  expect.soft(preview, `shown: ${kind}`).not.toMatch(holes);
  expect.soft(preview, `shown: ${kind}`).not.toMatch(english);

  const file = path.join(folder, `${kind}.pdf`);
  await answerDialogs(app, file);
  await page.getByRole('button', { name: '另存为 PDF' }).click();
  await expect(done).toContainText(`已保存：${kind}.pdf`, { timeout: 30_000 });
  const pages = pdfText(file).split('\f').slice(0, -1);
  expect.soft(pages.length, kind).toBeGreaterThan(0);
  for (const [index, text] of pages.entries()) {
    const at = `${kind}, page ${index + 1} of ${pages.length}`;
    expect.soft(text.replaceAll(/[\s—\d]/g, '').length, at).toBeGreaterThan(10);
    expect.soft(text, at).not.toMatch(holes);
    expect.soft(text, at).not.toMatch(english);
    expect.soft(text.trimStart(), `a receipt alone: ${at}`).not.toMatch(/^本人签收/);
  }
  execFileSync('pdftoppm', ['-r', '60', '-png', file, path.join(pictures, kind)]);
}

test('every kind of paper makes a page in the window and as PDF', async ({ start, folder }) => {
  test.setTimeout(600_000);
  mkdirSync(pictures, { recursive: true });
  const { app, page, problems } = await start();
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  const unit = { level: 'county', unitCode: '620921', unitName: '金塔县司法局' };
  await invoke(page, 'setup.create', { ...unit, account, password });
  await page.reload();
  await resize(app);
  await signIn(page);
  const keeper = { call: (method: string, input: unknown) => invoke(page, method, input) };
  const filed = await papersToFile(keeper as unknown as Person);
  const kinds = (await invoke<{ kind: string; ledger: string }[]>(page, 'paper.kinds', {}))
    .filter(({ ledger }) => ['evaluation', ...correctionLedgers.map(({ name }) => name)].includes(ledger))
    .map(({ kind }) => kind);
  expect(kinds.length).toBeGreaterThanOrEqual(Object.keys(filed).length);

  // Each paper where it is met first: in the list of an evaluation, or of a person with all that happened to him
  const wanted = new Set(kinds);
  for (const register of ['调查评估', '社区矫正']) {
    await command(page, `打开${register}`);
    const grid = page.getByRole('grid');
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    const records = (await grid.getByRole('row').count()) - 1;
    for (let at = 0; at < records; at += 1) {
      await command(page, `打开${register}`);
      await grid.focus();
      for (let down = 0; down < at; down += 1) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await expect(page.locator('.record-bar')).toBeVisible();
      await page.keyboard.press('Control+Shift+d');
      for (const line of await linesOf(page, kinds))
        if (wanted.delete(line.kind)) await printOne(app, page, folder, line);
      await picture(app, path.join(pictures, `window-${register}-${at}.png`));
      await page.keyboard.press('Escape');
    }
  }
  expect([...wanted]).toEqual([]);
  expect(problems).toEqual([]);
});
