import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import {
  account,
  answerDialogs,
  enter,
  goTo,
  invoke,
  password,
  recordCase,
  resize,
  setUp,
  signIn,
  type,
} from './steps.ts';

// What keeps the data, at the window: a second place, a drill, a move to another PC, a repair, a key that comes back.

test('a second place, a drill, a move and back: each says what came of it', async ({ start, folder }) => {
  test.setTimeout(120_000);
  const stick = path.join(folder, 'stick');
  mkdirSync(stick);
  const { app, page } = await start();
  await resize(app);
  await expect(page.getByRole('button', { name: '从备份恢复或者从旧电脑迁移' })).toBeVisible();
  await look(app, page, 'care-set-up');
  await setUp(page);
  await recordCase(page, '欧阳建国', '20230315');
  await goTo(page, '维护');
  await answerDialogs(app, stick);
  await page.getByRole('button', { name: '设置第二备份位置' }).click();
  await expect(page.getByRole('cell', { name: '第二备份位置' })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/最近一次写成/)).toBeVisible();
  await page.getByRole('button', { name: '开始演练' }).click();
  await expect(page.getByText(/演练成功：\d+ 条记录全部核对一致/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('heading', { name: '备份', exact: true }).scrollIntoViewIfNeeded();
  await look(app, page, 'care-copies');
  await page.getByRole('button', { name: '登记手工演练' }).press('Enter');
  await expect(page.getByLabel('演练日期')).toBeFocused();
  await page.keyboard.press('Control+a');
  await enter(page, '演练日期', '2025-03-02');
  await page.keyboard.press('Control+a');
  await enter(page, '演练人', '李秀英');
  await enter(page, '用的备份', '蓝色U盘上的备份');
  await enter(page, '在哪台电脑上做的', '值班电脑');
  await enter(page, '用时（分钟）', '38');
  await page.getByLabel('结果').selectOption('failed');
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await page.getByRole('button', { name: '登记', exact: true }).scrollIntoViewIfNeeded();
    await look(app, page, `care-hand-drill-${zoom * 100}`);
  }
  await resize(app);
  await expect(page.getByRole('button', { name: '登记', exact: true })).toBeDisabled();
  await page.getByLabel('没有成功的原因').fill('附件打不开');
  await page.getByRole('button', { name: '登记', exact: true }).press('Enter');
  const entered = page.getByRole('row', { name: /2025-03-02.*李秀英/ });
  await expect(entered).toContainText('手工登记');
  await expect(entered).toContainText('附件打不开');
  await expect(page.getByLabel('演练日期')).toHaveCount(0);
  await page.getByRole('button', { name: '搬到新电脑' }).scrollIntoViewIfNeeded();
  await look(app, page, 'care-drill');
  await page.getByRole('button', { name: '搬到新电脑' }).click();
  await enter(page, '密码', password);
  await expect(page.getByRole('heading', { name: '台账已搬走' })).toBeVisible({ timeout: 20_000 });
  await look(app, page, 'care-moved');
  expect(readdirSync(stick).some((name) => name.startsWith('台账搬迁-'))).toBe(true);
  await page.getByRole('button', { name: '在本机继续使用这份台账' }).click();
  await expect(page.getByLabel('原因')).toBeFocused();
  await type(page, 'U盘坏了，没有搬成');
  await look(app, page, 'care-go-on');
  await page.getByRole('button', { name: '只在本机使用' }).click();
  await signIn(page);
  await expect(page.getByRole('row', { name: /欧/ })).toBeVisible();
});

