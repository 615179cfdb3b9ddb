// Bundles the program into out/: CommonJS for the main process and its threads, one page for the window.
// Libraries are bundled, the driver's JavaScript too; only electron and the native file stay outside.
import { cpSync, rmSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';
import { contentStamp, hasStamp, inRoot, say, writeStamp } from './workspace.ts';

const stampFile = inRoot('out/.build-stamp');
const sources = ['main', 'renderer', 'shared', 'seeds', 'package.json', 'package-lock.json'];

/** Entries of the main process: out/main/<name>.cjs. */
const mainEntries = {
  index: inRoot('main/electron/index.ts'),
  'core-thread': inRoot('main/host/core-thread.ts'),
  helper: inRoot('main/host/helper-thread.ts'),
  cli: inRoot('main/cli/index.ts'),
};

const common = { root: inRoot(), configFile: false, envDir: false, logLevel: 'warn' } as const;

const nodeBundle = (input: Record<string, string>, folder: string): InlineConfig => ({
  ...common,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    // The oldest runtime that development uses (Electron 33) understands this and no more.
    target: 'node20.18',
    outDir: inRoot('out', folder),
    emptyOutDir: true,
    minify: true,
    rolldownOptions: {
      input,
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunk-[hash].cjs' },
    },
  },
});

const windowBundle: InlineConfig = {
  ...common,
  root: inRoot('renderer'),
  base: './',
  // Replaced by a fresh nonce in every answer of the app:// handler.
  html: { cspNonce: '%CSP_NONCE%' },
  plugins: [react()],
  build: {
    target: 'chrome130',
    outDir: inRoot('out/renderer'),
    emptyOutDir: true,
    minify: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: inRoot('renderer/index.html') },
  },
};

/** Builds what the sources say; nothing when out/ already stands for them. Returns the stamp of the sources. */
export async function buildProgram(): Promise<string> {
  const stamp = contentStamp(sources);
  if (hasStamp(stampFile, stamp)) return stamp;
  rmSync(stampFile, { force: true });
  say('building …');
  await build(nodeBundle(mainEntries, 'main'));
  await build(nodeBundle({ preload: inRoot('main/preload/index.ts') }, 'preload'));
  await build(windowBundle);
  rmSync(inRoot('out/seeds'), { recursive: true, force: true });
  cpSync(inRoot('seeds'), inRoot('out/seeds'), { recursive: true });
  writeStamp(stampFile, stamp);
  return stamp;
}

if (process.argv[1] === import.meta.filename) await buildProgram();
