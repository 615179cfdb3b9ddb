import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { invoke, password } from './steps.ts';
import { readWatched } from './watch.ts';

// Every way out of the page that Chromium knows, tried by a script inside it; and the program's other windows.

/** A ledger with every role, signed in as the clerk. */
async function asClerk(page: Page): Promise<void> {
  await invoke(page, 'setup.demo', {
    account: 'admin',
    password,
    cases: 12,
    years: { from: 2023, to: 2024 },
  });
  await invoke(page, 'session.signIn', { account: 'clerk', password });
}

const windows = (app: ElectronApplication) =>
  app.evaluate(({ webContents }) => webContents.getAllWebContents().length);

test('no way out of the page: connections, frames, workers, windows, files of the program', async ({
  start,
  folder,
}) => {
  // What this one start asks the system for is this test's own to judge: the rest of a run opens nothing at all.
  const watchedIn = path.join(folder, 'watched');
  mkdirSync(watchedIn);
  const { app, page } = await start({ watchedIn });
  await asClerk(page);
  const before = page.url();
  const tried = await page.evaluate(async () => {
    const outcome = (work: () => unknown): Promise<string> =>
      new Promise((resolve) => {
        // A task of its own, so that the page's policy is in force.
        setTimeout(async () => {
          try {
            resolve(`in: ${String(await work())}`.slice(0, 60));
          } catch (error) {
            resolve(`refused ${(error as Error).name}`);
          }
        });
      });
    const loaded = (element: HTMLElement, set: () => void): Promise<string> =>
      new Promise((resolve, reject) => {
        element.addEventListener('load', () => resolve('loaded'));
        element.addEventListener('error', () => reject(new Error('refused')));
        set();
        document.head.append(element);
        setTimeout(() => reject(new Error('nothing came')), 800);
      });
    const script = (src: string) => {
      const element = document.createElement('script');
      return loaded(element, () => {
        element.src = src;
      });
    };
    const link = (rel: string, href: string) => {
      const element = document.createElement('link');
      return loaded(element, () => Object.assign(element, { rel, href, as: 'script' }));
    };
    const frame = (src: string) =>
      new Promise((resolve, reject) => {
        const element = document.createElement('iframe');
        element.src = src;
        element.onload = () => {
          try {
            const text = element.contentDocument?.body.textContent;
            if (text === null || text === undefined || text === '') reject(new Error('empty'));
            else resolve(text);
          } catch {
            reject(new Error('shut'));
          }
        };
        document.body.append(element);
        setTimeout(() => reject(new Error('nothing came')), 800);
      });
    const blob = (text: string, type = 'text/javascript') => URL.createObjectURL(new Blob([text], { type }));
    const worker = (make: () => Worker | SharedWorker) =>
      new Promise((resolve, reject) => {
        const made = make();
        const port = 'port' in made ? made.port : made;
        port.addEventListener('message', () => resolve('ran'));
        if ('port' in made) made.port.start();
        (made as Worker).onerror = () => reject(new Error('refused'));
        setTimeout(() => reject(new Error('nothing came')), 800);
      });
    const open = (source: EventTarget & { close(): void }, event: string) =>
      new Promise((resolve, reject) => {
        source.addEventListener(event, () => resolve('open'));
        source.addEventListener('error', () => reject(new Error('refused')));
        setTimeout(() => reject(new Error('nothing came')), 800);
      });
    const xhr = (url: string) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = () => resolve(request.responseText);
        request.onerror = () => reject(new Error('refused'));
        request.open('GET', url);
        request.send();
      });
    const candidates = () =>
      new Promise((resolve, reject) => {
        const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] });
        connection.createDataChannel('out');
        connection.onicecandidate = ({ candidate }) => candidate && resolve(candidate.candidate);
        connection
          .createOffer()
          .then((offer) => connection.setLocalDescription(offer))
          .catch(reject);
        setTimeout(() => reject(new Error('nothing came')), 1_000);
      });
    const part = (name: string) => (navigator as unknown as Record<string, object>)[name];
    /** An empty list is what a page gets that is given nothing. */
    const asked = async (owner: object | undefined, name: string, input?: object) => {
      const method = (owner as Record<string, (input?: object) => Promise<unknown>>)[name];
      const answer = await method?.call(owner, input);
      if (answer === undefined || (Array.isArray(answer) && answer.length === 0)) throw new Error('nothing');
      return answer;
    };
    const post = 'postMessage(1); self.onconnect = (e) => e.ports[0].postMessage(1)';
    const ways: Record<string, () => unknown> = {
      'fetch http': () => fetch('http://127.0.0.1:9/'),
      'fetch own file': () => fetch('app://local/index.html').then((answer) => answer.text()),
      'fetch package': () => fetch('app://local/../../package.json').then((answer) => answer.text()),
      'fetch print': () => fetch('app://print/x'),
      'fetch file': () => fetch('file:///etc/hostname'),
      'fetch data': () => fetch('data:text/plain,x'),
      xhr: () => xhr('http://127.0.0.1:9/'),
      'xhr file': () => xhr('file:///etc/hostname'),
      websocket: () => open(new WebSocket('ws://127.0.0.1:9/'), 'open'),
      'event source': () => open(new EventSource('http://127.0.0.1:9/'), 'open'),
      'web transport': () =>
        new (
          window as unknown as { WebTransport: new (url: string) => { ready: Promise<void> } }
        ).WebTransport('https://127.0.0.1:9/').ready,
      webrtc: candidates,
      'script http': () => script('http://127.0.0.1:9/x.js'),
      'script data': () => script('data:text/javascript,window.ran=1'),
      'script blob': () => script(blob('window.ran = 1')),
      'script preload': () => script('app://local/../preload/preload.cjs'),
      import: () => import(/* @vite-ignore */ String('data:text/javascript,export default 1')),
      prefetch: () => link('prefetch', 'http://127.0.0.1:9/p'),
      preload: () => link('preload', 'http://127.0.0.1:9/p.js'),
      stylesheet: () => link('stylesheet', 'http://127.0.0.1:9/s.css'),
      manifest: () => link('manifest', 'http://127.0.0.1:9/m.json'),
      'frame http': () => frame('http://127.0.0.1:9/'),
      'frame file': () => frame('file:///etc/hostname'),
      'frame data': () => frame('data:text/html,<p>in</p>'),
      'frame own': () => frame('app://local/index.html'),
      'blob worker': () => worker(() => new Worker(blob(post))),
      'data worker': () => worker(() => new Worker(`data:text/javascript,${post}`)),
      'shared worker': () => worker(() => new SharedWorker(blob(post))),
      'service worker': () => navigator.serviceWorker.register('/index.html'),
      // biome-ignore lint/security/noGlobalEval: shown to be refused
      eval: () => eval('1'),
      'new Function': () => new Function('return 1')(),
      'timer text': () =>
        new Promise((resolve, reject) => {
          const given = window as unknown as { setTimeout(code: string): void; ranLate?: boolean };
          given.setTimeout('window.ranLate = true');
          setTimeout(() => (given.ranLate ? resolve('ran') : reject(new Error('refused'))), 300);
        }),
      wasm: () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
      'open file picker': () => asked(window, 'showOpenFilePicker'),
      'save file picker': () => asked(window, 'showSaveFilePicker'),
      'folder picker': () => asked(window, 'showDirectoryPicker'),
      'local fonts': () => asked(window, 'queryLocalFonts'),
      clipboard: () => navigator.clipboard.readText(),
      usb: () => asked(part('usb'), 'requestDevice', { filters: [] }),
      serial: () => asked(part('serial'), 'requestPort'),
      hid: () => asked(part('hid'), 'requestDevice', { filters: [] }),
      bluetooth: () => asked(part('bluetooth'), 'requestDevice', { acceptAllDevices: true }),
      'window.open': () => {
        if (window.open('app://local/index.html') === null) throw new Error('refused');
        return 'opened';
      },
      'parent process': () => {
        const { process, require } = window as unknown as { process?: object; require?: object };
        if (process ?? require) return 'there';
        throw new Error('refused');
      },
    };
    const found: Record<string, string> = {};
    await Promise.all(
      Object.entries(ways).map(async ([name, way]) => {
        found[name] = await Promise.race([
          outcome(way),
          new Promise<string>((resolve) => setTimeout(() => resolve('refused: no answer'), 3_000)),
        ]);
      }),
    );
    dispatchEvent(new Event('beforeunload'));
    navigator.sendBeacon('http://127.0.0.1:9/beacon', 'x');
    return found;
  });
  expect(Object.entries(tried).filter(([, answer]) => !answer.startsWith('refused'))).toEqual([]);
  expect(Object.keys(tried).length).toBeGreaterThan(40);
  expect(page.url()).toBe(before);
  expect(await windows(app)).toBe(1);
  expect(await app.evaluate(() => process.uptime() > 0)).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(['data', 'watched', 'window']);
  // A peer connection has datagram handles bound and pointed at an address, and nothing else is opened by any of the ways.
  const opened = readWatched(watchedIn);
  expect(opened).toMatchObject({ starts: 1, logs: 1, entered: 1 });
  expect(
    opened.offences.filter((line) => !/socket\(AF_INET6?, SOCK_DGRAM|\b(?:bind|connect)\(\d+<UDP/.test(line)),
  ).toEqual([]);

  expect(await invoke(page, 'session.current', {})).toMatchObject({ account: { name: 'clerk' } });
  // What a page may keep lives in memory: nothing of it reaches the disk, and nothing is there after a start.
  const kept = '留在盘上的字样8f3a';
  const stored = await page.evaluate(async (text) => {
    const done: string[] = [];
    const attempt = async (name: string, work: () => Promise<unknown>) => {
      await work().then(
        () => done.push(name),
        () => undefined,
      );
    };
    await attempt('files', async () => {
      const root = await navigator.storage.getDirectory();
      const stream = await (await root.getFileHandle('kept', { create: true })).createWritable();
      await stream.write(text);
      await stream.close();
    });
    await attempt('database', async () => {
      const opening = indexedDB.open('kept');
      opening.onupgradeneeded = () => void opening.result.createObjectStore('kept').put(text, 1);
      await new Promise((resolve, reject) => Object.assign(opening, { onsuccess: resolve, onerror: reject }));
    });
    await attempt('cache', async () => (await caches.open('kept')).put('/kept', new Response(text)));
    await attempt('local', async () => localStorage.setItem('kept', text));
    await attempt('cookie', async () => {
      // biome-ignore lint/suspicious/noDocumentCookie: shown to leave nothing
      document.cookie = `kept=${encodeURIComponent(text)}; max-age=1000000`;
    });
    return done;
  }, kept);
  expect(stored).toContain('database');
  await app.close();
  const words = [kept, encodeURIComponent(kept)].flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
  ]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const marked = files.filter(({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    return existsSync(file) && words.some((word) => readFileSync(file).includes(word));
  });
  expect(marked.map(({ name }) => name)).toEqual([]);
  const again = await start();
  expect(
    await again.page.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length]),
  ).toEqual([0, 0]);
});

