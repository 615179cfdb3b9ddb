import { day } from './columns.ts';
import type { Migration } from './migration.ts';

/**
 * What was done about somebody who reported in too late or was out of supervision for a short time, and the good reason there
 * was. The parts of a case and of a medium are looked for by unit and by their whole, as those of a correction are.
 */
export const correctionRests: Migration = {
  number: 410,
  name: 'correction-rests',
  up: `
ALTER TABLE correction_person ADD COLUMN late_excuse TEXT;
ALTER TABLE correction_person ADD COLUMN ${day('late_admonished_on')};
ALTER TABLE correction_absence ADD COLUMN ${day('admonished_on')};
CREATE INDEX case_note_by_unit ON case_note (unit_id);
CREATE INDEX mediation_case_by_unit ON mediation_case (unit_id, id);
CREATE INDEX medium_loan_by_unit ON medium_loan (unit_id);
CREATE INDEX storage_medium_by_unit ON storage_medium (unit_id, id);
`,
};
