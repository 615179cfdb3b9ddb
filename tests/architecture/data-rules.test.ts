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

/**
 * Articles that ask something of a program that keeps such data, or of who keeps it (secrecy by register, functions, periods,
 * media). One that no row names any more was forgotten, not decided.
 */
const articles = [
  ...['个人信息保护法 6, 34', '个人信息保护法 51(二)', '个人信息保护法 51(三)', '个人信息保护法 51(四)'],
  ...['个人信息保护法 8, 46', '个人信息保护法 17, 30, 31, 35', '个人信息保护法 19, 47', '个人信息保护法 54'],
  ...['个人信息保护法 55, 56', '个人信息保护法 57', '个人信息保护法 68', '21, 36, 51', '55(三)'],
  ...['网络安全法 23(三)', '网络安全法 23(四)', '网络安全法 27, 44', '网络数据安全管理条例 9', '条例 11'],
  ...['条例 12', '条例 16', '条例 21', '数据安全法 21', '数据安全法 29', '数据安全法 40', '数据安全法 49'],
  ...['商用密码管理条例 38–42', '密码法 8, 27', '未成年人保护法 103', '统计法 28', '刑事诉讼法 286'],
  ...['封存实施办法 13', '治安管理处罚法 136', '社区矫正法 26, 29', '社区矫正法 54', '社区矫正法 61(四)'],
  ...['实施办法 14', '人民调解法 15(四)', '法律援助法 21', '刑法 253-1', '政府信息公开条例 15, 16'],
  ...[
    '档案法 37',
    '实施条例 39–40',
    '档案法实施条例 24',
    '档案法实施条例 19, 20',
    '保守国家秘密法 31(三), 64',
  ],
  ...['GB/T 22239-2019', 'GB/T 37964-2019', '居民身份证法 19', '预防未成年人犯罪法 3, 59'],
];
test.each(articles)('%s stands in a row', (article) => {
  expect(duties.filter((duty) => duty.article.includes(article)).length).toBeGreaterThan(0);
});

test('no state secrets is said on the page where one signs in', () => {
  expect(read('renderer/components/StartCard.tsx')).toContain('programText.secrecy');
});
