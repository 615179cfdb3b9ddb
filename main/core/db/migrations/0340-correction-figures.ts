import { day, flag } from './columns.ts';
import type { Migration } from './migration.ts';

/**
 * What the figures of community correction count that no register kept: whether an opinion went out in time, whose
 * register of residence is elsewhere, a new crime during the correction; and an
 * index for each day that a figure follows, with all that its conditions read.
 */
export const correctionFigures: Migration = {
  number: 340,
  name: 'correction-figures',
  up: `
ALTER TABLE correction_evaluation ADD COLUMN ${flag('is_in_time')};
ALTER TABLE correction_person ADD COLUMN ${flag('is_from_elsewhere')};
ALTER TABLE correction_person ADD COLUMN ${day('new_crime_on')};
ALTER TABLE correction_person ADD COLUMN new_crime_note TEXT;
CREATE INDEX correction_evaluation_counts_received ON correction_evaluation (received_on, state, unit_id);
CREATE INDEX correction_evaluation_counts_issued
  ON correction_evaluation (issued_on, conclusion, is_in_time, state, unit_id);
CREATE INDEX correction_person_counts_received
  ON correction_person (received_on, ended_on, category, sex, is_from_elsewhere, entry, state, unit_id);
CREATE INDEX correction_person_counts_ended ON correction_person (ended_on, end_kind, state, unit_id);
CREATE INDEX correction_person_counts_new_crime ON correction_person (new_crime_on, state, unit_id)
  WHERE new_crime_on IS NOT NULL;
CREATE INDEX correction_measure_counts_decided ON correction_measure (decided_on, kind, state, unit_id);
CREATE INDEX correction_measure_counts_result ON correction_measure (result_on, kind, result, state, unit_id);
CREATE INDEX correction_absence_counts ON correction_absence (absent_from, kind, person_id, state, unit_id);
CREATE INDEX correction_leave_counts ON correction_leave (approved_on, decision, state, unit_id);
CREATE INDEX correction_crossing_counts ON correction_crossing (approved_on, decision, state, unit_id);
CREATE INDEX correction_positioning_counts ON correction_positioning (approved_on, state, unit_id);
CREATE INDEX correction_contact_counts ON correction_contact (happened_on, kind, state, unit_id);
`,
};
