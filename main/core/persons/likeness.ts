import type { Heard, NameReader } from '#core/ledgers/name-reader.ts';
import type { PersonSign } from '#shared/api/persons.ts';
import { identitySlips } from '#shared/domain/identity-slips.ts';
import { isOneAway } from '#shared/domain/names.ts';
import type { PersonValues } from '#shared/ledgers/persons.ts';
import { type Numbers, numbersOf } from './identity.ts';
import { isLatin } from './keys.ts';

export type Likeness = { score: number; why: PersonSign[] };

/** What a sign is worth. A number alone settles it; a name needs a second sign as soon as it is not quite the same. */
const worth: Record<PersonSign, number> = {
  number: 100,
  credit: 100,
  slip: 60,
  name: 40,
  formerName: 34,
  sound: 28,
  nearSound: 22,
  oneCharacter: 20,
  initials: 20,
  phone: 35,
  birth: 15,
};
/** What speaks against it. */
const otherNumber = 70;
const otherBirth = 25;
const otherSex = 10;

/** Less is chance. */
export const leastScore = 20;

/** The person as typed, with everything that is compared worked out once. */
export type Typed = {
  values: PersonValues;
  numbers: Numbers;
  names: Heard[];
  slips: ReadonlySet<string>;
};

export function typedOf(values: PersonValues, reader: NameReader): Typed {
  const numbers = numbersOf(values);
  const unsure = numbers.doubtful ?? (values.idNumber?.length === 15 ? values.idNumber : null);
  return {
    values,
    numbers,
    names: [values.name, values.formerName].flatMap((name) =>
      name === undefined ? [] : [reader.allHeard(name)],
    ),
    slips: new Set(unsure === null ? [] : identitySlips(unsure)),
  };
}

/** How likely the person of a register is the one who was typed, and why. */
export function likeness(typed: Typed, values: PersonValues, reader: NameReader): Likeness {
  const numbers = numbersOf(values);
  const why: PersonSign[] = [];
  let against = 0;
  const number = numberSign(typed, numbers);
  if (number) why.push(number);
  else if (hasOtherNumber(typed.numbers, numbers)) against += otherNumber;
  const name = nameSign(typed, values, reader);
  if (name) why.push(name);
  if (numbers.phones.some((phone) => typed.numbers.phones.includes(phone))) why.push('phone');
  if (!number && typed.numbers.birthOn && numbers.birthOn) {
    if (typed.numbers.birthOn === numbers.birthOn) why.push('birth');
    else against += otherBirth;
  }
  if (!number && isOtherSex(typed.values.sex, values.sex)) against += otherSex;
  return { score: why.reduce((sum, sign) => sum + worth[sign], 0) - against, why };
}

function numberSign({ numbers: typed, slips }: Typed, numbers: Numbers): PersonSign | null {
  const same = (name: 'citizen' | 'other' | 'doubtful') =>
    typed[name] !== null && typed[name] === numbers[name];
  if (same('citizen') || same('other') || same('doubtful')) return 'number';
  if (typed.credit !== null && typed.credit === numbers.credit) return 'credit';
  if (numbers.citizen !== null && slips.has(numbers.citizen)) return 'slip';
  const meant = typed.citizen !== null && numbers.doubtful !== null ? identitySlips(numbers.doubtful) : [];
  return typed.citizen !== null && meant.includes(typed.citizen) ? 'slip' : null;
}

/** Two sound numbers are two persons. */
function hasOtherNumber(typed: Numbers, numbers: Numbers): boolean {
  const [left, right] = [typed.citizen ?? typed.credit, numbers.citizen ?? numbers.credit];
  return left !== null && right !== null && left !== right;
}

const isOtherSex = (typed: string | undefined, sex: string | undefined) =>
  (typed === '1' && sex === '2') || (typed === '2' && sex === '1');

/** The best that can be said of the names. */
function nameSign(typed: Typed, values: PersonValues, reader: NameReader): PersonSign | null {
  const stored = [values.name, values.formerName].flatMap((name) => (name ? [reader.heard(name)] : []));
  const [first] = typed.names;
  if (!first || stored.length === 0) return null;
  if (isLatin(first.name)) {
    const isRead = stored.some(
      ({ initials, sounds }) =>
        initials === first.name || sounds.some(({ sound }) => sound.replaceAll(' ', '') === first.name),
    );
    return isRead ? 'initials' : null;
  }
  if (stored[0]?.name === first.name) return 'name';
  const pairs = typed.names.flatMap((one) => stored.map((other) => [one, other] as const));
  if (pairs.some(([one, other]) => one.name === other.name)) return 'formerName';
  const meet = (by: 'sound' | 'near') =>
    pairs.some(([one, other]) =>
      one.sounds.some((way) => other.sounds.some((heard) => heard[by] === way[by])),
    );
  if (meet('sound')) return 'sound';
  if (meet('near')) return 'nearSound';
  return pairs.some(([one, other]) => isOneAway(one.name, other.name)) ? 'oneCharacter' : null;
}
