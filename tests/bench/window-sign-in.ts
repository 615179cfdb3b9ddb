// From Enter in the password field to the painted first rows of the list, in the real window, the password's derivation
// at its real cost; beside an empty window of the same Electron that derives a key at the same cost and paints twenty
// plain rows: `window-sign-in.ts DATA-FOLDER ACCOUNT PASSWORD` on a screen, after a build. Prints one line of JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import {
  kdfCost,
  keyByPassword,
  makeKeyFile,
  newRecoveryKey,
  readKeyFile,
  writeKeyFile,
} from '#core/security/key-file.ts';
import { findRuntime, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { median } from './measure.ts';

const turns = 9;
/** As long as the quickest takes to type a password; what is read ahead meanwhile is read by everybody. */
const typingMs = 1500;
const [dataFolder = '', account = '', password = ''] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-sign-in-'));
const runtime = await findRuntime();

const emptyMain = `
const { app, BrowserWindow, ipcMain } = require('electron');
const { scrypt } = require('node:crypto');
const path = require('node:path');
ipcMain.handle('derive', (_event, secret) => new Promise((resolve, reject) => {
  const options = { N: ${kdfCost}, r: 8, p: 1, maxmem: 256 * ${kdfCost} * 8 };
  scrypt(secret, 'salt', 32, options, (error) => (error ? reject(error) : resolve(true)));
}));
app.whenReady().then(() => {
  const preload = path.join(__dirname, 'preload.cjs');
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true, preload } });
  window.loadFile('page.html');
});
app.on('window-all-closed', () => app.quit());
`;
const emptyPreload = `
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('derive', (secret) => ipcRenderer.invoke('derive', secret));
`;
const emptyPage = `<meta charset="utf-8"><input><input type="password"><script>
document.querySelector('[type=password]').addEventListener('keydown', async (event) => {
  if (event.key !== 'Enter') return;
  await derive(event.target.value);
  document.body.innerHTML = '<div role="grid">' + Array.from({ length: 20 }, (_, row) =>
    '<div role="row"><div role="gridcell">row ' + row + '</div></div>').join('') + '</div>';
});
</script>`;

function makeEmpty(): string {
  const folder = path.join(scratch, 'empty');
  fs.mkdirSync(folder);
  const files = { 'main.cjs': emptyMain, 'preload.cjs': emptyPreload, 'page.html': emptyPage };
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.cjs"}');
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

/** A data set's passwords are derived cheaply, so that it is quickly made; whoever signs in pays the real cost. */
async function setRealCost(): Promise<void> {
  const file = readKeyFile(dataFolder);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const accounts = [{ name: account, password }];
  const { ledgerId, unit, level, isDemo } = file;
  const recoveryKey = newRecoveryKey();
  writeKeyFile(dataFolder, await makeKeyFile({ ledgerId, unit, level, isDemo, key, recoveryKey, accounts }));
}

/** Notes in the page when Enter came and when the frame with the first rows was painted. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const seen = { key: 0, painted: 0 };
    const note = (event: KeyboardEvent) => {
      if (event.key === 'Enter') seen.key = event.timeStamp;
    };
    document.addEventListener('keydown', note, { capture: true });
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=grid] [role=gridcell]')?.textContent) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => Object.assign(seen, { painted: performance.now() });
        port2.postMessage(null);
      });
    });
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    (window as unknown as { seen: typeof seen }).seen = seen;
  });

async function signIn(app: string, env: Record<string, string>): Promise<number> {
  const own = runtimeEnvironment(runtime) as Record<string, string>;
  const running: ElectronApplication = await _electron.launch({
    executablePath: runtime.executable,
    args: [app],
    env: { ...(process.env as Record<string, string>), ...own, ...env },
  });
  const page = await running.firstWindow();
  const field = page.locator('input[type="password"]').first();
  await field.waitFor();
  await page.waitForTimeout(typingMs);
  await page.locator('input').first().fill(account);
  await field.fill(password);
  await watch(page);
  await field.press('Enter');
  const painted = () => (window as unknown as { seen: { painted: number } }).seen.painted > 0;
  await page.waitForFunction(painted, undefined, { timeout: 60_000 });
  const { key, painted: at } = await page.evaluate(
    () => (window as unknown as { seen: { key: number; painted: number } }).seen,
  );
  await running.close();
  return at - key;
}

try {
  await setRealCost();
  const empty = makeEmpty();
  const own: number[] = [];
  const bare: number[] = [];
  // By turns, so that whatever else the machine does falls on both. The first turn fills the caches.
  for (let turn = 0; turn <= turns; turn++) {
    const bareMs = await signIn(empty, {});
    const env = { JUDICIAL_DATA_DIR: dataFolder, JUDICIAL_USER_DATA: path.join(scratch, 'window') };
    const ms = await signIn(root, env);
    if (turn === 0) continue;
    own.push(ms);
    bare.push(bareMs);
  }
  const worst = Math.round(Math.max(...own));
  process.stdout.write(`${JSON.stringify({ ms: median(own), baselineMs: median(bare), worst })}\n`);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
