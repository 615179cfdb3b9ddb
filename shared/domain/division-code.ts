/**
 * Statistical division codes of 2, 4, 6, 9 or 12 digits (统计用区划代码编制规则): province 2, city 2, county 2,
 * township 3, village 3. The kind of a township or village is read from its own three digits.
 */

const divisionLevels = ['province', 'city', 'county', 'township', 'village'] as const;
export type DivisionLevel = (typeof divisionLevels)[number];

export type Division = { readonly code: string; readonly name: string; readonly level: DivisionLevel };

export type TownshipKind = 'subdistrict' | 'town' | 'township' | 'townshipLike';
export type VillageKind = 'community' | 'village' | 'communityLike' | 'villageLike';

const lengths: Record<DivisionLevel, number> = { province: 2, city: 4, county: 6, township: 9, village: 12 };

/** The level that a code's length says; null where it is no division code. */
export function levelOfDivision(code: string): DivisionLevel | null {
  if (!/^\d+$/.test(code)) return null;
  return divisionLevels.find((level) => lengths[level] === code.length) ?? null;
}

/** The code of the division above, null for a province and for what is no division code. */
export function parentOfDivision(code: string): string | null {
  const level = levelOfDivision(code);
  const above = level === null ? undefined : divisionLevels[divisionLevels.indexOf(level) - 1];
  return above === undefined ? null : code.slice(0, lengths[above]);
}

/** 街道 001–099, 镇 100–199, 乡 200–399, similar units 400–599; null for other codes. */
export function townshipKind(code: string): TownshipKind | null {
  if (levelOfDivision(code) !== 'township') return null;
  const own = Number(code.slice(6));
  if (own < 1 || own > 599) return null;
  if (own < 100) return 'subdistrict';
  if (own < 200) return 'town';
  return own < 400 ? 'township' : 'townshipLike';
}

/** 居委会 001–199, 村委会 200–399, similar to the former 400–499, to the latter 500–599; null for other codes. */
export function villageKind(code: string): VillageKind | null {
  if (levelOfDivision(code) !== 'village') return null;
  const own = Number(code.slice(9));
  if (own < 1 || own > 599) return null;
  if (own < 200) return 'community';
  if (own < 400) return 'village';
  return own < 500 ? 'communityLike' : 'villageLike';
}
