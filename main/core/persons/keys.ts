import type { NameReader } from '#core/ledgers/name-reader.ts';
import { identitySlips } from '#shared/domain/identity-slips.ts';
import { foldName, foldSound, withoutOne } from '#shared/domain/names.ts';
import type { PersonValues } from '#shared/ledgers/persons.ts';
import { type Numbers, numbersOf } from './identity.ts';

/** What a key of the index is made from. */
type KeyKind = 'number' | 'credit' | 'phone' | 'birth' | 'sound' | 'initials' | 'lacking' | 'half' | 'slip';

/**
 * 47 bits of a hash (cyrb53) over kind and value: small keys make a small index. Two values with one key cost a glance
 * at one row more; whoever is found is compared by value.
 */
export function keyOf(kind: KeyKind, value: string): number {
  const text = `${kind} ${value}`;
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 2_654_435_761);
    second = Math.imul(second ^ unit, 1_597_334_677);
  }
  first =
    Math.imul(first ^ (first >>> 16), 2_246_822_507) ^ Math.imul(second ^ (second >>> 13), 3_266_489_909);
  second =
    Math.imul(second ^ (second >>> 16), 2_246_822_507) ^ Math.imul(first ^ (first >>> 13), 3_266_489_909);
  return (second & 0x7fff) * 2 ** 32 + (first >>> 0);
}

/** The keys under which a person is kept. Whoever changes them raises `keysVersion` (index.ts), by which the next opening makes the index anew. */
export function keysOf(values: PersonValues, reader: NameReader): number[] {
  const keys = new Set<number>();
  const numbers = numbersOf(values);
  for (const number of [numbers.citizen, numbers.other, numbers.doubtful]) {
    if (number !== null) keys.add(keyOf('number', number));
  }
  if (numbers.doubtful !== null) {
    for (const meant of identitySlips(numbers.doubtful)) keys.add(keyOf('slip', meant));
  }
  if (numbers.credit !== null) keys.add(keyOf('credit', numbers.credit));
  for (const phone of numbers.phones) keys.add(keyOf('phone', phone));
  if (numbers.birthOn !== null) keys.add(keyOf('birth', numbers.birthOn));
  for (const name of [values.name, values.formerName]) {
    if (name === undefined) continue;
    const heard = reader.heard(name);
    for (const { near } of heard.sounds) keys.add(keyOf('sound', near));
    keys.add(keyOf('initials', heard.initials));
    for (const part of lackingParts(heard.name)) keys.add(keyOf('lacking', part));
    for (const half of halves(heard.name)) keys.add(keyOf('half', half));
  }
  return [...keys];
}

export type Wanted = { kind: KeyKind; key: number; weight: number };

/** How much the rows behind a key are worth to be looked at. */
const worth: Record<KeyKind, number> = {
  number: 100,
  credit: 100,
  slip: 60,
  phone: 35,
  sound: 30,
  initials: 20,
  lacking: 18,
  half: 18,
  birth: 15,
};

/** The keys under which the person who was typed may be kept. */
export function wantedKeys(values: PersonValues, reader: NameReader): Wanted[] {
  const wanted = new Map<number, Wanted>();
  const want = (kind: KeyKind, value: string) => {
    const key = keyOf(kind, value);
    if (!wanted.has(key)) wanted.set(key, { kind, key, weight: worth[kind] });
  };
  const numbers: Numbers = numbersOf(values);
  for (const number of [numbers.citizen, numbers.other, numbers.doubtful]) if (number) want('number', number);
  if (numbers.citizen) want('slip', numbers.citizen);
  // An old number has nothing that tells a slip, so that its neighbours are asked for too.
  const unsure = numbers.doubtful ?? (values.idNumber?.length === 15 ? values.idNumber : null);
  if (unsure) for (const meant of identitySlips(unsure)) want('number', meant);
  if (numbers.credit) want('credit', numbers.credit);
  for (const phone of numbers.phones) want('phone', phone);
  if (numbers.birthOn) want('birth', numbers.birthOn);
  for (const name of [values.name, values.formerName]) {
    if (name === undefined) continue;
    const folded = foldName(name);
    if (isLatin(folded)) {
      want('initials', folded);
      want('sound', foldSound(folded));
      continue;
    }
    for (const { near } of reader.allHeard(name).sounds) want('sound', near);
    const parts = lackingParts(folded);
    // One character more in the register, and one less.
    for (const part of [folded, ...parts]) want('lacking', part);
    for (const part of parts) want('sound', reader.heard(part).sounds[0]?.near ?? '');
    for (const half of halves(folded)) want('half', half);
  }
  return [...wanted.values()];
}

export const isLatin = (name: string) => /^[a-z]+$/.test(name);

/** Names of three and four characters are kept without each of them; of two, one alone would say nothing. */
function lackingParts(folded: string): string[] {
  const { length } = Array.from(folded);
  return length === 3 || length === 4 ? withoutOne(folded) : [];
}

/** In a longer name one half is right when one character is wrong. */
function halves(folded: string): string[] {
  const characters = Array.from(folded);
  if (characters.length < 5) return [];
  const middle = Math.ceil(characters.length / 2);
  return [`^${characters.slice(0, middle).join('')}`, `${characters.slice(-middle).join('')}$`];
}
