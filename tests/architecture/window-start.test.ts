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

/** Each was in the way of the window's start by 10 to 30 ms (tests/bench/README.md). */
const late = [
  'zod',
  'shared/api/methods.ts',
  'shared/text/errors.ts',
  'shared/text/audit.ts',
  'shared/ledgers/all.ts',
];

test('what the window does not need to come up is not read before it', () => {
  const ways = readFirst('main/electron/index.ts');
  expect(ways.has('main/host/host.ts')).toBe(true);
  const found = late.filter((target) => ways.has(target)).map((target) => `${ways.get(target)} → ${target}`);
  expect(found).toEqual([]);
});

test('the same walk finds them where they are read', () => {
  const ways = ['main/host/core-thread.ts', 'renderer/app/main.tsx'].map(readFirst);
  expect(late.filter((target) => !ways.some((way) => way.has(target)))).toEqual([]);
});
