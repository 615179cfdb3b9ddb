// Each row of the law is kept where the table says, shown by the test it names, or named as missing.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { duties } from './data-rules.ts';
import { root } from './tree.ts';

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
/** Names of the tests of a file, with what stands in their quotation marks. */
const testsOf = (file: string) =>
  [...read(file).matchAll(/\btest(?:\.each\([^)]*\))?\(\s*[`'"]([^\n]*)/g)].map(([, name = '']) => name);

test.each(duties.map((duty) => [duty.what, duty] as const))(
  '%s',
  (_what, { kept, shown, missing, article }) => {
    expect(article).not.toBe('');
    if (!kept) return expect(missing).toBeTruthy();
    for (const file of kept) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
    expect(shown?.length, 'a test that shows it').toBeGreaterThan(0);
    for (const [file, name] of shown ?? [])
      expect(
        testsOf(file).filter((one) => one.includes(name)),
        `${file}: ${name}`,
      ).not.toEqual([]);
  },
);

test('no state secrets is said on the page where one signs in', () => {
  expect(read('renderer/components/StartCard.tsx')).toContain('programText.secrecy');
});
