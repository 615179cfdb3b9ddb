import { dayFrom } from './day.ts';
import { identityCheck, modernIdentityNumber, normaliseIdentityNumber } from './identity-number.ts';

/**
 * The numbers that somebody may have meant who wrote another by a slip. The check character of GB 11643 (ISO 7064,
 * modulo 11-2) notices every single wrong character and every two exchanged neighbours, so that a number with a slip
 * is known as wrong, and few numbers lie one slip away from it.
 */
export function identitySlips(text: string): string[] {
  const number = normaliseIdentityNumber(text);
  const found = new Set<string>();
  const take = (candidate: string) => {
    if (isSound(candidate)) found.add(candidate);
  };
  if (/^\d{15}$/.test(number)) {
    // An old number has no check character: whatever is one digit away is a number too.
    for (const other of replaced(number, '0123456789')) take(modernIdentityNumber(other) ?? '');
  } else if (number.length === 18) {
    for (const other of replaced(number, '0123456789X')) take(other);
    for (let at = 0; at + 1 < number.length; at += 1) {
      take(number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2));
    }
  } else if (number.length === 17) {
    for (let at = 0; at <= 17; at += 1) {
      for (const digit of '0123456789X') take(number.slice(0, at) + digit + number.slice(at));
    }
  } else if (number.length === 19) {
    for (let at = 0; at < 19; at += 1) take(number.slice(0, at) + number.slice(at + 1));
  }
  found.delete(number);
  return [...found];
}

function* replaced(number: string, digits: string): Generator<string> {
  for (let at = 0; at < number.length; at += 1) {
    for (const digit of digits) {
      if (digit !== number[at]) yield number.slice(0, at) + digit + number.slice(at + 1);
    }
  }
}

/** Eighteen characters that check, with a birth day that exists. */
function isSound(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number) || identityCheck(number.slice(0, 17)) !== number[17]) return false;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  return (year ?? 0) >= 1850 && dayFrom(year ?? 0, month ?? 0, day ?? 0) !== null;
}
