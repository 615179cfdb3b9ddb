// What is written and used by nobody: exports, and sentences of shared/text.
import { targetOf } from './rules.ts';
import type { Source } from './tree.ts';

/**
 * Exports that nothing but tests names, with the reason why they are there all the same: by file, so that a new one
 * beside them is found.
 */
export const heldByTests: Readonly<Record<string, readonly [reason: string, ...names: string[]]>> = {
  'main/core/reports/annual.ts': [
    'the report in its three forms, of which the helper that writes .docx takes none',
    'toDocx',
    'toWebHtml',
  ],
  'main/cli/index.ts': ['loaded by its path in the packed program', 'main'],
  'tests/bench/index.ts': ['loaded by its path, where it is there', 'runBench'],
  'shared/domain/chinese-date.ts': [
    'days as people write them, for tables taken in',
    'chineseNumeralDay',
    'readDay',
  ],
  'shared/domain/code-list.ts': ['codes of tables taken in', 'hasCodeOn', 'matchCode'],
  'shared/domain/day.ts': [
    'one arithmetic of days, told as a whole by its tests',
    'compareDays',
    'dayRange',
    'daysOf',
    'isWithin',
    'monthRange',
    'yearRange',
  ],
  'shared/domain/division-code.ts': ['GB/T 10114 as a whole', 'townshipKind', 'villageKind'],
  'shared/domain/figures.ts': ['letters of tables taken in', 'basisOfLetter'],
  'shared/domain/money.ts': [
    'tables in units of ten thousand yuan',
    'fenFromTenThousandText',
    'tenThousandText',
  ],
  'shared/domain/text-normalise.ts': ['names of tables taken in', 'cleanName'],
  'shared/domain/working-days.ts': ['what the other functions are held against', 'isWorkday', 'nextWorkday'],
  'main/core/security/key-file.ts': ['the data key alone, for a look beside the dispatcher', 'keyByPassword'],
  'shared/ledgers/workflow.ts': ['holds the tables of steps against their descriptions', 'unknownFields'],
  'shared/text/phrases.ts': [
    'holds the phrases that come with the program against their places',
    'phrasePlaces',
  ],
};

const word = (name: string) => new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');

/** Who takes a name from a file; a module that is taken whole is looked through for it. */
function takers(sources: readonly Source[]): (file: string, name: string) => Source[] {
  const byFile = new Map<string, { source: Source; names: ReadonlySet<string> | null }[]>();
  for (const source of sources) {
    for (const { specifier, names } of source.imports) {
      const target = targetOf(source.path, specifier);
      if (target === null) continue;
      const taken = { source, names: names && new Set(names.map(({ there }) => there)) };
      byFile.set(target, [...(byFile.get(target) ?? []), taken]);
    }
  }
  return (file, name) =>
    (byFile.get(file) ?? [])
      .filter(({ source, names }) => (names ? names.has(name) : word(name).test(source.text)))
      .map(({ source }) => source);
}

const isTest = ({ path }: Source) => path.startsWith('tests/');

/**
 * Every export is used outside its file. A type may also stand for itself in the signatures of its own file; what only
 * tests use is listed above.
 */
export function checkExports(sources: readonly Source[], held = heldByTests): string[] {
  const takersOf = takers(sources);
  const findings: string[] = [];
  for (const source of sources) {
    for (const { name, isType, line } of source.exports) {
      const users = takersOf(source.path, name);
      const own = source.text.match(word(name))?.length ?? 0;
      const [, ...allowed] = held[source.path] ?? [''];
      if (users.length === 0 && !(isType && own > 1) && !allowed.includes(name))
        findings.push(`${source.path}:${line}: [unused] ${name} is named by no other file`);
      else if (users.length > 0 && own === 1 && !isType && !isTest(source) && users.every(isTest)) {
        if (!allowed.includes(name))
          findings.push(`${source.path}:${line}: [unused] ${name} is named by tests alone`);
      } else if (users.length > 0 && allowed.includes(name))
        findings.push(`${source.path}:${line}: [unused] ${name} needs no reason any more`);
    }
  }
  return findings;
}

/** Every sentence of the objects in shared/text is said somewhere. An object that is handed on whole, or spread, says all of them. */
export function checkTexts(sources: readonly Source[]): string[] {
  const takersOf = takers(sources);
  const findings: string[] = [];
  for (const source of sources.filter(({ path }) => path.startsWith('shared/text/'))) {
    for (const [, name = '', body = ''] of source.text.matchAll(
      /^export const (\w+)[^=]*= \{\n([\s\S]*?)^\}/gm,
    )) {
      const users = [
        { text: source.text.replace(`const ${name}`, ''), here: name },
        ...takersOf(source.path, name).map(({ text, imports }) => ({
          text: text.replaceAll(/^import [^;]*;/gm, ''),
          here: imports.flatMap(({ names }) => names ?? []).find(({ there }) => there === name)?.here ?? name,
        })),
      ];
      if (
        users.some(({ text, here }) => new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${here}\\b(?!\\.)`).test(text))
      )
        continue;
      for (const [, key = ''] of body.matchAll(/^ {2}'?(\w+)'?:/gm)) {
        if (!users.some(({ text, here }) => new RegExp(`\\b${here}\\.${key}\\b`).test(text)))
          findings.push(`${source.path}: [unused] ${name}.${key} is said nowhere`);
      }
    }
  }
  return findings;
}
