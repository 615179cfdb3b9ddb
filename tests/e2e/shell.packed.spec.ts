import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { runtimeArguments } from '#tools/runtime.ts';
import { expect, test } from './launch.ts';
import { noteEntrance, portsSaid, watchedProgram } from './watch.ts';

// The packed program: its window, its command line without a display, and its refusal of remote control.

const program = process.env.PACKED_APP ?? '';
const password = 'Ledger-test-2023';

type Invoke = { bureau: { invoke(method: string, input: unknown): Promise<unknown> } };

const invoke = (page: Page, method: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    ([name, given]) => (window as unknown as Invoke).bureau.invoke(name as string, given),
    [method, input],
  );

/** The command line of the package; no display, no other variables of ours than those given. */
function commandLine(
  args: readonly string[],
  userData: string,
): { status: number | null; out: string; err: string } {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const run = spawnSync(watchedProgram(program), [...runtimeArguments(), '--cli', ...args], {
    encoding: 'utf8',
    timeout: 50_000,
    env: { ...env, JUDICIAL_USER_DATA: userData, LEDGER_PASSWORD: password },
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test('the packed window sets up a ledger, signs in and keeps its tools shut', async ({ start, folder }) => {
  const { app, page } = await start();
  expect(await app.evaluate(({ app: own }) => own.isPackaged)).toBe(true);
  const unit = { level: 'county', unitCode: '620921', unitName: '金塔县司法局' };
  expect(await invoke(page, 'setup.create', { ...unit, account: 'admin', password })).toMatchObject({
    ok: true,
  });
  expect(await invoke(page, 'session.signIn', { account: 'admin', password })).toMatchObject({ ok: true });
  expect(await invoke(page, 'ledger.list', { ledger: 'mediation' })).toMatchObject({
    ok: true,
    value: { total: 0 },
  });
  const isOpened = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.openDevTools();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return contents?.isDevToolsOpened();
  });
  expect(isOpened).toBe(false);

  // the same ledger, at the same time, from the command line
  const beside = commandLine(
    ['hash', '--json', '--dir', path.join(folder, 'data')],
    path.join(folder, 'cli'),
  );
  expect(beside.status).toBe(1);
  expect(beside.err).toContain('"code":"locked"');
});

test('the command line works without a display, with its own exit status', ({ folder }) => {
  const data = path.join(folder, 'data');
  const userData = path.join(folder, 'cli');
  const unit = ['--level', 'county', '--unit', '620921', '--name', '金塔县司法局'];
  const made = commandLine(['init', ...unit, '--json', '--dir', data], userData);
  expect(made.status).toBe(0);
  expect(JSON.parse(made.out)).toMatchObject({ unit: { code: '620921' } });
  const hashed = commandLine(['hash', '--json', '--dir', data], userData);
  expect(hashed.status).toBe(0);
  expect(JSON.parse(hashed.out)).toMatchObject({ records: 0 });
  expect(commandLine(['nonsense'], userData).status).toBe(2);
});

/** What the program says in its first seconds. */
async function firstWords(args: readonly string[], folder: string): Promise<string> {
  const userData = path.join(folder, `window${args.length}`);
  mkdirSync(userData);
  const child = spawn(watchedProgram(program), [...runtimeArguments(), ...args], {
    env: { ...process.env, JUDICIAL_USER_DATA: userData, JUDICIAL_DATA_DIR: path.join(folder, 'data') },
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString('utf8');
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => readdirSync(userData)).toContain('SingletonLock');
  await wait(3_000);
  child.kill('SIGTERM');
  await ended;
  noteEntrance(child.pid ?? 0, { test: 'firstWords', ports: portsSaid(said) });
  return said;
}

test('Chromium’s remote control cannot be switched on from outside', async ({ folder }) => {
  expect(await firstWords(['--remote-debugging-port=0'], folder)).not.toContain('DevTools listening');
  // only where the fuse lets Node be inspected, as in this package made for tests, does it stay
  expect(await firstWords(['--remote-debugging-port=0', '--inspect=0'], folder)).toContain(
    'DevTools listening',
  );
});
