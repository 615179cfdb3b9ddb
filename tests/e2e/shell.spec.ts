import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Envelope, FileGrant } from '#shared/api/envelope.ts';
import { findRuntime } from '#tools/runtime.ts';
import { expect, test } from './launch.ts';
import { watchedProgram } from './watch.ts';

// What the window does around the core: sessions, dialogs, printing, locking, closing. The screens have their own
// tests; here the page's two functions are called as a screen would.

type Bureau = {
  invoke(method: string, input: unknown): Promise<Envelope<Record<string, unknown>>>;
  listen(listener: (event: unknown) => void): () => void;
};
type Page2 = { bureau: Bureau; heard: unknown[] };

const password = 'Ledger-test-2023';

const invoke = (page: Page, method: string, input: unknown): Promise<Envelope<Record<string, unknown>>> =>
  page.evaluate(
    ([name, given]) => (window as unknown as Page2).bureau.invoke(name as string, given),
    [method, input],
  );

function unwrap<T>(answer: Envelope<unknown>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.error.code}`);
  return answer.value as T;
}

/** A new ledger of 金塔县 with one account, signed in. */
async function signedIn(page: Page): Promise<Envelope<Record<string, unknown>>> {
  const made = await invoke(page, 'setup.create', {
    level: 'county',
    unitCode: '620921',
    unitName: '金塔县司法局',
    account: 'admin',
    password,
  });
  expect(made).toMatchObject({ ok: true });
  const answer = await invoke(page, 'session.signIn', { account: 'admin', password });
  expect(answer).toMatchObject({ ok: true });
  return answer;
}

const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const own = window as unknown as Page2;
    own.heard = [];
    own.bureau.listen((event) => own.heard.push(event));
  });

const heard = (page: Page): Promise<unknown[]> => page.evaluate(() => (window as unknown as Page2).heard);

const answerDialogs = (app: ElectronApplication, file: string | null): Promise<void> =>
  app.evaluate(({ dialog }, to) => {
    const filePaths = to === null ? [] : [to];
    dialog.showSaveDialog = async () => ({ canceled: to === null, filePath: to ?? '' });
    dialog.showOpenDialog = async () => ({ canceled: to === null, filePaths });
  }, file);

test('the session token stays behind the page, and a locked screen locks the session', async ({ start }) => {
  const { app, page } = await start();
  const answer = await signedIn(page);
  expect(JSON.stringify(answer)).not.toContain('token');
  expect(await invoke(page, 'session.current', {})).toMatchObject({
    ok: true,
    value: { account: { name: 'admin' } },
  });

  await listen(page);
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await expect.poll(() => heard(page)).toContainEqual({ event: 'session', state: 'locked' });
  expect(await invoke(page, 'ledger.list', { ledger: 'mediation' })).toMatchObject({
    error: { code: 'session-locked' },
  });
  expect(await invoke(page, 'session.unlock', { password: 'wrong-Password-1' })).toMatchObject({ ok: false });
  const unlocked = await invoke(page, 'session.unlock', { password });
  expect(unlocked).toMatchObject({ ok: true });
  expect(JSON.stringify(unlocked)).not.toContain('token');
  expect(await invoke(page, 'ledger.list', { ledger: 'mediation' })).toMatchObject({ ok: true });
});

test('a report goes to a PDF the user named, with page numbers on alternate sides', async ({
  start,
  folder,
}) => {
  const { app, page } = await start();
  await signedIn(page);
  const file = path.join(folder, '年度报告.pdf');
  await answerDialogs(app, file);
  const chosen = await invoke(page, 'shell.chooseSave', {
    title: 'PDF',
    name: '年度报告.pdf',
    extensions: ['pdf'],
  });
  expect(chosen).toMatchObject({ ok: true, value: { name: '年度报告.pdf' } });
  expect(JSON.stringify(chosen)).not.toContain(folder);
  const { grant } = unwrap<FileGrant>(chosen);

  const printed = await invoke(page, 'shell.print', {
    method: 'report.preview',
    input: { year: 2023 },
    to: 'pdf',
    out: grant,
  });
  expect(printed).toMatchObject({ ok: true, value: { file: '年度报告.pdf' } });
  const document = await PDFDocument.load(readFileSync(file));
  expect(unwrap<{ pages: number }>(printed).pages).toBe(document.getPageCount());
  expect(document.getPageCount()).toBeGreaterThan(1);
  for (const sheet of document.getPages()) {
    expect(sheet.getWidth() / 72).toBeCloseTo(210 / 25.4, 1);
    expect(sheet.getHeight() / 72).toBeCloseTo(297 / 25.4, 1);
  }
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  expect(
    await invoke(page, 'shell.print', {
      method: 'report.preview',
      input: { year: 2023 },
      to: 'pdf',
      out: file,
    }),
  ).toMatchObject({
    error: { code: 'grant-unknown' },
  });
  await invoke(page, 'session.lock', {});
  expect(
    await invoke(page, 'shell.print', {
      method: 'report.preview',
      input: { year: 2023 },
      to: 'pdf',
      out: grant,
    }),
  ).toMatchObject({
    error: { code: 'session-locked' },
  });
});

test('a sheet of text is kept as a PDF where there is no printer; a closed dialog changes nothing', async ({
  start,
  folder,
}) => {
  const { app, page } = await start();
  await app.evaluate(({ webContents }) => {
    // a developer's machine may have printers
    const prototype = Object.getPrototypeOf(webContents.getAllWebContents()[0]) as {
      getPrintersAsync: unknown;
    };
    prototype.getPrintersAsync = async () => [];
  });
  const file = path.join(folder, 'sheet.pdf');
  await answerDialogs(app, null);
  const input = { title: '恢复密钥', lines: ['AAAA-BBBB-CCCC-DDDD', '请密封保存'] };
  expect(await invoke(page, 'shell.printText', input)).toMatchObject({ value: { printed: 'cancelled' } });
  expect(existsSync(file)).toBe(false);
  await answerDialogs(app, file);
  expect(await invoke(page, 'shell.printText', input)).toMatchObject({ value: { printed: 'saved' } });
  expect((await PDFDocument.load(readFileSync(file))).getPageCount()).toBe(1);
});

test('a folder taken into use is remembered for the next start, and nothing else is', async ({
  start,
  folder,
}) => {
  const chosen = path.join(folder, 'another place');
  mkdirSync(chosen);
  const first = await start();
  await answerDialogs(first.app, chosen);
  const grant = await invoke(first.page, 'shell.chooseFolder', { title: 'x' });
  const used = await invoke(first.page, 'program.use', {
    folder: unwrap<FileGrant>(grant).grant,
  });
  expect(used).toMatchObject({ ok: true, value: { state: { is: 'set-up' } } });
  await first.app.close();
  const kept = JSON.parse(readFileSync(path.join(folder, 'window', 'preferences.json'), 'utf8')) as object;
  expect(kept).toMatchObject({ folder: chosen });
  expect(Object.keys(kept).sort()).toEqual(['folder', 'window']);

  const second = await start({ dataFolder: null });
  expect(await invoke(second.page, 'program.state', {})).toMatchObject({
    ok: true,
    value: { folder: chosen },
  });
});

test('a second start only brings the first window forward', async ({ start, folder }) => {
  const { app, page } = await start();
  const { spawnargs } = app.process();
  const runtime = await findRuntime();
  const args = spawnargs.slice(1).filter((argument) => !/^--(inspect|remote-debugging)/.test(argument));
  const second = spawnSync(watchedProgram(runtime.executable), args, {
    timeout: 20_000,
    env: { ...process.env, JUDICIAL_USER_DATA: path.join(folder, 'window') },
  });
  expect(second.status).toBe(0);
  expect(await invoke(page, 'program.state', {})).toMatchObject({ ok: true });
});

test('closing waits for the core and leaves a ledger that opens again', async ({ start, folder }) => {
  const dataFolder = path.join(folder, 'data');
  const first = await start();
  await signedIn(first.page);
  const record = {
    acceptedOn: '2025-03-01',
    kind: '02',
    summary: '相邻排水',
    parties: [{ side: 'applicant', type: 'natural', name: '柳青' }],
  };
  expect(await invoke(first.page, 'ledger.save', { ledger: 'mediation', record })).toMatchObject({
    ok: true,
  });
  const ended = new Promise<number | null>((resolve) => first.app.process().once('exit', resolve));
  await invoke(first.page, 'shell.quit', {}).catch(() => undefined); // the window may be gone before the answer
  expect(await ended).toBe(0);
  expect(readdirSync(dataFolder).filter((name) => name.endsWith('-wal'))).toEqual([]);
  // The day's last copy was made on the way out.
  expect(readdirSync(path.join(dataFolder, 'backups')).filter((name) => name.endsWith('.db'))).toHaveLength(
    1,
  );

  const second = await start();
  expect(await invoke(second.page, 'session.signIn', { account: 'admin', password })).toMatchObject({
    ok: true,
  });
});

test('a data folder that is a file is shown as a state, not as a dead window', async ({ start, folder }) => {
  const dataFolder = path.join(folder, 'file');
  writeFileSync(dataFolder, 'not a folder');
  const { page } = await start({ dataFolder });
  expect(await invoke(page, 'program.state', {})).toMatchObject({
    ok: true,
    value: { state: { is: 'failed' } },
  });
});

test('a window closed before its page is there ends the program all the same', async ({ start }) => {
  const { app } = await start();
  const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    void window?.loadURL('app://local/index.html').catch(() => undefined);
    window?.close();
  });
  expect(await ended).toBe(0);
});
