import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CaseNumberPattern,
  formatCaseNumber,
  isCaseNumberPrefix,
  parseCaseNumber,
  readCaseNumberPattern,
} from '#shared/domain/case-number.ts';

function pattern(source: string): CaseNumberPattern {
  const reading = readCaseNumberPattern(source);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.pattern;
}

describe('case number', () => {
  test('format and parse', () => {
    const round = pattern('（{year}）{prefix}人调字第{n}号');
    const printed = '（2024）金塔镇人调字第12号';
    expect(formatCaseNumber(round, { year: 2024, prefix: '金塔镇', number: 12 })).toBe(printed);
    expect(parseCaseNumber(round, printed)).toEqual({ year: 2024, prefix: '金塔镇', number: 12 });
    expect(parseCaseNumber(round, '(2024)金塔镇人调字第0012号')).toEqual({
      year: 2024,
      prefix: '金塔镇',
      number: 12,
    });
    for (const text of [
      '（2024）金塔镇人调字第号',
      '（2024）金塔镇人调字第0号',
      '（0024）甲人调字第1号',
      `${printed}附`,
      '（2024）金1人调字第1号',
    ]) {
      expect(parseCaseNumber(round, text)).toBeNull();
    }
    expect(
      formatCaseNumber(pattern('{prefix}人调字[{year}]{n:3}号'), { year: 2019, prefix: '晋医', number: 11 }),
    ).toBe('晋医人调字[2019]011号');
  });

  test('a pattern without year or number, with a slot twice or unknown is refused', () => {
    expect(readCaseNumberPattern('人调字第号')).toEqual({
      ok: false,
      problems: [
        { problem: 'pattern-slot-missing', slot: 'year' },
        { problem: 'pattern-slot-missing', slot: 'n' },
      ],
    });
    expect(readCaseNumberPattern('{year}{n}{year}')).toEqual({
      ok: false,
      problems: [{ problem: 'pattern-slot-twice', slot: 'year' }],
    });
    expect(readCaseNumberPattern('{year}{n}{month}')).toEqual({
      ok: false,
      problems: [{ problem: 'pattern-slot-unknown', slot: 'month' }],
    });
  });

  test('what cannot be printed is refused', () => {
    const round = pattern('（{year}）{prefix}人调字第{n}号');
    expect(() => formatCaseNumber(round, { year: 24, prefix: '甲', number: 1 })).toThrow(RangeError);
    expect(() => formatCaseNumber(round, { year: 2024, prefix: '甲', number: 0 })).toThrow(RangeError);
    expect(() => formatCaseNumber(round, { year: 2024, prefix: '甲2', number: 1 })).toThrow(RangeError);
    expect(isCaseNumberPrefix('')).toBe(true);
  });

  test('whatever the pattern, what was printed is read back', () => {
    const literal = fc.array(
      fc.constantFrom(
        '（',
        '）',
        '〔',
        '[',
        ']',
        '第',
        '号',
        '人调字',
        '1',
        '甲',
        '.',
        '+',
        '-',
        '$',
        '\\',
        ' ',
      ),
      { maxLength: 3 },
    );
    const slots = fc.shuffledSubarray(['{year}', '{prefix}', '{n}'], { minLength: 3 });
    const prefix = fc
      .array(fc.constantFrom('甲', '号', '人调字', '第', '𠮷', 'A'), { maxLength: 4 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(
        fc.array(literal, { minLength: 4, maxLength: 4 }),
        slots,
        fc.boolean(),
        fc.record({
          year: fc.integer({ min: 1949, max: 2999 }),
          prefix,
          number: fc.integer({ min: 1, max: 99999 }),
        }),
        (literals, order, padded, caseNumber) => {
          const source =
            order.map((slot, index) => literals[index]!.join('') + slot).join('') + literals[3]!.join('');
          const trimmed = (padded ? source.replace('{n}', '{n:3}') : source).trim();
          const one = pattern(trimmed);
          expect(parseCaseNumber(one, formatCaseNumber(one, caseNumber))).toEqual(caseNumber);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
