/** Pure decisions of the shell: what a page may ask for. `harden.ts` puts them into effect. */

export const scheme = 'app';
/** Where the program's own page lives, where a document waits to be printed, and an attachment to be shown. */
export const pageOrigin = 'app://local';
export const pageUrl = `${pageOrigin}/index.html`;
export const printOrigin = 'app://print';
export const attachmentOrigin = 'app://attachment';
/** Chromium's own PDF viewer and the parts it is made of; both come with the program. */
const viewer = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai';
const viewerOrigins = [viewer, 'chrome://resources'];

/**
 * `window` shows the program; `print` shows one document without scripts, to be printed; `document` shows one PDF of
 * an attachment in Chromium's viewer.
 */
export type PageRole = 'window' | 'print' | 'document';

function originOf(url: string): string | null {
  try {
    const { protocol, host, username, password, port } = new URL(url);
    if (username !== '' || password !== '' || port !== '') return null;
    return `${protocol}//${host}`;
  } catch {
    return null;
  }
}

export function isPageUrl(url: string): boolean {
  return originOf(url) === pageOrigin;
}

/**
 * Whether a request may leave a page. Everything not named here is cancelled: http, https, ws, wss, ftp, file,
 * chrome-extension and whatever comes later.
 */
export function mayRequest(role: PageRole, url: string): boolean {
  // pictures and fonts inside the page itself; the content policy says which kinds
  if (url.startsWith('data:')) return true;
  if (role === 'print') return originOf(url) === printOrigin;
  if (role === 'document') return [attachmentOrigin, ...viewerOrigins].includes(originOf(url) ?? '');
  if (originOf(url) === attachmentOrigin) return true;
  return isPageUrl(url) || url.startsWith(`blob:${pageOrigin}/`);
}

export type Sender = { url: string; isTopFrame: boolean; isOwnWindow: boolean };

/** Messages are taken from the top frame of the program's own window only. */
export function maySend({ url, isTopFrame, isOwnWindow }: Sender): boolean {
  return isOwnWindow && isTopFrame && isPageUrl(url);
}

/**
 * The page is loaded once by the program; going anywhere, itself included, is never the page's business. Only the
 * PDF viewer puts itself into a frame of its document.
 */
export function mayNavigate(
  role: PageRole,
  { url, isMainFrame }: { url: string; isMainFrame: boolean },
): boolean {
  return role === 'document' && !isMainFrame && originOf(url) === viewer;
}

/** No camera, clipboard reading, notification, device, full screen, file system or any other power. */
export function mayHave(_permission: string): boolean {
  return false;
}

/**
 * Chromium's own remote control would open the page to whoever can start the program. It works where the build lets
 * Node be inspected (development, and packages built for a test); a released package has that fuse off, so there
 * these switches are taken away before Chromium reads them.
 */
export const remoteControlSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
];

export function switchesToRemove(program: { isPackaged: boolean; isInspectable: boolean }): string[] {
  return program.isPackaged && !program.isInspectable ? remoteControlSwitches : [];
}

/** More than any screen sends: a record is some kilobytes, a table goes by a file that is named. */
const mostSigns = 4_000_000;
const mostValues = 200_000;
const mostDepth = 200;

/** Whether an input is of a size that somebody can have meant. What is larger is not handed on, nor copied again. */
export function isMeasured(input: unknown): boolean {
  let signs = 0;
  let values = 0;
  let level: unknown[] = [input];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostDepth) return false;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string') signs += value.length;
      else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) signs += value.byteLength;
      else if (value instanceof Map || value instanceof Set) return false;
      else if (typeof value === 'object' && value !== null) {
        const keys = Object.keys(value);
        values += keys.length;
        if (values > mostValues) return false;
        for (const key of keys) {
          signs += key.length;
          next.push((value as Record<string, unknown>)[key]);
        }
      }
      if (signs > mostSigns) return false;
    }
    level = next;
  }
  return true;
}
