import names from '#seeds/demo/names.json' with { type: 'json' };
import words from '#seeds/demo/words.json' with { type: 'json' };
import { creditCheck, organisationCheck } from '#shared/domain/credit-code.ts';
import { addDays, type Day, dayFrom, yearOf } from '#shared/domain/day.ts';
import { identityCheck } from '#shared/domain/identity-number.ts';
import { type Random, weighted } from './random.ts';

const surname = weighted(names.surnames as [string, number][]);

/** An invented name; one in forty with a rare character, so that fonts and search meet them in the demo. */
export function personName(random: Random): string {
  const family = surname(random);
  const given = random.chance(0.025) ? random.pick(names.rare) : random.pick(names.last);
  return random.chance(0.2) ? family + given : family + random.pick(names.first) + given;
}

export type Sex = '1' | '2';

/** Area 999999 does not exist: a number with a right check digit that can belong to nobody. */
export function identityNumber(bornOn: Day, sex: Sex, random: Random): string {
  const order = random.int(0, 498) * 2 + (sex === '1' ? 1 : 2);
  const first17 = `999999${bornOn.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
  return first17 + (identityCheck(first17) ?? '');
}

/** 999999 is no area here either. */
export function creditCode(random: Random): string {
  const organisation = String(random.int(0, 99_999_999)).padStart(8, '0');
  const first17 = `91999999${organisation}${organisationCheck(organisation) ?? ''}`;
  // An organisation code may check to X, which the credit code's own alphabet has too.
  return first17 + (creditCheck(first17) ?? '');
}

/** No carrier has numbers that begin with 1640. */
export function phoneNumber(random: Random): string {
  return `1640${String(random.int(0, 9_999_999)).padStart(7, '0')}`;
}

/** A birthday of somebody between these ages on the day. */
export function birthday(on: Day, from: number, to: number, random: Random): Day {
  const born = dayFrom(yearOf(on) - random.int(from + 1, to), 1, 1) ?? on;
  return addDays(born, random.int(0, 364));
}

export function organisationName(place: string, random: Random): { name: string; type: 'legal' | 'other' } {
  const [trade, type] = random.pick(names.trades) as [string, 'legal' | 'other'];
  return { name: place + random.pick(names.words) + trade, type };
}

export function occupation(random: Random): string {
  return random.pick(names.occupations);
}

export function position(random: Random): string {
  return random.pick(words.positions);
}
