/** Papers of the 安全保密登记, and the register whose record each speaks of. */
export const safetyPapers = {
  incidentReport: { ledger: 'incident' },
  incidentNotice: { ledger: 'incident' },
  assessmentReport: { ledger: 'assessment' },
  privacyNotice: { ledger: null },
  minorsRule: { ledger: null },
  minorsNotice: { ledger: null },
  selfCheck: { ledger: null },
} as const satisfies Readonly<Record<string, { ledger: string | null }>>;

export type SafetyPaperKind = keyof typeof safetyPapers;
export const safetyPaperKinds = Object.keys(safetyPapers) as [SafetyPaperKind, ...SafetyPaperKind[]];

/** As many persons as get their notice in one print. */
export const mostNotices = 600;
/** The paper that is made once for every person. */
export const perPerson: SafetyPaperKind = 'incidentNotice';
