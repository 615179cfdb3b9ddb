import { BrowserWindow, screen } from 'electron';
import type { PreferenceFile } from './preferences.ts';
import { pageUrl } from './security/decisions.ts';
import { windowPreferences } from './security/web-preferences.ts';
import { showOnce } from './show-once.ts';

/** The width of the smallest screens in use: a list shows whole case numbers from there on. */
const usual = { width: 1366, height: 800, isMaximized: false };
const smallest = { width: 800, height: 560 };

type Options = { title: string; preload: string; isPackaged: boolean; preferences: PreferenceFile };

/** The program's window, as large as it was left, shown once it has something to show. The page is not loaded yet. */
export function createWindow({ title, preload, isPackaged, preferences }: Options): BrowserWindow {
  const kept = preferences.read().window ?? usual;
  const area = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    title,
    width: Math.min(kept.width, area.width),
    height: Math.min(kept.height, area.height),
    minWidth: Math.min(smallest.width, area.width),
    minHeight: Math.min(smallest.height, area.height),
    show: false,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: windowPreferences(preload, isPackaged),
  });
  if (kept.isMaximized) window.maximize();
  showOnce(window);
  window.on('close', () => {
    const { width, height } = window.getNormalBounds();
    try {
      preferences.change({ window: { width, height, isMaximized: window.isMaximized() } });
    } catch {
      // A full disk or a scanner keeps it from being remembered, and nobody from closing the window.
    }
  });
  // a name in the title would stand in the task list
  window.on('page-title-updated', (event) => event.preventDefault());
  addZoomKeys(window);
  return window;
}

/** A load that is cut off by closing the window is no failure; the page's files were there when it was mapped. */
export function loadPage(window: BrowserWindow): void {
  window.loadURL(pageUrl).catch(() => undefined);
}

/** There is no menu, so the keys that one would bring are handled here. */
function addZoomKeys(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return;
    const step = { '+': 1, '=': 1, '-': -1, '0': 0 }[input.key];
    if (step === undefined) return;
    event.preventDefault();
    const level = step === 0 ? 0 : window.webContents.getZoomLevel() + step * 0.5;
    window.webContents.setZoomLevel(Math.max(-3, Math.min(5, level)));
  });
}
