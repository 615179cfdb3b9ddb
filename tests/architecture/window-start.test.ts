import { expect, test } from 'vitest';
import { targetOf } from './rules.ts';
import { listSources, type Source } from './tree.ts';

const sources = new Map(listSources().map((source) => [source.path, source]));

/** What is read before a line of `entry` runs: its static imports, and theirs. Of each, the way to it. */
function readFirst(entry: string): Map<string, string> {
  const ways = new Map<string, string>();
  const follow = (source: Source, way: string): void => {
    for (const { specifier, isType, isLate } of source.imports) {
      if (isType || isLate) continue;
      const target = targetOf(source.path, specifier) ?? specifier;
      if (ways.has(target)) continue;
      ways.set(target, way);
      const next = sources.get(target);
      if (next) follow(next, `${way} → ${target}`);
    }
  };
  const start = sources.get(entry);
  if (!start) throw new Error(`no such file: ${entry}`);
  follow(start, entry);
  return ways;
}

const waysTo = (ways: Map<string, string>, isMeant: (target: string) => boolean) =>
  [...ways].filter(([target]) => isMeant(target)).map(([target, way]) => `${way} → ${target}`);

/** Each was in the way of the window's start by 10 to 30 ms (tests/bench/README.md). */
const late = [
  'zod',
  'shared/api/methods.ts',
  'shared/text/errors.ts',
  'shared/text/audit.ts',
  'shared/ledgers/all.ts',
];

/** What becomes more with every register, method or rule: the start must not. */
const growing = [
  'shared/ledgers/',
  'shared/api/methods',
  'seeds/',
  'main/core/api/handlers/',
  'main/core/db/migrations/',
  'main/core/ledgers/',
  'main/core/cases/',
  'main/core/documents/',
  'main/core/statistics/',
];

/** Of the three that work before the sign-in field is there: where they begin, and something that they do need. */
const starts = [
  ['main/electron/index.ts', 'main/host/host.ts'],
  ['main/host/core-thread.ts', 'main/core/api/doorstep.ts'],
  ['renderer/app/main.tsx', 'renderer/screens/start/SignInScreen.tsx'],
] as const;

test.each(starts)('what is not needed for the first screen is not read before it: %s', (entry, needed) => {
  const ways = readFirst(entry);
  expect(ways.has(needed)).toBe(true);
  expect(waysTo(ways, (target) => late.includes(target))).toEqual([]);
  expect(waysTo(ways, (target) => growing.some((area) => target.startsWith(area)))).toEqual([]);
});

test('the sentences of the first part of the core are few', () => {
  const texts = [...readFirst('main/host/core-thread.ts').keys()].filter((each) =>
    each.startsWith('shared/text/'),
  );
  expect(texts).toEqual([]);
});

test('the same walk finds them where they are read', () => {
  const ways = ['main/core/api/core.ts', 'renderer/app/Frame.tsx'].map(readFirst);
  const isRead = (isMeant: (target: string) => boolean) =>
    ways.some((way) => waysTo(way, isMeant).length > 0);
  expect(late.filter((each) => !isRead((target) => target === each))).toEqual([]);
  expect(growing.filter((area) => !isRead((target) => target.startsWith(area)))).toEqual([]);
});
