import { mkdirSync } from 'node:fs';
import { app, type BrowserWindow, powerMonitor, session } from 'electron';
import { createHost, type Host } from '#host/host.ts';
import type { SessionInfo } from '#shared/api/types.ts';
import { createAskedActs } from './asked-acts.ts';
import { chooseFolder, proposeFolder } from './data-folder.ts';
import { createDialogs } from './dialogs.ts';
import { createDocumentWindows } from './document-window.ts';
import { answerFile, mapFiles } from './files/app-files.ts';
import { type AttachmentPages, createAttachmentPages } from './files/attachment-pages.ts';
import { createPrintPages } from './files/print-pages.ts';
import { writeComplete } from './files/write-complete.ts';
import { fixedDrives } from './fixed-drives.ts';
import { createIdleLock } from './idle-lock.ts';
import { serveMessages } from './messages.ts';
import type { Places } from './places.ts';
import type { PreferenceFile } from './preferences.ts';
import { createPrinter } from './print.ts';
import { paperPage, textSheet } from './print-html.ts';
import { attachmentOrigin, scheme } from './security/decisions.ts';
import { hardenSession } from './security/harden.ts';
import { windowPartition } from './security/web-preferences.ts';
import type { Shell, ShellParts } from './shell-methods.ts';
import { createWindow, loadPage } from './window.ts';

/** Opens the program's window on its ledger. Throws when the program's own files are not there. */
export function openProgram(host: Host, places: Places, preferences: PreferenceFile): BrowserWindow {
  const printPages = createPrintPages();
  const attachments = createAttachmentPages();
  serveFiles(places.renderer, attachments);

  const window = createWindow({
    title: app.getName(),
    preload: places.preload,
    isPackaged: app.isPackaged,
    preferences,
  });
  const printer = createPrinter(printPages);
  const documents = createDocumentWindows(
    () => window,
    () => idle.touched(),
  );
  /** Grows when a session is locked or ends: what was asked for before is not shown after. */
  let ended = 0;
  host.listen((event) => {
    if (event.event !== 'closing' && (event.event !== 'session' || event.state === 'signed-in')) return;
    ended += 1;
    attachments.clear();
    documents.closeAll();
  });
  const whileOpen: Host['call'] = async (from, method, input) => {
    const before = ended;
    const answer = await host.call(from, method, input);
    if (method !== 'attachment.view' || before === ended) return answer;
    return { ok: false, error: { code: 'session-locked', params: {} } };
  };
  const dialogs = createDialogs(() => window);
  const asked = createAskedActs(dialogs.isHimself);
  const shell = readLater({
    ...dialogs,
    ...printer,
    call: whileOpen,
    cancel: host.cancel,
    grantFile: host.grantFile,
    pathOf: host.pathOf,
    paperPage,
    textPage: textSheet,
    showPdf: (content) => documents.open(attachments.put(content, 'application/pdf')),
    places: (pdf) => placesOf(host, pdf),
    stamp: (pdf, numbers) => stampPages(host, pdf, numbers),
    bind: async (pdf, scans, numbers) =>
      (await host.helper('document.bind', { pdf, scans, numbers })) as Awaited<
        ReturnType<ShellParts['bind']>
      >,
    write: writeComplete,
    quit: () => window.close(),
  });

  const idle = createIdleLock({
    now: () => performance.now(),
    hasSession: () => host.hasSession(client),
    lock: () => void host.call(client, 'session.lock', {}),
  });
  const outward: Host = {
    ...host,
    call: async (from, method, input) =>
      asked(from, method, input, async () =>
        attachments.takeFrom(method, await whileOpen(from, method, input)),
      ),
  };
  const messages = serveMessages(outward, shell, (method, envelope) => {
    // Nothing that ran or stood in the page of one user is there for the next.
    if (method === 'session.signOut' && envelope.ok) setImmediate(loadPage, window);
    const info = envelope.ok ? (envelope.value as { session?: SessionInfo } | null)?.session : undefined;
    if (info) idle.limit(info.lockAfterMinutes);
  });
  const client = messages.admit(window);
  lockWhenLeft(window, idle);
  closeInOrder(window, host, idle.stop);
  reloadAfterCrash(window, () => idle.lockNow());
  loadPage(window);
  setImmediate(readAhead);
  return window;
}

