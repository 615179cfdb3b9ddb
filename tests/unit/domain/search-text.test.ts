import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  entryText,
  foldForSearch,
  holds,
  indexText,
  ledgerToken,
  matchFor,
  readingTokens,
  type Sought,
  soughtIn,
  unitToken,
  unitTokens,
  withScope,
} from '#shared/domain/search-text.ts';

function search(documents: readonly string[], query: string): number[] {
  const database = new Database(':memory:');
  try {
    database.exec(
      "CREATE VIRTUAL TABLE found USING fts5(t, tokenize='ascii', content='', contentless_delete=1)",
    );
    const insert = database.prepare('INSERT INTO found(rowid, t) VALUES (?, ?)');
    documents.forEach((text, index) => {
      insert.run(index, text);
    });
    return database
      .prepare('SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid')
      .pluck()
      .all(query) as number[];
  } finally {
    database.close();
  }
}

/** What the index finds, and that an entry beside it is found by the same. */
function found(documents: readonly string[], sought: Sought): number[] {
  const inIndex = search(documents.map(indexText), matchFor(sought));
  expect(documents.flatMap((entry, at) => (holds(entry, sought) ? [at] : []))).toEqual(inIndex);
  return inIndex;
}

const find = (records: readonly string[][], typed: string): number[] => {
  const sought = soughtIn(typed);
  return sought.length === 0
    ? []
    : found(
        records.map((parts) => entryText(parts, [])),
        sought,
      );
};

/** What the index must find, by plain substring search. */
function naive(records: readonly string[][], typed: string): number[] {
  const words = foldForSearch(typed).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return records.flatMap((parts, index) => {
    const hit = words.every((word) => parts.some((part) => foldForSearch(part).includes(word)));
    return hit ? [index] : [];
  });
}

// Few characters, so that chance makes near misses: repeated pairs, joined fields, rare characters of planes
// 2 and 3.
const varied = Array.from('王伟张村𠮷𰻞120aBÉ， -·（"*１Ａ\n');
const few = ['王', '伟', '1', 'a', ' '];
const text = (alphabet: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((list) => list.join(''));
const part = fc.oneof(text(varied, 14), text(few, 20), text(['1', '2', '-'], 12));
const query = fc.oneof(text(varied, 6), text(few, 5), text(['1', '2'], 8));
const record = fc.array(part, { minLength: 1, maxLength: 3 });

describe('search text', () => {
  test('of two numbers in one run the end of the first and the beginning of the second make no third', () => {
    const records = [['甲abcdef乙bcdefg丙'], ['甲abcdefg丙'], ['甲abc', 'bcd乙'], ['甲乙', '乙丙']];
    expect(find(records, 'abcdefg')).toEqual([1]);
    expect(find(records, 'bcdefg')).toEqual([0, 1]);
    expect(find(records, 'abcd')).toEqual([0, 1]);
    expect(find(records, '甲乙丙')).toEqual([]);
  });

  test('what only separates stands in no record that needs no separating', () => {
    const texts = [['王伟', '张村', '邻里纠纷，土地', '13900001234 6209'], ['王伟甲，张村乙，李丙丁']];
    for (const parts of texts) expect(indexText(entryText(parts, []))).not.toContain('\u00a6');
    expect(indexText(entryText(['abcdef王bcdefg'], []))).toContain('\u00a6');
  });

  test('finds exactly the records that contain each word in some part', () => {
    let hits = 0;
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), query, (records, typed) => {
        const expected = naive(records, typed);
        hits += expected.length;
        expect(find(records, typed)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
    expect(hits).toBeGreaterThan(0);
  });

  test('finds every substring of what was recorded', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (records, ...at) => {
          const text = foldForSearch(records[0]![at[0]! % records[0]!.length]!);
          const characters = Array.from(text);
          const from = characters.length === 0 ? 0 : at[1]! % characters.length;
          const typed = characters.slice(from, from + 1 + (at[2]! % 8)).join('');
          expect(find(records, typed)).toEqual(naive(records, typed));
          if (typed.trim() !== '') expect(find(records, typed)).toContain(0);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('names, numbers and what is written between them', () => {
    const records = [
      ['王建伟', '999999199001010016', '13812341234'],
      ['阿卜杜拉·买买提', '0937-4421234', '（2024）金人调字第12号'],
      ['欧阳𠮷', 'Lawyer Zhang'],
    ];
    for (const typed of [
      '王',
      '建',
      '伟',
      '王建',
      '建伟',
      '王建伟',
      '1234',
      '0016',
      '199001',
      '999999199001010016',
    ]) {
      expect(find(records, typed)).toContain(0);
    }
    for (const typed of [
      '卜',
      '阿卜杜拉买买提',
      '阿卜杜拉·买买提',
      '09374421234',
      '4421234',
      '金人调字第12号',
      '(2024) 金人',
      '２０２４',
    ]) {
      expect(find(records, typed)).toEqual([1]);
    }
    expect(find(records, '𠮷')).toEqual([2]);
    expect(find(records, 'ZHANG 欧阳')).toEqual([2]);
    expect(find(records, '王伟')).toEqual([]);
    expect(find(records, '伟9')).toEqual([]);
    expect(find([['张三', '三李'], ['张三 三李'], ['张三李']], '张三李')).toEqual([2]);
    expect(find([['张三'], ['三']], '张 三')).toEqual([0]);
    expect(soughtIn(' ，。"*')).toEqual([]);
  });

  test('readings match from their beginning only and never across markers', () => {
    const documents = [
      entryText(['张伟'], readingTokens(['zw', 'zhangwei'])),
      entryText(['wzh'], readingTokens(['ls'])),
    ];
    expect(found(documents, soughtIn('zw'))).toEqual([0]);
    expect(found(documents, soughtIn('ZHANG'))).toEqual([0]);
    expect(found(documents, soughtIn('zh'))).toEqual([0, 1]);
    expect(found(documents, soughtIn('wei'))).toEqual([]);
    expect(found(documents, soughtIn('l'))).toEqual([1]);
  });

  test('scope limits to units below a level and to a register', () => {
    const document = (unit: string, ledger: string) =>
      entryText(['张伟'], [...unitTokens(unit), ledgerToken(ledger)]);
    const documents = [
      document('620921100', 'mediation'),
      document('620921101201', 'mediation'),
      document('620922100', 'mediation'),
      document('620921', 'legalAid'),
    ];
    const query = soughtIn('张伟');
    expect(found(documents, withScope(query, [unitToken('620921')]))).toEqual([0, 1, 3]);
    expect(found(documents, withScope(query, [unitToken('620921101')]))).toEqual([1]);
    expect(
      found(
        documents,
        withScope(query, [unitToken('620921'), unitToken('620922')], [ledgerToken('mediation')]),
      ),
    ).toEqual([0, 1, 2]);
    expect(found(documents, withScope(query, []))).toEqual([]);
    expect(found(documents, withScope(soughtIn('张伟 伟'), [unitToken('620922')]))).toEqual([2]);
    expect(() => unitToken('62 OR 1')).toThrow(RangeError);
  });
});
