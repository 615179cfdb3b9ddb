import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  capitalAmount,
  fenFromTenThousandText,
  fenFromYuanText,
  mostFen,
  tenThousandText,
  yuanTableText,
  yuanText,
} from '#shared/domain/money.ts';

const fen = fc.oneof(
  fc.integer({ min: 0, max: 100000 }),
  fc.maxSafeNat().map((value) => value % (mostFen + 1)),
);

describe('money', () => {
  test('every text of an amount is read back as that amount', () => {
    fc.assert(
      fc.property(fen, (amount) => {
        expect(fenFromYuanText(yuanText(amount))).toBe(amount);
        expect(fenFromYuanText(yuanTableText(amount))).toBe(amount);
        expect(fenFromTenThousandText(tenThousandText(amount))).toBe(amount);
        expect(fenFromYuanText(`${tenThousandText(amount)}万元`)).toBe(amount);
        expect(fenFromYuanText(yuanText(-amount))).toBe(amount === 0 ? 0 : -amount);
      }),
      { numRuns: 1000 },
    );
  });

  test('texts', () => {
    expect([yuanText(120050), yuanText(120000), yuanText(5), yuanText(-5)]).toEqual([
      '1200.50',
      '1200',
      '0.05',
      '-0.05',
    ]);
    expect([yuanTableText(123456789), yuanTableText(99)]).toEqual(['1,234,567.89', '0.99']);
    expect([tenThousandText(120050), tenThousandText(350000000), tenThousandText(0)]).toEqual([
      '0.12005',
      '350',
      '0',
    ]);
    expect([tenThousandText(429645000, 2), tenThousandText(14999, 2), tenThousandText(5000, 2)]).toEqual([
      '429.65',
      '0.01',
      '0.01',
    ]);
    expect([tenThousandText(-5000, 2), tenThousandText(1499999, 0)]).toEqual(['-0.01', '1']);
  });

  test('typed amounts', () => {
    expect(fenFromYuanText('￥１，２００．５元')).toBe(120050);
    expect(fenFromYuanText('3.5万')).toBe(3500000);
    expect(fenFromYuanText('1.2亿元')).toBe(12000000000);
    expect(fenFromYuanText('1.150')).toBe(115);
    for (const text of [
      '',
      '元',
      '1,20',
      '1.005',
      '1e3',
      '12.',
      '.5',
      'NaN',
      '1 000.0.0',
      '99999999999999',
      '一百',
    ]) {
      expect(fenFromYuanText(text), text).toBeNull();
    }
  });

  test('capital amounts', () => {
    const table: [number, string][] = [
      [0, '零元整'],
      [5, '伍分'],
      [50, '伍角整'],
      [105, '壹元零伍分'],
      [115, '壹元壹角伍分'],
      [120050, '壹仟贰佰元伍角整'],
      [1000000, '壹万元整'],
      [1000100, '壹万零壹元整'],
      [10050000, '壹拾万零伍佰元整'],
      [10010000000, '壹亿零壹拾万元整'],
      [100000000000, '壹拾亿元整'],
      [10000000100, '壹亿零壹元整'],
      [100000000000000 - 1, '玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
      [-120000, '负壹仟贰佰元整'],
    ];
    for (const [amount, text] of table) expect(capitalAmount(amount)).toBe(text);
    expect(() => capitalAmount(0.5)).toThrow(RangeError);
    expect(() => capitalAmount(mostFen + 1)).toThrow(RangeError);
  });

  test('no two amounts have one capital form, and none has two zeros side by side', () => {
    fc.assert(
      fc.property(fen, (amount) => {
        const text = capitalAmount(amount);
        expect(text).not.toMatch(/零零|零[万亿]|.零元/);
        expect(readCapital(text)).toBe(amount);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Reads a capital amount by its places, independently of how it was written. */
function readCapital(text: string): number {
  const places: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let [total, group, digit] = [0, 0, 0];
  for (const character of text.replace(/整$/, '')) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(character);
    if (value >= 0) digit = value;
    else if (places[character]) group += digit * places[character];
    else if (character === '亿') total = (total + group + digit) * 100000000 * 100;
    else if (character === '万') total += (group + digit) * 10000 * 100;
    else if (character === '元') total += (group + digit) * 100;
    else if (character === '角') total += digit * 10;
    else if (character === '分') total += digit;
    if (value < 0) digit = 0;
    if ('亿万元'.includes(character)) group = 0;
  }
  return total;
}
