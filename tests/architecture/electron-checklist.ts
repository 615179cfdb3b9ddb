/**
 * Electron's own security checklist (docs: Security, "Checklist: Security recommendations"), whole and in its order,
 * and every fuse of the executable: where each is held and which tests show it. A new item of a later Electron is a
 * new row; a row without a test does not pass (electron-checklist.test.ts).
 */
export type Item = {
  readonly name: string;
  /** File, and a piece of it that does what the item asks. */
  readonly held: readonly (readonly [file: string, piece: string])[];
  /** Test file, and the title of a test in it. */
  readonly shown: readonly (readonly [file: string, title: string])[];
};

const decisions = 'main/electron/security/decisions.ts';
const harden = 'main/electron/security/harden.ts';
const preferences = 'main/electron/security/web-preferences.ts';
const policy = 'main/electron/security/content-policy.ts';
const builder = 'electron-builder.yml';

const inside = 'tests/e2e/security.spec.ts';
const outside = 'tests/e2e/security-outside.spec.ts';
const hostile = 'tests/e2e/hostile-ways.spec.ts';
const acts = 'tests/e2e/hostile-acts.spec.ts';
const here = 'tests/architecture/electron-checklist.test.ts';
const units = 'tests/unit/electron/decisions.test.ts';
const windows = 'tests/unit/electron/web-preferences.test.ts';
const files = 'tests/unit/electron/files.test.ts';
const packed = 'tests/e2e/package.packed.spec.ts';

const closedWindows = [
  [windows, 'every kind of window is made closed'],
  [windows, 'every window of the program is made with one of these'],
  [inside, 'every window and session has the closed settings'],
  [hostile, 'the windows of print and of documents are as closed as the page'],
] as const;

export const checklist: Readonly<Record<number, Item>> = {
  1: {
    name: 'Only load secure content',
    held: [[decisions, 'export function mayRequest']],
    shown: [
      [outside, 'no request reaches a server, from the page or around its policy'],
      [here, 'nothing of the program names an address to load from'],
      [units, '%s is cancelled in the window'],
    ],
  },
  2: {
    name: 'Do not enable Node.js integration for remote content',
    held: [[preferences, 'nodeIntegration: false']],
    shown: [...closedWindows, [inside, 'the page has two functions and nothing of Node or Electron']],
  },
  3: {
    name: 'Enable context isolation',
    held: [[preferences, 'contextIsolation: true']],
    shown: closedWindows,
  },
  4: {
    name: 'Enable process sandboxing',
    held: [
      [preferences, 'sandbox: true'],
      ['main/electron/index.ts', 'app.enableSandbox()'],
    ],
    shown: closedWindows,
  },
  5: {
    name: 'Handle session permission requests from remote content',
    held: [
      [harden, 'setPermissionRequestHandler'],
      [harden, 'setPermissionCheckHandler'],
      [harden, 'setDevicePermissionHandler'],
      [harden, 'setDisplayMediaRequestHandler'],
    ],
    shown: [
      [outside, 'every permission is denied'],
      [here, 'every permission that Electron knows by name is denied'],
    ],
  },
  6: {
    name: 'Do not disable webSecurity',
    held: [[preferences, 'webSecurity: true']],
    shown: closedWindows,
  },
  7: {
    name: 'Define a Content Security Policy',
    held: [
      [policy, 'export function windowPolicy'],
      [policy, 'export const commonHeaders'],
    ],
    shown: [
      [inside, 'every answer carries the policy with its own nonce, and nosniff'],
      [inside, 'inline scripts, inline handlers, evaluated code and inline styles do not run'],
      [files, 'every answer has a content policy, files and refusals too'],
      [files, 'the window policy allows neither inline nor evaluated code, nor any connection'],
      [acts, 'a flood of calls, of dialogs or of prints leaves the program to its user'],
    ],
  },
  8: {
    name: 'Do not enable allowRunningInsecureContent',
    held: [[preferences, 'allowRunningInsecureContent: false']],
    shown: closedWindows,
  },
  9: {
    name: 'Do not enable experimental features',
    held: [[preferences, 'experimentalFeatures: false']],
    shown: closedWindows,
  },
  10: {
    name: 'Do not use enableBlinkFeatures',
    held: [[preferences, 'const closed: WebPreferences']],
    shown: [[here, 'no source opens what the checklist wants shut'], ...closedWindows],
  },
  11: {
    name: 'Do not use allowpopups for WebViews',
    held: [[preferences, 'webviewTag: false']],
    shown: [
      [here, 'no source opens what the checklist wants shut'],
      [outside, 'no key opens the developer tools, and a webview stays an empty element'],
    ],
  },
  12: {
    name: 'Verify WebView options before creation',
    held: [[harden, 'will-attach-webview']],
    shown: [
      [outside, 'no key opens the developer tools, and a webview stays an empty element'],
      [hostile, 'a webview is not attached even where the tag is let in'],
    ],
  },
  13: {
    name: 'Disable or limit navigation',
    held: [
      [harden, 'will-navigate'],
      [harden, 'will-frame-navigate'],
      [harden, 'will-redirect'],
    ],
    shown: [
      [outside, 'navigation, new windows and downloads are denied'],
      [units, 'no navigation but that of the PDF viewer into its own frame, and no permission'],
    ],
  },
  14: {
    name: 'Disable or limit creation of new windows',
    held: [[harden, "setWindowOpenHandler(() => ({ action: 'deny' }))"]],
    shown: [[outside, 'navigation, new windows and downloads are denied']],
  },
  15: {
    name: 'Do not use shell.openExternal with untrusted content',
    held: [['main/electron/shell-methods.ts', 'satisfies Record<keyof ShellMethods, z.ZodType>']],
    shown: [
      [here, 'no source opens what the checklist wants shut'],
      [inside, 'unknown methods are refused, of the core and of the window'],
    ],
  },
  16: {
    name: 'Use a current version of Electron',
    held: [['main/tools/runtime.ts', 'export function refusalToShip']],
    shown: [[here, 'nothing ships but the Electron that package.json names']],
  },
  17: {
    name: 'Validate the sender of all IPC messages',
    held: [
      [decisions, 'export function maySend'],
      ['main/electron/messages.ts', 'if (!maySend('],
    ],
    shown: [
      [units, 'only the top frame of the own window on the own origin is heard'],
      [inside, 'a page that is not the program’s own window is not heard'],
      [inside, 'a frame inside the page has no way to the program'],
      [here, 'there is one channel to the program, and it asks who sends'],
    ],
  },
  18: {
    name: 'Avoid usage of the file:// protocol and prefer usage of custom protocols',
    held: [
      ['main/electron/files/app-files.ts', 'export function mapFiles'],
      [harden, "protocol.handle('file'"],
    ],
    shown: [
      [files, 'the map holds the files of the start, of known kinds'],
      [files, '%s is refused'],
      [inside, 'only the page’s own files are served'],
      [here, 'no source opens what the checklist wants shut'],
    ],
  },
  19: {
    name: 'Check which fuses you can change',
    held: [[builder, 'electronFuses:']],
    shown: [
      [here, 'every fuse that there is stands in the table'],
      [packed, 'fuses are shut in the executable itself'],
    ],
  },
  20: {
    name: 'Do not expose Electron APIs to untrusted web content',
    held: [['main/preload/index.ts', "exposeInMainWorld('bureau', bureau)"]],
    shown: [
      [inside, 'the page has two functions and nothing of Node or Electron'],
      [here, 'the preload script hands on nothing of Electron'],
    ],
  },
};

