// Names shown for a reason, accounts, the log: in the real window.
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import {
  answerDialogs,
  command,
  demo,
  enter,
  focused,
  goTo,
  invoke,
  picture,
  recordCase,
  resize,
  reveal,
  type,
} from './steps.ts';

const pictures = 'test-results/safety';

test('names are masked until somebody says why; a masked record is read, not changed', async ({ start }) => {
  const { app, page, problems } = await demo(start, 30);
  await page.keyboard.press('F8');
  await expect(page.getByRole('button', { name: '显示全文' })).toBeVisible();
  const first = page.locator('[role=row]').nth(1);
  await expect(first).toContainText('*');
  await picture(app, path.join(pictures, 'list-masked.png'));
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText('隐去时只能看，不能改。')).toBeVisible();
  await expect(page.locator('[data-path="summary"]')).toHaveValue('（已隐去）');
  await expect(page.locator('[data-path="summary"]')).not.toBeEditable();
  await picture(app, path.join(pictures, 'record-masked.png'));
  await page.keyboard.press('F8');
  await expect(page.getByRole('heading', { name: '显示姓名、证件号码等全文' })).toBeVisible();
  await picture(app, path.join(pictures, 'reveal.png'));
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-path="summary"]')).not.toHaveValue('（已隐去）');
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'record-whole-150.png'));
  expect(problems).toEqual([]);
});

test('names are hidden and shown in the middle of typing: nothing typed goes, and the keys stay where they were', async ({
  start,
}) => {
  const { page, problems } = await demo(start, 12);
  const summary = page.locator('[data-path="summary"]');
  const name = page.locator('[data-path="parties.0.name"]');
  const hidden = page.getByRole('banner').getByRole('button', { name: '显示全文' });
  const hideAndShow = async () => {
    await page.keyboard.press('F8');
    await expect(hidden).toBeVisible();
    await page.keyboard.press('F8');
    await reveal(page);
  };

  // A new record: half a name, the caret in it.
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await name.focus();
  await type(page, '欧阳');
  await hideAndShow();
  await expect(name).toBeFocused();
  await type(page, '建国');
  await expect(name).toHaveValue('欧阳建国');
  await summary.fill('两家因院墙滴水发生争执。');
  await page.locator('[data-path="kind"]').focus();
  await enter(page, '纠纷类型', '邻里');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();

  // A saved one that is being changed; under the mask what was typed is still his who typed it.
  await summary.focus();
  await page.keyboard.press('End');
  await type(page, '经调解和好。');
  await hideAndShow();
  await expect(summary).toBeFocused();
  await expect(summary).toHaveValue('两家因院墙滴水发生争执。经调解和好。');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();

  // Saved while names are hidden: asked why at once, and saved then.
  await type(page, '两家握手。');
  await page.keyboard.press('F8');
  await expect(hidden).toBeVisible();
  await page.keyboard.press('Control+s');
  await reveal(page);
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(summary).toHaveValue('两家因院墙滴水发生争执。经调解和好。两家握手。');
  await expect(summary).toBeEditable();
  expect(problems).toEqual([]);
});

test('a colleague gets an account, changes the password, and finds his way; the log tells it', async ({
  start,
}) => {
  const { app, page, problems } = await start();
  await invoke(page, 'setup.demo', {
    account: 'admin',
    password: 'Jinta-2023-sfj',
    cases: 5,
    level: 'station',
  });
  await page.reload();
  await resize(app);
  await signInAs(page, 'head');
  await reveal(page);
  await goTo(page, '账号');
  await expect(page.getByRole('cell', { name: 'auditor', exact: true })).toBeVisible();
  await picture(app, path.join(pictures, 'accounts.png'));
  await page.getByRole('button', { name: '新建账号' }).click();
  await page.getByRole('textbox', { name: '账号' }).fill('李秀英');
  await page.getByLabel('初始密码').fill('qinghe-2025');
  await picture(app, path.join(pictures, 'account-new.png'));
  // What is typed comes through a lock; a password does not.
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await enter(page, '密码', 'Jinta-2023-sfj');
  await expect(page.getByRole('textbox', { name: '账号' })).toHaveValue('李秀英');
  await expect(page.getByLabel('初始密码')).toHaveValue('');
  await page.getByLabel('初始密码').fill('qinghe-2025');
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'account-new-150.png'));
  await resize(app);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('账号“李秀英”已建立。')).toBeVisible();
  await page.getByRole('button', { name: '退出登录' }).click();
  await signInAs(page, '李秀英', 'qinghe-2025');
  await expect(page.getByText('这个密码是别人代设的')).toBeVisible();
  await picture(app, path.join(pictures, 'must-change.png'));
  await enter(page, '现在的密码', 'qinghe-2025');
  await enter(page, '新密码', 'eigen-2025');
  await enter(page, '再输入一次密码', 'eigen-2025');
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible();
  await reveal(page);
  await recordCase(page, '欧阳建国', '2025-03-01');
  await page.getByRole('button', { name: '退出登录' }).click();
  await signInAs(page, 'auditor');
  await goTo(page, '操作日志');
  await expect(page.getByRole('cell', { name: '新建账号' })).toBeVisible();
  await expect(page.getByText('前后衔接完好')).toBeVisible();
  await picture(app, path.join(pictures, 'log.png'));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'log-150.png'));
  await resize(app);
  const sheet = path.resolve(pictures, `log-${process.pid}.pdf`);
  await answerDialogs(app, sheet);
  await page.getByRole('button', { name: /PDF/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'pdf' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('已由日结单留证')).toBeVisible();
  expect(problems).toEqual([]);
});

