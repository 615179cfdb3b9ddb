import { type Day, dayFrom, yearsBetween } from '#shared/domain/day.ts';
import { cleanNumber } from '#shared/domain/text-normalise.ts';

/**
 * Citizen identification numbers (GB 11643): area 6, birth date 8, order 3 (odd male, even female), check
 * digit 1. Numbers of 15 digits (before 1999-10) have a two-digit year and no check digit; they are read for
 * history only.
 */

export type IdentityProblem =
  /** Not 15 or 18 characters of the right kind. */
  | { readonly problem: 'identity-shape'; readonly length: number }
  /** The last character does not agree with the others. */
  | { readonly problem: 'identity-check' }
  /** The digits of the birth date are no day. */
  | { readonly problem: 'identity-birth'; readonly digits: string }
  /** Born after the day of reading, or more than 130 years before it. */
  | { readonly problem: 'identity-age'; readonly bornOn: Day }
  /** The card says one sex, the record the other. */
  | { readonly problem: 'identity-sex' };

export type IdentityWarning =
  /** A 15-digit number: valid in old papers, no longer issued. */
  | { readonly warning: 'identity-legacy' }
  /** The area is not in the table: areas are abolished, numbers stay. */
  | { readonly warning: 'identity-area'; readonly area: string };

/** GB/T 2261.1: '1' male, '2' female. */
export type IdentitySex = '1' | '2';

export type Identity = {
  /** 18 characters, or 15 for a legacy number; upper-case X. */
  readonly number: string;
  readonly area: string;
  readonly bornOn: Day;
  readonly sex: IdentitySex;
  readonly warnings: readonly IdentityWarning[];
};

export type IdentityContext = {
  readonly today: Day;
  /** The sex that the record states; '0' and '9' say nothing. */
  readonly sex?: string;
  /** Whether the six-digit area is or was one; without it areas are not looked at. */
  readonly knowsArea?: (area: string) => boolean;
};

export type IdentityReading =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly problems: readonly IdentityProblem[] };

const oldestYears = 130;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** The check character for the first 17 digits (GB 11643: weighted sum modulo 11); null for anything else. */
export function identityCheck(first17: string): string | null {
  if (!/^\d{17}$/.test(first17)) return null;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return checks[sum % 11] ?? null;
}

/** Half width, without blanks and hyphens, x as X. */
export function normaliseIdentityNumber(text: string): string {
  return cleanNumber(text).replaceAll('-', '').toUpperCase();
}

/**
 * Reads a number and what is in it. Every problem is named, not only the first. An unknown area and a legacy
 * number only warn.
 */
export function readIdentityNumber(text: string, context: IdentityContext): IdentityReading {
  const number = normaliseIdentityNumber(text);
  const legacy = /^\d{15}$/.test(number);
  if (!legacy && !/^\d{17}[\dX]$/.test(number)) {
    return { ok: false, problems: [{ problem: 'identity-shape', length: number.length }] };
  }
  const problems: IdentityProblem[] = [];
  if (!legacy && identityCheck(number.slice(0, 17)) !== number[17])
    problems.push({ problem: 'identity-check' });
  const digits = legacy ? `19${number.slice(6, 12)}` : number.slice(6, 14);
  const bornOn = dayFrom(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));
  const sex = sexOf(number);
  if (bornOn === null) problems.push({ problem: 'identity-birth', digits });
  else if (bornOn > context.today || yearsBetween(bornOn, context.today) > oldestYears) {
    problems.push({ problem: 'identity-age', bornOn });
  }
  if ((context.sex === '1' || context.sex === '2') && context.sex !== sex)
    problems.push({ problem: 'identity-sex' });
  if (bornOn === null || problems.length > 0) return { ok: false, problems };

  const area = number.slice(0, 6);
  const warnings: IdentityWarning[] = [];
  if (legacy) warnings.push({ warning: 'identity-legacy' });
  if (context.knowsArea?.(area) === false) warnings.push({ warning: 'identity-area', area });
  return { ok: true, identity: { number, area, bornOn, sex, warnings } };
}

/**
 * The 18 characters of a 15-digit number (the century is 19; the centenarians' 996–999 are not told apart),
 * else null.
 */
export function modernIdentityNumber(legacy: string): string | null {
  if (!/^\d{15}$/.test(legacy)) return null;
  const first17 = `${legacy.slice(0, 6)}19${legacy.slice(6)}`;
  return first17 + identityCheck(first17);
}

function sexOf(number: string): IdentitySex {
  const order = Number(number.length === 15 ? number[14] : number[16]);
  return order % 2 === 1 ? '1' : '2';
}
