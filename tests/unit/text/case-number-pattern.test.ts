// A pattern of case numbers as clerks read and write it, and as it is stored.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patternFault, shownPattern, storedPattern } from '#shared/text/numbering.ts';

describe('slots in Chinese', () => {
  test.each([
    ['（{年}）{调委会}人调字第{序号}号', '（{year}）{prefix}人调字第{n}号'],
    ['{调委会}人调字[{年}]{3位序号}号', '{prefix}人调字[{year}]{n:3}号'],
  ])('%s', (shown, stored) => {
    expect(shownPattern(stored)).toBe(shown);
    expect(storedPattern(shown)).toBe(stored);
    expect(patternFault(stored)).toBeNull();
  });

  test.each([
    '（{year}）{prefix}第{n:3}号',
    '（｛年度｝）｛简称｝第｛序号：3｝号',
    '（{ 年份 }）{调解组织}第{三位编号}号',
    ' （{年}）{调委会}第{３位序号}号 ',
  ])('whatever somebody types for them: %s', (typed) => {
    expect(storedPattern(typed)).toBe('（{year}）{prefix}第{n:3}号');
  });

  test('what is read is shown so that reading it again gives the same', () => {
    const slots = fc.constantFrom(
      '{year}',
      '{prefix}',
      '{n}',
      '{n:1}',
      '{n:9}',
      '{月}',
      '人调字第',
      '号',
      '-',
    );
    fc.assert(
      fc.property(fc.array(slots), (pieces) => {
        const stored = pieces.join('');
        expect(storedPattern(shownPattern(stored))).toBe(stored);
        expect(shownPattern(stored)).not.toMatch(/[A-Za-z]/);
      }),
    );
  });
});

describe('what is wrong is said in the words that stand there', () => {
  test.each([
    ['{年}{月}第{序号}号', /^不认识\{月\}，花括号里只能写 年、调委会、序号/],
    ['{年}第{3位年}{序号}号', /^不认识\{3位年\}/],
    ['人调字第{序号}号', /^缺少\{年\}$/],
    ['（{年}）第号', /^缺少\{序号\}$/],
    ['{年}{年}第{序号}号', /^\{年\}写了两次/],
    ['{年第{序号}号', /^花括号要左右成对/],
    ['{年}第{序号}号}', /^花括号要左右成对/],
  ])('%s', (typed, sentence) => {
    expect(patternFault(storedPattern(typed))).toMatch(sentence);
  });
});
