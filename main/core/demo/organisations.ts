import words from '#seeds/demo/words.json' with { type: 'json' };
import { addDays, type Day, dayFrom } from '#shared/domain/day.ts';
import { birthday, identityNumber, personName, phoneNumber, type Sex } from './people.ts';
import type { DemoPlan, Place } from './plan.ts';
import { idOn, type Random, weighted } from './random.ts';

export type Committee = { id: string; place: Place; share: number; record: Record<string, unknown> };
export type Mediator = {
  id: string;
  committeeId: string;
  name: string;
  serves: boolean;
  record: Record<string, unknown>;
};

type Draft = {
  name: string;
  kind: string;
  place: Place;
  /** How many cases come here, beside the others. */
  share: number;
  more?: Record<string, unknown>;
};

const education = weighted<string>([
  ['21', 15],
  ['31', 30],
  ['61', 30],
  ['71', 20],
  ['41', 5],
]);
const nation = weighted<string>([
  ['01', 93],
  ['03', 4],
  ['04', 1],
  ['02', 1],
  ['11', 1],
]);

/** Committees of every kind: each village and township, and some of enterprises, trades, societies, one studio. */
export function committees(plan: DemoPlan, random: Random): Committee[] {
  const drafts: Draft[] = [];
  for (const township of plan.townships) {
    const place = plan.places.find(({ townshipCode }) => townshipCode === township.code);
    if (!place) continue;
    const kind = township.isSubdistrict ? 'subdistrict' : 'township';
    drafts.push({ name: township.name + words.committee, kind, place, share: 6 });
  }
  for (const place of plan.places) {
    const kind = place.village.endsWith(words.community) ? 'community' : 'village';
    drafts.push({ name: place.name + words.committee, kind, place, share: kind === 'community' ? 3 : 2 });
  }
  const wide = plan.level === 'county';
  const area = (place: Place) => (wide ? plan.name.slice(0, -words.county.length) : place.township);
  const some = <T>(list: readonly T[], count: number) => list.slice(0, wide ? list.length : count);
  for (const name of some(words.enterpriseCommittees, 2)) {
    const place = random.pick(plan.places);
    drafts.push({ name: area(place) + name + words.committee, kind: 'enterprise', place, share: 1 });
  }
  for (const [name = '', industryKind, stationedAt] of some(words.industryCommittees, 2)) {
    const place = random.pick(plan.places);
    const more = { industryKind, stationedAt };
    drafts.push({ name: area(place) + name + words.committee, kind: 'industry', place, share: 4, more });
  }
  for (const name of some(words.socialCommittees, 1)) {
    const place = random.pick(plan.places);
    drafts.push({ name: area(place) + name + words.committee, kind: 'socialOrganisation', place, share: 1 });
  }
  for (let count = wide ? 4 : 1; count > 0; count--) {
    const place = random.pick(plan.places);
    const name = words.studio.replace('{name}', personName(random));
    drafts.push({ name, kind: 'studio', place, share: 3 });
  }
  return drafts.map((draft) => committee(draft, plan, random));
}

function committee({ name, kind, place, share, more }: Draft, plan: DemoPlan, random: Random): Committee {
  const establishedOn = before(plan, 2, 20, random);
  const record = {
    name,
    kind,
    ...more,
    divisionCode: kind === 'village' || kind === 'community' ? place.code : place.townshipCode,
    establishedOn,
    ...(random.chance(0.9) ? { reportedToCourtOn: addDays(establishedOn, random.int(5, 90)) } : {}),
    head: personName(random),
    phone: phoneNumber(random),
    address: place.name,
  };
  return { id: idOn(establishedOn, random), place, share, record };
}

/** Two to four mediators a committee; one in sixteen had left before the first case. */
export function mediators(plan: DemoPlan, organisations: readonly Committee[], random: Random): Mediator[] {
  return organisations.flatMap((organisation) => {
    const count = random.int(2, 4);
    return Array.from({ length: count }, (_, index) => mediator(plan, organisation, index > 1, random));
  });
}

function mediator(plan: DemoPlan, organisation: Committee, mayHaveLeft: boolean, random: Random): Mediator {
  const sex: Sex = random.chance(0.68) ? '1' : '2';
  const appointedOn = before(plan, 1, 8, random);
  const birthOn = birthday(appointedOn, 26, 62, random);
  const left = mayHaveLeft && random.chance(0.15);
  const name = personName(random);
  const record = {
    name,
    sex,
    idNumber: identityNumber(birthOn, sex, random),
    birthOn,
    nation: nation(random),
    education: education(random),
    politicalStatus: random.chance(0.6) ? '01' : '13',
    phone: phoneNumber(random),
    committeeId: organisation.id,
    employment: random.chance(0.22) ? 'fullTime' : 'partTime',
    appointedOn,
    ...(left ? { leftOn: addDays(plan.from, -random.int(1, 180)) } : {}),
  };
  return { id: idOn(appointedOn, random), committeeId: organisation.id, name, serves: !left, record };
}

/** A day some years before the plan begins, at least half a year. */
function before(plan: DemoPlan, least: number, most: number, random: Random): Day {
  const year = plan.years.from - random.int(least, most);
  return addDays(dayFrom(year, 1, 1) ?? plan.from, random.int(0, 180));
}
