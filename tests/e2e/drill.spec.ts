import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { guideOf } from '#shared/text/care.ts';
import { aPicture, put } from '../fixtures/scans.ts';
import { expect, type Fixtures, type Launched, test } from './launch.ts';
import { look } from './look.ts';
import { answerDialogs, enter, goTo, password, recordCase, resize, setUp, signIn } from './steps.ts';

// Another PC: nothing of the program's is there, neither its own folder nor a ledger. What the page of guidance says is
// done there step by step, by the words that stand on the buttons; no step may need anything that the page does not say.

/** A PC of its own: its home folder, the window's state, no folder named for the data. */
async function aCleanPc(start: Fixtures['start'], home: string): Promise<Launched> {
  mkdirSync(home, { recursive: true });
  const launched = await start({
    userData: path.join(home, 'window'),
    dataFolder: null,
    env: { HOME: home, XDG_CONFIG_HOME: path.join(home, 'config'), XDG_DATA_HOME: path.join(home, 'share') },
  });
  await resize(launched.app);
  await expect(launched.page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  return launched;
}

/** At the office: a case with a photo. */
async function office(start: Fixtures['start'], folder: string): Promise<Launched> {
  const launched = await start();
  const { app, page } = launched;
  await resize(app);
  await setUp(page);
  await recordCase(page, '欧阳建国', '20230315');
  await page.keyboard.press('Control+Shift+A');
  await answerDialogs(
    app,
    put(path.join(folder, 'scans'), '院墙.png', aPicture({ width: 640, height: 480 })),
  );
  await page.getByRole('button', { name: '添加附件' }).click();
  await expect(page.getByText(/已添加/)).toBeVisible({ timeout: 20_000 });
  await goTo(page, '维护');
  return launched;
}

/** The file that the page tells to choose: the newest in the folder whose name begins so. */
const copyOn = (stick: string, begins: string): string => {
  const folder = readdirSync(stick).find((name) => name.startsWith(begins)) ?? '';
  const copies = readdirSync(path.join(stick, folder)).filter((name) => /^ledger-[\d-]+\.db$/.test(name));
  return path.join(stick, folder, copies.sort().at(-1) ?? '');
};

/** Looks up the guidance where nobody has signed in, on the screen and as a page of one sheet. */
async function readGuide(app: ElectronApplication, page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: '恢复、迁移和演练的说明' }).click();
  const dialog = page.getByRole('dialog');
  for (const [name, what] of [
    ['恢复说明', 'restore'],
    ['迁移说明', 'move'],
    ['恢复演练说明', 'drill'],
  ] as const) {
    await dialog.getByRole('button', { name, exact: true }).click();
    await expect(dialog.getByRole('heading', { name: guideOf(what, '', '').title })).toBeVisible();
    for (const zoom of [1, 1.5]) {
      await resize(app, zoom);
      await look(app, page, `drill-guide-${what}-${zoom * 100}`);
    }
    await resize(app);
    const file = path.join(folder, `${name}.pdf`);
    await answerDialogs(app, file);
    await dialog.getByRole('button', { name: '另存为 PDF' }).click();
    await expect(dialog.getByRole('status')).toContainText('共 1 页', { timeout: 60_000 });
    const sheet = path.join('test-results', 'screens', `drill-page-${what}`);
    execFileSync('pdftoppm', ['-r', '70', '-png', '-singlefile', file, sheet]);
  }
  await dialog.getByRole('button', { name: /^关\s?闭$/ }).click();
  await expect(page.getByRole('button', { name: '恢复、迁移和演练的说明' })).toBeFocused();
}

/** Steps 3 to 5 of every page: the copy, the sign-in, the look at what came back. */
async function comeBack(app: ElectronApplication, page: Page, copy: string): Promise<void> {
  await answerDialogs(app, copy);
  await page.getByRole('button', { name: '从备份恢复或者从旧电脑迁移' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible({ timeout: 30_000 });
  await look(app, page, 'drill-sign-in');
  await signIn(page);
  await goTo(page, '维护');
  await page.getByRole('button', { name: '检查台账' }).click();
  await expect(page.getByText(/检查完毕，\d+ 条记录全部一致/)).toBeVisible({ timeout: 30_000 });
  await goTo(page, '人民调解');
  await page.getByRole('row', { name: /欧阳建国/ }).dblclick();
  await page.getByRole('button', { name: /^附件/ }).click();
  await page.getByRole('button', { name: '查看“院墙”' }).click();
  await expect(page.locator('img')).toHaveJSProperty('naturalWidth', 640);
  await page.keyboard.press('Escape');
}

test('a drill on a clean PC by the page alone: from nothing to the checked ledger, and back to nothing', async ({
  start,
  folder,
}) => {
  test.setTimeout(300_000);
  const stick = path.join(folder, 'stick');
  mkdirSync(stick);
  const first = await office(start, folder);
  await answerDialogs(first.app, stick);
  await first.page.getByRole('button', { name: '设置第二备份位置' }).click();
  await expect(first.page.getByText(/最近一次写成/)).toBeVisible({ timeout: 20_000 });
  await first.app.close();

  const home = path.join(folder, 'clean');
  const { app, page } = await aCleanPc(start, home);
  await readGuide(app, page, folder);
  const began = Date.now();
  await comeBack(app, page, copyOn(stick, '台账备份'));
  await goTo(page, '维护');
  const dataFolder = (await page.locator('dl.facts code').first().innerText()).trim();
  expect(dataFolder.startsWith(home)).toBe(true);
  await app.close();
  rmSync(dataFolder, { recursive: true });
  await aCleanPc(start, home);
  console.log(`the drill took ${Math.round((Date.now() - began) / 1000)} s at the machine`);
});

test('moving to a new PC by the page alone, the old one says that the ledger has gone', async ({
  start,
  folder,
}) => {
  test.setTimeout(300_000);
  const stick = path.join(folder, 'stick');
  mkdirSync(stick);
  const old = await office(start, folder);
  const began = Date.now();
  await old.page.getByRole('button', { name: '搬到新电脑' }).click();
  await answerDialogs(old.app, stick);
  await enter(old.page, '密码', password);
  await expect(old.page.getByRole('heading', { name: '台账已搬走' })).toBeVisible({ timeout: 30_000 });
  await old.app.close();

  const { app, page } = await aCleanPc(start, path.join(folder, 'new'));
  await comeBack(app, page, copyOn(stick, '台账搬迁'));
  await goTo(page, '维护');
  await answerDialogs(app, stick);
  await page.getByRole('button', { name: '设置第二备份位置' }).click();
  await expect(page.getByText(/最近一次写成/)).toBeVisible({ timeout: 20_000 });
  await look(app, page, 'drill-moved');
  console.log(`the move took ${Math.round((Date.now() - began) / 1000)} s at the machines`);
  await goTo(page, '人民调解');
  await recordCase(page, '司马相如', '20230316');
});
