import { fenFromYuanText, mostFen, yuanTableText, yuanText } from '#shared/domain/money.ts';
import { cleanLine, cleanNumber } from '#shared/domain/text-normalise.ts';
import { countWords, yesNo } from '#shared/text/words.ts';
import { bad, good, type Kind } from './kind.ts';

const most = 1_000_000_000;

/** Digits alone of what people write for a number: １２, 12人, 1，200 件. */
function plainCount(typed: string): string {
  const text = cleanNumber(typed).replaceAll('\uff0c', ',');
  const digits = countWords.some((word) => text.endsWith(word)) ? text.slice(0, -1) : text;
  // Only where thousands are told apart: 1,2 is no twelve
  return /^\d{1,3}(?:,\d{3})+$/.test(digits) ? digits.replaceAll(',', '') : digits;
}

/** A whole number of things or people. */
export const count: Kind<number> = {
  name: 'count',
  sqlType: 'INTEGER',
  check(value, { min = 0, most: max = most }) {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return bad({ problem: 'not-a-number', text: String(value) });
    return value < min || value > max ? bad({ problem: 'out-of-range', min, max }) : good(value);
  },
  fromText(typed) {
    const plain = plainCount(typed);
    return /^\d{1,10}$/.test(plain) ? good(Number(plain)) : bad({ problem: 'not-a-number', text: typed });
  },
  toText: (value) => String(value),
};

/** An amount in fen (1/100 yuan), a whole number; typed and shown in yuan. */
export const money: Kind<number> = {
  name: 'money',
  sqlType: 'INTEGER',
  check(value) {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return bad({ problem: 'not-an-amount', text: String(value) });
    return value < 0 || value > mostFen
      ? bad({ problem: 'amount-out-of-range', most: yuanTableText(mostFen) })
      : good(value);
  },
  fromText(typed) {
    const fen = fenFromYuanText(typed);
    return fen === null ? bad({ problem: 'not-an-amount', text: typed }) : good(fen);
  },
  toText: (value) => yuanText(value),
};

/** Yes or no; stored as 1 and 0. */
export const flag: Kind<boolean> = {
  name: 'flag',
  sqlType: 'INTEGER',
  check(value) {
    if (typeof value === 'boolean') return good(value);
    return bad(
      typeof value === 'string' ? { problem: 'not-yes-or-no', text: value } : { problem: 'wrong-type' },
    );
  },
  fromText(typed) {
    const word = cleanLine(typed).toLowerCase();
    const isOneOf = (words: readonly string[]) => words.includes(word);
    if (isOneOf(yesNo.typedYes)) return good(true);
    return isOneOf(yesNo.typedNo) ? good(false) : bad({ problem: 'not-yes-or-no', text: typed });
  },
  toText: (value) => (value ? yesNo.yes : yesNo.no),
};
