// The house rules as functions: a source or a path in, findings out. Every message names its rule.
import path from 'node:path';
import { type Row, table } from './table.ts';
import type { Import, Source } from './tree.ts';

const at = (source: Source, line: number): string => `${source.path}:${line}`;

const aliases: readonly (readonly [string, string])[] = [
  ['#shared/', 'shared/'],
  ['#core/', 'main/core/'],
  ['#cli/', 'main/cli/'],
  ['#host/', 'main/host/'],
  ['#electron/', 'main/electron/'],
  ['#tools/', 'main/tools/'],
  ['#renderer/', 'renderer/'],
  ['#seeds/', 'seeds/'],
  ['#tests/', 'tests/'],
];

/** Path below the root for an import inside the project, null for a package. */
export function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  const alias = aliases.find(([prefix]) => specifier.startsWith(prefix));
  return alias ? alias[1] + specifier.slice(alias[0].length) : null;
}

const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? 'node:'
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');

const rowOf = (file: string): Row | undefined =>
  table
    .filter((row) => file.startsWith(row.area))
    .sort((one, other) => other.area.length - one.area.length)[0];

function judgeImport(source: Source, row: Row, item: Import): string | null {
  const target = targetOf(source.path, item.specifier);
  if (target === null) {
    const name = packageOf(item.specifier);
    return row.packages.includes(name) ? null : `[import table] ${row.area} may not import package ${name}`;
  }
  if (target.startsWith(row.area) && rowOf(target) === row) return null;
  if (row.from.some((area) => target.startsWith(area))) return null;
  if (row.types?.some((area) => target.startsWith(area))) {
    return item.isType ? null : `[import table] ${row.area} may import only types from ${target}`;
  }
  return `[import table] ${row.area} may not import ${target}`;
}

/** The import table. Tests may import anything; every other source file needs a row. */
export function checkImports(source: Source): string[] {
  if (source.path.startsWith('tests/')) return [];
  const row = rowOf(source.path);
  if (!row) return [`${source.path}: [import table] no row for this folder`];
  const findings: string[] = [];
  for (const item of source.imports) {
    const finding = judgeImport(source, row, item);
    if (finding) findings.push(`${at(source, item.line)}: ${finding}`);
  }
  return findings;
}

/** Spelling of imports: `#` across folders, never two steps up, always the file's extension. */
export function checkSpelling(source: Source): string[] {
  const findings: string[] = [];
  for (const { specifier, line } of source.imports) {
    if (specifier.includes('../../')) {
      findings.push(`${at(source, line)}: [no ../../] write ${specifier} with #`);
    }
    if (specifier.startsWith('#') && targetOf(source.path, specifier) === null) {
      findings.push(`${at(source, line)}: [known aliases] ${specifier}`);
    }
    const isOwn = targetOf(source.path, specifier) !== null;
    if (isOwn && !/\.(ts|tsx|json|css|mjs)$/.test(specifier)) {
      findings.push(`${at(source, line)}: [extensions] ${specifier} needs its extension`);
    }
  }
  return findings;
}

const maxLines = 400;

/** Files stay under 400 lines. */
export function checkSize(file: string, text: string): string[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return lines > maxLines ? [`${file}: [file size] ${lines} lines, at most ${maxLines}`] : [];
}

const mayExportDefault = (file: string): boolean =>
  /\.config\.ts$/.test(file) || file.startsWith('renderer/screens/');

/** No default exports but tool configurations and lazy screens. */
export const checkDefaultExport = (source: Source): string[] =>
  source.hasDefaultExport && !mayExportDefault(source.path)
    ? [`${source.path}: [default export] give it a name`]
    : [];

const chinese = /[\u3400-\u9fff\uf900-\ufaff]/;
/** Chinese signs and full-width forms, the ellipsis and the dash among them. */
const signs = /[\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2026\u2014]/;
const chineseHomes = ['shared/text/', 'shared/ledgers/', 'seeds/', 'tests/'];

/**
 * Chinese text lives in shared/text, the ledger descriptions and the seeds. Comments are free, and so are regular
 * expressions: they read what people write (年, 月, 日) and are shown to nobody.
 */
export function checkChinese(source: Source): string[] {
  if (chineseHomes.some((home) => source.path.startsWith(home))) return [];
  return source.pieces
    .filter((piece) => chinese.test(piece.text))
    .map((piece) => `${at(source, piece.line)}: [chinese text] ${piece.text.trim().slice(0, 40)}`);
}

