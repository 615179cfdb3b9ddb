import type { WebPreferences } from 'electron';

/** Without `persist:` in its name a partition lives in memory only. */
export const windowPartition = 'window';
export const printPartition = 'print';

const closed: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableWebSQL: false,
  plugins: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  disableDialogs: true,
  spellcheck: false,
  autoplayPolicy: 'document-user-activation-required',
};

export function windowPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return { ...closed, partition: windowPartition, preload, webgl: false, devTools: !isPackaged };
}

/** For a document to be printed: no script at all, no preload, nothing to reach. */
export function printPreferences(): WebPreferences {
  return { ...closed, partition: printPartition, javascript: false, webgl: false, devTools: false };
}

/**
 * For one PDF: Chromium's viewer is a plugin and a page with scripts. No preload. It works in the default session only
 * (in another one this Chromium does not give it its own parts), which nothing else uses; see harden.ts and README.
 */
export function documentPreferences(): WebPreferences {
  return { ...closed, plugins: true, webgl: false, devTools: false };
}
