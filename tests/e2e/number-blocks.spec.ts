import path from 'node:path';
import type { Page } from '@playwright/test';
import { askNewInstallation } from '#core/settings/installation.ts';
import { layFolder } from '#tests/fixtures/copied-folder.ts';
import { expect, test } from './launch.ts';
import {
  command,
  demo,
  focused,
  goTo,
  invoke,
  picture,
  recordCase,
  resize,
  setUp,
  signIn,
  type,
} from './steps.ts';

// Two PCs of one unit: the first gives numbers to the second, whose cases wait for them; a paper register is gone on
// with; a repair of the search is stopped. By the keyboard alone.

const pictures = path.resolve('test-results/pictures');
const year = new Date().getFullYear();

const press = async (page: Page, name: string | RegExp) => {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).press('Enter');
};

const fill = async (page: Page, id: string, text: string) => {
  await page.locator(id).focus();
  await page.keyboard.press('Control+a');
  await type(page, text);
};

test('the first PC goes on with a paper register and gives a block; the second numbers what waited', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const first = await start();
  await resize(first.app);
  await setUp(first.page);
  await command(first.page, '打开案号设置');
  await expect(first.page.getByRole('heading', { name: '以前编过的案号' })).toBeVisible();

  await test.step('a number that cannot be read, then the last one of the paper register', async () => {
    await fill(first.page, '#raise-number', '第五十号');
    await press(first.page, '登记');
    await expect(first.page.getByRole('alert')).toBeVisible();
    await expect(first.page.locator('#raise-number')).toHaveValue('第五十号');
    await picture(first.app, path.join(pictures, 'number-raise-refused.png'));
    await fill(first.page, '#raise-number', `（${year}）金塔人调字第50号`);
    await press(first.page, '登记');
    await expect(first.page.getByText(/已登记，同一年度、同一简称的下一件从它之后编起/)).toBeVisible();
    await expect(first.page.locator('#raise-number')).toHaveValue('');
    await goTo(first.page, '人民调解');
    await recordCase(first.page, '欧阳建国', `${year}0105`);
    await expect(first.page.getByText(`（${year}）金塔人调字第51号`)).toBeVisible();
  });
  await first.app.close();

  // The folder as it is carried to the second PC.
  const data = path.join(folder, 'second');
  layFolder(path.join(folder, 'data'), data);
  askNewInstallation(data, 'beside');
  const second = await start({ userData: path.join(folder, 'window-second'), dataFolder: data });
  await resize(second.app);
  await signIn(second.page);

  const here = await test.step('cases of the second PC wait, and are seen', async () => {
    await recordCase(second.page, '马占山', `${year}0106`);
    await expect(second.page.getByText('待编号', { exact: true })).toBeVisible();
    await second.page.keyboard.press('Escape');
    await command(second.page, '打开案号设置');
    await expect(second.page.getByText(/^有 1 件待编号：案号由本单位管理案号的那台电脑编/)).toBeVisible();
    await picture(second.app, path.join(pictures, 'number-waiting.png'));
    await press(second.page, '查看');
    await expect(second.page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible();
    await expect(second.page.getByRole('row', { name: /马占山/ })).toBeVisible();
    await expect(second.page.getByRole('row', { name: /欧阳建国/ })).toHaveCount(0);
    await picture(second.app, path.join(pictures, 'number-waiting-list.png'));
    await command(second.page, '打开案号设置');
    await press(second.page, '编号');
    await expect(second.page.getByText('已编号 0 件，还有 1 件待编号。')).toBeVisible();
    return (await second.page.locator('dd code').first().textContent()) ?? '';
  });

  const again = await start();
  await resize(again.app);
  await signIn(again.page);
  const code = await test.step('the first PC gives ten numbers', async () => {
    await command(again.page, '打开案号设置');
    await expect(again.page.getByRole('button', { name: '分配' })).toBeDisabled();
    await fill(again.page, '#grant-to', here);
    await fill(again.page, '#grant-count', '10');
    await press(again.page, '分配');
    await expect(again.page.locator('#grant-code')).not.toHaveValue('');
    await expect(again.page.getByRole('status').first()).toContainText('第52号');
    await again.page.locator('#grant-code').scrollIntoViewIfNeeded();
    await picture(again.app, path.join(pictures, 'number-granted.png'));
    return again.page.locator('#grant-code').inputValue();
  });

  await test.step('the second takes them, and the case gets its number', async () => {
    await fill(second.page, '#receive-code', `${code.slice(0, -6)}AAAAAA`);
    await press(second.page, '领取');
    await expect(second.page.getByRole('alert').filter({ hasText: '领取码' })).toBeVisible();
    await expect(second.page.locator('#receive-code')).not.toHaveValue('');
    await fill(second.page, '#receive-code', code);
    await press(second.page, '领取');
    await expect(second.page.getByText(/已领取：.*第52号至.*第61号/)).toBeVisible();
    await second.page.locator('#receive-code').scrollIntoViewIfNeeded();
    await picture(second.app, path.join(pictures, 'number-received.png'));
    await press(second.page, '编号');
    await expect(second.page.getByText('已编号 1 件。')).toBeVisible();
    await expect(second.page.getByText(/待编号：/)).toHaveCount(0);
    await goTo(second.page, '人民调解');
    await expect(second.page.getByRole('row', { name: /马占山/ })).toContainText('第52号');
  });
  expect([...first.problems, ...second.problems, ...again.problems]).toEqual([]);
});

test('a repair of the search is stopped, and the search goes on finding', async ({ start }) => {
  test.setTimeout(240_000);
  const { page, problems } = await demo(start, 4000);
  await goTo(page, '维护');
  await press(page, '修复检索');
  const stop = page.getByRole('button', { name: '停止' });
  // At once: it is over in a second or two
  await stop.and(page.locator(':enabled')).press('Enter');
  await expect(page.getByText(/已停止/)).toBeVisible({ timeout: 20_000 });
  await expect(stop).toBeHidden();
  await expect(page.getByRole('alert')).toHaveCount(0);
  // What had the focus went with the bar: the keys go on in the screen.
  await page.keyboard.press('Control+f');
  await expect(focused(page)).toHaveAccessibleName('查找');
  await type(page, '调解');
  await expect(page.getByRole('option').first()).toBeVisible();
  const verified = await invoke<{ ok: boolean; findings: unknown[] }>(page, 'system.verify', {});
  expect(verified.findings).toEqual([]);
  expect(problems).toEqual([]);
});