test('the history of a record says before and after', async ({ start }) => {
  const { app, page } = await demo(start, 3);
  await recordCase(page, '欧阳建国', '2024-03-01');
  await page.locator('[data-path="summary"]').fill('两家为院墙滴水争执，已修好。');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await page.getByRole('button', { name: /历史/ }).click();
  await expect(page.locator('.changes ins').filter({ hasText: '已修好' })).toBeVisible();
  await picture(app, path.join(pictures, 'history.png'));
});

test('an act that needs it asks for the password once more, and goes on', async ({ start }) => {
  const { app, page } = await demo(start, 1);
  await command(page, '修改密码');
  await expect(page.getByRole('heading', { name: '修改密码' })).toBeVisible();
  await picture(app, path.join(pictures, 'password.png'));
});

async function signInAs(page: Page, name: string, secret = 'Jinta-2023-sfj'): Promise<void> {
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('账号');
  await enter(page, '账号', name);
  await enter(page, '密码', secret);
}

test('a forgotten password: the station asks, the county answers, both in their windows', async ({
  start,
  folder,
}) => {
  const county = await start({
    userData: path.join(folder, 'w1'),
    dataFolder: mkdtempSync(path.join(folder, 'c')),
  });
  const secret = 'Jinta-2023-sfj';
  const setUp = async ({ app, page }: typeof county, level: string, unitCode: string, unitName: string) => {
    await invoke(page, 'setup.create', { level, unitCode, unitName, account: '管理员', password: secret });
    await page.reload();
    await resize(app);
    await signInAs(page, '管理员');
    await reveal(page);
    await goTo(page, '账号');
  };
  // One after the other: a window behind another has no focus to look at.
  await setUp(county, 'county', '620921', '金塔县司法局');
  const station = await start({
    userData: path.join(folder, 'w2'),
    dataFolder: mkdtempSync(path.join(folder, 's')),
  });
  await setUp(station, 'station', '620921103', '东坝镇司法所');
  const at = (name: string) => path.join(folder, name);
  await answerDialogs(county.app, at('card.json'));
  await county.page.getByRole('button', { name: '导出本单位名片' }).click();
  await expect(county.page.getByText('名片已存为')).toBeVisible();
  await answerDialogs(station.app, at('card.json'));
  await station.page.getByRole('button', { name: '登记上级名片' }).click();
  await expect(station.page.getByText('已登记上级：金塔县司法局')).toBeVisible();
  await picture(station.app, path.join(pictures, 'help-trusted.png'));
  await station.page.getByRole('button', { name: '退出登录' }).click();
  await station.page.getByRole('button', { name: '忘记密码' }).click();
  await station.page.getByRole('button', { name: '请上级帮助' }).click();
  await answerDialogs(station.app, at('request.json'));
  await enter(station.page, '账号', '管理员');
  await enter(station.page, '新密码', 'neues-2026');
  await enter(station.page, '再输入一次密码', 'neues-2026');
  await expect(station.page.getByText('核对码：')).toBeVisible();
  await picture(station.app, path.join(pictures, 'help-asked.png'));
  const first = (await station.page.locator('strong.code').textContent()) ?? '';
  // A second request makes the first worthless: that is said before, with whose it is.
  await station.page.getByRole('button', { name: '重新申请' }).click();
  await expect(station.page.getByRole('alert')).toContainText('已有一份为账号“管理员”生成的申请');
  await expect(station.page.getByRole('button', { name: '作废那一份，生成新的申请文件' })).toBeVisible();
  await picture(station.app, path.join(pictures, 'help-replaces.png'));
  await enter(station.page, '账号', '管理员');
  await enter(station.page, '新密码', 'neues-2026');
  await enter(station.page, '再输入一次密码', 'neues-2026');
  await expect(station.page.getByText('核对码：')).toBeVisible();
  const code = (await station.page.locator('strong.code').textContent()) ?? '';
  expect(code).not.toBe(first);
  await answerDialogs(county.app, at('request.json'));
  await county.page.getByRole('button', { name: '选择下级的申请文件' }).click();
  await county.page.getByLabel('核对码').fill(code);
  await county.page.getByLabel('理由').fill('当事人本人来电');
  await picture(county.app, path.join(pictures, 'help-answer.png'));
  await answerDialogs(county.app, at('answer.json'));
  await county.page.getByRole('button', { name: '答复', exact: true }).click();
  await expect(county.page.getByText('已答复东坝镇司法所的账号')).toBeVisible();
  await answerDialogs(station.app, at('answer.json'));
  await enter(station.page, '新密码', 'neues-2026');
  await expect(station.page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible({
    timeout: 20_000,
  });
});
