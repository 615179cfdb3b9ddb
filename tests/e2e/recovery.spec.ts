import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './launch.ts';
import { account, enter, focused, goTo, password, recordCase, resize, setUp, signIn, type } from './steps.ts';

// When the ledger does not open: a named reason, and every way on.

test('a data folder that is none is named, and opens once it is mended', async ({ start, folder }) => {
  const dataFolder = path.join(folder, 'elsewhere');
  writeFileSync(dataFolder, 'not a folder');
  const { app, page } = await start({ dataFolder });
  await resize(app);
  await expect(page.getByRole('heading', { name: '台账暂时打不开' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText(dataFolder);
  await expect(page.getByRole('alert')).toContainText('请');
  await expect(focused(page)).toHaveAccessibleName('重试');
  rmSync(dataFolder);
  mkdirSync(dataFolder);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
});

test('a damaged ledger is restored from its backup, and the case is there', async ({ start, folder }) => {
  const dataFolder = path.join(folder, 'data');
  const first = await start({ dataFolder });
  await resize(first.app);
  await setUp(first.page);
  await recordCase(first.page, '欧阳建国', '20230315');
  await goTo(first.page, '维护');
  await first.page.getByRole('button', { name: '立即备份' }).click();
  await expect(first.page.getByText('备份已完成并通过检查')).toBeVisible({ timeout: 20_000 });
  await first.app.close();
  const file = path.join(dataFolder, 'ledger.db');
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 0, Math.min(bytes.length, 40_000));
  writeFileSync(file, bytes);

  const { app, page } = await start({ dataFolder });
  await resize(app);
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await enter(page, '账号', account);
  await enter(page, '密码', password);
  await expect(page.getByRole('heading', { name: '台账暂时打不开' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('alert')).toContainText('已损坏');
  await page.getByRole('button', { name: '恢复这一份' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: '恢复这一份' }).click();
  await signIn(page);
  await expect(page.getByRole('row', { name: /欧阳建国/ })).toBeVisible();
  const kept = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).map((name) =>
    path.join(dataFolder, name),
  );
  expect(kept.some((name) => statSync(name).size === bytes.length && readFileSync(name).equals(bytes))).toBe(
    true,
  );
});

test('a forgotten password is cured by the recovery key, a wrong one counts down', async ({ start }) => {
  const { app, page } = await start();
  await resize(app);
  const key = await setUp(page);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByLabel('账号')).toBeFocused();
  await enter(page, '账号', account);
  await enter(page, '密码', 'not-the-password');
  await expect(page.getByRole('alert')).toContainText('还可以试 4 次');
  await expect(page.getByLabel('密码')).toBeFocused();
  await page.getByRole('button', { name: '忘记密码' }).click();
  await enter(page, '恢复密钥', 'AAAA-BBBB');
  await enter(page, '账号', account);
  await enter(page, '新密码', 'Another-2023-pw');
  await enter(page, '再输入一次密码', 'Another-2023-pw');
  await expect(page.getByRole('alert')).toContainText('恢复密钥不对');
  await page.getByLabel('恢复密钥').focus();
  await page.keyboard.press('Control+a');
  await type(page, key.trim());
  await page.getByLabel('再输入一次密码').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible({ timeout: 20_000 });
});
