import { expect, test } from 'vitest';
import { listFiles, readText } from '#tests/architecture/tree.ts';

// A key that a button's title or a sentence promises is one that some screen listens to.

const sources = [...listFiles('renderer'), ...listFiles('shared/text')]
  .filter((file) => /\.tsx?$/.test(file))
  .map(readText);
const all = sources.join('\n');

/** Keys of actions, and those that a screen's own handler knows. */
const heard = new Set([
  ...[...all.matchAll(/shortcut: '([^']+)'/g)].map(([, key]) => key),
  ...[...all.matchAll(/(?:[kK]ey|Key): '((?:Ctrl|Alt)\+[^']+)'/g)].map(([, key]) => key),
]);
const promised = new Set(
  [
    ...all.matchAll(/title="((?:Ctrl|Alt)\+[^"]+)"/g),
    ...all.matchAll(/(?<!key: ')((?:Ctrl|Alt)\+(?:Shift\+)?\w+)(?= \p{Script=Han})/gu),
  ].map(([, key]) => key),
);

test('every key that is promised is listened to', () => {
  const own = ['Alt+0', 'Alt+1', 'Alt+2', 'Alt+Insert', 'Alt+Delete', 'Ctrl+Z'];
  expect(promised.size).toBeGreaterThan(8);
  expect([...promised].filter((key) => key && !heard.has(key) && !own.includes(key))).toEqual([]);
});