test('a damaged ledger is repaired with the case since the copy, a diagnosis can be saved', async ({
  start,
  folder,
}) => {
  test.setTimeout(120_000);
  const dataFolder = path.join(folder, 'data');
  const first = await start({ dataFolder });
  await resize(first.app);
  await setUp(first.page);
  await recordCase(first.page, '欧阳建国', '20230315');
  await goTo(first.page, '维护');
  await first.page.getByRole('button', { name: '立即备份' }).click();
  await expect(first.page.getByText('备份已完成并通过检查')).toBeVisible({ timeout: 20_000 });
  const backups = path.join(dataFolder, 'backups');
  const kept = readdirSync(backups);
  await goTo(first.page, '人民调解');
  await recordCase(first.page, '司马相如', '20230316');
  await first.app.close();
  // The copy made at the end would hold everything; what is wanted is one from before.
  for (const name of readdirSync(backups))
    if (!kept.includes(name)) rmSync(path.join(backups, name), { recursive: true });
  const file = path.join(dataFolder, 'ledger.db');
  const bytes = readFileSync(file);
  const last = Math.floor(bytes.length / 4096) - 1;
  bytes.fill(0x5a, last * 4096 + 100, last * 4096 + 200);
  writeFileSync(file, bytes);
  writeFileSync(path.join(dataFolder, 'damaged.marker'), '');

  const { app, page } = await start({ dataFolder });
  await resize(app);
  await enter(page, '账号', account);
  await enter(page, '密码', password);
  await expect(page.getByRole('heading', { name: '台账暂时打不开' })).toBeVisible({ timeout: 20_000 });
  await look(app, page, 'care-damaged');
  const out = path.join(folder, '诊断.json');
  await answerDialogs(app, out);
  await page.getByRole('button', { name: '导出诊断信息' }).click();
  await expect(page.getByText(/诊断信息已导出/)).toBeVisible();
  expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ failure: { code: 'damaged' } });
  await page.getByLabel('账号').focus();
  await enter(page, '账号', account);
  await enter(page, '密码', password);
  await expect(page.getByText(/已修复：/)).toBeVisible({ timeout: 20_000 });
  await look(app, page, 'care-repaired');
  await page.getByRole('button', { name: '去登录' }).click();
  await signIn(page);
  await expect(page.getByRole('row', { name: /司/ })).toBeVisible();
  await goTo(page, '维护');
  await expect(page.getByRole('heading', { name: '台账修复清单' })).toBeVisible();
});

test('a key file that is gone comes back from beside the copy', async ({ start, folder }) => {
  test.setTimeout(120_000);
  const dataFolder = path.join(folder, 'data');
  const first = await start({ dataFolder });
  await resize(first.app);
  await setUp(first.page);
  await recordCase(first.page, '欧阳建国', '20230315');
  await first.app.close();
  for (const name of ['ledger.key', 'ledger.key.copy']) rmSync(path.join(dataFolder, name));
  const { app, page } = await start({ dataFolder });
  await resize(app);
  await expect(page.getByRole('heading', { name: '台账暂时打不开' })).toBeVisible();
  await look(app, page, 'care-key');
  await page.getByRole('button', { name: '使用备份旁的密钥文件' }).click();
  await signIn(page);
  await expect(page.getByRole('row', { name: /欧/ })).toBeVisible();
});

test('what a restore put aside is listed and given up; a ledger without its ledger.id is gone on with for a reason', async ({
  start,
  folder,
}) => {
  test.setTimeout(150_000);
  const dataFolder = path.join(folder, 'data');
  const first = await start({ dataFolder });
  const { app, page } = first;
  await resize(app);
  await setUp(page);
  await recordCase(page, '欧阳建国', '20230315');
  const { name: backup } = await invoke<{ name: string }>(page, 'system.backup', {});
  await invoke(page, 'program.restore', { backup });
  await page.reload();
  await signIn(page);
  await goTo(page, '维护');
  const aside = page.getByRole('region', { name: '恢复时另存的旧台账' });
  await expect(aside.getByRole('row')).toHaveCount(2);
  await aside.scrollIntoViewIfNeeded();
  await look(app, page, 'care-aside-needed');
  await page.getByRole('button', { name: '立即备份' }).click();
  await expect(page.getByText('备份已完成并通过检查')).toBeVisible({ timeout: 20_000 });
  const drop = aside.getByRole('button', { name: '全部删除' });
  await expect(drop).toBeEnabled();
  await drop.click();
  await expect(page.getByRole('dialog')).toContainText('不能再退回到这些台账');
  await look(app, page, 'care-aside');
  await page.getByRole('dialog').getByRole('button', { name: '全部删除' }).click();
  await expect(page.getByText('已删除 1 份另存的旧台账。')).toBeVisible();
  await expect(aside.getByText('没有另存的旧台账。')).toBeVisible();
  expect(readdirSync(path.join(dataFolder, 'set-aside'))).toEqual([]);
  await first.app.close();

  for (const name of ['ledger.id', 'ledger.id.copy']) rmSync(path.join(dataFolder, name));
  const backups = path.join(dataFolder, 'backups');
  for (const name of readdirSync(backups)) if (name.endsWith('.id')) rmSync(path.join(backups, name));
  const second = await start({ dataFolder });
  await resize(second.app);
  // Told before anybody signs in
  await expect(second.page.getByRole('heading', { name: '台账旁的记载文件读不出来' })).toBeVisible({
    timeout: 20_000,
  });
  await look(second.app, second.page, 'care-identity-lost');
  await second.page.getByRole('button', { name: '在本机继续使用这份台账' }).click();
  await expect(second.page.getByLabel('原因')).toBeFocused();
  await type(second.page, '文件被误删');
  await look(second.app, second.page, 'care-identity-go-on');
  await second.page.getByRole('button', { name: '只在本机使用' }).click();
  await signIn(second.page);
  await expect(second.page.getByRole('row', { name: /欧/ })).toBeVisible();
});
