import { expect, test } from 'vitest';
import { listSources } from './tree.ts';
import { unwatchedStarts } from './watched-starts.ts';

const specs = listSources().filter(({ path }) => path.startsWith('tests/e2e/'));
/** What `drive()` starts is what its callers hand it, and these are looked at. */
const handsOn = (file: string) => (file === 'tests/e2e/pipe-driver.ts' ? ['command'] : []);

test('every start of the program in the window tests is watched', () => {
  expect(specs.length).toBeGreaterThan(30);
  expect(specs.flatMap(({ path, text }) => unwatchedStarts(path, text, handsOn(path)))).toEqual([]);
});

test('the test driver is named by the one file that starts the program through the watch', () => {
  const naming = specs.filter(({ imports }) =>
    imports.some(({ names }) => names?.some(({ there }) => there === '_electron')),
  );
  expect(naming.map(({ path }) => path)).toEqual(['tests/e2e/launch.ts']);
});

test.each([
  ['spawn(runtime.executable, args)'],
  ['spawnSync(program, [...args])'],
  ["const program = process.env.PACKED_APP ?? ''; spawn(program)"],
  ['const executablePath = runtime.executable; await _electron.launch({ ...options, executablePath })'],
  ['_electron.launch({ executablePath: packed })'],
  ['_electron.launch({ args })'],
  ['await drive([runtime.executable, ...args], env)'],
  ["const [command = '', ...args] = words; spawnSync(command, args)"],
  ["process.getBuiltinModule('node:child_process').execFileSync(packed)"],
  ["import { exec } from 'node:child_process'; exec(program + flags)"],
  // One watched, one not, under the same name.
  ['{ const a = watchedProgram(x); spawn(a); } { const a = x; spawn(a); }'],
])('%s is found', (text) => {
  expect(unwatchedStarts('tests/e2e/x.spec.ts', text)).not.toEqual([]);
});

test.each([
  ['spawn(watchedProgram(program), args)'],
  ['const executablePath = watchedProgram(e, f); await _electron.launch({ ...options, executablePath })'],
  ['drive([watchedProgram(runtime.executable), root], env)'],
  ["const [command = '', ...args] = traced(log, words); spawnSync(command, args)"],
  ["execFileSync('pdftotext', ['-layout', file, '-'])"],
  ['execFileSync(process.execPath, [child])'],
  ['/listening on (.*)/.exec(words)'],
])('%s is none', (text) => {
  expect(unwatchedStarts('tests/e2e/x.spec.ts', text)).toEqual([]);
});
