// What the package is made of: fuses, archive, native file. The program in it is used by the other packed tests.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { runtimeArguments } from '#tools/runtime.ts';
import { expect, test } from './launch.ts';
import { watchedProgram } from './watch.ts';

const executable = process.env.PACKED_APP ?? '';
const resources = path.join(path.dirname(executable), 'resources');

test('fuses are shut in the executable itself', async () => {
  const wire = await getCurrentFuseWire(executable);
  const state = (option: FuseV1Options): boolean => wire[option] === FuseState.ENABLE;
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    snapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    asarIntegrity: true,
    onlyAsar: true,
    snapshot: false,
    fileProtocol: false,
  });
  // Where this Electron has the fuse at all, it is as Electron ships it.
  expect([FuseState.ENABLE, FuseState.INHERIT, undefined]).toContain(wire[FuseV1Options.WasmTrapHandlers]);
  // The one fuse that a package for the tests keeps open; `npm run dist` has no such argument.
  expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.ENABLE);
});

test('what the shut fuses keep out stays out', async ({ folder }) => {
  test.skip(process.platform !== 'linux', 'hard links, and a shell for a program');
  // A copy as it ships: the fuse that the tests enter by is shut as well.
  const copy = path.join(folder, 'program');
  spawnSync('cp', ['-al', path.dirname(executable), copy]);
  const program = path.join(copy, path.basename(executable));
  rmSync(program);
  copyFileSync(executable, program);
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
  });
  const intruder = path.join(folder, 'intruder.cjs');
  writeFileSync(intruder, `require('node:fs').writeFileSync(process.env.MARK, 'ran')`);
  // A folder that an Electron without its fuse takes before the archive, or instead of it.
  const beside = path.join(copy, 'resources', 'app');
  mkdirSync(beside);
  writeFileSync(path.join(beside, 'package.json'), '{"main":"index.cjs"}');
  copyFileSync(intruder, path.join(beside, 'index.cjs'));

  const run = (name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const mark = path.join(folder, `${name}.mark`);
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
    const { status, stderr } = spawnSync(watchedProgram(program), [...args], {
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...env, ...more, MARK: mark, JUDICIAL_USER_DATA: path.join(folder, name) },
    });
    return { status, stderr, isIn: existsSync(mark) };
  };
  const cli = [...runtimeArguments(), '--cli', 'nonsense'];
  // Each starts the program's own command line, which does not know the word, and nothing else.
  const ways = {
    node: run('node', [...cli, intruder], { ELECTRON_RUN_AS_NODE: '1' }),
    options: run('options', cli, { NODE_OPTIONS: `--require ${intruder}` }),
    inspect: run('inspect', ['--inspect=0', ...cli]),
    beside: run('beside', cli),
  };
  for (const [name, { status, stderr, isIn }] of Object.entries(ways)) {
    expect({ name, status, isIn }).toEqual({ name, status: 2, isIn: false });
    expect(stderr, name).not.toContain('Debugger listening');
  }
  // Without its archive there is no program, whatever lies beside.
  renameSync(path.join(copy, 'resources', 'app.asar'), path.join(copy, 'resources', 'gone.asar'));
  const without = run('without', cli);
  expect(without.isIn).toBe(false);
  expect(without.status).not.toBe(2);
});

test('the archive holds what was built and nothing else', () => {
  const files = listPackage(path.join(resources, 'app.asar'), { isPack: false }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  expect(files).toContain('/out/main/index.cjs');
  expect(files).toContain('/out/preload/preload.cjs');
  expect(files).toContain('/out/renderer/index.html');
  const roots = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')));
  expect([...roots].sort()).toEqual([
    'out',
    'out/main',
    'out/preload',
    'out/renderer',
    'out/seeds',
    'package.json',
  ]);
  expect(files.filter((file) => /\.(map|ts|tsx|node)$/.test(file))).toEqual([]);
});

test('the native file of this platform lies beside the archive, no other', () => {
  const beside = readdirSync(resources).filter((name) => name.endsWith('.node') || name.endsWith('.asar'));
  expect(beside.sort()).toEqual(['app.asar', `${process.platform}-${process.arch}.node`]);
});
