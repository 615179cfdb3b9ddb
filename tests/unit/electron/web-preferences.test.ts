import { expect, test } from 'vitest';
import {
  documentPreferences,
  printPartition,
  printPreferences,
  windowPartition,
  windowPreferences,
} from '#electron/security/web-preferences.ts';
import { listFiles, readText } from '#tests/architecture/tree.ts';

const kinds = {
  window: windowPreferences('/preload.cjs', true),
  print: printPreferences(),
  document: documentPreferences(),
};

test('every kind of window is made closed', () => {
  for (const [kind, preferences] of Object.entries(kinds)) {
    expect(preferences, kind).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
      navigateOnDragDrop: false,
    });
    for (const opening of ['enableBlinkFeatures', 'disableBlinkFeatures', 'additionalArguments', 'session'])
      expect(preferences, kind).not.toHaveProperty(opening);
  }
  expect(kinds.print).toMatchObject({ javascript: false, plugins: false });
  expect(kinds.print).not.toHaveProperty('preload');
  expect(kinds.document).not.toHaveProperty('preload');
  expect(kinds.window).toMatchObject({ plugins: false });
  for (const partition of [windowPartition, printPartition]) expect(partition).not.toContain('persist:');
});

test('every window of the program is made with one of these', () => {
  const made = listFiles('main/electron')
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readText(file).matchAll(/new (?:BrowserWindow|BaseWindow|BrowserView|WebContentsView)\(/g)].map(
        ({ index }) => {
          const after = readText(file).slice(index, index + 700);
          return `${file}: ${/webPreferences: (\w+)\(/.exec(after)?.[1]}`;
        },
      ),
    );
  expect(made.sort()).toEqual([
    'main/electron/document-window.ts: documentPreferences',
    'main/electron/print.ts: printPreferences',
    'main/electron/window.ts: windowPreferences',
  ]);
});
