/** What the program found in a document; `shared/text/document.ts` has a sentence for each kind. */
export type DocumentFinding =
  | { kind: 'figureMissing'; code: string; name: string; suppliedBy: string }
  | { kind: 'figureUntold'; code: string; name: string; printed: string }
  | { kind: 'figureUnknown'; code: string }
  | { kind: 'figureUnused'; code: string; name: string }
  | { kind: 'figureRepeated'; code: string; name: string; times: number }
  | { kind: 'printedDisagrees'; code: string; name: string; printed: string; value: number }
  | { kind: 'twoValues'; code: string; name: string; ledger: string; manual: string }
  | { kind: 'fieldMissing'; name: string; label: string }
  | { kind: 'partMissing'; part: string; label: string }
  | { kind: 'headingJump'; heading: string }
  | { kind: 'headingMark'; heading: string; expected: string }
  | { kind: 'headingHalfWidth'; heading: string }
  | { kind: 'documentNumber'; text: string }
  | { kind: 'date'; text: string }
  | { kind: 'addressee'; text: string }
  | { kind: 'attachmentName'; text: string }
  | { kind: 'signerMissing' };
