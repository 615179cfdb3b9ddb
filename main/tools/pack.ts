// electron-builder around the Electron of this machine: node main/tools/pack.ts [electron-builder arguments]
// Without arguments: an unpacked program in dist/, which the tests start.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildProgram } from './build.ts';
import { findRuntime, type Runtime, refusalToShip } from './runtime.ts';
import { contentStamp, hasStamp, inRoot, npmProgram, runNpmProgram, say, writeStamp } from './workspace.ts';

const stampFile = inRoot('dist/.pack-stamp');

/** Folder and executable of the unpacked program of this platform. */
const unpackedFolder = inRoot('dist', process.platform === 'win32' ? 'win-unpacked' : 'linux-unpacked');
const executable = path.join(
  unpackedFolder,
  process.platform === 'win32' ? 'judicial-ledger.exe' : 'judicial-ledger',
);

function builderArguments(runtime: Runtime): string[] {
  const around = [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`];
  // Playwright enters through the inspector; a package for the tests keeps that one fuse open.
  const testing = ['-c.electronFuses.enableNodeCliInspectArguments=true', '-c.compression=store'];
  return [...around, ...testing, '--publish', 'never'];
}

/** The unpacked program for the tests; its executable. Nothing is done when dist/ already stands for the sources. */
export async function packForTests(): Promise<string> {
  const built = await buildProgram();
  const runtime = await findRuntime();
  const stamp = contentStamp(['electron-builder.yml', 'main/tools/pack.ts'], [built, runtime.folder]);
  if (hasStamp(stampFile, stamp) && existsSync(executable)) return executable;
  rmSync(unpackedFolder, { recursive: true, force: true });
  const target = process.platform === 'win32' ? '--win' : '--linux';
  say('packing …');
  // Its output is long and of interest only when it fails.
  const builder = npmProgram('electron-builder', 'electron-builder');
  const result = spawnSync(process.execPath, [builder, target, 'dir', ...builderArguments(runtime)], {
    cwd: inRoot(),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (result.status !== 0) throw new Error(`electron-builder failed:\n${result.stdout}${result.stderr}`);
  if (runtime.kind === 'registry') {
    const resources = path.join(unpackedFolder, 'resources');
    copyFileSync(runtime.driver, path.join(resources, `${process.platform}-${process.arch}.node`));
    rmSync(path.join(resources, 'default_app.asar'), { force: true });
  }
  writeStamp(stampFile, stamp);
  return executable;
}

/** Installers for release: only around Electron's own download, all fuses as electron-builder.yml says. */
async function packForRelease(args: readonly string[]): Promise<number> {
  await buildProgram();
  const runtime = await findRuntime();
  const manifest = readFileSync(inRoot('node_modules/electron/package.json'), 'utf8');
  const refusal = refusalToShip(runtime, (JSON.parse(manifest) as { version: string }).version);
  if (refusal !== null) {
    say(refusal);
    return 1;
  }
  return runNpmProgram('electron-builder', 'electron-builder', [...args, '--publish', 'never']);
}

if (process.argv[1] === import.meta.filename) {
  const args = process.argv.slice(2);
  if (args.length > 0) process.exit(await packForRelease(args));
  say(await packForTests());
}