const yml = 'every fuse is set, and set shut';
const packaging = 'tests/architecture/packaging.test.ts';
const behaviour = 'what the shut fuses keep out stays out';

const fuse = (name: string, line: string, ...more: Item['shown']): Item => ({
  name,
  held: [[builder, line]],
  shown: [[packaging, yml], [packed, 'fuses are shut in the executable itself'], ...more],
});

/** By the names of @electron/fuses. */
export const fuses: Readonly<Record<string, Item>> = {
  RunAsNode: fuse('the program is no Node for others', 'runAsNode: false', [packed, behaviour]),
  EnableCookieEncryption: fuse('what Chromium keeps is encrypted', 'enableCookieEncryption: true'),
  EnableNodeOptionsEnvironmentVariable: fuse(
    'NODE_OPTIONS brings in no code',
    'enableNodeOptionsEnvironmentVariable: false',
    [packed, behaviour],
  ),
  EnableNodeCliInspectArguments: fuse('no debugger', 'enableNodeCliInspectArguments: false', [
    packed,
    behaviour,
  ]),
  EnableEmbeddedAsarIntegrityValidation: fuse(
    'a changed archive does not start (Windows and macOS)',
    'enableEmbeddedAsarIntegrityValidation: true',
  ),
  OnlyLoadAppFromAsar: fuse(
    'no folder beside the archive is taken for the program',
    'onlyLoadAppFromAsar: true',
    [packed, behaviour],
  ),
  LoadBrowserProcessSpecificV8Snapshot: fuse(
    'no snapshot of its own for the main process',
    'loadBrowserProcessSpecificV8Snapshot: false',
  ),
  GrantFileProtocolExtraPrivileges: fuse(
    'file: has no extra powers',
    'grantFileProtocolExtraPrivileges: false',
    [outside, 'no request reaches a server, from the page or around its policy'],
  ),
  /** Not a power: how WebAssembly meets a wrong access. electron-builder 26 leaves it as Electron ships it. */
  WasmTrapHandlers: {
    name: 'left as Electron ships it',
    held: [[builder, 'electronFuses:']],
    shown: [[packed, 'fuses are shut in the executable itself']],
  },
};
