// What ships, how it is locked down, and that the two commands of the README are what the machine runs.
import { describe, expect, test } from 'vitest';
import { readText } from './tree.ts';

type Manifest = {
  main: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

const manifest = JSON.parse(readText('package.json')) as Manifest;
const builder = readText('electron-builder.yml');

/** The lines of one top-level block of the builder's file, comments left out. */
function block(name: string): string[] {
  const lines = builder.split('\n').filter((line) => !line.trim().startsWith('#'));
  const start = lines.findIndex((line) => line.startsWith(`${name}:`));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  return (end < 0 ? rest : rest.slice(0, end)).map((line) => line.trim()).filter(Boolean);
}

describe('electron-builder.yml', () => {
  test('every fuse is set, and set shut', () => {
    expect(block('electronFuses').sort()).toEqual(
      [
        'runAsNode: false',
        'enableCookieEncryption: true',
        'enableNodeOptionsEnvironmentVariable: false',
        'enableNodeCliInspectArguments: false',
        'enableEmbeddedAsarIntegrityValidation: true',
        'onlyLoadAppFromAsar: true',
        'loadBrowserProcessSpecificV8Snapshot: false',
        'grantFileProtocolExtraPrivileges: false',
      ].sort(),
    );
  });

  test('only what was built goes in, and only the one native file beside it', () => {
    const shipped = ['main', 'preload', 'renderer', 'seeds'].map((folder) => `- out/${folder}/**`);
    expect(block('files')).toEqual([...shipped, '- package.json', "- '!node_modules/**'"]);
    // The macros are electron-builder's, put together so that no linter takes them for a template.
    const native = ['platform', 'arch'].map((name) => `$\{${name}}`).join('-');
    expect(block('extraResources')).toContain(`- ${native}.node`);
    expect(builder).toMatch(/^asar: true$/m);
    expect(builder).toMatch(/^npmRebuild: false$/m);
  });
});

describe('package.json', () => {
  test('the program starts from the bundle, and only the driver is a run-time dependency', () => {
    expect(manifest.main).toBe('out/main/index.cjs');
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3']);
  });

  test('every version is exact', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(all.filter(([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('a checkout uses the Node that the lock file pins', () => {
    expect(readText('.nvmrc').trim()).toBe(manifest.devDependencies.node);
  });
});

describe('the two commands', () => {
  test('enter through the set-up, which needs nothing but Node', () => {
    expect(manifest.scripts.demo).toBe('node main/tools/setup.mjs demo');
    expect(manifest.scripts.test).toBe('node main/tools/setup.mjs check');
    const imported = [...readText('main/tools/setup.mjs').matchAll(/from '([^']+)'/g)].map(
      (match) => match[1],
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });

  test('stand in the README, and .ci/run calls the second and nothing else', () => {
    const readme = readText('README.md');
    expect(readme).toContain('npm run demo');
    expect(readme).toContain('npm test');
    const lines = readText('.ci/run')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'));
    expect(lines).toEqual(['set -euo pipefail', 'cd "$(dirname "$0")/.."', 'npm test']);
  });
});
