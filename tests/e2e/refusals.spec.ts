// What is refused comes into sight, a button that would be refused gives way to a sentence, a demonstration has a way out.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { answerDialogs, demo, enter, focused, goTo, invoke, password, resize, setUp } from './steps.ts';

test('a failure at the foot of the maintenance screen comes into sight and takes the focus', async ({
  start,
}) => {
  const { app, page, problems } = await start();
  await resize(app, 1, 600);
  await setUp(page);
  await goTo(page, '维护');
  // There is no copy yet: a drill has nothing to try.
  const run = page.getByRole('button', { name: '开始演练' });
  await run.focus();
  await run.scrollIntoViewIfNeeded();
  await expect(page.getByText('数据文件夹').first()).not.toBeInViewport();
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: '备份' });
  await expect(alert).toBeInViewport();
  await expect(alert).toBeFocused();
  await look(app, page, 'refusals-maintenance');
  // A field that somebody types in keeps the keys.
  await page.getByRole('button', { name: '登记手工演练' }).press('Enter');
  await expect(focused(page)).toHaveAccessibleName(/演练日期/);
  expect(problems).toEqual([]);
});

test("out of a demonstration one gets to a folder of one's own, and only out of one", async ({
  start,
  folder,
}) => {
  const { app, page, problems } = await demo(start, 1);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  const own = path.join(folder, 'own');
  mkdirSync(own);
  await answerDialogs(app, own);
  await look(app, page, 'refusals-demo-out');
  await page.getByRole('button', { name: '正式使用：换一个数据文件夹' }).click();
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible({ timeout: 20_000 });
  await setUp(page);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(page.getByRole('button', { name: '恢复、迁移和演练的说明' })).toBeVisible();
  await expect(page.getByRole('button', { name: '正式使用：换一个数据文件夹' })).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('what has been applied for already is said where its button stood', async ({ start }) => {
  const { app, page, problems } = await start();
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  await invoke(page, 'setup.demo', { account: 'admin', password, cases: 20, safety: true });
  await page.reload();
  await resize(app);
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await enter(page, '账号', 'clerk');
  await enter(page, '密码', password);
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Enter');
  await goTo(page, '封存管理');
  const list = page.getByRole('region', { name: '已封存的记录' });
  const button = list.getByRole('button', { name: '申请解除封存' });
  const before = await button.count();
  expect(before).toBeGreaterThan(0);
  const { sealed } = await invoke<{ sealed: { recordId: string }[] }>(page, 'sealing.state', {});
  const application = {
    recordId: sealed[0]?.recordId,
    kind: 'unseal',
    basis: 'mistaken',
    reason: '封存有误',
  };
  await invoke(page, 'sealing.apply', application);
  await goTo(page, '待办');
  await goTo(page, '封存管理');
  await expect(list.getByText('已申请解除，待确认')).toBeVisible();
  await expect(button).toHaveCount(before - 1);
  expect(problems).toEqual([]);
});
