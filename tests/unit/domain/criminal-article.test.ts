import { describe, expect, test } from 'vitest';
import { crimeTypeOf, readCriminalArticle } from '#shared/domain/criminal-article.ts';

describe('articles of the special part of 刑法', () => {
  test.each([
    ['264', '第264条', '05', true],
    ['第264条', '第264条', '05', true],
    ['刑法第133条之一', '第133条之一', '02', true],
    ['133之一', '第133条之一', '02', true],
    ['133-1', '第133条之一', '02', true],
    ['２８７之二', '第287条之二', '06', true],
    ['第234条第二款', '第234条', '04', true],
    // The first and the last article of each chapter
    ['102', '第102条', '01', true],
    ['113', '第113条', '01', true],
    ['114', '第114条', '02', true],
    ['139之一', '第139条之一', '02', true],
    ['140', '第140条', '03', true],
    ['231', '第231条', '03', true],
    ['232', '第232条', '04', true],
    ['262之二', '第262条之二', '04', true],
    ['263', '第263条', '05', true],
    ['276之一', '第276条之一', '05', true],
    ['277', '第277条', '06', true],
    ['367', '第367条', '06', true],
    ['368', '第368条', '07', true],
    ['381', '第381条', '07', true],
    ['382', '第382条', '08', true],
    ['396', '第396条', '08', true],
    ['397', '第397条', '09', true],
    ['419', '第419条', '09', true],
    ['420', '第420条', '99', true],
    ['451', '第451条', '99', true],
    // Not in the list of those in force
    ['199', '第199条', '03', false],
    ['264之一', '第264条之一', '05', false],
  ])('%s', (typed, name, crimeType, isListed) => {
    expect(readCriminalArticle(typed)).toMatchObject({ ok: true, article: { name, crimeType, isListed } });
    expect(crimeTypeOf(typed)).toBe(crimeType);
  });

  test.each(['101', '452', '0', '盗窃', '264abc', '', '2640'])('%s is none', (typed) => {
    expect(readCriminalArticle(typed).ok).toBe(false);
    expect(crimeTypeOf(typed)).toBe(null);
  });
});
