import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCaseNumberPattern } from '#shared/domain/case-number.ts';
import { type CodeList, codeListSchema } from '#shared/domain/code-list.ts';

const folder = resolve(import.meta.dirname, '../../../seeds/codes');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const lists = files.map((name): CodeList => {
  const result = codeListSchema.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  if (!result.success) throw new Error(`${name}: ${result.error.message}`);
  return result.data;
});

const named = (name: string): CodeList => {
  const list = lists.find((one) => one.list === name);
  if (!list) throw new Error(`no list ${name}`);
  return list;
};

describe('seeds/codes', () => {
  test.each(lists.map((list) => [list.list, list] as const))(
    '%s has unique codes and Chinese labels',
    (_name, list) => {
      const codes = list.items.map((item) => item.code);
      expect(new Set(codes).size).toBe(codes.length);
      for (const item of list.items) expect(item.label).toMatch(/\p{Script=Han}/u);
      for (const item of list.items) if (item.under) expect(codes).toContain(item.under);
    },
  );

  test.each(lists.map((list) => [list.list, list] as const))(
    '%s: no word stands for two items',
    (_name, list) => {
      const words = list.items
        .filter((item) => !item.heading)
        .flatMap((item) => [...new Set([item.code, item.label, ...(item.aliases ?? [])])]);
      const twice = words.filter((word, index) => words.indexOf(word) !== index);
      expect(twice).toEqual([]);
    },
  );

  test('editions of one list do not overlap', () => {
    for (const list of lists) {
      const others = lists.filter((other) => other !== list && other.list === list.list);
      for (const other of others) {
        const overlap =
          list.validFrom <= (other.validTo ?? '9999') && other.validFrom <= (list.validTo ?? '9999');
        expect(overlap, list.list).toBe(false);
      }
    }
  });

  test('the published lists are whole', () => {
    const codes = named('disputeKind').items.map((item) => item.code);
    expect(codes).toEqual([
      ...Array.from({ length: 17 }, (_, index) => String(index + 1).padStart(2, '0')),
      '99',
    ]);
    expect(named('nation').items.filter((item) => item.code < '97')).toHaveLength(56);
    expect(named('sex').items.map((item) => item.code)).toEqual(['0', '1', '2', '9']);
    expect(named('disputeSource').items.filter((item) => item.under === 'referral')).toHaveLength(5);
  });

  test('every case number pattern can be read back', () => {
    for (const item of named('caseNumberPattern').items) {
      expect(readCaseNumberPattern(item.label)).toMatchObject({ ok: true });
    }
  });
});
