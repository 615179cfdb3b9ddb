// Every item of Electron's security checklist and every fuse is held somewhere and shown by a test that there is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, test } from 'vitest';
import { mayHave } from '#electron/security/decisions.ts';
import { refusalToShip } from '#tools/runtime.ts';
import { checklist, fuses, type Item } from './electron-checklist.ts';
import { listFiles, readText, root } from './tree.ts';

/** Titles of the tests that a file runs; one that is skipped or expected to fail shows nothing. */
function titlesIn(text: string): Set<string> {
  const call = /(?<![.\w])test(?:\.each\((?:[^()]|\([^()]*\))*\))?\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g;
  return new Set([...text.matchAll(call)].map((found) => found[1] ?? found[2] ?? ''));
}

/** What an item lacks. */
function faultsOf(item: Item, read: (file: string) => string): string[] {
  const faults: string[] = [];
  if (item.held.length === 0) faults.push('held nowhere');
  if (item.shown.length === 0) faults.push('no test');
  for (const [file, piece] of item.held) if (!read(file).includes(piece)) faults.push(`${file}: ${piece}`);
  for (const [file, title] of item.shown)
    if (!titlesIn(read(file)).has(title)) faults.push(`${file}: no test “${title}”`);
  return faults;
}

describe('the table', () => {
  test('holds all twenty items, each held and shown', () => {
    expect(Object.keys(checklist)).toEqual(Array.from({ length: 20 }, (_each, index) => String(index + 1)));
    for (const [number, item] of Object.entries(checklist))
      expect(faultsOf(item, readText), `${number}. ${item.name}`).toEqual([]);
  });

  test('every fuse that there is stands in the table', () => {
    const known = Object.values(FuseV1Options).filter((name) => typeof name === 'string');
    expect(Object.keys(fuses).sort()).toEqual([...known].sort());
    for (const [name, item] of Object.entries(fuses)) expect(faultsOf(item, readText), name).toEqual([]);
  });

  test('finds an item without a test, and one whose test or whose place is gone or skipped', () => {
    const texts: Record<string, string> = {
      'a.ts': 'sandbox: true',
      'a.test.ts': `test('is shut', () => {}); test.${'skip'}('is locked', () => {}); test.each([1, f(2)])('%s', x);`,
    };
    const read = (file: string) => texts[file] ?? '';
    const item = (title: string, piece = 'sandbox: true'): Item => ({
      name: 'x',
      held: [['a.ts', piece]],
      shown: [['a.test.ts', title]],
    });
    expect(faultsOf(item('is shut'), read)).toEqual([]);
    expect(faultsOf(item('%s'), read)).toEqual([]);
    expect(faultsOf(item('is locked'), read)).toHaveLength(1);
    expect(faultsOf(item('is open'), read)).toHaveLength(1);
    expect(faultsOf(item('is shut', 'sandbox: false'), read)).toHaveLength(1);
    expect(faultsOf({ name: 'x', held: [['a.ts', 'sandbox']], shown: [] }, read)).toEqual(['no test']);
  });
});

const product = listFiles().filter((file) => /^(main\/(?!tools\/)|renderer\/|shared\/)/.test(file));

test('nothing of the program names an address to load from', () => {
  const loaded = product.filter((file) =>
    /^(renderer\/|main\/(electron|preload)\/).*\.(tsx?|css|html)$/.test(file),
  );
  expect(loaded.length).toBeGreaterThan(50);
  const names = /(?:https?|wss?|ftp):\/\/(?!www\.w3\.org\/)/;
  expect(loaded.filter((file) => names.test(readText(file)))).toEqual([]);
});

/** Words that open what must stay shut, each where it would be written. */
const opening: readonly RegExp[] = [
  /enableBlinkFeatures|disableBlinkFeatures/,
  /allowpopups/i,
  /<webview|webviewTag: true/,
  /openExternal|openPath|showItemInFolder/,
  /(?:nodeIntegration\w*|experimentalFeatures|allowRunningInsecureContent): true/,
  /(?:sandbox|contextIsolation|webSecurity): false/,
  /loadFile\(|['"`]file:\/\//,
  /bypassCSP|corsEnabled|allowServiceWorkers|registerFileProtocol|interceptFileProtocol/,
  /persist:[a-z]/,
  /enableRemoteModule|@electron\/remote/,
];

test('no source opens what the checklist wants shut', () => {
  const found = product
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => opening.filter((word) => word.test(readText(file))).map((word) => `${file}: ${word}`));
  expect(found).toEqual([]);
});

test('every permission that Electron knows by name is denied', () => {
  const types = readFileSync(path.join(root, 'node_modules/electron/electron.d.ts'), 'utf8');
  const handlers = [
    ...types.matchAll(/set(?:PermissionRequest|PermissionCheck|DevicePermission)Handler\(.*/g),
  ];
  const names = new Set(
    [...types.matchAll(/permission: ((?:'[\w-]+'(?: \| )?)+)/g), ...handlers].flatMap(([text]) =>
      [...text.matchAll(/'([\w-]+)'/g)].map((match) => match[1] ?? ''),
    ),
  );
  for (const expected of ['media', 'geolocation', 'clipboard-read', 'notifications', 'openExternal'])
    expect(names).toContain(expected);
  for (const name of [...names, 'usb', 'hid', 'serial']) expect(mayHave(name), name).toBe(false);
});

test('nothing ships but the Electron that package.json names', () => {
  const manifest = JSON.parse(readText('package.json')) as { devDependencies: Record<string, string> };
  const wanted = manifest.devDependencies.electron ?? '';
  expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
  expect(refusalToShip({ kind: 'own', version: wanted }, wanted)).toBe(null);
  expect(refusalToShip({ kind: 'registry', version: '33.2.1' }, wanted)).toContain(wanted);
  // The registry's is built by others, whatever version it says it is.
  expect(refusalToShip({ kind: 'registry', version: wanted }, wanted)).not.toBe(null);
  expect(refusalToShip({ kind: 'own', version: '33.2.1' }, wanted)).toContain('33.2.1');
});

test('there is one channel to the program, and it asks who sends', () => {
  const main = product.filter((file) => /^main\/electron\/.*\.ts$/.test(file));
  const listening = main.filter((file) => /ipcMain\.(on|once|handle|handleOnce)\b/.test(readText(file)));
  expect(listening).toEqual(['main/electron/messages.ts']);
  expect(readText('main/electron/messages.ts').match(/ipcMain\.\w+/g)).toEqual(['ipcMain.handle']);
});

test('the preload script hands on nothing of Electron', () => {
  const text = readText('main/preload/index.ts');
  expect(text.match(/exposeIn\w+\(/g)).toEqual(['exposeInMainWorld(']);
  // The page gets functions that take names and values; the event object, which leads to ipcRenderer, stays behind.
  expect(text).toContain('=> listener(payload)');
  expect(text.match(/ipcRenderer\.\w+\(/g)).toEqual([
    'ipcRenderer.invoke(',
    'ipcRenderer.on(',
    'ipcRenderer.removeListener(',
  ]);
});
