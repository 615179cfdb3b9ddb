// The county's auditor proves and reads a station's log, in the real window, keyboard first.
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import {
  account,
  answerDialogs,
  demo,
  enter,
  goTo,
  invoke,
  password,
  picture,
  recordCase,
  resize,
  signIn,
} from './steps.ts';

const pictures = 'test-results/log';

/** Tabs on to a button of this name and presses it. */
async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  for (let turn = 0; turn < 60; turn++) {
    if (await button.evaluate((node) => node === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
}

async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '退出登录' }).click();
  await enter(page, '账号', name);
  await enter(page, '密码', password);
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible({ timeout: 20_000 });
}

test('a station gives its log out, the county proves it, reads it, and finds what was tampered with', async ({
  start,
  folder,
}) => {
  test.setTimeout(120_000);
  fs.mkdirSync(pictures, { recursive: true });
  const file = path.resolve(pictures, `station-${process.pid}.jsonl`);
  fs.rmSync(file, { force: true });
  const station = await demo(start, 5);
  await recordCase(station.page, '欧阳建国', '2024-03-01');
  await signInAs(station.page, 'auditor');
  await goTo(station.page, '操作日志');
  await answerDialogs(station.app, file);
  await station.page.getByRole('button', { name: '导出日志' }).click();
  await enter(station.page, '理由', '县局审计');
  await expect(station.page.getByRole('status').filter({ hasText: '已导出' })).toBeVisible({
    timeout: 20_000,
  });
  await expect(station.page.getByText('最近一次留证')).toBeVisible();
  await picture(station.app, path.join(pictures, 'station.png'));
  const fingerprint =
    /密钥指纹：([0-9A-Z-]{23})/.exec(
      (await station.page.getByText('最近一次留证').textContent()) ?? '',
    )?.[1] ?? '';
  await station.app.close();

  const dataFolder = path.join(folder, 'county');
  fs.mkdirSync(dataFolder);
  const { app, page, problems } = await start({ dataFolder, userData: path.join(folder, 'county-window') });
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  const years = { from: 2023, to: 2023 };
  await invoke(page, 'setup.demo', { account, password, cases: 2, years, level: 'county' });
  await page.reload();
  await resize(app);
  await signIn(page);
  await signInAs(page, 'auditor');
  await goTo(page, '操作日志');
  await answerDialogs(app, file);
  await press(page, '核对导出文件');
  await expect(page.getByText('前后衔接完好，签名无误')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(fingerprint).first()).toBeVisible();
  await picture(app, path.join(pictures, 'checked.png'));
  await page.getByLabel('对方念出的指纹').fill(fingerprint.toLowerCase());
  await press(page, '确认密钥');
  await expect(page.getByText('的签名密钥已核实').first()).toBeVisible();
  await press(page, '查看条目');
  await expect(page.getByText('正在看外单位交来的日志')).toBeVisible();
  await expect(
    page
      .getByRole('cell', { name: '建立演示台账' })
      .or(page.getByRole('cell', { name: '建立台账' }))
      .first(),
  ).toBeVisible();
  // By the number of a case, as it stands on that unit's papers; each look is written down, so not sign by sign.
  const numbers = await page.getByRole('cell', { name: /^人民调解案件台账 / }).allInnerTexts();
  const number = numbers.map((text) => text.replace(/^\S+ /, '')).find((text) => text.endsWith('号')) ?? '';
  const rows = page.getByRole('region', { name: '日志条目' }).getByRole('row');
  const all = await rows.count();
  await page.getByLabel('案号或者记录号').focus();
  await page.keyboard.insertText(number);
  await expect(rows).toHaveCount(all);
  await page.keyboard.press('Enter');
  await expect(rows).not.toHaveCount(all);
  for (const row of (await rows.all()).slice(1)) await expect(row).toContainText(number);
  await picture(app, path.join(pictures, 'by-number.png'));
  await page.getByLabel('案号或者记录号').fill('没有这个号');
  await page.keyboard.press('Enter');
  await expect(page.getByText('没有这个案号或者记录号的条目；案号请写完整。')).toBeVisible();
  await page.getByLabel('案号或者记录号').fill('');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(all);
  await page.getByText('正在看外单位交来的日志').scrollIntoViewIfNeeded();
  await picture(app, path.join(pictures, 'reading.png'));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'reading-150.png'));
  await resize(app);
  await press(page, '回到本机日志');
  await expect(page.getByRole('cell', { name: '查看外单位操作日志' }).first()).toBeVisible();

  // A year of checks: those beyond the twenty that stand there are a button away.
  const { grant } = await invoke<{ grant: string }>(page, 'shell.chooseFile', {
    title: '核对',
    extensions: ['jsonl'],
  });
  for (let count = 1; count < 21; count++) await invoke(page, 'audit.checkFile', { file: grant });
  await press(page, '核对导出文件');
  const register = page.getByRole('region', { name: '核对过的外单位日志' });
  await expect(register.getByRole('row')).toHaveCount(1 + 20);
  await picture(app, path.join(pictures, 'checks-20.png'));
  await press(page, '更早的核对（还有 2 次）');
  await expect(register.getByRole('row')).toHaveCount(1 + 22);
  await expect(page.getByRole('button', { name: /更早的核对/ })).toHaveCount(0);

  const lines = fs.readFileSync(file, 'utf8').split('\n');
  fs.writeFileSync(
    file,
    lines
      .toSpliced(3, 1)
      .with(5, (lines[6] ?? '').replace('auditor', 'niemand'))
      .join('\n'),
  );
  await page.getByRole('button', { name: '核对导出文件' }).click();
  await expect(page.getByText('不能采信')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('被删除，或者挪到了别处').first()).toBeVisible();
  await page.getByText('不能采信').scrollIntoViewIfNeeded();
  await picture(app, path.join(pictures, 'tampered.png'));
  await resize(app, 1.5);
  await page.getByText('不能采信').scrollIntoViewIfNeeded();
  await picture(app, path.join(pictures, 'tampered-150.png'));
  expect(problems).toEqual([]);
});
