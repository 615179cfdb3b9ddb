import { describe, expect, test } from 'vitest';
import { ownCode } from '#shared/domain/code-edition.ts';
import {
  codeItemSchema,
  codeListSchema,
  editionOn,
  hasCodeOn,
  itemsOn,
  labelOf,
  matchCode,
  typedNumbersOn,
} from '#shared/domain/code-list.ts';
import { asDay } from '#shared/domain/day.ts';

const list = codeListSchema.parse({
  list: 'disputeKind',
  title: '纠纷类型',
  edition: '2019',
  validFrom: '2015-01-01',
  validTo: '2024-12-31',
  source: 'test',
  sure: 'low',
  items: [
    { code: '01', label: '婚姻家庭纠纷', aliases: ['婚姻'] },
    { code: '09', label: '计划生育纠纷', validTo: '2015-12-31' },
    { code: '17', label: '互联网纠纷', aliases: ['App 纠纷'], validFrom: '2019-08-28' },
    { code: 'referral', label: '委托移送', heading: true },
  ],
});
const next = { ...list, edition: '2025', validFrom: asDay('2025-01-01'), validTo: null };

describe('code list', () => {
  test('items of a day', () => {
    expect(itemsOn(list, asDay('2015-12-31')).map((item) => item.code)).toEqual(['01', '09']);
    expect(itemsOn(list, asDay('2019-08-28')).map((item) => item.code)).toEqual(['01', '17']);
    expect(hasCodeOn(list, '09', asDay('2016-01-01'))).toBe(false);
    expect(hasCodeOn(list, 'referral', asDay('2020-01-01'))).toBe(false);
  });

  test('labels outlive validity, unknown codes have none', () => {
    expect(labelOf(list, '09')).toBe('计划生育纠纷');
    expect(labelOf(list, '55')).toBeNull();
  });

  test('typed text is matched by code, label and alias', () => {
    expect(matchCode(list, '０１')?.code).toBe('01');
    expect(matchCode(list, ' 婚姻家庭 纠纷 ')?.code).toBe('01');
    expect(matchCode(list, 'app纠纷')?.code).toBe('17');
    expect(matchCode(list, 'app纠纷', asDay('2018-01-01'))).toBeNull();
    expect(matchCode(list, '委托移送')).toBeNull();
    expect(matchCode(list, ' ')).toBeNull();
  });

  test('the edition of a day', () => {
    expect(editionOn([list, next], 'disputeKind', asDay('2024-12-31'))?.edition).toBe('2019');
    expect(editionOn([list, next], 'disputeKind', asDay('2025-01-01'))?.edition).toBe('2025');
    expect(editionOn([list, next], 'disputeKind', asDay('2014-12-31'))).toBeNull();
    expect(editionOn([list, next], 'sex', asDay('2025-01-01'))).toBeNull();
  });

  test('a list with a wrong day or without a source is refused', () => {
    expect(codeListSchema.safeParse({ ...list, validFrom: '2015-02-29' }).success).toBe(false);
    expect(codeListSchema.safeParse({ ...list, source: '' }).success).toBe(false);
    expect(codeListSchema.safeParse({ ...list, items: [{ code: '甲', label: '甲' }] }).success).toBe(false);
  });

  test('what is typed: published numbers themselves, the place where codes are words', () => {
    const day = asDay('2019-08-28');
    expect([...typedNumbersOn(list, day)]).toEqual([
      ['01', '01'],
      ['17', '17'],
    ]);
    const items = [
      { code: 'red', label: '红', validTo: asDay('2018-12-31') },
      { code: 'colours', label: '颜色', heading: true as const },
      { code: 'blue', label: '蓝' },
      { code: 'grey', label: '灰' },
    ];
    expect([...typedNumbersOn({ ...list, items }, day)]).toEqual([
      ['blue', '1'],
      ['grey', '2'],
    ]);
  });

  test('the code of an item that a unit adds comes from its name, and is never one that is there', () => {
    const code = ownCode('紫色（督办类）', new Set());
    expect(code).toMatch(/^own[0-9a-z]{1,7}$/);
    expect(ownCode('紫色（督办类）', new Set(['red']))).toBe(code);
    expect(ownCode('灰色', new Set())).not.toBe(code);
    const second = ownCode('紫色（督办类）', new Set([code]));
    expect(second).not.toBe(code);
    expect(ownCode('紫色（督办类）', new Set([code, second]))).not.toBe(second);
    expect(codeItemSchema.safeParse({ code: second, label: '紫色' }).success).toBe(true);
  });
});
