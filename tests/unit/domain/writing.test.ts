import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chineseDay, chineseMonth, chineseNumeralDay, readDay } from '#shared/domain/chinese-date.ts';
import { asDay, dayNumber, dayOfNumber } from '#shared/domain/day.ts';
import { readPhone, readPhones } from '#shared/domain/phone.ts';
import { cleanLine, cleanLines, cleanName, cleanNumber, toHalfWidth } from '#shared/domain/text-normalise.ts';

describe('written dates', () => {
  test('forms of print', () => {
    expect(chineseDay(asDay('2024-02-08'))).toBe('2024年2月8日');
    expect(chineseMonth(asDay('2024-02-08'))).toBe('2024年2月');
    expect(chineseNumeralDay(asDay('2024-02-28'))).toBe('二〇二四年二月二十八日');
    expect(chineseNumeralDay(asDay('2010-10-30'))).toBe('二〇一〇年十月三十日');
    expect(chineseNumeralDay(asDay('2011-11-11'))).toBe('二〇一一年十一月十一日');
  });

  test('every form is read back', () => {
    const days = fc.integer({ min: dayNumber(asDay('1900-01-01')), max: dayNumber(asDay('2100-12-31')) });
    fc.assert(
      fc.property(days, (count) => {
        const day = dayOfNumber(count);
        const forms = [
          day,
          day.replaceAll('-', ''),
          day.replaceAll('-', '/'),
          day.replaceAll('-0', '.').replaceAll('-', '.'),
        ];
        for (const form of [...forms, chineseDay(day), chineseNumeralDay(day)])
          expect(readDay(form)).toBe(day);
      }),
    );
  });

  test('full width and blanks are read, impossible and short forms are not', () => {
    expect(readDay('２０２４ 年 ２ 月 ２９ 日')).toBe('2024-02-29');
    expect(readDay('二零二四年十二月三十一日')).toBe('2024-12-31');
    for (const text of [
      '2023年2月29日',
      '24-2-1',
      '2024-2',
      '2024年十月',
      '二〇二四年十十月一日',
      '二〇二四年二月二二日',
      '20240230',
      '',
    ]) {
      expect(readDay(text), text).toBeNull();
    }
  });
});

describe('cleaning', () => {
  test('what is kept and what is not', () => {
    expect(cleanLine('\ufeff  张 \u3000三\r\n住\u200b  １２号，Ａ座 ')).toBe('张 三 住 12号，A座');
    expect(cleanLines(' 甲 \r\n\r\n  乙\u3000 丙\u0000 ')).toBe('甲\n\n乙 丙');
    expect(toHalfWidth('①㎡（１）')).toBe('①㎡（1）');
    expect(cleanLine('e\u0301')).toBe('é');
    // 﨑 (U+FA11) and 凞 (U+F9…): names as registered, not as NFC would have them.
    expect(cleanLine('\uf9d1\ufa11')).toBe('\uf9d1\ufa11');
    expect(cleanName(' 张　三 ')).toBe('张三');
    expect(cleanName('阿卜杜拉 • 买买提')).toBe('阿卜杜拉·买买提');
    expect(cleanName('John  Smith')).toBe('John Smith');
    expect(cleanNumber(' ０９３７—4421 234')).toBe('0937-4421234');
  });

  test('cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const clean of [cleanLine, cleanLines, cleanName, cleanNumber])
          expect(clean(clean(text))).toBe(clean(text));
      }),
    );
  });
});

describe('phone', () => {
  test('numbers as typed', () => {
    expect(readPhone('+86 138-1234-1234')).toEqual({ number: '13812341234', kind: 'mobile' });
    expect(readPhone('１３８１２３４１２３４')).toEqual({ number: '13812341234', kind: 'mobile' });
    expect(readPhone('（0937）4421234')).toEqual({ number: '0937-4421234', kind: 'landline' });
    expect(readPhone('09374421234-8')).toEqual({ number: '0937-4421234-8', kind: 'landline' });
    expect(readPhone('010-65551234')).toEqual({ number: '010-65551234', kind: 'landline' });
    expect(readPhone('4421234')).toEqual({ number: '4421234', kind: 'landline' });
    expect(readPhone('12348')).toEqual({ number: '12348', kind: 'service' });
    expect(readPhone('400-123-4567')).toEqual({ number: '4001234567', kind: 'service' });
    for (const text of ['', '12812341234', '1381234123', '138123412345', '1381', '电话', '0937-'])
      expect(readPhone(text), text).toBeNull();
  });

  test('several in one field', () => {
    expect(readPhones('13812341234、0937-4421234')).toHaveLength(2);
    expect(readPhones('13812341234, 无')).toBeNull();
    expect(readPhones(' ')).toEqual([]);
  });
});
