import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import { answerDialogs, command, demo, focused, invoke, resize, type } from './steps.ts';

// The registers of the 安全保密登记: media and who has them, what went out, incidents, assessments, the yearly self-check.

const look = async (
  app: ElectronApplication,
  page: Page,
  name: string,
  zooms: readonly number[] = [1.5],
): Promise<void> => {
  for (const zoom of zooms) {
    await resize(app, zoom);
    await lookAt(app, page, `safety-registers-${name}-${zoom * 100}`);
  }
  await resize(app);
};
const fill = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(new RegExp(`^${label}＊?$`)).focus();
  await type(page, text);
};
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '安全保密登记' }).getByRole('button', { name, exact: true });

test('a stick is registered, issued and handed back with the keyboard alone', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await demo(start, 10);
  await page.keyboard.press('Control+k');
  await type(page, '安全保密');
  await page.keyboard.press('Enter');
  await expect(page.getByText('还没有登记过移动存储介质')).toBeVisible();
  await look(app, page, 'media-empty');
  await page.keyboard.press('Control+n');
  await expect(focused(page)).toHaveAccessibleName(/介质编号/);
  await type(page, '东司移001');
  await page.keyboard.press('Enter');
  await type(page, 'U盘');
  await page.keyboard.press('Enter');
  await fill(page, '保管人', '祁连山');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await look(app, page, 'medium');
  await page.keyboard.press('Escape');

  await tab(page, '介质领用').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('还没有登记过介质领用')).toBeVisible();
  await look(app, page, 'loans-empty');
  await page.keyboard.press('Control+n');
  await type(page, '东司移');
  await expect(page.getByRole('option', { name: /东司移001/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await fill(page, '领用人', '马兰花');
  await fill(page, '用途', '上报半年数据');
  await fill(page, '应还日期', '20991231');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await look(app, page, 'loan');
  expect(problems).toEqual([]);
});

test('a printed list is said where it went, at once or from the register', async ({ start, folder }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 10);
  await answerDialogs(app, path.join(folder, 'list.pdf'));
  await page.getByRole('navigation').getByRole('button', { name: '人民调解', exact: true }).click();
  await page.keyboard.press('Control+p');
  const print = page.getByRole('dialog');
  await print.getByRole('button', { name: '存为 PDF' }).click();
  await expect(print.getByRole('status')).toContainText(/共 \d+ 页/, { timeout: 60_000 });
  await print
    .getByRole('button', { name: /关\s?闭/ })
    .last()
    .click();
  await expect(page.getByText('还没有登记去向、用途和介质')).toBeVisible();
  await page.getByRole('button', { name: '登记去向' }).focus();
  await page.keyboard.press('Enter');
  const ask = page.getByRole('dialog', { name: '登记导出的去向' });
  await expect(ask.getByRole('checkbox').first()).toBeChecked();
  await look(app, page, 'describe');
  await expect(focused(page)).toHaveAccessibleName('去向（接收单位、部门）');
  await type(page, '县司法局基层科');
  await page.keyboard.press('Enter');
  await type(page, '上报半年数据');
  await ask.getByRole('button', { name: '保存登记' }).focus();
  await page.keyboard.press('Enter');
  await expect(ask).toBeHidden();
  await expect(page.getByText('还没有登记去向、用途和介质')).toBeHidden();

  await command(page, '打开数据导出');
  await expect(page.getByRole('table')).toContainText('县司法局基层科');
  await look(app, page, 'exports');
  await page.getByLabel('只看未登记').check();
  await expect(page.getByText('都已登记，没有遗漏')).toBeVisible();
  await tab(page, '数据导入').click();
  await expect(page.getByRole('heading', { name: '数据导入登记' })).toBeVisible();
  await look(app, page, 'imports');
  expect(problems).toEqual([]);
});

test('an incident and an assessment are registered with the keyboard', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await demo(start, 10);
  await command(page, '打开安全事件');
  await expect(page.getByText('还没有登记过安全事件')).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(focused(page)).toHaveAccessibleName(/事件名称/);
  await type(page, '移动硬盘遗失');
  await page.keyboard.press('Enter');
  await type(page, '丢失');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await look(app, page, 'incident', [1, 1.5]);
  await page.keyboard.press('Escape');
  await tab(page, '影响评估').click();
  await page.keyboard.press('Control+n');
  await expect(focused(page)).toHaveAccessibleName(/评估事项/);
  await look(app, page, 'assessment');
  expect(problems).toEqual([]);
});

test('papers of the safety registers go to PDF: of a record, as a form, and the self-check', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 10);
  await invoke(page, 'ledger.save', {
    ledger: 'incident',
    record: { subject: '移动硬盘遗失', kind: 'loss', discoveredOn: '2025-06-27' },
  });
  await command(page, '打开规则、告知和自查');
  const report = page.getByRole('region', { name: '个人信息安全事件报告' });
  await report.getByRole('combobox').selectOption({ label: '移动硬盘遗失' });
  await look(app, page, 'papers');
  for (const [name, words] of [
    ['个人信息安全事件报告', '移动硬盘遗失'],
    ['个人信息保护和数据安全自查表', '操作日志完整'],
  ] as const) {
    const file = path.join(folder, `${name}.pdf`);
    await answerDialogs(app, file);
    await page.getByRole('region', { name }).getByRole('button', { name: '另存为 PDF' }).click();
    await expect(page.getByRole('status').first()).toContainText(`${name}.pdf`, { timeout: 60_000 });
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text.replaceAll(/\s/g, '')).toContain(words);
    const out = path.join(root, 'test-results/safety-papers');
    mkdirSync(out, { recursive: true });
    execFileSync('pdftoppm', ['-r', '60', '-png', '-l', '3', file, path.join(out, name)]);
  }
  expect(problems).toEqual([]);
});
