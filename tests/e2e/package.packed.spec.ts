// What the package is made of: fuses, archive, native file. The program in it is used by the other packed tests.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from './launch.ts';

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
