import type { Divisions } from '#core/settings/divisions.ts';
import words from '#seeds/demo/words.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { UnitLevel } from '#shared/api/types.ts';
import { asDay, type Day, dayFrom, earlierDay } from '#shared/domain/day.ts';
import { createRandom } from './random.ts';

/** Part of the unit's area that has a committee of its own. */
export type Place = { code: string; name: string; village: string; township: string; townshipCode: string };

export type DemoPlan = {
  level: UnitLevel;
  code: string;
  name: string;
  parent: string;
  seed: number;
  cases: number;
  /** Persons under correction. */
  correction: number;
  years: { from: number; to: number };
  /** First and last day on which a case may be accepted. */
  from: Day;
  to: Day;
  /** Records of all registers that will come, about. */
  total: number;
  townships: { code: string; name: string; isSubdistrict: boolean }[];
  places: Place[];
};

export type DemoInput = {
  level?: UnitLevel | undefined;
  cases?: number | undefined;
  /** Persons under correction; without it none. */
  correction?: number | undefined;
  years?: { from: number; to: number } | undefined;
  seed?: number | undefined;
};

const county = '620921';
const defaults = { cases: 300, from: 2021, to: 2023, seed: 1 };
const perPlace = 4;
/** An evaluation, the file, and what happened, about. */
const recordsPerPerson = 10;

/**
 * What a demo will hold. A station's code is one of the county's townships, drawn by the seed; a county's demo is the
 * county itself. Nothing is accepted after `today`. Throws `invalid-input` for other levels and years out of order.
 */
export function demoPlan(input: DemoInput, divisions: Divisions, today: Day = asDay('2999-12-31')): DemoPlan {
  const level = input.level ?? 'station';
  const seed = input.seed ?? defaults.seed;
  const years = input.years ?? { from: defaults.from, to: defaults.to };
  const from = dayFrom(years.from, 1, 1);
  const last = dayFrom(years.to, 12, 31);
  if (from === null || last === null || from > last || from > today) {
    throw new AppError('invalid-input', { method: 'setup.demo', at: 'years' });
  }
  if (level !== 'station' && level !== 'county') {
    throw new AppError('invalid-input', { method: 'setup.demo', at: 'level' });
  }
  const all = divisions.childrenOf(county).filter(({ code }) => Number(code.slice(6)) < 400);
  const chosen = level === 'county' ? all : [createRandom(seed).pick(all)];
  const townships = chosen.map(({ code, name }) => ({
    code,
    name,
    isSubdistrict: name.endsWith(words.subdistrict),
  }));
  const places = townships.flatMap((township) =>
    divisions.villagesOf(township.code).map(
      (village): Place => ({
        code: village.code,
        name: township.name + villageName(village.name),
        village: villageName(village.name),
        township: township.name,
        townshipCode: township.code,
      }),
    ),
  );
  const [first] = townships;
  const area = divisions.find(county);
  if (!first || !area || places.length === 0)
    throw new AppError('seed-invalid', { file: 'codes/divisions', at: county });
  const cases = input.cases ?? defaults.cases;
  const unit =
    level === 'county'
      ? { code: county, name: area.name + words.county, parent: county.slice(0, 4) }
      : { code: first.code, name: first.name + words.station, parent: county };
  const correction = input.correction ?? 0;
  const total = cases + places.length * perPlace + correction * recordsPerPerson;
  return {
    ...unit,
    level,
    seed,
    cases,
    correction,
    years,
    from,
    to: earlierDay(last, today),
    total,
    townships,
    places,
  };
}

/** The table says 红光村委会 and 某某社区居委会; people say 红光村 and 某某社区. */
function villageName(name: string): string {
  const ending = words.villageEndings.find(([one]) => name.endsWith(one ?? ''));
  return ending ? name.slice(0, -(ending[0]?.length ?? 0)) : name;
}
