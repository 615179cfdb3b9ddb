import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import { account, command, invoke, password, resize, signIn } from './steps.ts';

// Community correction of the demonstration on its lists, and its figures: what they count, what may leave the county.

const look = async (app: ElectronApplication, page: Page, name: string): Promise<void> => {
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await lookAt(app, page, `correction-demo-${name}-${zoom * 100}`);
  }
  await resize(app);
};

test('the demonstration has people on every list; a figure says what it counts and what is told of it', async ({
  start,
}) => {
  test.setTimeout(400_000);
  const { app, page, problems } = await start();
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  const years = { from: 2023, to: 2025 };
  await invoke(page, 'setup.demo', { account, password, cases: 60, correction: 40, years });
  await page.reload();
  await resize(app);
  await signIn(page);
  await command(page, '打开社区矫正');
  const tabs = page.getByRole('navigation', { name: '社区矫正' }).getByRole('button');
  const names = await tabs.allTextContents();
  expect(names.length).toBeGreaterThan(7);
  for (const [at, name] of names.entries()) {
    await tabs.nth(at).click();
    await expect(page.getByRole('grid')).toBeVisible();
    await look(app, page, name.trim());
  }
  await command(page, '打开指标数据');
  const row = page.locator('[data-code="correctionReoffending.rate"]');
  await row.scrollIntoViewIfNeeded();
  await look(app, page, 'figures');
  await row.getByRole('button').click();
  await expect(page.getByText('口径说明')).toBeVisible();
  await expect(page.getByLabel('基数', { exact: true })).toBeVisible();
  await look(app, page, 'base');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '打印统计表' }).click();
  await expect(page.getByText('报送、公开（对外）')).toBeVisible();
  await look(app, page, 'sheet');
  await page.keyboard.press('Escape');
  expect(problems).toEqual([]);
});
