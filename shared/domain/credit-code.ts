import { cleanNumber } from '#shared/domain/text-normalise.ts';

/**
 * Unified social credit codes (GB 32100-2015): registering department 1, kind 1, area 6, organisation code 9
 * (GB 11714, with its own check character), check character 1.
 */

export type CreditCodeProblem =
  /** Not 18 characters of the code's alphabet (no I, O, S, V, Z). */
  | { readonly problem: 'credit-shape'; readonly length: number }
  /** The last character does not agree with the others. */
  | { readonly problem: 'credit-check' }
  /** The check character of the organisation code inside (the 17th) does not agree. */
  | { readonly problem: 'credit-organisation' };

export type CreditCodeReading =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly problems: readonly CreditCodeProblem[] };

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const shape = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;

/** The check character for the first 17 (modulo 31); null where they are not of the alphabet. */
export function creditCheck(first17: string): string | null {
  if (first17.length !== 17) return null;
  const values = Array.from(first17, (character) => alphabet.indexOf(character));
  if (values.includes(-1)) return null;
  const sum = weights.reduce((total, weight, place) => total + weight * (values[place] ?? 0), 0);
  return alphabet[(31 - (sum % 31)) % 31] ?? null;
}

/**
 * The check character for the first 8 of an organisation code (GB 11714, modulo 11); null for anything else.
 */
export function organisationCheck(first8: string): string | null {
  if (!/^[0-9A-Z]{8}$/.test(first8)) return null;
  const sum = organisationWeights.reduce((total, weight, place) => {
    return total + weight * Number.parseInt(first8[place] ?? '', 36);
  }, 0);
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/** Reads a code as typed: full width, small letters and blanks are allowed. Every problem is named. */
export function readCreditCode(text: string): CreditCodeReading {
  const code = cleanNumber(text).replaceAll('-', '').toUpperCase();
  if (!shape.test(code)) return { ok: false, problems: [{ problem: 'credit-shape', length: code.length }] };
  const problems: CreditCodeProblem[] = [];
  if (creditCheck(code.slice(0, 17)) !== code[17]) problems.push({ problem: 'credit-check' });
  if (organisationCheck(code.slice(8, 16)) !== code[16]) problems.push({ problem: 'credit-organisation' });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, code };
}
