import { modernIdentityNumber, normaliseIdentityNumber } from './identity-number.ts';

/**
 * Sealing of records (封存): why something may be sealed, why it may be opened again, and on whose authority it may be
 * asked for. Words stand in shared/text/sealing.ts with the articles.
 */
export const sealKinds = ['seal', 'unseal'] as const;
export type SealKind = (typeof sealKinds)[number];

/**
 * 刑事诉讼法 286 (crimes of minors, up to five years), 预防未成年人犯罪法 59 (what did not come to a sentence, 专门教育),
 * 治安管理处罚法 136 (violations of public security), a decision of the unit's own on what it must keep secret.
 */
export const sealBases = ['minorCrime', 'minorOther', 'securityCase', 'ownDecision'] as const;
/** Of minors: kept under the seal for good (封存实施办法). */
export const minorBases: readonly string[] = [
  'minorCrime',
  'minorOther',
] satisfies readonly (typeof sealBases)[number][];
/** The law's conditions came to nothing, the decision was taken back, or it was the wrong record. */
export const unsealBases = ['lawfulEnd', 'decisionWithdrawn', 'mistaken'] as const;
export type SealBasis = (typeof sealBases)[number] | (typeof unsealBases)[number];

export const basesOf: Readonly<Record<SealKind, readonly SealBasis[]>> = {
  seal: sealBases,
  unseal: unsealBases,
};

/** 刑事诉讼法 286 ¶2: 司法机关为办案需要, 有关单位根据国家规定; and whom the record is about. */
export const enquiryAuthorities = ['caseWork', 'stateRule', 'self'] as const;
export type EnquiryAuthority = (typeof enquiryAuthorities)[number];

export const enquiryOutcomes = ['shown', 'refused', 'none'] as const;
export type EnquiryOutcome = (typeof enquiryOutcomes)[number];

/**
 * Registers of matters between people and of community correction; parts of their records (笔录, what happened to a person)
 * are sealed with them.
 */
export const sealedLedgers: readonly string[] = ['mediation', 'finding', 'correction', 'evaluation'];

/** Deadlines that a sealing meets: whoever opens one of them goes on to the application. */
export const sealingRules: readonly string[] = ['correction.seal'];

/** Whoever was permitted to see a sealed record can look at it for so many days after the answer. */
export const shownDays = 7;

/** What the level above says to a request that it read from a file. */
export const answerOutcomes = ['granted', 'refused'] as const;
export type AnswerOutcome = (typeof answerOutcomes)[number];

/** A request to the level above is answered, and the answer taken, within so many days. */
export const askedDays = 15;

/**
 * The forms of a whole number as it may stand in a record (15 digits and their 18); null where only a part was given, by
 * which nobody is found.
 */
export function wholeNumbers(typed: string): string[] | null {
  const number = normaliseIdentityNumber(typed);
  if (/^\d{15}$/.test(number)) return [number, modernIdentityNumber(number)].filter((one) => one !== null);
  if (/^\d{17}[\dX]$/.test(number)) {
    const older = `${number.slice(0, 6)}${number.slice(8, 17)}`;
    return modernIdentityNumber(older) === number ? [number, older] : [number];
  }
  // Passports, permits, credit codes: a letter besides the last sign, and long enough to be one.
  return /^(?=.*[A-Z].*[\dA-Z])[\dA-Z]{7,20}$/.test(number) ? [number] : null;
}

/** Whether a text holds one of these numbers as a whole, typed with blanks or without. */
export function holdsNumber(text: string, numbers: readonly string[]): boolean {
  const read = text.normalize('NFKC').toUpperCase();
  return numbers.some((number) =>
    new RegExp(`(?<![\\dA-Z])${[...number].join('[\\s-]*')}(?![\\dA-Z])`).test(read),
  );
}

/** Whether a text holds a number of which this is a part: digits in their order, whatever stands for the others. */
export function holdsPart(text: string, typed: string): boolean {
  const parts =
    typed
      .normalize('NFKC')
      .toUpperCase()
      .match(/[\dA-Z]+/g) ?? [];
  if (parts.length === 0) return false;
  return new RegExp(parts.join('[\\dA-Z]*')).test(
    text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, ''),
  );
}
