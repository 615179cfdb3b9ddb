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

/** Registers of matters between people; parts of their records (笔录) are sealed with them. */
export const sealedLedgers: readonly string[] = ['mediation', 'finding'];

/** Whoever was permitted to see a sealed record can look at it for so many days after the answer. */
export const shownDays = 7;
