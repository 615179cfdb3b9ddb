// The one way into the real window for tests: own folders for every test, errors of the page collected.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { _electron, test as base, type ElectronApplication, errors, type Page } from '@playwright/test';
import { findRuntime, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { noteEntrance, portsSaid, watchedProgram } from './watch.ts';

export type Launched = { app: ElectronApplication; page: Page; problems: string[] };

export type LaunchOptions = {
  /** Folder for the window's own state (not the ledger's data). */
  userData: string;
  /** Data folder of the ledger; null leaves the choice to the program, which then looks into the home folder. */
  dataFolder: string | null;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Where what is seen of this start goes, in the place of the run's (watch.ts). */
  watchedIn?: string;
};

/** A start that hangs is told as such, not by the end of the whole test's time. */
const startLimitMs = 20_000;

type StartOptions = Parameters<typeof _electron.launch>[0];

/**
 * Starts the program and takes hold of it. About one start in a hundred on a busy machine stands there whole, its
 * window painted, while the driver waits for an answer to its own first questions: such a one is killed and started
 * again, said aloud, and its time is not the test's.
 */
async function attached(
  options: StartOptions,
  executable: string,
  watchedIn?: string,
  triesLeft = 2,
): Promise<ElectronApplication> {
  try {
    const executablePath = watchedProgram(executable, watchedIn);
    return await _electron.launch({ ...options, executablePath, timeout: startLimitMs });
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    const started = /<launched> pid=(\d+)/.exec(error.message)?.[1];
    const entrance = { test: test.info().title, ports: portsSaid(error.message) };
    if (started !== undefined) noteEntrance(Number(started), entrance, watchedIn);
    if (triesLeft === 0) throw error;
    console.warn(`no hold of the program within ${startLimitMs / 1000} s: starting it again`);
    test.setTimeout(test.info().timeout + startLimitMs);
    return attached(options, executable, watchedIn, triesLeft - 1);
  }
}

/** The two ports that the driver came in by, as the program itself knows them. */
async function noteDriver(app: ElectronApplication, { userData, watchedIn }: LaunchOptions): Promise<void> {
  const inspector = await app.evaluate(() => process.getBuiltinModule('node:inspector').url() ?? '');
  const [remote = ''] = readFileSync(path.join(userData, 'DevToolsActivePort'), 'utf8').split('\n');
  const ports = [Number(new URL(inspector).port), Number(remote)];
  noteEntrance(app.process().pid ?? 0, { test: test.info().title, ports }, watchedIn);
}

export type Drawing = 'draws' | 'draws nothing' | 'has no page yet';

/**
 * Whether the page draws frames. One that does not takes keys and changes what stands in it, but a click waits for ever
 * for its target to stand still. A page that is loaded anew meanwhile is asked again.
 */
export async function drawing(page: Page, ms: number): Promise<Drawing> {
  const end = Date.now() + ms;
  let last: Drawing = 'has no page yet';
  while (Date.now() < end) {
    const twoFrames = page
      .evaluate(async () => {
        if (location.href === 'about:blank') return false;
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        return true;
      })
      .catch(() => false);
    const answer = await Promise.race([twoFrames, wait(end - Date.now(), null)]);
    if (answer === true) return 'draws';
    last = answer === null && page.url() !== 'about:blank' ? 'draws nothing' : 'has no page yet';
    await wait(50);
  }
  return last;
}

/** What the system and Chromium say of a window that draws nothing. */
const windowNow = async (app: ElectronApplication): Promise<string> =>
  Promise.race([
    app
      .evaluate(({ app: program, BrowserWindow }) =>
        JSON.stringify({
          windows: BrowserWindow.getAllWindows().map((window) => ({
            isVisible: window.isVisible(),
            isMinimized: window.isMinimized(),
            bounds: window.getBounds(),
          })),
          processes: program.getAppMetrics().map(({ type, pid }) => `${type} ${pid}`),
          graphics: program.getGPUFeatureStatus(),
        }),
      )
      .catch((error: unknown) => String(error)),
    wait(2000, 'no answer'),
  ]);

/** Starts the program; one that draws nothing, as one in some hundred does, is started again, said aloud. */
async function launch(options: LaunchOptions, triesLeft = 2): Promise<Launched> {
  const launched = await launchOnce(options);
  if (triesLeft === 0 || (await drawing(launched.page, startLimitMs)) !== 'draws nothing') return launched;
  console.warn(
    `no frame within ${startLimitMs / 1000} s: starting it again; ${await windowNow(launched.app)}`,
  );
  test.setTimeout(test.info().timeout + startLimitMs);
  const ended = new Promise((resolve) => launched.app.process().once('exit', resolve));
  launched.app.process().kill('SIGKILL');
  await ended;
  return launch(options, triesLeft - 1);
}

/** Starts the program: the packed one where PACKED_APP names it, else out/ in the development runtime. */
async function launchOnce(options: LaunchOptions): Promise<Launched> {
  const packed = process.env.PACKED_APP;
  const runtime = packed ? null : await findRuntime();
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('JUDICIAL_'),
    ),
  );
  const started: StartOptions = {
    args: [...(packed ? [] : [root]), ...(options.args ?? [])],
    env: {
      ...inherited,
      ...(runtime ? (runtimeEnvironment(runtime) as Record<string, string>) : {}),
      LANG: 'zh_CN.UTF-8',
      JUDICIAL_USER_DATA: options.userData,
      ...(options.dataFolder ? { JUDICIAL_DATA_DIR: options.dataFolder } : {}),
      ...options.env,
    },
  };
  const app = await attached(started, packed ?? runtime?.executable ?? '', options.watchedIn);
  await noteDriver(app, options);
  // Whoever sits at the window does what it does himself, unless a test says otherwise.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
  });
  const problems: string[] = [];
  app.on('console', (message) => {
    if (message.type() === 'error') problems.push(`main: ${message.text()}`);
  });
  const page = await app.firstWindow({ timeout: startLimitMs });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return { app, page, problems };
}

export type Fixtures = {
  /** Folder of this test alone, removed after it. */
  folder: string;
  /**
   * Starts the program as often as the test needs, on the same folders (`<folder>/window`, `<folder>/data`) unless
   * told otherwise; what still runs at the end is closed.
   */
  start: (options?: Partial<LaunchOptions>) => Promise<Launched>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'judicial-e2e-'));
    // A named folder that is missing is a failure, which the program shows; an empty one is where it sets up.
    mkdirSync(path.join(folder, 'data'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ folder }, use) => {
    const running: ElectronApplication[] = [];
    await use(async (options = {}) => {
      const launched = await launch({
        userData: path.join(folder, 'window'),
        dataFolder: path.join(folder, 'data'),
        ...options,
      });
      running.push(launched.app);
      return launched;
    });
    const still = test.info().status === test.info().expectedStatus ? [] : await whatStandsStill(running);
    for (const app of running) await app.close().catch(() => undefined);
    if (still.length > 0) throw new Error(still.join('\n'));
  },
});

/** Of windows after a test that failed: those that have stopped drawing, for then that is why. */
async function whatStandsStill(running: readonly ElectronApplication[]): Promise<string[]> {
  const told: string[] = [];
  for (const app of running)
    for (const page of app.windows())
      if ((await drawing(page, 3000)) === 'draws nothing')
        told.push(`the window draws nothing any more: ${await windowNow(app)}`);
  return told;
}

export { expect } from '@playwright/test';
