import { type Day, dayFrom, dayOfMonth, monthOf, yearOf } from '#shared/domain/day.ts';
import { cleanNumber } from '#shared/domain/text-normalise.ts';
import { dateMarks, plainNumerals, plainZeros } from '#shared/text/numerals.ts';

const { year: yearMark, month: monthMark, day: dayMark } = dateMarks;

/** '2024年2月28日', without leading zeros (GB/T 9704-2012, 7.3.5.4). */
export function chineseDay(day: Day): string {
  return `${chineseMonth(day)}${dayOfMonth(day)}${dayMark}`;
}

/** '2024年2月' */
export function chineseMonth(day: Day): string {
  return `${yearOf(day)}${yearMark}${monthOf(day)}${monthMark}`;
}

/** '二〇二四年二月二十八日', as printed on courts' and older papers. */
export function chineseNumeralDay(day: Day): string {
  const year = Array.from(String(yearOf(day)), (digit) => plainNumerals[Number(digit)]).join('');
  const month = smallNumeral(monthOf(day));
  return `${year}${yearMark}${month}${monthMark}${smallNumeral(dayOfMonth(day))}${dayMark}`;
}

const separated = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const marked = new RegExp(`^(\\d{4})${yearMark}(\\d{1,2})${monthMark}(\\d{1,2})(?:${dayMark})?$`);
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const numerals = [...plainNumerals, ...plainZeros.slice(1)].join('');
const written = new RegExp(
  `^([${numerals}]{4})${yearMark}([${numerals}]{1,3})${monthMark}([${numerals}]{1,4})(?:${dayMark})?$`,
);

/**
 * Reads a day as people type it: 2024-2-28, 2024/02/28, 2024.2.28, 20240228, 2024年2月28日, 二〇二四年二月二十八日, in full
 * or half width. Null for everything else, also for a day that does not exist and for years of two digits.
 */
export function readDay(text: string): Day | null {
  const typed = cleanNumber(text);
  const match = separated.exec(typed) ?? marked.exec(typed) ?? compact.exec(typed);
  if (match) return dayFrom(Number(match[1]), Number(match[2]), Number(match[3]));
  const numeral = written.exec(typed);
  if (!numeral) return null;
  const year = Number(Array.from(numeral[1] ?? '', digitOf).join(''));
  return dayFrom(year, smallNumber(numeral[2] ?? ''), smallNumber(numeral[3] ?? ''));
}

function smallNumeral(value: number): string {
  const [ten, tens, ones] = [plainNumerals[10], Math.floor(value / 10), value % 10];
  const high = tens === 0 ? '' : tens === 1 ? ten : `${plainNumerals[tens]}${ten}`;
  return high + (ones === 0 ? '' : plainNumerals[ones]);
}

/** 1–99, NaN for what is not written as a number. */
function smallNumber(text: string): number {
  const at = text.indexOf(plainNumerals[10]);
  if (at === -1) return text.length === 1 ? digitOf(text) : Number.NaN;
  const [tens, ones] = [text.slice(0, at), text.slice(at + 1)];
  if (tens.length > 1 || ones.length > 1) return Number.NaN;
  return (tens === '' ? 1 : digitOf(tens)) * 10 + (ones === '' ? 0 : digitOf(ones));
}

/** 0–9, NaN for ten. */
function digitOf(character: string): number {
  if ((plainZeros as readonly string[]).includes(character)) return 0;
  const digit = (plainNumerals as readonly string[]).indexOf(character);
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}
