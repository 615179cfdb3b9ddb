import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { aPdf, aPicture, put } from '../fixtures/scans.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, focused, picture, recordCase, resize, setUp, type } from './steps.ts';

// Scans and photos of a case: added, looked at and taken off with the keyboard, and shown without a way out.

const pictures = path.join('test-results', 'attachments');
const shot = (name: string) => path.join(pictures, `${name}.png`);

/** The next open dialogs answer with these files. */
const answerFiles = (app: ElectronApplication, files: string[]): Promise<void> =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
  }, files);

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** The window of a PDF, as it is named outside and where it is. */
const shownPdf = (app: ElectronApplication): Promise<{ title: string; url: string } | null> =>
  app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getParentWindow() !== null);
    return window ? { title: window.getTitle(), url: window.webContents.getURL() } : null;
  });

const windows = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('pictures are added, looked at, turned, enlarged, taken off and told of, by keyboard', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await recordCase(page, '欧阳秀兰', '20250301');
  await press(page, 'Control+Shift+A');
  await expect(page.getByText('还没有附件。')).toBeVisible();
  await picture(app, shot('empty'));

  const scans = path.join(folder, 'scans');
  const photo = put(scans, '院墙现场.png', aPicture({ width: 1600, height: 1200, note: '现场' }));
  const sheet = put(scans, '签字页.png', aPicture({ width: 1240, height: 1754, colour: [30, 60, 140] }));
  const wrong = put(scans, '安装程序.png', Buffer.from('MZ not a picture'));
  await answerFiles(app, [photo, sheet, wrong]);
  await page.getByLabel('类别').focus();
  await press(page, 'Control+a');
  await type(page, 'xczp');
  await press(page, 'Enter');
  await expect(page.getByLabel('类别')).toHaveValue('现场照片');
  await expect(focused(page)).toHaveAccessibleName('标题');
  await press(page, 'Enter');
  await expect(focused(page)).toHaveAccessibleName('添加附件');
  await press(page, 'Enter');
  await expect(page.getByText('已添加 2 份。')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('alert')).toContainText('文件“安装程序.png”不能作为附件');
  await expect(page.getByRole('button', { name: '附件（2）' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('共 2 份，2 页')).toBeVisible();
  await picture(app, shot('list'));

  await page.getByRole('button', { name: '查看“院墙现场”' }).focus();
  await press(page, 'ArrowDown', 'ArrowUp', 'Enter');
  const viewer = page.getByRole('dialog', { name: '查看附件：院墙现场' });
  await expect(viewer).toBeVisible();
  const image = viewer.getByRole('img', { name: '院墙现场' });
  await expect(image).toBeVisible();
  expect(await image.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight])).toEqual([
    1600, 1200,
  ]);
  const box = async () => (await page.getByRole('img').boundingBox()) ?? { width: 0, height: 0 };
  const fit = await box();
  expect(fit.height).toBeLessThanOrEqual(768);
  await picture(app, shot('viewer'));
  await press(page, '+');
  expect((await box()).width).toBeGreaterThan(fit.width);
  await press(page, '0', 'r');
  const turned = await box();
  expect(turned.height).toBeGreaterThan(turned.width);
  await picture(app, shot('turned'));
  await press(page, 'ArrowRight');
  await expect(page.getByRole('img', { name: '签字页' })).toBeVisible();
  await expect(page.getByText('2 / 2')).toBeVisible();
  await press(page, 'Control+p');
  await expect(page.locator('dialog[open]').getByText(/附件不在这里打印/)).toBeVisible();
  await resize(app, 1.5);
  await picture(app, shot('viewer-150'));
  await press(page, 'Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: '欧阳秀兰' })).toBeVisible();
  await picture(app, shot('list-150'));
  await resize(app);

  // An address answers once, and what runs in the page gets neither bytes nor a second look.
  const again = await page.evaluate(async () => {
    const { bureau } = window as unknown as {
      bureau: { invoke(method: string, input: object): Promise<unknown> };
    };
    const { value: list } = (await bureau.invoke('ledger.list', { ledger: 'mediation' })) as {
      value: { rows: { id: string }[] };
    };
    const input = { recordId: list.rows[0]?.id ?? '' };
    const rows = (await bureau.invoke('attachment.list', input)) as { value: { id: string }[] };
    const view = (await bureau.invoke('attachment.view', { id: rows.value[0]?.id ?? '' })) as {
      value: { address: string; content?: unknown };
    };
    const load = () =>
      new Promise<string>((resolve) => {
        const image = new Image();
        image.onload = () => resolve(`${image.naturalWidth}`);
        image.onerror = () => resolve('refused');
        image.src = `${view.value.address}`;
      });
    const first = await load();
    const second = await fetch(view.value.address).then(
      () => 'fetched',
      () => 'refused',
    );
    return { keys: Object.keys(view.value).sort(), first, second };
  });
  expect(again).toEqual({ keys: ['address', 'attachment'], first: '1600', second: 'refused' });
  problems.splice(0, problems.length, ...problems.filter((line) => !line.includes('app://attachment')));

  await page.getByRole('button', { name: '查看“签字页”' }).focus();
  await press(page, 'Delete');
  await expect(page.getByText('移除附件“签字页”')).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('移除原因');
  await type(page, '放错了案件');
  await picture(app, shot('remove'));
  await press(page, 'Enter');
  await expect(page.getByText('已移除。')).toBeVisible();
  await expect(page.getByRole('button', { name: '查看“签字页”' })).toHaveCount(0);
  await expect(page.locator('body:focus')).toHaveCount(0);
  await page.getByRole('button', { name: '修改历史' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText('移除附件“签字页”（放错了案件）')).toBeVisible();
  await expect(page.getByText('添加附件“院墙现场”')).toBeVisible();
  await picture(app, shot('history'));

  // Out in clear only with a reason.
  const out = path.join(folder, 'out.png');
  await answerDialogs(app, out);
  await press(page, 'Control+Shift+A');
  await page.getByRole('button', { name: '把“院墙现场”另存为' }).focus();
  await press(page, 'Enter');
  await expect(focused(page)).toHaveAccessibleName('另存的用途');
  await expect(page.getByRole('button', { name: '另存为', exact: true })).toBeDisabled();
  await type(page, '移送法院');
  await press(page, 'Enter');
  await expect(page.getByText('已另存为：out.png')).toBeVisible();
  expect(readFileSync(out).equals(readFileSync(photo))).toBe(true);
  expect(problems).toEqual([]);
});

test('a PDF is shown in a locked window of its own, which closes by Escape and with the session', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await recordCase(page, '马占山', '20250301');
  await press(page, 'Control+Shift+A');
  await answerFiles(app, [put(path.join(folder, 'scans'), '转账凭证.pdf', await aPdf(3))]);
  await page.getByRole('button', { name: '添加附件' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText('共 1 份，3 页')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: '查看“转账凭证”' }).focus();
  await press(page, 'Enter');
  // Under this driver the page may stay white: pdf-shown.spec.ts says why, and sees without it that it is drawn.
  await expect
    .poll(async () => (await shownPdf(app))?.url ?? '')
    .toMatch(/^app:\/\/attachment\/[0-9a-f-]{36}#toolbar=0/);
  expect((await shownPdf(app))?.title).not.toContain('转账凭证');
  const found = await app.evaluate(async ({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getParentWindow() !== null);
    const contents = window?.webContents as unknown as Electron.WebContents & {
      getLastWebPreferences(): object;
    };
    return {
      preferences: contents.getLastWebPreferences(),
      globals: await contents.executeJavaScript(
        `['require','process','bureau','electron'].filter((name) => name in window).join()`,
      ),
    };
  });
  expect(found.preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(found.preferences).not.toHaveProperty('preload');
  expect(found.globals).toBe('');

  // Neither printed nor saved past the log: the key is answered with the way that there is.
  await app.evaluate(({ BrowserWindow, dialog }) => {
    const told: string[] = [];
    (globalThis as { told?: string[] }).told = told;
    dialog.showMessageBox = (async (_window: unknown, { message }: { message: string }) => {
      told.push(message);
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    const window = BrowserWindow.getAllWindows().find((one) => one.getParentWindow() !== null);
    for (const keyCode of ['p', 's'])
      window?.webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers: ['control'] });
  });
  const told = () => app.evaluate(() => (globalThis as { told?: string[] }).told ?? []);
  await expect
    .poll(told)
    .toEqual([expect.stringContaining('附件不在这里打印'), expect.stringContaining('附件不在这里打印')]);
  expect(await windows(app)).toBe(2);

  // Keys go to the window that is in front, so to the viewer's page.
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.getParentWindow() !== null);
    window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Escape' });
  });
  await expect.poll(() => windows(app)).toBe(1);
  await page.getByRole('button', { name: '查看“转账凭证”' }).focus();
  await press(page, 'Enter');
  await expect.poll(() => windows(app)).toBe(2);
  await page.evaluate(() => {
    void (
      window as unknown as { bureau: { invoke(method: string, input: object): Promise<unknown> } }
    ).bureau.invoke('session.lock', {});
  });
  await expect.poll(() => windows(app)).toBe(1);
  expect(problems).toEqual([]);
  await app.close();
  const words = [Buffer.from('转账凭证'), Buffer.from('%PDF-')];
  for (const entry of readdirSync(path.join(folder, 'window'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(path.join(entry.parentPath, entry.name));
    for (const word of words) expect(bytes.includes(word), entry.name).toBe(false);
  }
});
