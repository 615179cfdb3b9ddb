// Folders, child processes and content stamps: what all tools share.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export const cacheFolder = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'judicial-ledger',
);

export const inRoot = (...parts: readonly string[]): string => path.join(root, ...parts);

/** On standard error, so that a tool's answer on standard output stays clean. */
export function say(message: string): void {
  process.stderr.write(`[tools] ${message}\n`);
}

/** Runs a program with the terminal's own streams; returns its exit status (127 if it could not start). */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (result.error) say(`${command}: ${result.error.message}`);
  return result.status ?? 127;
}

/** The JavaScript file behind an npm program, to be run with the pinned Node: no shell, the same on Windows. */
export function npmProgram(packageName: string, name: string): string {
  const folder = inRoot('node_modules', packageName);
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name];
  if (!file) throw new Error(`${packageName} has no program ${name}`);
  return path.join(folder, file);
}

export const runNpmProgram = (
  packageName: string,
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): number => run(process.execPath, [npmProgram(packageName, name), ...args], env);

/** Prefix that gives a command a screen where there is none (Linux without a display). */
export function withScreen(command: string, args: readonly string[]): [string, string[]] {
  const hasScreen =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
  if (hasScreen) return [command, [...args]];
  return ['xvfb-run', ['-a', '-s', '-screen 0 1600x1000x24', command, ...args]];
}

/** SHA-256 over names and contents of files and folders (paths below the root), and over further texts. */
export function contentStamp(paths: readonly string[], texts: readonly string[] = []): string {
  const hash = createHash('sha256');
  const add = (relative: string): void => {
    const full = inRoot(relative);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${relative}/${name}`);
    } else {
      hash.update(`${relative}\0`).update(readFileSync(full)).update('\0');
    }
  };
  for (const item of paths) add(item);
  for (const text of texts) hash.update(`${text}\0`);
  return hash.digest('hex');
}

export const hasStamp = (file: string, stamp: string): boolean =>
  existsSync(file) && readFileSync(file, 'utf8') === stamp;

export function writeStamp(file: string, stamp: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}