test('the windows of print and of documents are as closed as the page', async ({ start, folder }) => {
  const { app, page } = await start();
  await asClerk(page);
  // Every window that the program opens from here on is looked at when its page has come.
  await app.evaluate(({ app: program }) => {
    const seen: object[] = [];
    Object.assign(globalThis, { seen });
    program.on('web-contents-created', (_event, contents) => {
      contents.on('did-finish-load', () => {
        seen.push({
          url: contents.getURL(),
          isPersistent: contents.session.isPersistent(),
          ...(contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
        });
      });
    });
  });
  const out = path.join(folder, 'list.pdf');
  await app.evaluate(({ dialog }, to) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
  }, out);
  const grant = await invoke<{ grant: string }>(page, 'shell.chooseSave', {
    title: '另存为',
    name: 'list.pdf',
    extensions: ['pdf'],
  });
  const order = { method: 'ledger.print', input: { ledger: 'mediation' } };
  expect(await invoke(page, 'shell.print', { ...order, to: 'pdf', out: grant.grant })).toMatchObject({
    printed: 'saved',
  });
  const seen = await app.evaluate(() => (globalThis as unknown as { seen: Record<string, unknown>[] }).seen);
  expect(seen.length).toBeGreaterThan(0);
  for (const each of seen) {
    expect(each).toMatchObject({
      url: expect.stringMatching(/^app:\/\/print\//),
      isPersistent: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      javascript: false,
    });
    expect(each).not.toHaveProperty('preload');
  }
});

test('a webview is not attached even where the tag is let in', async ({ start }) => {
  const { app } = await start();
  const attached = await app.evaluate(async ({ BrowserWindow, webContents }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { webviewTag: true, partition: 'window', sandbox: true },
    });
    await window.loadURL('app://local/index.html').catch(() => undefined);
    await window.webContents.executeJavaScript(
      `new Promise((resolve) => {
        const view = document.createElement('webview');
        view.setAttribute('src', 'app://local/index.html');
        document.body.append(view);
        setTimeout(resolve, 800);
      })`,
    );
    const count = webContents.getAllWebContents().filter((each) => each.getType() === 'webview').length;
    window.destroy();
    return count;
  });
  expect(attached).toBe(0);
});
