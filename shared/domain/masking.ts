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
 * First and last four of an identity number: 6209**********1234. A number of less than ten characters is all
 * stars.
 */
export function maskIdentityNumber(number: string): string {
  return maskMiddle(number, 4, 4);
}

/** First three and last four of a telephone number: 138****1234. */
export function maskPhone(number: string): string {
  return maskMiddle(number, 3, 4);
}

/** The first six characters of an address, which name the county or town; the house is hidden. */
export function maskAddress(address: string): string {
  const characters = Array.from(address);
  return characters.slice(0, 6).join('') + star.repeat(Math.max(0, characters.length - 6));
}

/** Keeps characters at both ends; a text too short to hide at least three behind stars is hidden whole. */
function maskMiddle(text: string, head: number, tail: number): string {
  const characters = Array.from(text);
  const hidden = characters.length - head - tail;
  if (hidden < 3) return star.repeat(characters.length);
  return (
    characters.slice(0, head).join('') +
    star.repeat(hidden) +
    characters.slice(characters.length - tail).join('')
  );
}

/** Several names with signs between them: 张*、李*. */
export const maskNames = (names: string) => names.replace(/[^、，,；;\s]+/g, maskName);

/** Of a day the year: 1990-**-**. */
export const maskDay = (day: string) => `${day.slice(0, 4)}-**-**`;

/** Identity numbers and telephone numbers wherever they stand in a text. */
export const maskNumbersIn = (text: string) =>
  text.replace(/\d{17}[\dXx]|\d{15}(?!\d)/g, maskIdentityNumber).replace(/(?<!\d)1\d{10}(?!\d)/g, maskPhone);
