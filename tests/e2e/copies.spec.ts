import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import {
  account,
  answerDialogs,
  enter,
  invoke,
  password,
  recordCase,
  resize,
  setUp,
  signIn,
  type,
} from './steps.ts';

// Copies at the window: a folder copied on the same PC, a copy of another ledger, accounts after going back to a copy.

test('a folder copied on the same PC asks, and used beside the other leaves new cases without a number', async ({
  start,
  folder,
}) => {
  test.setTimeout(120_000);
  const first = await start();
  await resize(first.app);
  await setUp(first.page);
  await first.app.close();
  const copy = path.join(folder, 'copy');
  cpSync(path.join(folder, 'data'), copy, { recursive: true });
  const { app, page } = await start({ userData: path.join(folder, 'window-copy'), dataFolder: copy });
  await resize(app);
  await expect(page.getByRole('heading', { name: '这份台账是复制出来的' })).toBeVisible();
  await page.getByRole('button', { name: '在本机继续使用这份台账' }).press('Enter');
  await expect(page.getByLabel('原因')).toBeFocused();
  await type(page, '拿去试用');
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `copies-folder-${zoom * 100}`);
  }
  await resize(app);
  await page.getByRole('button', { name: '两份都用' }).press('Enter');
  await signIn(page);
  await recordCase(page, '马占山', '20230106');
  await expect(page.getByText('待编号', { exact: true })).toBeVisible();
});

test('a copy of another ledger is told with both units before it takes the place of this one', async ({
  start,
  folder,
}) => {
  test.setTimeout(120_000);
  mkdirSync(path.join(folder, 'other'));
  const other = await start({
    userData: path.join(folder, 'window-other'),
    dataFolder: path.join(folder, 'other'),
  });
  await setUp(other.page);
  await invoke(other.page, 'system.backup', {});
  await other.app.close();
  const copies = path.join(folder, 'other/backups');
  const name = readdirSync(copies).find((one) => one.endsWith('.db')) ?? '';

  const dataFolder = path.join(folder, 'data');
  const first = await start({ dataFolder });
  await setUp(first.page);
  await first.app.close();
  const file = path.join(dataFolder, 'ledger.db');
  writeFileSync(file, Buffer.alloc(readFileSync(file).length, 7));
  const { app, page } = await start({ dataFolder });
  await resize(app);
  await enter(page, '账号', account);
  await enter(page, '密码', password);
  await expect(page.getByRole('heading', { name: '台账暂时打不开' })).toBeVisible({ timeout: 20_000 });
  await answerDialogs(app, path.join(copies, name));
  await page.getByRole('button', { name: '选择备份文件' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: '这是另一份台账的备份' });
  await expect(dialog).toContainText('没有恢复');
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `copies-foreign-${zoom * 100}`);
  }
  await resize(app);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('heading', { name: '台账暂时打不开' })).toBeVisible();
  await page.getByRole('button', { name: '选择备份文件' }).press('Enter');
  await dialog.getByRole('button', { name: '换成那份台账' }).press('Enter');
  await signIn(page);
});

test('after going back to a copy whoever looks after accounts reads what became of them', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page } = await start();
  await resize(app);
  await setUp(page);
  const confirm = () => invoke(page, 'session.confirm', { password });
  await confirm();
  const clerk = { name: '李秀英', role: 'clerk', password: 'anfang-2025' };
  const made = await invoke<{ id: string; name: string }[]>(page, 'account.create', clerk);
  const id = made.find(({ name }) => name === clerk.name)?.id ?? '';
  const { name: backup } = await invoke<{ name: string }>(page, 'system.backup', {});
  await invoke(page, 'account.change', { changes: [{ id, isDisabled: true }] });
  await invoke(page, 'account.create', { ...clerk, name: '王建军' });
  await confirm();
  await invoke(page, 'program.restore', { backup });
  await page.reload();
  await signIn(page);
  const notice = page.getByRole('status').filter({ hasText: '账号照恢复前的情况做了核对' });
  await expect(notice).toContainText('备份以后已停用，仍然停用：李秀英');
  await expect(notice).toContainText('备份以后新建，照旧保留：王建军');
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `copies-accounts-${zoom * 100}`);
  }
  await resize(app);
  await notice.getByRole('button', { name: '关闭' }).press('Enter');
  await expect(notice).toHaveCount(0);
});
