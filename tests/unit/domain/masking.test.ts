// What stays of names, numbers and addresses (个人信息保护法 51(三), GB/T 37964-2019), as laws over any of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  maskAddress,
  maskDay,
  maskIdentityNumber,
  maskName,
  maskNameIn,
  maskNames,
  maskNumbersIn,
  maskPhone,
} from '#shared/domain/masking.ts';

const from = (characters: string) => fc.constantFrom(...Array.from(characters));
const digits = (length: number) =>
  fc.string({ unit: from('0123456789'), minLength: length, maxLength: length });
const han = from('张王李赵欧阳亓官曜谧濮霁宸令狐筱冉呼延璟珩𠮷𰀀木拉提热');
const hanName = fc.string({ unit: han, minLength: 2, maxLength: 4 });
const latin = fc.string({ unit: from('abcdefghijklmnopqrstuvwxyzéü'), minLength: 2, maxLength: 9 });
/** As registered: Chinese, of a minority with a middle dot, foreign with blanks. */
const anyName = fc.oneof(
  hanName,
  fc.tuple(hanName, hanName).map((parts) => parts.join('·')),
  fc.tuple(latin, latin).map(([one, other]) => `${one.toUpperCase()} ${other}`),
);
const idNumber = fc.tuple(digits(17), from('0123456789X')).map((parts) => parts.join(''));
const mobile = digits(10).map((rest) => `1${rest}`);
const landline = fc.tuple(digits(2), digits(7)).map(([area, number]) => [`0${area}`, number] as const);
const place = fc.string({ unit: from('金塔县东坝镇上元村隐庐巷三组号楼12单元'), maxLength: 30 });

const shownOf = (masked: string) => Array.from(masked).filter((character) => character !== '*').length;
const sameLength = (masked: string, text: string) =>
  expect(Array.from(masked)).toHaveLength(Array.from(text).length);
/** What is shown stands where it stood. */
const onlyStars = (masked: string, text: string) => {
  const original = Array.from(text);
  Array.from(masked).forEach((character, at) => {
    if (character !== '*') expect(character).toBe(original[at]);
  });
};

describe('one value', () => {
  test('forms', () => {
    expect(['张三', '欧阳修', '𠮷田', ''].map(maskName)).toEqual(['张*', '欧**', '𠮷*', '']);
    expect(maskNames('张三、李四，王五 赵六')).toBe('张*、李*，王* 赵*');
    expect(maskIdentityNumber('999999199001010016')).toBe('9999**********0016');
    expect(maskIdentityNumber('E12345678')).toBe('*********');
    expect(maskPhone('13812341234')).toBe('138****1234');
    expect([maskPhone('84421234'), maskPhone('12348')]).toEqual(['********', '*****']);
    expect(maskAddress('金塔县金塔镇上元村3组')).toBe('金塔县金塔******');
    expect([maskAddress('隐庐巷七号'), maskAddress('三组'), maskAddress('3')]).toEqual([
      '隐庐***',
      '三*',
      '*',
    ]);
    expect([maskDay('1990-03-14'), maskDay('3月14日'), maskDay('')]).toEqual(['1990-**-**', '*****', '']);
  });

  test('of a name the first character, of several names that of each', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const masked = maskName(name);
        sameLength(masked, name);
        expect(Array.from(masked)[0]).toBe(Array.from(name)[0]);
        expect(shownOf(masked)).toBe(1);
      }),
    );
    fc.assert(
      fc.property(fc.array(hanName, { maxLength: 5 }), from('、，,；; '), (names, sign) => {
        const masked = maskNames(names.join(sign)).split(sign);
        expect(masked).toEqual(names.length === 0 ? [''] : names.map(maskName));
      }),
    );
  });

  test('of an identity number four at each end, and six at least in between', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 24 }), (number) => {
        const masked = maskIdentityNumber(number);
        sameLength(masked, number);
        onlyStars(masked, number);
        const shown = shownOf(masked);
        expect(shown).toBeLessThanOrEqual(8);
        if (shown > 0) expect(Array.from(number).length - 8).toBeGreaterThanOrEqual(6);
      }),
    );
    fc.assert(
      fc.property(idNumber, (number) => {
        expect(maskIdentityNumber(number)).toBe(`${number.slice(0, 4)}**********${number.slice(-4)}`);
      }),
    );
  });

  test('of a telephone number three and four, and three at least in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }).chain(digits), (number) => {
        const masked = maskPhone(number);
        sameLength(masked, number);
        onlyStars(masked, number);
        const shown = shownOf(masked);
        if (shown > 0) expect([shown, number.length - shown >= 3]).toEqual([7, true]);
      }),
    );
  });

  test('of an address six characters, and never more than half', () => {
    fc.assert(
      fc.property(place, (address) => {
        const masked = maskAddress(address);
        sameLength(masked, address);
        onlyStars(masked, address);
        expect(shownOf(masked)).toBeLessThanOrEqual(Math.min(6, Array.from(address).length / 2));
      }),
    );
  });
});

describe('in a text', () => {
  const words = from('因宅基地边界与邻居发生口角，经调解达成协议。');
  const text = fc.string({ unit: words, maxLength: 12 });
  const gap = fc.constantFrom('', ' ', '-', '—', '－');
  const written = fc.oneof(
    idNumber,
    fc.tuple(idNumber, gap).map(([id, sign]) => [id.slice(0, 6), id.slice(6, 14), id.slice(14)].join(sign)),
    digits(15),
    fc.tuple(mobile, gap).map(([no, sign]) => [no.slice(0, 3), no.slice(3, 7), no.slice(7)].join(sign)),
    fc.tuple(landline, gap).map(([parts, sign]) => parts.join(sign)),
    fc
      .tuple(fc.array(digits(4), { minLength: 4, maxLength: 4 }), gap)
      .map(([parts, sign]) => parts.join(sign)),
    fc.integer({ min: 16, max: 19 }).chain(digits),
  );

  test('of no number more than eight digits are left, and nothing else is touched', () => {
    fc.assert(
      fc.property(text, written, text, (before, number, after) => {
        const masked = maskNumbersIn(before + number + after);
        expect(masked.startsWith(before)).toBe(true);
        expect(masked.endsWith(after)).toBe(true);
        const left = masked.slice(before.length, masked.length - after.length);
        expect(left).toHaveLength(number.length);
        expect(left.replace(/[^\dX]/g, '').length).toBeLessThanOrEqual(8);
        expect(left).toContain('***');
      }),
    );
  });

  test('days, years, amounts and numbers of cases stay', () => {
    const plain =
      '2025年6月10日（2025-06-10）约定给付120000.00元，东坝民调〔2025〕12号，至2026年止，门牌1203号';
    expect(maskNumbersIn(plain)).toBe(plain);
  });

  test('a name is found however it is written, and leaves its first character', () => {
    fc.assert(
      fc.property(
        text,
        anyName,
        text,
        fc.constantFrom('', ' ', '·', '\u3000'),
        (before, name, after, sign) => {
          const spaced = Array.from(name.replace(/[\s·]/g, '')).join(sign);
          for (const form of [name, spaced]) {
            const masked = maskNameIn(before + form + after, name);
            expect(masked).toBe(before + maskName(form) + after);
          }
        },
      ),
    );
  });

  test('a name with signs that mean something to a search is a name like another', () => {
    for (const name of ['A.B (C)', '甲*乙', '[丙]丁', '$戊^', '己\\庚'])
      expect(maskNameIn(`与${name}同村`, name)).toBe(`与${maskName(name)}同村`);
    expect(maskNameIn('张家的井', '张')).toBe('张家的井');
  });
});
