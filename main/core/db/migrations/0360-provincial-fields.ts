import { day, flag } from './columns.ts';
import type { Migration } from './migration.ts';

/**
 * Fields of 社区矫正对象 that only some provinces' forms have, off until a unit turns them on; and the crime type among what
 * the figures of the register read.
 */
export const provincialFields: Migration = {
  number: 360,
  name: 'provincial-fields',
  up: `
ALTER TABLE correction_person ADD COLUMN household_kind TEXT;
ALTER TABLE correction_person ADD COLUMN employment TEXT;
ALTER TABLE correction_person ADD COLUMN former_work TEXT;
ALTER TABLE correction_person ADD COLUMN ${day('handed_over_on')};
ALTER TABLE correction_person ADD COLUMN held_at TEXT;
ALTER TABLE correction_person ADD COLUMN ${flag('is_joint_crime')};
ALTER TABLE correction_person ADD COLUMN ${flag('is_recidivist')};
ALTER TABLE correction_person ADD COLUMN ${flag('has_record')};
ALTER TABLE correction_person ADD COLUMN exit_papers TEXT;
CREATE INDEX correction_person_by_employment ON correction_person (employment, registered_on);
DROP INDEX correction_person_counts_received;
CREATE INDEX correction_person_counts_received ON correction_person
  (received_on, ended_on, category, sex, is_from_elsewhere, crime_type, entry, state, unit_id);
`,
};
