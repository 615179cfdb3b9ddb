import { describe, expect, test } from 'vitest';
import {
  isMeasured,
  isPageUrl,
  mayHave,
  mayNavigate,
  mayRequest,
  maySend,
  remoteControlSwitches,
  switchesToRemove,
} from '#electron/security/decisions.ts';

const foreign = [
  'http://example.invalid/',
  'https://example.invalid/',
  'https://app/local',
  'ws://127.0.0.1/',
  'wss://example.invalid/',
  'ftp://example.invalid/',
  'file:///etc/passwd',
  'chrome://gpu',
  'chrome-extension://abc/x.js',
  'devtools://devtools/x',
  'about:blank',
  'javascript:alert(1)',
  'app://other/index.html',
  'app://local.evil.invalid/index.html',
  'app://user@local/index.html',
  'app://local:81/index.html',
  'blob:https://example.invalid/1',
  '',
  'not an address',
];

describe('requests', () => {
  test.each(foreign)('%s is cancelled in the window', (url) => {
    expect(mayRequest('window', url)).toBe(false);
  });

  test('the window reaches its own files, pictures in itself, and no document to be printed', () => {
    expect(mayRequest('window', 'app://local/index.html')).toBe(true);
    expect(mayRequest('window', 'data:image/png;base64,AAAA')).toBe(true);
    expect(mayRequest('window', 'blob:app://local/5b2d')).toBe(true);
    expect(mayRequest('window', 'app://print/5b2d')).toBe(false);
  });

  test('an attachment reaches the window; the PDF window reaches it and the viewer’s own parts, nothing else', () => {
    const viewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html';
    expect(mayRequest('window', 'app://attachment/5b2d')).toBe(true);
    expect(mayRequest('window', viewer)).toBe(false);
    expect(mayRequest('window', 'chrome://resources/js/assert.js')).toBe(false);
    expect(mayRequest('print', 'app://attachment/5b2d')).toBe(false);
    for (const url of ['app://attachment/5b2d', viewer, 'chrome://resources/js/assert.js'])
      expect(mayRequest('document', url), url).toBe(true);
    for (const url of [...foreign, 'app://local/index.html', 'app://print/5b2d', 'chrome://settings/'])
      expect(mayRequest('document', url), url).toBe(false);
    expect(isPageUrl('app://attachment/5b2d')).toBe(false);
    expect(maySend({ url: 'app://attachment/5b2d', isTopFrame: true, isOwnWindow: true })).toBe(false);
  });

  test('a document to be printed reaches itself and nothing of the program', () => {
    expect(mayRequest('print', 'app://print/5b2d')).toBe(true);
    expect(mayRequest('print', 'app://local/index.html')).toBe(false);
    for (const url of foreign) expect(mayRequest('print', url), url).toBe(false);
  });
});

describe('senders', () => {
  const own = { url: 'app://local/index.html', isTopFrame: true, isOwnWindow: true };

  test('only the top frame of the own window on the own origin is heard', () => {
    expect(maySend(own)).toBe(true);
    expect(maySend({ ...own, isTopFrame: false })).toBe(false);
    expect(maySend({ ...own, isOwnWindow: false })).toBe(false);
    for (const url of foreign) expect(maySend({ ...own, url }), url).toBe(false);
  });

  test('an address is taken apart, not searched', () => {
    expect(isPageUrl('app://local/')).toBe(true);
    expect(isPageUrl('https://example.invalid/?app://local/')).toBe(false);
    expect(isPageUrl('app://localhost/')).toBe(false);
  });
});

test('no navigation but that of the PDF viewer into its own frame, and no permission', () => {
  const viewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/5b2d';
  for (const role of ['window', 'print', 'document'] as const) {
    for (const url of [...foreign, 'app://local/index.html', 'app://attachment/5b2d', viewer])
      for (const isMainFrame of [true, false])
        expect(mayNavigate(role, { url, isMainFrame }), `${role} ${url}`).toBe(
          role === 'document' && url === viewer && !isMainFrame,
        );
  }
  for (const each of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'usb',
    'hid',
    'serial',
    'unheard-of',
  ]) {
    expect(mayHave(each), each).toBe(false);
  }
});

test('remote control is taken away from a released package only', () => {
  expect(switchesToRemove({ isPackaged: true, isInspectable: false })).toEqual(remoteControlSwitches);
  expect(switchesToRemove({ isPackaged: true, isInspectable: true })).toEqual([]);
  expect(switchesToRemove({ isPackaged: false, isInspectable: false })).toEqual([]);
});

test('an input of a size that nobody can have meant is not handed on', () => {
  expect(
    isMeasured({ ledger: 'mediation', record: { summary: 'x'.repeat(100_000), parties: [{ name: '甲' }] } }),
  ).toBe(true);
  for (const small of [undefined, null, 5, 'x', [], new Uint8Array(1000)])
    expect(isMeasured(small)).toBe(true);
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  let deep: object = {};
  for (let depth = 0; depth < 300; depth++) deep = { in: deep };
  const wide = Array.from({ length: 3000 }, () => Array.from({ length: 100 }, () => 0));
  for (const large of [
    'x'.repeat(5_000_000),
    Array.from({ length: 50 }, () => 'x'.repeat(100_000)),
    { ['x'.repeat(5_000_000)]: 1 },
    new Uint8Array(5_000_000),
    new Map([['x', 'y']]),
    circle,
    deep,
    wide,
  ])
    expect(isMeasured(large)).toBe(false);
});
