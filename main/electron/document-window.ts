import { app, BrowserWindow, dialog, type WebContents } from 'electron';
import { viewerText } from '#shared/text/attachments.ts';
import { attachmentOrigin } from './security/decisions.ts';
import { documentPreferences } from './security/web-preferences.ts';

export type DocumentWindows = {
  /** Shows what waits under this address until the window is closed, by Escape too. */
  open(address: string): void;
  closeAll(): void;
};

/**
 * Windows that show one PDF each, through Chromium's own viewer: no preload, no way to the program, no other address.
 * `onInput` hears that somebody scrolls or types in one. The viewer's own printing and saving stay shut: they would go
 * past the log; whoever asks for them by key is told the way that the program has.
 */
export function createDocumentWindows(parent: () => BrowserWindow, onInput: () => void): DocumentWindows {
  const open = new Set<BrowserWindow>();
  // The viewer's inner page has keys of its own; Escape must close the window from there too.
  app.on('web-contents-created', (_event, contents) => {
    const windowOf = () =>
      [...open].find((one) => one.webContents === contents || hostOf(contents) === one.webContents);
    // Whoever reads is not away.
    contents.on('input-event', () => {
      if (windowOf()) onInput();
    });
    contents.on('before-input-event', (event, { type, key, control, meta }) => {
      const isWayOut = (control || meta) && /^[ps]$/i.test(key);
      if (type !== 'keyDown' || (key !== 'Escape' && !isWayOut)) return;
      const window = windowOf();
      if (!window) return;
      event.preventDefault();
      if (!isWayOut) return window.close();
      void dialog.showMessageBox(window, {
        type: 'info',
        message: viewerText.noPrint,
        buttons: [viewerText.understood],
      });
    });
  });

  return {
    open(address) {
      if (!address.startsWith(`${attachmentOrigin}/`)) throw new Error('not an attachment');
      for (const oldest of open) {
        if (open.size < mostOpen) break;
        open.delete(oldest);
        oldest.destroy();
      }
      const [width = 1000, height = 760] = parent().getContentSize();
      const window = new BrowserWindow({
        parent: parent(),
        width,
        height,
        title: app.getName(),
        autoHideMenuBar: true,
        backgroundColor: '#ffffff',
        webPreferences: documentPreferences(),
      });
      open.add(window);
      window.on('page-title-updated', (event) => event.preventDefault());
      window.once('closed', () => open.delete(window));
      // Without its tools: what is saved or printed goes through the program, which writes it down.
      window.loadURL(`${address}#toolbar=0&navpanes=0&view=FitH`).catch(() => undefined);
    },
    closeAll() {
      for (const window of open) window.destroy();
      open.clear();
    },
  };
}

/** More side by side nobody reads; what a page opens beyond takes the oldest away. */
const mostOpen = 6;

const hostOf = (contents: WebContents) => (contents.hostWebContents as WebContents | null) ?? null;
