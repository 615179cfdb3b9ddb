import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { Bureau } from '#shared/api/methods.ts';
import { expect, type Fixtures, type Launched } from './launch.ts';

// What a person does at the window, in the words of the screens; shared by the specs that look at screens.

export const password = 'Jinta-2023-sfj';
export const account = '管理员';

/** The next dialogs of the window answer with this file. */
export const answerDialogs = (app: ElectronApplication, file: string): Promise<void> =>
  app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [to] });
  }, file);

const [width, fullHeight] = [1366, 768];

/**
 * The window's size in CSS pixels at a zoom; 1366×768 is the smallest screen the program promises. Comes back when the
 * page has that size.
 */
export async function resize(app: ElectronApplication, zoom = 1, height = fullHeight): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, [wide, high, factor]) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setContentSize(wide, high);
      window?.webContents.setZoomFactor(factor);
    },
    [width, height, zoom] as const,
  );
  // A page that is being loaded has no size to ask for yet
  const sizeNow = () =>
    app
      .windows()[0]
      ?.evaluate(() => window.innerWidth)
      .catch(() => 0);
  await expect.poll(sizeNow).toBeGreaterThan(width / zoom - 2);
  await expect.poll(sizeNow).toBeLessThan(width / zoom + 2);
}

/** What is on screen, at any zoom: the test runner's own pictures are cut at the size of 100 %. */
export async function picture(app: ElectronApplication, file: string): Promise<void> {
  await app
    .windows()[0]
    ?.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  // A picture asked for right after a change is of the frame before it: two that are alike are of a screen at rest.
  // A caret may blink between them, and what is busy never rests: after some the last one is good enough.
  const shot = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    let image = await contents?.capturePage();
    for (let tries = 0; tries < 6; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      const next = await contents?.capturePage();
      const isSame = next?.toBitmap().equals(image?.toBitmap() ?? Buffer.alloc(0));
      image = next;
      if (isSame) break;
    }
    return image?.toPNG().toString('base64') ?? '';
  });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.from(shot, 'base64'));
}

/** What is typed is safe: the draft with these words is in its file. */
export async function draftKept(page: Page, words: string): Promise<void> {
  await expect.poll(async () => JSON.stringify(await invoke(page, 'draft.list', {}))).toContain(words);
}

/** Types as a keyboard does: Latin letters as keys, Chinese as an input method commits it. */
export async function type(page: Page, text: string): Promise<void> {
  if (/^[\x20-\x7e]*$/.test(text)) await page.keyboard.type(text);
  else await page.keyboard.insertText(text);
}

/** Fills the field that has the focus, which must be the one with this label, and goes on with Enter. */
export async function enter(page: Page, label: string, text: string): Promise<void> {
  await expect(focused(page)).toHaveAccessibleName(new RegExp(label.replaceAll(/[()（）]/g, '.')));
  await type(page, text);
  await page.keyboard.press('Enter');
}

/** Goes to a place of the frame by the key that its button names, or by the palette where it names none. */
export async function goTo(page: Page, place: string): Promise<void> {
  const button = page.getByRole('navigation').getByRole('button', { name: place, exact: true });
  const key = await button.getAttribute('title');
  if (key) await page.keyboard.press(key.replace('Ctrl', 'Control'));
  else {
    await page.keyboard.press('Control+k');
    await type(page, `打开${place}`);
    await page.keyboard.press('Enter');
  }
  await expect(button).toHaveAttribute('aria-current', 'page');
}

/** A command by its name, from the palette. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(focused(page)).toHaveAccessibleName('命令');
  await type(page, name);
  await page.keyboard.press('Enter');
}

/** Asks the core as the window does; for what a test needs to be there before it begins, and to look at after it. */
export async function invoke<T>(page: Page, method: string, input: unknown): Promise<T> {
  const envelope = await page.evaluate(
    ([name, given]) => (window as unknown as { bureau: Bureau }).bureau.invoke(name as string, given),
    [method, input] as const,
  );
  expect(envelope, method).toMatchObject({ ok: true });
  return (envelope as { value: T }).value;
}

export const focused = (page: Page): Locator => page.locator(':focus');

/** Enter until the field of this path has the focus. */
export async function enterUntil(page: Page, path: string): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    if ((await focused(page).getAttribute('data-path')) === path) return;
    await page.keyboard.press('Enter');
  }
  throw new Error(`no way by Enter to ${path}`);
}

/** A new ledger for 金塔县司法局, by the set-up screen; ends signed in, on the list. Returns the recovery key. */
export async function setUp(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  await page.getByLabel('按名称或代码查找所在地').focus();
  await type(page, '金塔');
  await expect(page.getByRole('option', { name: /金塔县/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('单位名称')).toHaveValue('金塔县司法局');
  await page.getByLabel('管理员账号').focus();
  await enter(page, '管理员账号', account);
  await enter(page, '密码', password);
  await enter(page, '再输入一次密码', password);
  const shown = page.getByTestId('recovery-key');
  await expect(shown).toBeVisible({ timeout: 20_000 });
  const key = (await shown.textContent()) ?? '';
  await expect(focused(page)).toHaveAccessibleName(/恢复密钥的最后一组/);
  await enter(
    page,
    '恢复密钥的最后一组',
    key
      .trim()
      .split(/[\s-]+/)
      .at(-1) ?? '',
  );
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible({ timeout: 20_000 });
  await reveal(page);
  return key;
}

export async function signIn(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('账号');
  await enter(page, '账号', account);
  await enter(page, '密码', password);
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible({ timeout: 20_000 });
  await reveal(page);
}

/** Says why names are to be shown, as whoever works on cases does at the beginning: the usual reason stands there. */
export async function reveal(page: Page): Promise<void> {
  await expect(focused(page)).toHaveAccessibleName('理由');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '隐去姓名' })).toBeVisible();
}

/** A simple case with one party from a ledger's list, keyboard only; ends on the saved record. */
export async function recordCase(page: Page, name: string, acceptedOn: string): Promise<void> {
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await enter(page, '受理日期', acceptedOn);
  await enterUntil(page, 'parties.0.side');
  await type(page, '1');
  await page.keyboard.press('Enter');
  await enterUntil(page, 'parties.0.name');
  await enter(page, '姓名（名称）', name);
  await enterUntil(page, 'kind');
  await enter(page, '纠纷类型', '邻里');
  await enterUntil(page, 'summary');
  await enter(page, '纠纷简介', '两家因院墙滴水发生争执，经调解当场和好。');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible({ timeout: 10_000 });
}

/** A demo ledger, signed in; cases enough for several pages. */
export async function demo(start: Fixtures['start'], cases: number): Promise<Launched> {
  const launched = await start();
  const { app, page } = launched;
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  await invoke(page, 'setup.demo', { account, password, cases, years: { from: 2023, to: 2024 } });
  await page.reload();
  await resize(app);
  await signIn(page);
  return launched;
}
