// From a key in the search box to the painted list of hits, in the real window, beside an empty window of the same
// Electron that paints twenty plain rows at once: `window-search.ts DATA-FOLDER ACCOUNT PASSWORD` on a screen, after a
// build. Prints one line of JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { findRuntime, runtimeEnvironment } from '#tools/runtime.ts';
import { root } from '#tools/workspace.ts';
import { quantile } from './measure.ts';

const rounds = 5;
/** One to four characters, two words, digits and initials; of each the last key is measured. */
const texts = ['张', '1', 'w', '王伟', '邻里', 'zw', '1640', '承包地', '人民调解', '邻里 排水', '张 土地'];
const quietMs = 250;
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

/** Notes in the page when a key came and when the frame after the last change of the list was painted. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const seen = { key: 0, painted: 0 };
    const box = document.querySelector('search');
    for (const name of ['keydown', 'beforeinput'])
      box?.addEventListener(name, (event) => Object.assign(seen, { key: event.timeStamp }), {
        capture: true,
      });
    new MutationObserver(() => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => Object.assign(seen, { painted: performance.now() });
        port2.postMessage(null);
      });
    }).observe(box as Element, { subtree: true, childList: true, characterData: true, attributes: true });
    (window as unknown as { seen: typeof seen }).seen = seen;
  });

async function measure(page: Page): Promise<number[]> {
  await watch(page);
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
      await page.waitForTimeout(quietMs);
      const { ms, hits } = await page.evaluate(() => {
        const { key, painted } = (window as unknown as { seen: { key: number; painted: number } }).seen;
        return { ms: painted - key, hits: document.querySelectorAll('search [role=option]').length };
      });
      if (hits === 0) throw new Error(`nothing on the list for one of the texts (${texts.indexOf(text)})`);
      if (round > 0) times.push(ms);
    }
  }
  return times;
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
  await page.locator('input[type="password"]').first().waitFor();
  await page.locator('input').first().fill(account);
  await page.locator('input[type="password"]').first().fill(password);
  await page.keyboard.press('Enter');
  await page.locator('search input').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2000);
  const own = await measure(page);
  await app.close();
  process.stdout.write(
    `${JSON.stringify({ ms: quantile(own, 0.95), baselineMs: quantile(bare, 0.95), median: quantile(own, 0.5) })}\n`,
  );
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
