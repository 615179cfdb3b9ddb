import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDivisions, readAreas, readGroup } from '#core/settings/divisions.ts';
import {
  levelOfDivision,
  parentOfDivision,
  townshipKind,
  villageKind,
} from '#shared/domain/division-code.ts';
import { encodeAreas, encodeGroups, type Row } from '#tools/make-divisions.ts';

const seeds = resolve(import.meta.dirname, '../../../seeds');
const divisions = createDivisions(seeds);

describe('division table', () => {
  test('Jinta county: ten townships and 99 villages', () => {
    expect(divisions.find('620921')).toEqual({ code: '620921', name: '金塔县', level: 'county' });
    expect(divisions.pathOf('620921').map((area) => area.name)).toEqual(['甘肃省', '酒泉市', '金塔县']);
    const townships = divisions.childrenOf('620921');
    const kinds = townships.map((area) => townshipKind(area.code));
    expect([...kinds].sort()).toEqual([
      ...Array(7).fill('town'),
      ...Array(2).fill('township'),
      'townshipLike',
    ]);
    const villages = townships.flatMap((area) => divisions.villagesOf(area.code));
    expect(villages).toHaveLength(99);
    expect(villages[0]).toEqual({ code: '620921100203', name: '上三分村委会', level: 'village' });
    expect(divisions.find('620921100203')).toEqual(villages[0]);
    expect(divisions.pathOf('620921100203')).toHaveLength(5);
    expect(villages.every((village) => villageKind(village.code) !== null)).toBe(true);
  });

  test('the whole country hangs together', () => {
    const provinces = divisions.childrenOf('');
    expect(provinces).toHaveLength(31);
    const count = { city: 0, county: 0, township: 0 };
    for (const city of provinces.flatMap((area) => divisions.childrenOf(area.code))) {
      count.city += 1;
      for (const county of divisions.childrenOf(city.code)) {
        count.county += 1;
        for (const township of townshipsOf(county.code)) {
          count.township += 1;
          expect(parentOfDivision(township)).toBe(county.code);
        }
      }
    }
    expect(31 + count.city + count.county + count.township).toBe(44703);
  });

  test('every province has its village file', () => {
    const total = divisions.childrenOf('').map((province) => {
      const township = firstTownship(province.code);
      return divisions.villagesOf(township).length;
    });
    expect(total.every((count) => count > 0)).toBe(true);
  });

  test('search by a part of the name', () => {
    expect(divisions.search('金塔').map((area) => area.code)).toContain('620921');
    expect(divisions.search('金塔', { level: 'county' }).map((area) => area.name)).toEqual(['金塔县']);
    expect(divisions.search('镇', { below: '620921' })).toHaveLength(7);
    expect(divisions.search('镇')).toHaveLength(50);
    expect(divisions.search(' ')).toEqual([]);
  });

  test('search by the beginning of the code, as the set-up screen offers', () => {
    expect(divisions.search('620921')[0]).toEqual({ code: '620921', name: '金塔县', level: 'county' });
    expect(divisions.search('62092', { level: 'county' }).map(({ name }) => name)).toContain('金塔县');
    expect(divisions.search('620921103').map(({ name }) => name)).toEqual(['东坝镇']);
    expect(divisions.search('999')).toEqual([]);
  });

  test('unknown codes', () => {
    for (const code of ['999999', '62092', 'abc', '620921999', '620921100999', '620921100203001']) {
      expect(divisions.find(code)).toBeNull();
      expect(divisions.childrenOf(code)).toEqual([]);
      expect(divisions.pathOf(code)).toEqual([]);
    }
    expect(divisions.knowsArea('620921')).toBe(true);
    expect(divisions.knowsArea('810000')).toBe(true);
    expect(divisions.knowsArea('999999')).toBe(false);
  });

  test('a missing table is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'divisions-'));
    try {
      expect(() => createDivisions(folder).find('62')).toThrow(
        expect.objectContaining({ code: 'seed-invalid' }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('kinds by code', () => {
  test('townships and villages', () => {
    expect(
      ['001', '099', '100', '199', '200', '399', '400', '599', '600', '000'].map((own) =>
        townshipKind(`620921${own}`),
      ),
    ).toEqual([
      'subdistrict',
      'subdistrict',
      'town',
      'town',
      'township',
      'township',
      'townshipLike',
      'townshipLike',
      null,
      null,
    ]);
    expect(
      ['001', '199', '200', '399', '400', '499', '500', '599', '600'].map((own) =>
        villageKind(`620921100${own}`),
      ),
    ).toEqual([
      'community',
      'community',
      'village',
      'village',
      'communityLike',
      'communityLike',
      'villageLike',
      'villageLike',
      null,
    ]);
    expect(townshipKind('620921')).toBeNull();
    expect(levelOfDivision('62A')).toBeNull();
  });
});

describe('table formats', () => {
  const name = fc.constantFrom('金塔镇', '8号社区居委会', '0村', 'A区', '新村村委会');

  test('villages are read back as written', () => {
    const rows = fc.uniqueArray(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 599 }), name), {
      selector: ([township, own]) => `${township} ${own}`,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const written = list.map(
          ([township, own, text]): Row => [`62092110${township}${String(own).padStart(3, '0')}`, text],
        );
        const text = encodeGroups(written);
        for (let township = 0; township < 5; township += 1) {
          const expected = written.filter(([code]) => code.startsWith(`62092110${township}`)).sort();
          expect(readGroup(text, `62092110${township}`).map((row) => [row.code, row.name])).toEqual(expected);
        }
      }),
    );
  });

  test('areas are read back as written', () => {
    const written: Row[] = [
      ['62', '甲'],
      ['6201', '1区'],
      ['620101', '乙'],
      ['6202', '丙'],
      ['63', '丁'],
      ['6301', '戊'],
    ];
    expect(readAreas(encodeAreas([...written].reverse())).map((row) => [row.code, row.name])).toEqual(
      written,
    );
    expect(() => readAreas('62甲\n\t\t01乙\n')).toThrow(expect.objectContaining({ code: 'seed-invalid' }));
  });
});

function townshipsOf(county: string): string[] {
  return divisions.childrenOf(county).map((area) => area.code);
}

function firstTownship(province: string): string {
  const city = divisions.childrenOf(province)[0]!;
  const county = divisions.childrenOf(city.code).find((area) => divisions.childrenOf(area.code).length > 0)!;
  return divisions.childrenOf(county.code)[0]!.code;
}