/** The window says nothing of its own: signs between words belong to the sentence, which stands in shared/text. */
export const checkSigns = (source: Source): string[] =>
  source.path.startsWith('renderer/')
    ? source.pieces
        .filter(({ text }) => signs.test(text) && !chinese.test(text))
        .map(({ text, line }) => `${at(source, line)}: [chinese signs] ${text.trim().slice(0, 40)}`)
    : [];

/**
 * A test that is left out, or that leaves the others out, must not pass unseen. Free is only a skip that depends on
 * the machine and says why: skip(process.platform !== 'linux', 'reads /proc').
 */
export function checkTestMarks(file: string, text: string): string[] {
  if (!file.startsWith('tests/')) return [];
  const marks = /\b(?:test|it|describe|suite|bench)(?:\.\w+)*\.(only|skip|todo|fixme|fails)\(([^\n]*)/g;
  return [...text.matchAll(marks)]
    .filter(
      ([, mark, rest = '']) => mark !== 'skip' || !/^[^'"`]*process\.[^'"`]*['"`]?.*, ['"`].{5,}/.test(rest),
    )
    .map((match) => `${file}: [no test marks] .${match[1]}`);
}

const entriesAtTop = [
  'main',
  'renderer',
  'shared',
  'seeds',
  'tests',
  'electron-builder.yml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

/** Nothing else at the top level but dotfiles. */
export const checkTopLevel = (entries: readonly string[]): string[] =>
  entries
    .filter((entry) => !entry.startsWith('.') && !entriesAtTop.includes(entry))
    .map((entry) => `${entry}: [top level] belongs into a folder`);

const namePattern = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.[a-z0-9]+)*$/;
const componentPattern = /^[A-Z][A-Za-z0-9]*\.tsx$/;

/** Files in kebab-case, components in PascalCase.tsx. */
export function checkFileName(file: string): string[] {
  const name = path.posix.basename(file);
  const isRight = name.endsWith('.tsx')
    ? componentPattern.test(name) || namePattern.test(name)
    : namePattern.test(name);
  return isRight || name.startsWith('.') ? [] : [`${file}: [file name] kebab-case, or PascalCase.tsx`];
}

// Written in two pieces each, so that this file does not find itself.
const machineMarks = [
  ['/wor', 'k/'],
  ['/far', 'm/'],
  ['/roo', 't/'],
  ['registry.npmjs', '.org'],
].map(([one, two]) => `${one}${two}`);

/** Paths and hosts of one machine do not belong into the project. */
export function checkMachineMarks(file: string, text: string): string[] {
  const homes = [...text.matchAll(/(?<![\w.])\/home\/[a-z]\w*/g)].map((match) => match[0]);
  return [...machineMarks.filter((mark) => text.includes(mark)), ...homes].map(
    (mark) => `${file}: [no machine paths] ${mark}`,
  );
}

/** Suppressions of the checkers: none of the type checker, and of the linter only with a reason. */
export function checkSuppressions(file: string, text: string): string[] {
  const findings: string[] = [];
  for (const match of text.matchAll(/@ts-(ignore|nocheck)/g))
    findings.push(`${file}: [suppression] ${match[0]}`);
  for (const match of text.matchAll(/@ts-expect-error[ \t]*(.*)/g)) {
    if ((match[1] ?? '').trim().length < 10)
      findings.push(`${file}: [suppression] @ts-expect-error without a reason`);
  }
  for (const match of text.matchAll(/biome-ignore[^:\n]*:?[ \t]*(.*)/g)) {
    if ((match[1] ?? '').trim().length < 10)
      findings.push(`${file}: [suppression] biome-ignore without a reason`);
  }
  return findings;
}

/** A ledger table is written by main/core/ledgers alone: history, audit and search rest on it. */
export function checkWritePath(source: Source, tables: readonly string[]): string[] {
  const isAllowed = ['main/core/ledgers/', 'main/core/db/migrations/'].some((home) =>
    source.path.startsWith(home),
  );
  if (isAllowed || !source.path.startsWith('main/')) return [];
  const writes = new RegExp(
    `\\b(?:insert\\s+(?:or\\s+\\w+\\s+)?into|replace\\s+into|update|delete\\s+from)\\s+"?(?:${tables.join('|')})\\b`,
    'i',
  );
  return source.pieces
    .filter((piece) => writes.test(piece.text))
    .map((piece) => `${at(source, piece.line)}: [one write path] ${piece.text.trim().slice(0, 60)}`);
}
