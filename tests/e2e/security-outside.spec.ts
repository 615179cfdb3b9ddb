import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './launch.ts';

// Electron's security checklist in the real window: nothing leads out of it, nothing gives it power, and nothing of
// what it shows stays behind.

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Process ids of the program and of everything it started. */
function familyOf(app: ElectronApplication): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // ended meanwhile
    }
  }
  const family = [app.process().pid ?? 0];
  for (const pid of family) for (const [child, parent] of parents) if (parent === pid) family.push(child);
  return family;
}

test.describe('going elsewhere', () => {
  test('navigation, new windows and downloads are denied', async ({ start, folder }) => {
    const { app, page } = await start();
    const downloads = path.join(folder, 'downloads');
    mkdirSync(downloads);
    await app.evaluate(({ app: program }, to) => program.setPath('downloads', to), downloads);
    const before = page.url();
    const opened = await page.evaluate(async () => {
      const attempts = [
        'https://example.invalid/',
        'app://local/index.html?2',
        'file:///etc/hostname',
        'data:text/html,x',
      ];
      for (const to of attempts) {
        location.href = to;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const form = document.createElement('form');
      form.action = 'https://example.invalid/';
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['content of the page']));
      link.download = 'taken.txt';
      document.body.append(form, link);
      form.submit();
      link.click();
      await new Promise((resolve) => setTimeout(resolve, 400));
      return [
        window.open('about:blank'),
        window.open('app://local/index.html'),
        window.open('https://example.invalid/'),
      ];
    });
    expect(opened).toEqual([null, null, null]);
    expect(page.url()).toBe(before);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    // The page's own policy forbids both already: the same in a page that has none.
    const bare = await app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { partition: 'window', sandbox: true },
      });
      await window.loadURL('about:blank');
      const isDenied = await window.webContents.executeJavaScript(
        `new Promise((resolve) => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob(['content of the page']));
          link.download = 'taken-too.txt';
          document.body.append(link);
          link.click();
          const denied = window.open('about:blank') === null;
          setTimeout(() => resolve(denied), 500);
        })`,
        true,
      );
      const count = BrowserWindow.getAllWindows().length;
      window.destroy();
      return { isDenied, count };
    });
    expect(bare).toEqual({ isDenied: true, count: 2 });
    expect(filesBelow(downloads)).toEqual([]);
  });

  test('no request reaches a server, from the page or around its policy', async ({ start }) => {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(request.url ?? '');
      response.setHeader('access-control-allow-origin', '*').end('heard');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const { app, page } = await start();
      const fromPage = await page.evaluate(async (to) => {
        const outcome = (work: Promise<unknown>): Promise<string> =>
          work.then(
            () => 'done',
            () => 'refused',
          );
        const image = new Promise((resolve, reject) => {
          const element = new Image();
          element.onload = resolve;
          element.onerror = reject;
          element.src = `http://127.0.0.1:${to}/image`;
        });
        const socket = new Promise((resolve, reject) => {
          const opened = new WebSocket(`ws://127.0.0.1:${to}/socket`);
          opened.onopen = resolve;
          opened.onerror = reject;
        });
        return Promise.all([
          outcome(fetch(`http://127.0.0.1:${to}/fetch`)),
          outcome(fetch('https://example.invalid/')),
          outcome(fetch('file:///etc/hostname')),
          outcome(image),
          outcome(socket),
          String(navigator.sendBeacon(`http://127.0.0.1:${to}/beacon`)),
        ]);
      }, port);
      expect(fromPage.slice(0, 5)).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
      const around = await app.evaluate(async ({ session }, to) => {
        const ask = (partition: string, url: string) =>
          session
            .fromPartition(partition)
            .fetch(url)
            .then(
              ({ status }) => (status === 403 ? 'refused' : `answered ${status}`),
              (error: Error) => (error.message.includes('ERR_BLOCKED_BY_CLIENT') ? 'refused' : error.message),
            );
        const urls = [
          `http://127.0.0.1:${to}/around`,
          'https://example.invalid/',
          'file:///etc/hostname',
          'app://print/x',
        ];
        const list = await Promise.all(urls.map((url) => ask('window', url)));
        return [...list, await ask('never-seen', `http://127.0.0.1:${to}/new-session`)];
      }, port);
      expect(around).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
      expect(heard).toEqual([]);
    } finally {
      server.close();
    }
  });

  test('no socket to another machine is open', async ({ start }) => {
    test.skip(process.platform !== 'linux', 'reads /proc');
    const { app, page } = await start();
    await page.waitForTimeout(1500);
    const mine = new Set<string>();
    for (const pid of familyOf(app)) {
      for (const entry of readdirSync(`/proc/${pid}/fd`)) {
        try {
          const inode = /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${entry}`))?.[1];
          if (inode !== undefined) mine.add(inode);
        } catch {
          // closed meanwhile
        }
      }
    }
    const open: string[] = [];
    for (const kind of ['tcp', 'tcp6', 'udp', 'udp6']) {
      for (const line of readFileSync(`/proc/net/${kind}`, 'utf8').split('\n').slice(1)) {
        const [, local = '', remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/);
        // Playwright drives the program through ports of 127.0.0.1
        if (inode !== '' && mine.has(inode) && !local.startsWith('0100007F'))
          open.push(`${kind} ${local} ${remote}`);
      }
    }
    expect(open).toEqual([]);
  });
});

test.describe('powers', () => {
  test('every permission is denied', async ({ start }) => {
    const { page } = await start();
    const answers = await page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
        'persistent-storage',
      ];
      const states = names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'denied',
        ),
      );
      const refused = (work: () => Promise<unknown>): Promise<string> =>
        Promise.resolve()
          .then(work)
          .then(
            () => 'granted',
            () => 'denied',
          );
      return Promise.all([
        ...states,
        Notification.requestPermission(),
        refused(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        refused(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
        refused(() => navigator.clipboard.readText()),
        refused(
          () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
      ]);
    });
    expect(new Set(answers)).toEqual(new Set(['denied']));
    // a refused full screen never answers, so only its effect can be looked at
    const isFull = await page.evaluate(async () => {
      void document.documentElement.requestFullscreen().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return document.fullscreenElement !== null;
    });
    expect(isFull).toBe(false);
  });

  test('no key opens the developer tools, and a webview stays an empty element', async ({ start }) => {
    const { app, page } = await start();
    for (const keys of ['F12', 'Control+Shift+I', 'Control+Shift+J', 'Control+U', 'F5', 'Control+R'])
      await page.keyboard.press(keys);
    const marked = await page.evaluate(() => {
      const view = document.createElement('webview') as HTMLElement & { getURL?: unknown };
      view.setAttribute('src', 'https://example.invalid/');
      document.body.append(view);
      return typeof view.getURL;
    });
    expect(marked).toBe('undefined');
    expect(
      await app.evaluate(({ BrowserWindow, webContents }) => ({
        tools: BrowserWindow.getAllWindows()[0]?.webContents.isDevToolsOpened(),
        contents: webContents.getAllWebContents().length,
      })),
    ).toEqual({ tools: false, contents: 1 });
  });
});

test.describe('what stays on disk', () => {
  test('a name typed and shown is nowhere in the program’s own folder, nor is a crash written down', async ({
    start,
    folder,
  }) => {
    const name = '钱塘江畔孙悟饭';
    const number = '999999204101010017';
    const temporary = path.join(folder, 'temporary');
    mkdirSync(temporary);
    const { app, page } = await start({ env: { TMPDIR: temporary, TEMP: temporary, TMP: temporary } });
    const dumps = await app.evaluate(({ app: program }) => program.getPath('crashDumps'));
    await page.evaluate(() => {
      const field = document.createElement('input');
      field.id = 'typed';
      document.body.prepend(field);
    });
    await page.locator('#typed').fill(`${name} ${number}`);
    await page.evaluate(
      async ([shown, digits]) => {
        document.body.append(`${shown}${digits}`);
        document.title = shown ?? '';
        const refused = (work: () => void): void => {
          try {
            work();
          } catch {
            // storage may be refused altogether
          }
        };
        refused(() => localStorage.setItem('name', `${shown}${digits}`));
        refused(() => sessionStorage.setItem('name', `${shown}${digits}`));
        refused(() => history.replaceState({ name: shown }, '', '#'));
        await new Promise((resolve) => setTimeout(resolve, 1500));
      },
      [name, number],
    );
    expect(
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()),
    ).not.toContain(name);
    const afterCrash = await app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const isBack = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(null)));
      contents?.forcefullyCrashRenderer();
      await isBack;
      return contents?.executeJavaScript('typeof bureau');
    });
    expect(afterCrash).toBe('object');
    await app.close();
    const files = [...filesBelow(folder), ...filesBelow(dumps)];
    expect(files.length).toBeGreaterThan(0);
    const needles = [name, number].flatMap((text) => [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'utf16le'),
    ]);
    expect(files.filter((file) => needles.some((needle) => readFileSync(file).includes(needle)))).toEqual([]);
    expect(files.filter((file) => file.endsWith('.dmp'))).toEqual([]);
  });
});
