import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { strFromU8, unzipSync } from 'fflate';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, focused, goTo, invoke, recordCase, resize, setUp, signIn, type } from './steps.ts';

// The whole way of a county's clerk and head, by keyboard in the real window: a ledger, a case, a figure, a report.

test('a case becomes a figure and a report', async ({ start, folder }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);

  const recoveryKey = await setUp(page);
  expect(recoveryKey.trim().length).toBeGreaterThan(20);
  await expect(page.getByText('还没有登记过案件')).toBeVisible();

  // Signing out and in again: the ledger opens with the password.
  await page.keyboard.press('Control+k');
  await expect(focused(page)).toHaveAccessibleName('命令');
  await type(page, '退出登录');
  await page.keyboard.press('Enter');
  await signIn(page);

  await recordCase(page, '欧阳建国', '20230315');
  await expect(page.getByText(/（2023）.+人调字第1号/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /欧阳建国.*2023-03-15.*邻里/ })).toBeVisible();
  // Asked after the list, so that the list has been answered by then
  expect(await invoke(page, 'draft.list', {})).toEqual([]);
  await expect(page.getByText('未完成的登记')).toBeHidden();

  // Found by one character (first, middle, last of the name), by two, and opened by Enter.
  for (const wanted of ['欧', '阳', '国', '建国', '欧阳']) {
    await page.keyboard.press('Control+f');
    await type(page, wanted);
    await expect(page.getByRole('option', { name: /欧阳建国/ })).toBeVisible();
    await expect(page.locator('mark').first()).toHaveText(wanted);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('Control+f');
  await type(page, '甲');
  await expect(page.getByText('没有找到“甲”')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await type(page, '建国');
  await expect(page.getByRole('option', { name: /欧阳建国/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '欧阳建国' })).toBeVisible();
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('两家因院墙滴水发生争执，经调解当场和好。');

  // The figure counts it and opens it.
  await goTo(page, '指标数据');
  await page.getByLabel('年度').selectOption('2023');
  const figure = page.getByLabel('填报“排查化解矛盾纠纷”');
  await expect(figure).toHaveValue(/^1\D/);
  await page.getByRole('button', { name: '查看“排查化解矛盾纠纷”背后的 1 条记录' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('records-behind').getByRole('button')).toHaveCount(1);
  await page
    .getByTestId('records-behind')
    .getByRole('button', { name: /欧阳建国/ })
    .focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '欧阳建国' })).toBeVisible();

  // A year's figures from a table; what both sources say is shown, and the hand-entered one stands.
  await goTo(page, '指标数据');
  await answerDialogs(app, path.join(root, 'tests/fixtures/indicators-2023.csv'));
  await page.getByRole('button', { name: '导入表格' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('import-result')).toContainText('已导入 151 项', { timeout: 20_000 });
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('import-result')).toBeHidden();
  await expect(page.getByText(/缺 [01] 项/)).toBeVisible();
  const row = page.locator('tr', { has: page.getByText('排查化解矛盾纠纷', { exact: true }) });
  await expect(row).toContainText(/台账 1\D*，手工 .+/);

  // One entered in place, by its printed form, and refused with a sentence where it cannot be read.
  const first = page.locator('[data-figure]').first();
  await first.focus();
  await type(page, '很多');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/数值“很多”无法识别/)).toBeVisible();
  await first.focus();
  await page.keyboard.press('Control+a');
  await type(page, '先后27次');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/无法识别/)).toBeHidden();
  await expect(first).toHaveValue('先后27次');

  // The report: on screen, as .docx, as PDF.
  await goTo(page, '年度报告');
  const preview = page.frameLocator('iframe[title="报告预览"]');
  await expect(preview.locator('body')).toContainText('先后27次', { timeout: 20_000 });
  const docx = path.join(folder, '报告.docx');
  await answerDialogs(app, docx);
  await page.getByRole('button', { name: '保存为 Word' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('report-done')).toContainText('已保存：报告.docx', { timeout: 20_000 });
  const document = strFromU8(unzipSync(readFileSync(docx))['word/document.xml'] ?? new Uint8Array());
  expect(document.replaceAll(/<[^>]+>/g, '')).toContain('先后27次');

  const pdf = path.join(folder, '报告.pdf');
  await answerDialogs(app, pdf);
  await page.getByRole('button', { name: '另存为 PDF' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('report-done')).toContainText(/报告\.pdf，共 \d+ 页/, { timeout: 30_000 });
  expect(statSync(pdf).size).toBeGreaterThan(10_000);
  expect((await PDFDocument.load(readFileSync(pdf))).getPageCount()).toBeGreaterThan(1);

  // Locked by a key: nothing of the ledger is on screen, and the place is kept.
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('先后27次');
  await expect(focused(page)).toHaveAccessibleName('密码');
  await type(page, 'Jinta-2023-sfj');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '年度报告' })).toBeVisible();
  expect(problems).toEqual([]);
});
