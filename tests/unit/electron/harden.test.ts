// Each handler of the hardening is there and says no, told apart from those that would say no in its place: in the running
// program several stand one behind the other, and one that is gone is not missed.
import { beforeEach, expect, test, vi } from 'vitest';

type Listener = (...values: unknown[]) => unknown;
type Listeners = Record<string, Listener[]>;
const program: Listeners = {};
const listeningTo = (listeners: Listeners) => (name: string, listener: Listener) => {
  listeners[name] = [...(listeners[name] ?? []), listener];
};
vi.mock('electron', () => ({
  app: { on: (name: string, listener: Listener) => listeningTo(program)(name, listener) },
}));
const { hardenProgram, hardenSession } = await import('#electron/security/harden.ts');

/** A session that keeps what it is told. */
function aSession() {
  const told: Record<string, unknown[]> = {};
  const listeners: Listeners = {};
  const keep = (name: string) => (value: unknown) => {
    told[name] = [...(told[name] ?? []), value];
    return Promise.resolve();
  };
  const session = {
    ...Object.fromEntries(
      [
        ...['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'],
        ...[
          'setDisplayMediaRequestHandler',
          'setSpellCheckerEnabled',
          'setCertificateVerifyProc',
          'setProxy',
        ],
        ...['setSpellCheckerDictionaryDownloadURL', 'setSpellCheckerLanguages'],
      ].map((name) => [name, keep(name)]),
    ),
    webRequest: { onBeforeRequest: keep('onBeforeRequest') },
    protocol: {
      isProtocolHandled: () => false,
      handle: (_name: string, answer: Listener) => keep('file')(answer),
    },
    removeAllListeners: (name: string) => delete listeners[name],
    on: listeningTo(listeners),
  };
  return { session: session as never, told, listeners };
}

/** A page that keeps what it is told. */
function aPage(session: unknown) {
  const listeners: Listeners = {};
  const told: Record<string, unknown> = {};
  const contents = {
    session,
    on: listeningTo(listeners),
    setWindowOpenHandler: (handler: Listener) => (told.open = handler({ url: 'app://app/' })),
    setWebRTCIPHandlingPolicy: (policy: string) => (told.policy = policy),
  };
  for (const listener of program['web-contents-created'] ?? []) listener({}, contents);
  return { listeners, told };
}

/** How often an event is kept from its usual way by what listens to it. */
function prevented(listeners: Listeners, name: string, event: object = {}, ...more: unknown[]): number {
  const preventDefault = vi.fn();
  for (const listener of listeners[name] ?? []) listener({ ...event, preventDefault }, ...more);
  return preventDefault.mock.calls.length;
}

beforeEach(() => {
  for (const name of Object.keys(program)) delete program[name];
  hardenProgram();
});

test("a device, of whichever kind, is nobody's, and a screen is shown to nobody", () => {
  const { session, told } = aSession();
  hardenSession(session, 'window');
  const [mayUse] = (told.setDevicePermissionHandler ?? []) as Listener[];
  for (const deviceType of ['hid', 'serial', 'usb', 'unknown'])
    expect(mayUse?.({ deviceType, origin: 'app://app', device: {} }), deviceType).toBe(false);
  // Null is refused by Electron itself; a handler could hand a screen out.
  expect(told.setDisplayMediaRequestHandler).toEqual([null]);
  const [mayHave] = (told.setPermissionCheckHandler ?? []) as Listener[];
  const [ask] = (told.setPermissionRequestHandler ?? []) as Listener[];
  const answer = vi.fn();
  for (const permission of ['media', 'display-capture', 'bluetooth', 'clipboard-read', 'openExternal']) {
    expect(mayHave?.(null, permission), permission).toBe(false);
    ask?.(null, permission, answer);
  }
  expect(answer.mock.calls).toEqual(Array.from({ length: 5 }, () => [false]));
});

test('a download is stopped where it begins, once, however often a session is closed anew', () => {
  const { session, listeners } = aSession();
  hardenSession(session, 'window');
  hardenSession(session, 'document');
  expect(listeners['will-download']).toHaveLength(1);
  expect(prevented(listeners, 'will-download')).toBe(1);
});

test('a session that nobody meant to make is closed as it comes up', () => {
  const { session, told, listeners } = aSession();
  for (const listener of program['session-created'] ?? []) listener(session);
  expect(Object.keys(told)).toContain('setDevicePermissionHandler');
  expect(prevented(listeners, 'will-download')).toBe(1);
});

test('a page goes nowhere: no redirect, no address, no window, no webview', () => {
  const { session } = aSession();
  hardenSession(session, 'window');
  const { listeners, told } = aPage(session);
  expect(prevented(listeners, 'will-redirect', { url: 'app://app/index.html', isMainFrame: true })).toBe(1);
  expect(prevented(listeners, 'will-attach-webview')).toBe(1);
  for (const name of ['will-navigate', 'will-frame-navigate'])
    for (const url of ['https://example.invalid/', 'file:///etc/passwd', 'app://elsewhere/'])
      expect(prevented(listeners, name, { url, isMainFrame: true }), `${name} ${url}`).toBe(1);
  expect(told).toEqual({ open: { action: 'deny' }, policy: 'disable_non_proxied_udp' });
});

test('of bluetooth devices none is chosen, and nobody waits for an answer', () => {
  const { listeners } = aPage(aSession().session);
  const choose = vi.fn();
  const devices = [{ deviceId: '00:11:22:33:44:55', deviceName: 'x' }];
  expect(prevented(listeners, 'select-bluetooth-device', {}, devices, choose)).toBe(1);
  expect(choose.mock.calls).toEqual([['']]);
});

test('no certificate is taken on trust or given away, and nobody is asked for a name and a password', () => {
  const answer = vi.fn();
  expect(prevented(program, 'certificate-error', {}, null, 'https://x/', 'e', {}, answer)).toBe(1);
  expect(prevented(program, 'select-client-certificate', {}, null, 'https://x/', [{}], answer)).toBe(1);
  expect(answer.mock.calls).toEqual([[false], []]);
  expect(prevented(program, 'login')).toBe(1);
});
