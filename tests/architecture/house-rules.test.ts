import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ledgers } from '#shared/ledgers/all.ts';
import { checkBans } from './bans.ts';
import {
  checkChinese,
  checkDefaultExport,
  checkFileName,
  checkImports,
  checkMachineMarks,
  checkSigns,
  checkSize,
  checkSpelling,
  checkSuppressions,
  checkTestMarks,
  checkTopLevel,
  checkWritePath,
} from './rules.ts';
import { table } from './table.ts';
import { listFiles, listSources, readText, root } from './tree.ts';
import { checkExports, checkTexts, heldByTests } from './unused.ts';

const files = listFiles();
const sources = listSources();
const textFiles = files.filter((file) =>
  /\.(ts|tsx|mjs|cjs|json|yml|md|css|html|h|conf|csv)$|(^|\/)\.[^/]+$/.test(file),
);
const generated = ['node_modules', 'out', 'dist', 'test-results'];

/** Tables that hold records and their children. */
const ledgerTables = ledgers.flatMap((ledger) => [
  ledger.table,
  ...Object.values(ledger.children ?? {}).map((child) => child.table),
]);

test('the walk finds the project', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(files).toContain('main/tools/setup.mjs');
  expect(ledgerTables).toContain('mediation_case');
});

test('every import is one that the table allows', () => {
  expect(sources.flatMap(checkImports)).toEqual([]);
});

test('every row of the table has its folder or a feature to come', () => {
  const toCome = ['persons', 'cases', 'imports', 'exchange'].map((name) => `main/core/${name}/`);
  const unused = table.filter((row) => !files.some((file) => file.startsWith(row.area)));
  expect(unused.map((row) => row.area).filter((area) => !toCome.includes(area))).toEqual([]);
});

test('imports are spelt the one way', () => {
  expect(sources.flatMap(checkSpelling)).toEqual([]);
});

test('files are short', () => {
  const styles = files.filter((file) => file.endsWith('.css'));
  const counted = [...sources.map((source) => source.path), ...styles, 'main/tools/setup.mjs'];
  expect(counted.flatMap((file) => checkSize(file, readText(file)))).toEqual([]);
});

test('no default exports', () => {
  expect(sources.flatMap(checkDefaultExport)).toEqual([]);
});

test('Chinese text stands where a translator would look', () => {
  expect(sources.flatMap(checkChinese)).toEqual([]);
});

test('signs between words stand with the words', () => {
  expect(sources.flatMap(checkSigns)).toEqual([]);
});

test('no test is left out', () => {
  expect(sources.flatMap((source) => checkTestMarks(source.path, source.text))).toEqual([]);
});

test('the top level stays small', () => {
  const entries = readdirSync(root).filter((entry) => !generated.includes(entry));
  expect(checkTopLevel(entries)).toEqual([]);
});

test('file names', () => {
  expect(sources.flatMap((source) => checkFileName(source.path))).toEqual([]);
});

test('no paths or hosts of one machine', () => {
  expect(textFiles.flatMap((file) => checkMachineMarks(file, readText(file)))).toEqual([]);
});

test('no silent suppressions', () => {
  const judged = sources.filter((source) => !source.path.startsWith('tests/architecture/'));
  expect(judged.flatMap((source) => checkSuppressions(source.path, source.text))).toEqual([]);
});

test('ledger tables are written in one place', () => {
  expect(sources.flatMap((source) => checkWritePath(source, ledgerTables))).toEqual([]);
});

test('every export is used outside its file', () => {
  expect(checkExports(sources)).toEqual([]);
  const gone = Object.entries(heldByTests).flatMap(([file, [, ...names]]) => {
    const exported = sources.find(({ path }) => path === file)?.exports.map(({ name }) => name) ?? [];
    return names.filter((name) => !exported.includes(name)).map((name) => `${file}: ${name}`);
  });
  expect(gone).toEqual([]);
});

test('every sentence is said somewhere', () => {
  expect(checkTexts(sources)).toEqual([]);
});

test('nothing is written that is banned', () => {
  expect(sources.flatMap(checkBans)).toEqual([]);
});
