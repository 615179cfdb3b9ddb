// Process start to the sign-in field, beside an empty window of the same Electron with one field, both watched in the
// same way: `window.ts DATA-FOLDER` on a screen, after a build. Prints one line of JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { findRuntime, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { median } from './measure.ts';

const turns = 7;
const [dataFolder = ''] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'judicial-ledger-window-'));

/** Nothing but a window of the same size with a password field, as safe as ours. */
const emptyMain = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.loadURL('data:text/html,<input type="password">');
});
app.on('window-all-closed', () => app.quit());
`;

function makeEmpty(): string {
  const folder = path.join(scratch, 'empty');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name":"empty","version":"1.0.0","main":"main.cjs"}');
  fs.writeFileSync(path.join(folder, 'main.cjs'), emptyMain);
  return folder;
}

const runtime = await findRuntime();

async function start(app: string, env: Record<string, string>): Promise<number> {
  const started = Date.now();
  const running = await _electron.launch({
    executablePath: runtime.executable,
    args: [app],
    env: {
      ...(process.env as Record<string, string>),
      ...(runtimeEnvironment(runtime) as Record<string, string>),
      ...env,
    },
  });
  const page = await running.firstWindow();
  await page.locator('input[type="password"]').first().waitFor();
  const ms = Date.now() - started;
  await running.close();
  return ms;
}

try {
  const empty = makeEmpty();
  const own: number[] = [];
  const bare: number[] = [];
  // By turns, so that whatever else the machine does falls on both. The first turn fills the caches.
  for (let turn = 0; turn <= turns; turn++) {
    const bareMs = await start(empty, {});
    const env = { JUDICIAL_DATA_DIR: dataFolder, JUDICIAL_USER_DATA: path.join(scratch, 'window') };
    const ms = await start(root, env);
    if (turn === 0) continue;
    own.push(ms);
    bare.push(bareMs);
  }
  process.stdout.write(`${JSON.stringify({ ms: median(own), baselineMs: median(bare) })}\n`);
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
