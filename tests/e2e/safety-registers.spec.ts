import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import { demo, focused, resize, type } from './steps.ts';

// The registers of the 安全保密登记: media and who has them, what went out, incidents, assessments, the yearly self-check.

const look = async (app: ElectronApplication, page: Page, name: string): Promise<void> => {
  for (const zoom of [1, 1.5]) {
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
