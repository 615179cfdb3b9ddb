import { cleanNumber } from '#shared/domain/text-normalise.ts';
import {
  amountMarks,
  capitalGroups,
  capitalNumerals,
  capitalPlaces,
  capitalUnits,
} from '#shared/text/numerals.ts';

/** Amounts are whole fen (1/100 yuan) in a safe integer; text is in yuan or in ten thousand yuan. */

/**
 * The largest amount: 9,007,199,254,740.99 yuan is the last that a safe integer of fen holds; twelve digits
 * are ours.
 */
export const mostFen = 99_999_999_999_999;

const amount = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

/** '1200.50' yuan; with no fen at all '1200'. */
export function yuanText(fen: number): string {
  return scaledText(fen, 2, fen % 100 === 0 ? 0 : 2);
}

/** '1,200.50' yuan, always two decimals, for tables and papers. */
export function yuanTableText(fen: number): string {
  const [whole = '', decimals = ''] = scaledText(fen, 2, 2).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`;
}

/**
 * Ten thousand yuan with up to six decimals, as many as the amount needs: 120050 fen is '0.12005'. With
 * `decimals` it is rounded half up to so many (four at most in published tables).
 */
export function tenThousandText(fen: number, decimals?: number): string {
  if (decimals === undefined) return scaledText(fen, 6, 6).replace(/\.?0+$/, '');
  const unit = 10 ** (6 - decimals);
  const rounded = Math.sign(fen) * Math.floor((Math.abs(fen) + unit / 2) / unit);
  return scaledText(rounded, decimals, decimals);
}

/**
 * Reads yuan as typed: '1200', '1,200.5', '¥1200元', '3.5万', '1.2亿', full width too. Null for anything else,
 * for fractions of a fen and for amounts above mostFen.
 */
export function fenFromYuanText(text: string): number | null {
  let typed = cleanNumber(text)
    .replace(/\uff0c/g, ',')
    .replace(/\uff0e/g, '.');
  if (typed !== '' && amountMarks.currencies.includes(typed[0] ?? '')) typed = typed.slice(1);
  if (typed.endsWith(amountMarks.yuan)) typed = typed.slice(0, -1);
  if (typed.endsWith(amountMarks.tenThousand)) return scaledNumber(typed.slice(0, -1), 6);
  if (typed.endsWith(amountMarks.hundredMillion)) return scaledNumber(typed.slice(0, -1), 10);
  return scaledNumber(typed, 2);
}

/** Reads a bare number of ten thousand yuan ('3.5' is 3500000 fen), else null. */
export function fenFromTenThousandText(text: string): number | null {
  return scaledNumber(cleanNumber(text), 6);
}

/** 壹仟贰佰元伍角整, for agreements and receipts; 零元整 for nothing. */
export function capitalAmount(fen: number): string {
  if (!Number.isSafeInteger(fen) || Math.abs(fen) > mostFen) throw new RangeError(`not an amount: ${fen}`);
  const total = Math.abs(fen);
  const whole = Math.floor(total / 100);
  const [jiao, cent] = [Math.floor(total / 10) % 10, total % 10];
  let result = fen < 0 ? capitalUnits.minus : '';
  if (whole > 0 || total === 0) result += capitalInteger(whole) + capitalUnits.yuan;
  if (jiao > 0) result += `${capitalNumerals[jiao]}${capitalUnits.jiao}`;
  else if (cent > 0 && whole > 0) result += capitalNumerals[0];
  if (cent > 0) result += `${capitalNumerals[cent]}${capitalUnits.fen}`;
  return cent > 0 ? result : result + capitalUnits.whole;
}

function capitalInteger(value: number): string {
  if (value === 0) return capitalNumerals[0];
  const digits = String(value);
  let result = '';
  let zeroPending = false;
  for (const [index, character] of Array.from(digits).entries()) {
    const fromRight = digits.length - 1 - index;
    const [place, group] = [fromRight % 4, Math.floor(fromRight / 4)];
    if (character === '0') zeroPending = result !== '';
    else {
      result +=
        (zeroPending ? capitalNumerals[0] : '') + capitalNumerals[Number(character)] + capitalPlaces[place];
      zeroPending = false;
    }
    const groupDigits = digits.slice(Math.max(0, index - 3), index + 1);
    if (place === 0 && group > 0 && /[1-9]/.test(groupDigits)) result += capitalGroups[group];
  }
  return result;
}

/**
 * The decimal text of `value` / 10^places, cut to `shown` decimals (which the caller knows to lose nothing).
 */
function scaledText(value: number, places: number, shown: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const decimals = digits.slice(digits.length - places).slice(0, shown);
  return `${value < 0 ? '-' : ''}${whole}${shown > 0 ? `.${decimals}` : ''}`;
}

/** Digits are moved as text: 1.15 * 100 in floating point is 114.99999999999999. */
function scaledNumber(text: string, places: number): number | null {
  const match = amount.exec(text);
  if (!match) return null;
  const decimals = (match[3] ?? '').replace(/0+$/, '');
  if (decimals.length > places) return null;
  const value = Number(`${(match[2] ?? '').replaceAll(',', '')}${decimals.padEnd(places, '0')}`);
  if (!Number.isSafeInteger(value) || value > mostFen) return null;
  return match[1] === '-' && value !== 0 ? -value : value;
}
