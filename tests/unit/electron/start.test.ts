import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { chooseFolder, proposeFolder } from '#electron/data-folder.ts';
import { createIdleLock, isIdle } from '#electron/idle-lock.ts';
import { preferenceFile } from '#electron/preferences.ts';
import { paperPage, textSheet } from '#electron/print-html.ts';
import { readArguments, restartFor } from '#electron/program-arguments.ts';
import { chromiumSwitches, disabledFeatures } from '#electron/security/switches.ts';
import {
  printPartition,
  printPreferences,
  windowPartition,
  windowPreferences,
} from '#electron/security/web-preferences.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  vi.useRealTimers();
});

test('arguments name the mode', () => {
  expect(readArguments(['.'])).toEqual({ is: 'window', safeDisplay: false });
  expect(readArguments(['--no-sandbox', '.', '--safe-display'])).toEqual({ is: 'window', safeDisplay: true });
  expect(readArguments(['--no-sandbox', '--cli', 'list', '--dir', 'x'])).toEqual({
    is: 'cli',
    argv: ['list', '--dir', 'x'],
  });
  expect(readArguments(['--cli'])).toEqual({ is: 'cli', argv: [] });
  expect(readArguments(['--print-report', 'a.html', 'b.pdf'])).toEqual({
    is: 'print',
    html: 'a.html',
    out: 'b.pdf',
  });
  expect(readArguments(['--print-pages', 'b.pdf'])).toEqual({ is: 'pages', out: 'b.pdf' });
  expect(readArguments(['--print-report', 'a.html'])).toEqual({ is: 'window', safeDisplay: false });
});

test('only a mode without a window, on Linux without a display, starts again', () => {
  const bare = { platform: 'linux', display: undefined, wayland: undefined };
  const cli = readArguments(['--cli', 'hash']);
  const again = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3', '--cli', 'hash'];
  expect(restartFor(cli, 'program', ['--cli', 'hash'], bare)).toEqual(['program', again]);
  expect(restartFor(cli, 'program', again, bare)).toBeNull();
  expect(restartFor(cli, 'program', ['--cli', 'hash'], { ...bare, display: ':0' })).toBeNull();
  expect(restartFor(cli, 'program', ['--cli', 'hash'], { ...bare, platform: 'win32' })).toBeNull();
  expect(restartFor(readArguments(['.']), 'program', ['.'], bare)).toBeNull();
  const print = ['--print-report', 'a.html', 'b.pdf'];
  expect(restartFor(readArguments(print), 'program', print, bare)).toEqual([
    'xvfb-run',
    ['-a', 'program', ...print],
  ]);
  expect(restartFor(readArguments(print), 'program', print, { ...bare, wayland: 'wayland-0' })).toBeNull();
});

test('the proposed folder is on a fixed drive other than the system’s, in ASCII', () => {
  const windows = {
    platform: 'win32',
    home: 'C:\\Users\\clerk',
    systemDrive: 'C:',
    drives: ['c:', 'd:', 'e:'],
  };
  expect(proposeFolder(windows)).toBe('D:\\judicial-ledger-data');
  expect(proposeFolder({ ...windows, drives: ['C:'] })).toBe('C:\\Users\\clerk\\judicial-ledger-data');
  expect(proposeFolder({ ...windows, systemDrive: 'D:' })).toBe('C:\\judicial-ledger-data');
  expect(proposeFolder({ platform: 'linux', home: '/users/clerk', systemDrive: undefined, drives: [] })).toBe(
    '/users/clerk/judicial-ledger-data',
  );
});

test('the given folder wins over the remembered one, and no drive is looked for in vain', () => {
  const propose = vi.fn(() => 'proposed');
  expect(chooseFolder('given', 'kept', propose)).toBe('given');
  expect(chooseFolder(undefined, 'kept', propose)).toBe('kept');
  expect(propose).not.toHaveBeenCalled();
  expect(chooseFolder('', undefined, propose)).toBe('proposed');
});

