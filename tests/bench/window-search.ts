// From a key in the search box to the painted list of hits, and from a key in a form to the painted character and to the
// last change before the next key (the mark that the draft is kept, where that falls between them), in the real window, with nothing else going on and while verified copies of the ledger are made one after another; the search beside
// an empty window of the same Electron that paints twenty plain rows at once: `window-search.ts DATA-FOLDER ACCOUNT
// PASSWORD` on a screen, after a build. Prints one line of JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { names } from '#core/db/folder.ts';
import type { Envelope } from '#shared/api/envelope.ts';
import type { Bureau } from '#shared/api/methods.ts';
import { findRuntime, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { quantile } from './measure.ts';

const rounds = 5;
/** One to four characters, two words, digits and initials; of each the last key is measured. */
const texts = ['张', '1', 'w', '王伟', '邻里', 'zw', '1640', '承包地', '人民调解', '邻里 排水', '张 土地'];
const quietMs = 250;
/** So long a list is waited for before it counts as none. */
const hitsMs = 10_000;
/** As fast as somebody types; drafts are kept meanwhile. */
const typedMs = 120;
const typedKeys = 100;
const typed = 'abcdefghij ';
const [dataFolder = '', account = '', password = ''] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-search-'));

const emptyMain = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.loadFile('page.html');
});
app.on('window-all-closed', () => app.quit());
`;
const emptyPage = `<meta charset="utf-8"><search><input role="combobox"><div id="list"></div></search><script>
document.querySelector('input').addEventListener('input', (event) => {
  document.querySelector('#list').innerHTML = event.target.value === '' ? '' :
    Array.from({ length: 20 }, (_, row) => '<div role="option">' + event.target.value + row + '</div>').join('');
});
</script>`;

async function launch(app: string, env: Record<string, string>): Promise<ElectronApplication> {
  const runtime = await findRuntime();
  const own = runtimeEnvironment(runtime) as Record<string, string>;
  return _electron.launch({
    executablePath: runtime.executable,
    args: [app],
    env: { ...(process.env as Record<string, string>), ...own, ...env },
  });
}

/**
 * Notes in the page when a key came and when the frame after the last change in an element was painted; how long each key
 * took until the frame with what it typed was.
 */
const watch = (page: Page, element: string) =>
  page.evaluate((selector) => {
    const seen = { key: 0, painted: 0, typed: [] as number[] };
    const box = document.querySelector(selector);
    // What is put in without a key begins with its text; of a key that would leave out its way to the page.
    let isPressed = false;
    for (const name of ['keydown', 'beforeinput', 'keyup'])
      box?.addEventListener(
        name,
        ({ timeStamp }) => {
          if (name !== 'keyup' && !isPressed) seen.key = timeStamp;
          isPressed = name === 'keydown';
        },
        { capture: true },
      );
    const painted = (note: (at: number) => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => note(performance.now());
        port2.postMessage(null);
      });
    const noteLast = () => painted((at) => Object.assign(seen, { painted: at }));
    new MutationObserver(noteLast).observe(box as Element, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    // What is typed into a field changes no element.
    box?.addEventListener('input', () => {
      const { key } = seen;
      painted((at) => seen.typed.push(at - key));
      noteLast();
    });
    (window as unknown as { seen: typeof seen }).seen = seen;
  }, element);

type Seen = { seen: { key: number; painted: number; typed: number[] } };

async function measure(page: Page): Promise<number[]> {
  await watch(page, 'search');
  const input = page.locator('search input');
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const text of texts) {
      await input.focus();
      await input.fill(text.slice(0, -1));
      await page.waitForTimeout(quietMs);
      const last = text.slice(-1);
      if (/[\x20-\x7e]/.test(last)) await page.keyboard.press(last);
      else await page.keyboard.insertText(last);
      const hit = page.locator('search [role=option]').first();
      await hit.waitFor({ timeout: hitsMs }).catch(() => {
        throw new Error(`nothing on the list for one of the texts (${texts.indexOf(text)})`);
      });
      await page.waitForTimeout(quietMs);
      const { key, painted } = await page.evaluate(() => (window as unknown as Seen).seen);
      const ms = painted - key;
      if (round > 0) times.push(ms);
    }
  }
  return times;
}

/** Keys in the long field of a new case, one after another; the marks of its drafts come and go meanwhile. */
async function measureTyping(page: Page): Promise<{ typed: number[]; marked: number[] }> {
  await page.keyboard.press('Control+n');
  const field = page.locator('main textarea').first();
  await field.waitFor();
  await field.focus();
  // A draft of the turn before may stand there.
  const { length } = await field.inputValue();
  await watch(page, 'main');
  const marked: number[] = [];
  const seen = () => page.evaluate(() => (window as unknown as Seen).seen);
  for (let turn = 0; turn < typedKeys; turn++) {
    await page.keyboard.press(
      typed[turn % typed.length] === ' ' ? 'Space' : (typed[turn % typed.length] ?? ''),
    );
    await page.waitForTimeout(typedMs);
    const { key, painted } = await seen();
    marked.push(painted - key);
  }
  const arrived = (await field.inputValue()).length - length;
  if (arrived !== typedKeys) throw new Error(`${arrived} of ${typedKeys} keys arrived in the form`);
  const { typed: times } = await seen();
  if (times.length !== typedKeys) throw new Error(`${times.length} of ${typedKeys} keys were painted`);
  await page.locator('nav [aria-current=page]').first().click();
  await page.locator('[role=grid]').first().waitFor();
  return { typed: times, marked };
}

async function signIn(page: Page): Promise<void> {
  await page.locator('input[type="password"]').first().waitFor();
  await page.locator('input').first().fill(account);
  await page.locator('input[type="password"]').first().fill(password);
  await page.keyboard.press('Enter');
  await page.locator('search input').waitFor({ timeout: 60_000 });
  // The question for a reason stands over everything; without one names stay masked, as everybody sees them first.
  await page.locator('dialog[open]').waitFor({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.waitForTimeout(2000);
}

/** p95 of each. */
type Both = { search: number; typing: number; marked: number };

async function measureBoth(page: Page): Promise<Both & { median: number }> {
  const found = await measure(page);
  const keys = await measureTyping(page);
  const [typing, marked] = [quantile(keys.typed, 0.95), quantile(keys.marked, 0.95)];
  return { search: quantile(found, 0.95), median: quantile(found, 0.5), typing, marked };
}

/** The same while copies are made, one after another; how long each took in the middle. */
async function besideBackups(page: Page): Promise<Both & { backupMs: number }> {
  const times: number[] = [];
  let isOver = false;
  const backups = (async () => {
    while (!isOver) {
      const begun = performance.now();
      const isMade = await page.evaluate(async () => {
        const { bureau } = window as unknown as { bureau: Bureau };
        return ((await bureau.invoke('system.backup', {})) as Envelope<unknown>).ok;
      });
      if (!isMade) throw new Error('no copy was made');
      times.push(performance.now() - begun);
    }
  })();
  backups.catch(() => undefined);
  const { search, typing, marked } = await measureBoth(page);
  isOver = true;
  await backups;
  return { search, typing, marked, backupMs: quantile(times, 0.5) };
}

try {
  const empty = path.join(scratch, 'empty');
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.cjs"}');
  fs.writeFileSync(path.join(empty, 'main.cjs'), emptyMain);
  fs.writeFileSync(path.join(empty, 'page.html'), emptyPage);
  const plain = await launch(empty, {});
  const bare = await measure(await plain.firstWindow());
  await plain.close();
  const app = await launch(root, {
    JUDICIAL_DATA_DIR: dataFolder,
    JUDICIAL_USER_DATA: path.join(scratch, 'window'),
  });
  const page = await app.firstWindow();
  await signIn(page);
  const { search: ms, median, typing, marked } = await measureBoth(page);
  const beside = await besideBackups(page);
  await app.close();
  const bytes = fs.statSync(path.join(dataFolder, names.ledger)).size;
  const found = {
    ms,
    baselineMs: quantile(bare, 0.95),
    median,
    typing,
    marked,
    beside,
    mb: Math.round(bytes / 2 ** 20),
  };
  process.stdout.write(`${JSON.stringify(found)}\n`);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