/** What the window can do by itself is read with its first use, like the table of methods: neither brings up a window. */
function readLater(parts: ShellParts): Shell {
  let shell: Promise<Shell> | null = null;
  return async (client, method, input) => {
    shell ??= import('./shell-methods.ts').then(({ createShell }) => createShell(parts));
    return (await shell)(client, method, input);
  };
}

/**
 * While Chromium starts the page's process this thread has nothing to do. What the page's first question and its first
 * file need is read then (the table of methods; the runtime's own `Response`, 30 ms each) and not when it waits.
 */
function readAhead(): void {
  new Response(null);
  void import('#shared/api/methods.ts');
}

/** May run before Electron is ready: the core's threads load while Chromium does. */
export function startHost(places: Places, preferences: PreferenceFile): Host {
  const folder = chooseFolder(process.env.JUDICIAL_DATA_DIR, preferences.read().folder, proposeAndMake);
  return createHost({
    threadFile: places.threadFile,
    helperFile: places.helperFile,
    env: {
      folder,
      seeds: places.seeds,
      version: app.getVersion(),
      automaticBackups: true,
      ...(places.nativeBinding === undefined ? {} : { nativeBinding: places.nativeBinding }),
    },
    onFolder: (chosen) => preferences.change({ folder: chosen }),
    onSlow: ({ method, ms }) => note(`slow: ${method} ${ms} ms`),
    onThreadLost: ({ duty, restarted }) =>
      note(`${duty} thread lost, ${restarted ? 'restarted' : 'not restarted'}`),
  });
}

/** Only the program's own proposal is made; a chosen folder that is missing is a failure that the core names. */
function proposeAndMake(): string {
  const { SystemDrive, SystemRoot } = process.env;
  const folder = proposeFolder({
    platform: process.platform,
    home: app.getPath('home'),
    systemDrive: SystemDrive,
    drives: fixedDrives(process.platform, SystemRoot),
  });
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // the core finds the same out and says it in its own words
  }
  return folder;
}

function serveFiles(renderer: string, attachments: AttachmentPages): void {
  const files = mapFiles(renderer);
  const windowSession = session.fromPartition(windowPartition, { cache: false });
  hardenSession(windowSession, 'window');
  windowSession.protocol.handle(scheme, (request) =>
    request.url.startsWith(`${attachmentOrigin}/`) ? attachments.answer(request) : answerFile(files, request),
  );
  const documentSession = session.defaultSession;
  hardenSession(documentSession, 'document');
  documentSession.protocol.handle(scheme, (request) => attachments.answer(request));
}

async function stampPages(
  host: Host,
  pdf: Uint8Array,
  numbers?: (number | null)[],
): Promise<{ pdf: Uint8Array; pages: number }> {
  const input = numbers === undefined ? { pdf } : { pdf, numbers };
  return (await host.helper('document.numberPages', input)) as { pdf: Uint8Array; pages: number };
}

async function placesOf(
  host: Host,
  pdf: Uint8Array,
): Promise<{ places: Record<string, number>; pages: number }> {
  return (await host.helper('document.places', { pdf })) as { places: Record<string, number>; pages: number };
}

function lockWhenLeft(window: BrowserWindow, idle: ReturnType<typeof createIdleLock>): void {
  window.webContents.on('input-event', () => idle.touched());
  powerMonitor.on('lock-screen', idle.lockNow);
  powerMonitor.on('suspend', idle.lockNow);
}

/** The window stays until the core has closed its files (and made its backup); then the program ends. */
function closeInOrder(window: BrowserWindow, host: Host, stop: () => void): void {
  let isDone = false;
  window.on('close', (event) => {
    if (isDone) return;
    event.preventDefault();
    stop();
    const end = (hasEnded: boolean) => {
      isDone = true;
      window.destroy();
      // A thread that hangs at its end would be waited for at the process's own. Everything is closed by now.
      if (hasEnded) app.quit();
      else process.kill(process.pid, 'SIGKILL');
    };
    host.close().then(end, () => end(true));
  });
}

/** A page that crashed comes back locked; a page that keeps crashing stays away. */
function reloadAfterCrash(window: BrowserWindow, lock: () => void): void {
  let left = 3;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || left === 0 || window.isDestroyed()) return;
    left -= 1;
    note(`page gone: ${reason}`);
    lock();
    loadPage(window);
  });
}

/** Methods, times and reasons only: what is written here may be read by anyone at the machine. */
function note(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}
