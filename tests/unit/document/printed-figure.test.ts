import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PrintedProblem, parsePrinted, plainForm, printFigure } from '#shared/domain/figures.ts';
import { figureWords } from '#shared/text/figures.ts';

const rows: Record<string, string>[] = parse(readFileSync('tests/fixtures/indicators-2023.csv', 'utf8'), {
  columns: true,
});

describe('printed figures', () => {
  test.each<[string, string, number, string | null]>([
    ['0.36万人次', '人次', 3600, null],
    ['150万元', '万元', 150, null],
    ['3200余万元', '万元', 3200, '余'],
    ['1.2亿元', '万元', 12_000, null],
    ['0.28万余篇', '篇', 2800, '余'],
    ['5万余人', '人', 50_000, '余'],
    ['18.62%', '%', 18.62, null],
    ['１８.６２％', '%', 18.62, null],
    ['200余场次', '场次', 200, '余'],
    ['先后26次', '次', 26, '先后'],
    ['97%以上', '%', 97, '以上'],
    ['超过70%', '%', 70, '超过'],
    ['近3万余条', '条', 30_000, '近余'],
    ['13,885件', '件', 13_885, null],
    ['0件', '件', 0, null],
    ['3.5百分点', '百分点', 3.5, null],
    ['不到3个', '个', 3, '不到'],
  ])('%s in %s is %d', (printed, unit, value, qualifier) => {
    expect(parsePrinted(printed, unit)).toMatchObject({ ok: true, value, qualifier });
  });

  test.each<[string, string, PrintedProblem]>([
    ['205人次', '件', 'unitMismatch'],
    ['26次', '%', 'unitMismatch'],
    ['150元', '万', 'unitMismatch'],
    ['26', '次', 'unitMissing'],
    ['200余', '场次', 'unitMissing'],
    ['多次', '次', 'noNumber'],
    ['  ', '次', 'empty'],
    ['-3件', '件', 'negative'],
    ['负3件', '件', 'negative'],
    ['3-5件', '件', 'severalNumbers'],
    ['由8.82%提高到61.40%', '%', 'unreadable'],
    ['1,23件', '件', 'severalNumbers'],
    ['2.5件', '件', 'notWhole'],
    ['0.00005万件', '件', 'notWhole'],
  ])('%s for unit %s is refused: %s', (printed, unit, problem) => {
    expect(parsePrinted(printed, unit)).toEqual({ ok: false, problem });
  });

  test('every figure of the published report is read, and printed again it is the same', () => {
    expect(rows).toHaveLength(151);
    for (const { printed_value: printed = '', unit = '' } of rows) {
      const read = parsePrinted(printed, unit);
      expect(read, printed).toMatchObject({ ok: true });
      if (read.ok) expect(printFigure(read.value, unit, read.form)).toBe(printed);
    }
  });

  test('without a form whole numbers are plain and rates have two decimals', () => {
    expect(printFigure(1249, '件')).toBe('1249件');
    expect(printFigure(97.6, '%')).toBe('97.60%');
    expect(printFigure(99.995, '%')).toBe('100.00%');
    expect(printFigure(150, '万元')).toBe('150万元');
    expect(printFigure(0.000000123, '%', { decimals: 3 })).toBe('0.000%');
  });

  const units = ['件', '人次', '万元', '%', '场次', '户', '个', '亿元', '天'];
  const word = (words: readonly string[]) => fc.constantFrom('', ...words);
  const number = fc.record({
    whole: fc.nat({ max: 999_999 }),
    fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^\d{1,2}$/)),
    grouped: fc.boolean(),
  });

  test('print after read gives back any form of the grammar', () => {
    let read = 0;
    const form = fc.record({
      before: word(figureWords.before),
      number,
      scale: fc.constantFrom('', '百', '千', '万', '百万', '亿'),
      between: word(figureWords.between),
      betweenFirst: fc.boolean(),
      unit: fc.constantFrom(...units),
      after: word(figureWords.after),
    });
    fc.assert(
      fc.property(form, (one) => {
        const whole = one.number.grouped
          ? one.number.whole.toLocaleString('en-US')
          : String(one.number.whole);
        const digits = one.number.fraction === '' ? whole : `${whole}.${one.number.fraction}`;
        const middle = one.betweenFirst ? one.between + one.scale : one.scale + one.between;
        const printed = one.before + digits + middle + one.unit + one.after;
        const parsed = parsePrinted(printed, one.unit);
        if (!parsed.ok) {
          // Only a fraction of a whole thing, or a scale word that together with the unit reads as another scale.
          expect(parsed.problem === 'notWhole' || one.scale !== '', `${printed}: ${parsed.problem}`).toBe(
            true,
          );
          return;
        }
        read += 1;
        expect(printFigure(parsed.value, one.unit, parsed.form)).toBe(printed);
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  test('a value printed in any scale is read back as the same value', () => {
    const cases = fc.tuple(
      fc.nat({ max: 2_000_000_000 }),
      fc.constantFrom('', '万', '亿'),
      fc.constantFrom('件', '人'),
    );
    fc.assert(
      fc.property(cases, ([value, scale, unit]) => {
        const decimals = scale === '亿' ? 8 : scale === '万' ? 4 : 0;
        const printed = printFigure(value, unit, { ...plainForm, scale, decimals });
        expect(parsePrinted(printed, unit)).toMatchObject({ ok: true, value });
      }),
    );
  });
});
