import { cleanNumber } from '#shared/domain/text-normalise.ts';

export type PhoneKind = 'mobile' | 'landline' | 'service';

export type Phone = {
  /** As kept: digits, for a landline area code and extension behind hyphens (0937-1234567-8). */
  readonly number: string;
  readonly kind: PhoneKind;
};

const mobile = /^(?:\+?86-?)?(1[3-9]\d{9})$/;
const landline = /^\(?(0(?:10|2\d|[3-9]\d{2}))\)?-?([2-8]\d{6,7})(?:-(\d{1,6}))?$/;
const bare = /^[2-8]\d{6,7}$/;
const service = /^(?:[48]00-?\d{3}-?\d{4}|1\d{2}|1[02]\d{3}|96\d{3,4})$/;
const fullWidthBrackets = /[\uff08\uff09]/g;

/**
 * One telephone number as typed, or null. A landline without its area code is accepted: old registers have
 * them so.
 */
export function readPhone(text: string): Phone | null {
  const typed = cleanNumber(text).replace(fullWidthBrackets, (bracket) => (bracket === '\uff08' ? '(' : ')'));
  const plain = mobile.exec(typed.replaceAll(/(?<=\d)-(?=\d)/g, ''));
  if (plain?.[1]) return { number: plain[1], kind: 'mobile' };
  const fixed = landline.exec(typed);
  if (fixed) return { number: [fixed[1], fixed[2], fixed[3]].filter(Boolean).join('-'), kind: 'landline' };
  if (bare.test(typed)) return { number: typed, kind: 'landline' };
  return service.test(typed) ? { number: typed.replaceAll('-', ''), kind: 'service' } : null;
}

/**
 * Several numbers in one field, separated by commas, semicolons, slashes or blanks; null if one of them is
 * none.
 */
export function readPhones(text: string): readonly Phone[] | null {
  const phones = text
    .split(/[\s,;/\u3001\uff0c\uff1b\uff0f]+/)
    .filter(Boolean)
    .map(readPhone);
  return phones.every((phone) => phone !== null) ? phones : null;
}
