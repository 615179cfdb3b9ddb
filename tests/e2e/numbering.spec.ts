import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { command, enter, enterUntil, focused, goTo, picture, resize, setUp, type } from './steps.ts';

// A day without power: numbers are reserved and printed, the case is written on paper and keyed in later under its
// number; then the form of the numbers is changed and the next case follows it. By the keyboard alone.

const pictures = path.resolve('test-results/pictures');
const year = new Date().getFullYear();

async function fillCase(page: Page, name: string): Promise<void> {
  await enter(page, '受理日期', '');
  await enterUntil(page, 'parties.0.name');
  await enter(page, '姓名（名称）', name);
  await enterUntil(page, 'kind');
  await type(page, '邻里');
  await page.keyboard.press('Enter');
  await enterUntil(page, 'summary');
  await enter(page, '纠纷简介', '停电当日在纸质表格上登记，两家因院墙滴水发生争执。');
}

test('a paper-day number is reserved, keyed later, and the next case follows a changed pattern', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);

  await command(page, '打开案号设置');
  await expect(page.getByRole('heading', { name: '案号', exact: true })).toBeVisible();
  await expect(page.getByText('还没有预留过案号。')).toBeVisible();
  await page.getByLabel('年度').first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await enter(page, '个数', '3');
  await page.getByRole('button', { name: '预留', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`已预留 3 个`)).toBeVisible();
  const third = page.getByRole('row', { name: new RegExp(`（${year}）金塔人调字第3号`) });
  await expect(third).toContainText('未用');
  await third.getByRole('button', { name: /^作废/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('作废原因').focus();
  await type(page, '表格写坏');
  await page
    .getByRole('button', { name: '作 废' })
    .or(page.getByRole('button', { name: '作废', exact: true }))
    .last()
    .focus();
  await page.keyboard.press('Enter');
  await expect(third).toContainText('已作废：表格写坏');
  await picture(app, path.join(pictures, 'numbering.png'));

  // The power is back: the case of that day, under the number that stands on its paper.
  await goTo(page, '人民调解');
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible();
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await fillCase(page, '欧阳秀兰');
  await page.keyboard.press('Control+Shift+N');
  await expect(focused(page)).toHaveAccessibleName('使用预留案号');
  await type(page, '3');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/“3”已作废（表格写坏），不能再用/).first()).toBeVisible();
  await picture(app, path.join(pictures, 'numbering-refused.png'));
  await expect(focused(page)).toHaveAccessibleName('使用预留案号');
  await page.keyboard.press('Control+a');
  await type(page, '2');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(page.getByText(`（${year}）金塔人调字第2号`)).toBeVisible();
  await expect(page.getByLabel('使用预留案号')).toHaveCount(0);
  await picture(app, path.join(pictures, 'numbering-keyed.png'));

  // Another form of the numbers, from the next case on.
  await command(page, '打开案号设置');
  await expect(page.getByRole('row', { name: /第2号/ })).toContainText('欧阳秀兰');
  await page.getByLabel('格式', { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await type(page, '{调委会}人调字{月}第{序号}号');
  await expect(page.getByText(/不认识\{月\}.*缺少\{年\}/)).toBeVisible();
  await page.keyboard.press('Control+a');
  await type(page, '{调委会}人调字[{年}]{3位序号}号');
  await expect(page.getByText(`例如：金塔人调字[${year}]012号`)).toBeVisible();
  await picture(app, path.join(pictures, 'numbering-pattern.png'));
  await page.getByRole('button', { name: '保存格式' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('已保存，从下一件起使用。')).toBeVisible();

  await goTo(page, '人民调解');
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await fillCase(page, '马占山');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(page.getByText(`金塔人调字[${year}]004号`)).toBeVisible();
  await goTo(page, '人民调解');
  await expect(page.getByRole('grid')).toContainText(`（${year}）金塔人调字第2号`);
  await expect(page.getByRole('grid')).toContainText(`金塔人调字[${year}]004号`);

  await resize(app, 1.5);
  await command(page, '打开案号设置');
  await expect(page.getByText(/用过的格式/)).toBeVisible();
  await picture(app, path.join(pictures, 'numbering-150.png'));
  expect(problems).toEqual([]);
});
