import type { Migration } from './migration.ts';

/** Numbers of papers of 社区矫正 that had no field of their own. */
export const correctionPaperNumbers: Migration = {
  number: 330,
  name: 'correction-papers',
  up: `
ALTER TABLE correction_person ADD COLUMN supplement_no TEXT;
ALTER TABLE correction_person ADD COLUMN report_notice_no TEXT;
ALTER TABLE correction_person ADD COLUMN end_notice_no TEXT;
ALTER TABLE correction_relocation ADD COLUMN inquiry_no TEXT;
ALTER TABLE correction_relocation ADD COLUMN notice_no TEXT;
ALTER TABLE correction_positioning ADD COLUMN removal_no TEXT;
`,
};
