import { cleanLine, withoutMiddleDots } from './text-normalise.ts';

/** Names as they are compared: how people write them down by ear, by haste and by habit. */

const marks = /[\s\p{P}\p{S}\p{Cf}\p{Variation_Selector}]+/gu;
const companyEnd = /(?:股份)?有限(?:责任)?(公司)$/;

/** Without blanks, dots, brackets; capitals as small letters; the legal form of a company shortened. */
export function foldName(name: string): string {
  return withoutMiddleDots(cleanLine(name)).replace(marks, '').toLowerCase().replace(companyEnd, '$1');
}

/**
 * A reading without tones in which what many speakers do not tell apart is one: zh/z, ch/c, sh/s, n/l, the endings
 * ng/n, and ü/u. Works on syllables written together.
 */
export function foldSound(reading: string): string {
  return reading
    .toLowerCase()
    .replace(/[^a-z\u4e00-\u{3ffff}]/gu, '')
    .replace(/([zcs])h/g, '$1')
    .replace(/ng/g, 'n')
    .replaceAll('l', 'n')
    .replaceAll('v', 'u');
}

/** What is left when one character is taken away, at each place. */
export function withoutOne(name: string): string[] {
  const characters = Array.from(name);
  return characters.map((_, at) => characters.filter((_character, other) => other !== at).join(''));
}

/** One character another, one more or one less; equal names are not. */
export function isOneAway(left: string, right: string): boolean {
  const [one, other] = [Array.from(left), Array.from(right)];
  if (Math.abs(one.length - other.length) > 1 || left === right) return false;
  let head = 0;
  while (head < Math.min(one.length, other.length) && one[head] === other[head]) head += 1;
  let tail = 0;
  const most = Math.min(one.length, other.length) - head;
  while (tail < most && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  return Math.max(one.length, other.length) - head - tail === 1;
}
