import { pinyin } from 'pinyin-pro';
import { expect, test } from 'vitest';
import { createNameReader } from '#core/ledgers/name-reader.ts';

const whole = (name: string) => pinyin(name, { toneType: 'none', type: 'array', v: true, surname: 'head' });
const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单仇解曾查区盖任华尉迟长孙万俟欧阳司马上官诸葛东方皇甫' +
  '慕容令狐宇文单于乐朴宁缪繁纪洗冼员折黑种重翟秘逄召覃晟贲佴都瞿能隗郗那哈繆么莫南宫贺兰赫连独孤';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂重长乐行朝曾还都正中发和便传单调大';

test('what is put together of characters is what the whole name is read as', () => {
  const { readings } = createNameReader();
  const heads = Array.from(surnames);
  const tails = Array.from(given);
  const wrong: string[] = [];
  for (const [at, head] of heads.entries()) {
    for (const [index, one] of tails.entries()) {
      const two = tails[(index * 7 + at) % tails.length] ?? '';
      const pair = heads[at + 1] ?? '';
      for (const name of [head + one, head + one + two, head + pair + one, head + pair + one + two]) {
        const expected = whole(name);
        const [initials, full] = readings(name);
        if (full !== expected.join('') || initials !== expected.map((part) => part[0] ?? '').join(''))
          wrong.push(`${name} ${full} ${expected.join('')}`);
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
});

test('what a name may be read as holds what it is read as', () => {
  const { readings, mayRead } = createNameReader();
  for (const name of [
    ...Array.from(surnames, (one) => `${one}伟`),
    '尉迟敬',
    '长孙无忌',
    '万俟咏',
    '重庆银行',
  ]) {
    const [initials = '', full = ''] = readings(name);
    for (const word of [initials, initials.slice(0, 1), full, full.slice(0, 3)]) {
      expect(mayRead(name, word), `${name} ${word}`).toBe(true);
    }
  }
  expect(mayRead('王伟', 'lw')).toBe(false);
  expect(mayRead('王伟', 'wangwen')).toBe(false);
  expect(mayRead('王', 'ww')).toBe(false);
});