test('preferences survive, and a broken file counts as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preferences-'));
  folders.push(folder);
  const file = preferenceFile(join(folder, 'new'));
  expect(file.read()).toEqual({});
  file.change({ folder: '/data' });
  file.change({ window: { width: 900, height: 700, isMaximized: true } });
  expect(preferenceFile(join(folder, 'new')).read()).toEqual({
    folder: '/data',
    window: { width: 900, height: 700, isMaximized: true },
  });
  expect(
    Object.keys(JSON.parse(readFileSync(join(folder, 'new', 'preferences.json'), 'utf8')) as object),
  ).toEqual(['folder', 'window']);
  writeFileSync(join(folder, 'new', 'preferences.json'), '{"folder": 5');
  expect(file.read()).toEqual({});
});

test('preferences that nobody could have kept count as none, and are not kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preferences-'));
  folders.push(folder);
  const file = preferenceFile(folder);
  const window = { width: 900, height: 700, isMaximized: false };
  const odd: unknown[] = [
    { folder: 5 },
    { folder: '' },
    { folder: 'x'.repeat(4001) },
    { window: { ...window, width: 399 } },
    { window: { ...window, height: 20_001 } },
    { window: { ...window, width: 900.5 } },
    { window: { ...window, width: '900' } },
    { window: { ...window, left: 1 } },
    { window: { width: 900, height: 700 } },
    { window: [] },
    { window: null },
    { safeDisplay: 'yes' },
    { folder: '/data', further: 1 },
    [],
    null,
    'text',
  ];
  for (const value of odd) {
    writeFileSync(join(folder, 'preferences.json'), JSON.stringify(value));
    expect(file.read(), JSON.stringify(value)).toEqual({});
  }
  file.change({ safeDisplay: true, window });
  expect(() => file.change({ window: { ...window, width: 5 } })).toThrow();
  expect(file.read()).toEqual({ safeDisplay: true, window });
});

test('the session locks after the limit, once, and only where there is one', () => {
  vi.useFakeTimers();
  let now = 0;
  let hasSession = true;
  const lock = vi.fn();
  const idle = createIdleLock({ now: () => now, hasSession: () => hasSession, lock, checkEveryMs: 1_000 });
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      now += 1_000;
      vi.advanceTimersByTime(1_000);
    }
  };
  pass(9 * 60_000);
  idle.touched();
  pass(9 * 60_000);
  expect(lock).not.toHaveBeenCalled();
  pass(61_000);
  expect(lock).toHaveBeenCalledTimes(1);
  pass(5 * 60_000);
  expect(lock).toHaveBeenCalledTimes(1);
  idle.limit(2);
  idle.touched();
  pass(120_000);
  expect(lock).toHaveBeenCalledTimes(2);
  hasSession = false;
  idle.lockNow();
  pass(600_000);
  expect(lock).toHaveBeenCalledTimes(2);
  idle.stop();
  expect(isIdle(0, 599_999, 10)).toBe(false);
  expect(isIdle(0, 600_000, 10)).toBe(true);
});

test('pages are closed in, and live in memory only', () => {
  for (const preferences of [windowPreferences('preload.cjs', true), printPreferences()]) {
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      spellcheck: false,
      devTools: false,
    });
    expect(preferences.partition).not.toMatch(/^persist:/);
  }
  expect(windowPartition).not.toBe(printPartition);
  expect(printPreferences()).toMatchObject({ javascript: false });
  expect(printPreferences()).not.toHaveProperty('preload');
});

test('switches: no name is resolved, nothing is cached', () => {
  const switches = new Map(chromiumSwitches);
  expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
  for (const name of [
    'disable-http-cache',
    'disable-background-networking',
    'disable-component-update',
    'disable-breakpad',
  ]) {
    expect(switches.has(name), name).toBe(true);
  }
  expect(new Set(disabledFeatures).size).toBe(disabledFeatures.length);
});

test('a text sheet shows signs as they are', () => {
  const html = textSheet('恢复密钥 <1>', ['<script>x</script>', 'a & b']);
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;x&lt;/script&gt;');
  expect(html).toContain('a &amp; b');
});

test('paper numbers stand in the head of the document', () => {
  const page = '<html><head><title>x</title></head><body></body></html>';
  const html = paperPage(page, { isNumbered: true, before: 0 });
  expect(html.indexOf('counter(page)')).toBeLessThan(html.indexOf('</head>'));
  expect(html).toContain('@page :left');
  expect(paperPage(page, { isNumbered: true, before: 2 })).toContain('counter-reset: page -2');
  expect(paperPage(page, { isNumbered: false, before: 0 })).toBe(page);
});
