/**
 * Masked forms for lists, prints and packages (个人信息保护法 51(三), GB/T 37964-2019): enough to tell apart, not to
 * know.
 */

const star = '*';

/** The first character of a name, stars for the others: 张*, 欧**; a single character stays. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name);
  return first + star.repeat(rest.length);
}

/**
 * First and last four of an identity number: 6209**********1234. Where less than six would lie between, as in a passport's,
 * all are stars.
 */
export function maskIdentityNumber(number: string): string {
  return maskMiddle(number, { head: 4, tail: 4, least: 6 });
}

/** First three and last four of a telephone number: 138****1234. A number within a place (84421234) is all stars. */
export function maskPhone(number: string): string {
  return maskMiddle(number, { head: 3, tail: 4, least: 3 });
}

/**
 * The first six characters of an address, which name the county or town, and of a short one at most its first half; the
 * house is hidden.
 */
export function maskAddress(address: string): string {
  const characters = Array.from(address);
  const shown = Math.min(6, Math.floor(characters.length / 2));
  return characters.slice(0, shown).join('') + star.repeat(characters.length - shown);
}

/** Keeps characters at both ends; a text too short to hide the `least` behind stars is hidden whole. */
function maskMiddle(text: string, { head, tail, least }: Record<'head' | 'tail' | 'least', number>): string {
  const characters = Array.from(text);
  const hidden = characters.length - head - tail;
  if (hidden < least) return star.repeat(characters.length);
  return (
    characters.slice(0, head).join('') +
    star.repeat(hidden) +
    characters.slice(characters.length - tail).join('')
  );
}

/** Several names with signs between them: 张*、李*. */
export const maskNames = (names: string) => names.replace(/[^、，,；;\s]+/g, maskName);

/** Of a day the year: 1990-**-**; of what is no day nothing. */
export const maskDay = (day: string) =>
  /^\d{4}-\d\d-\d\d$/.test(day) ? `${day.slice(0, 4)}-**-**` : star.repeat(Array.from(day).length);

/** As people write them: in groups, with a blank or a stroke between. */
const gap = '[ \\-\u2010-\u2014\uff0d]?';
/** Of identity papers, bank cards and the like: eleven digits and more. */
const longNumbers = new RegExp(
  `\\d{11,}[Xx]?|(?<!\\d)\\d{6}${gap}\\d{8}${gap}\\d{3}[\\dXx]|\\d{4}(?:${gap}\\d{4}){3,4}`,
  'g',
);
const phones = new RegExp(`(?<!\\d)(?:1\\d{2}${gap}\\d{4}${gap}\\d{4}|0\\d{2,3}${gap}\\d{7,8})(?!\\d)`, 'g');

/** Identity numbers, telephone numbers and account numbers wherever they stand in a text. */
export const maskNumbersIn = (text: string) =>
  text.replace(phones, maskPhone).replace(longNumbers, maskIdentityNumber);

/** A name wherever it stands in a text, also with blanks or dots between its characters. */
export function maskNameIn(text: string, name: string): string {
  const characters = Array.from(name).filter((character) => !/[\s·]/u.test(character));
  const [first = ''] = characters;
  if (characters.length < 2 || !text.includes(first)) return text;
  const spaced = characters
    .map((character) => character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[\\s·]*');
  return text.replace(new RegExp(spaced, 'gu'), maskName);
}
