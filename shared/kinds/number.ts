import { fenFromYuanText, yuanText } from '#shared/domain/money.ts';
import { yesNo } from '#shared/text/words.ts';
import { bad, good, type Kind } from './kind.ts';

const most = 1_000_000_000;

/** A whole number of things or people. */
export const count: Kind<number> = {
  name: 'count',
  sqlType: 'INTEGER',
  check(value, { min = 0 }) {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return bad({ problem: 'not-a-number', text: String(value) });
    return value < min || value > most ? bad({ problem: 'out-of-range', min, max: most }) : good(value);
  },
  fromText(typed) {
    const plain = typed.trim().replaceAll(',', '');
    return /^\d{1,10}$/.test(plain) ? good(Number(plain)) : bad({ problem: 'not-a-number', text: typed });
  },
  toText: (value) => String(value),
};

const mostFen = 100_000_000_000_000;

/** An amount in fen (1/100 yuan), a whole number; typed and shown in yuan. */
export const money: Kind<number> = {
  name: 'money',
  sqlType: 'INTEGER',
  check(value) {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return bad({ problem: 'not-an-amount', text: String(value) });
    return value < 0 || value > mostFen
      ? bad({ problem: 'out-of-range', min: 0, max: mostFen })
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
  check: (value) => (typeof value === 'boolean' ? good(value) : bad({ problem: 'wrong-type' })),
  fromText: (typed) => good((yesNo.typedYes as readonly string[]).includes(typed.trim())),
  toText: (value) => (value ? yesNo.yes : yesNo.no),
};
