import { day, requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** What happens to persons under correction: a record each, by the unit that acts. */
export const correctionEvents: Migration = {
  number: 320,
  name: 'correction-events',
  up: `
CREATE TABLE correction_contact (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  ${requiredDay('happened_on')},
  kind TEXT NOT NULL,
  manner TEXT,
  place TEXT,
  officer TEXT,
  content TEXT,
  handling TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_contact_by_day ON correction_contact (happened_on);
CREATE INDEX correction_contact_by_person ON correction_contact (person_id, happened_on);
CREATE INDEX correction_contact_by_kind ON correction_contact (kind, happened_on);
CREATE INDEX correction_contact_by_state ON correction_contact (state, happened_on);
CREATE INDEX correction_contact_by_title ON correction_contact (title, happened_on);

CREATE TABLE correction_leave (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  ${requiredDay('applied_on')},
  reason TEXT,
  reason_note TEXT,
  destination TEXT NOT NULL,
  ${requiredDay('leave_from')},
  ${requiredDay('leave_to')},
  days INTEGER,
  two_month_days INTEGER,
  needed_level TEXT,
  decision TEXT,
  ${day('approved_on')},
  approver TEXT,
  approval_no TEXT,
  ${day('prosecutor_on')},
  ${day('returned_on')},
  return_note TEXT,
  responsible TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_leave_by_day ON correction_leave (applied_on);
CREATE INDEX correction_leave_by_person ON correction_leave (person_id, applied_on);
CREATE INDEX correction_leave_by_reason ON correction_leave (reason, applied_on);
CREATE INDEX correction_leave_by_leave_from ON correction_leave (leave_from, applied_on);
CREATE INDEX correction_leave_by_leave_to ON correction_leave (leave_to, applied_on);
CREATE INDEX correction_leave_by_state ON correction_leave (state, applied_on);
CREATE INDEX correction_leave_by_title ON correction_leave (title, applied_on);

CREATE TABLE correction_crossing (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  ${requiredDay('applied_on')},
  reason TEXT NOT NULL,
  places TEXT NOT NULL,
  frequency TEXT,
  decision TEXT,
  ${day('approved_on')},
  approver TEXT,
  approval_no TEXT,
  ${day('valid_from')},
  ${day('valid_to')},
  ${day('ended_on')},
  responsible TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_crossing_by_day ON correction_crossing (applied_on);
CREATE INDEX correction_crossing_by_person ON correction_crossing (person_id, applied_on);
CREATE INDEX correction_crossing_by_valid_to ON correction_crossing (valid_to, applied_on);
CREATE INDEX correction_crossing_by_state ON correction_crossing (state, applied_on);
CREATE INDEX correction_crossing_by_title ON correction_crossing (title, applied_on);

CREATE TABLE correction_relocation (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  ${requiredDay('applied_on')},
  ${day('planned_on')},
  reason TEXT,
  new_division TEXT,
  new_address TEXT NOT NULL,
  station_view TEXT,
  new_organ TEXT,
  ${day('inquiry_sent_on')},
  ${day('replied_on')},
  reply TEXT,
  decision TEXT,
  ${day('decided_on')},
  decision_no TEXT,
  refusal_reason TEXT,
  ${day('told_on')},
  ${day('files_sent_on')},
  ${day('receipt_on')},
  ${day('arrived_on')},
  responsible TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_relocation_by_day ON correction_relocation (applied_on);
CREATE INDEX correction_relocation_by_person ON correction_relocation (person_id, applied_on);
CREATE INDEX correction_relocation_by_decision ON correction_relocation (decision, applied_on);
CREATE INDEX correction_relocation_by_decided_on ON correction_relocation (decided_on, applied_on);
CREATE INDEX correction_relocation_by_state ON correction_relocation (state, applied_on);
CREATE INDEX correction_relocation_by_title ON correction_relocation (title, applied_on);

CREATE TABLE correction_measure (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  category TEXT,
  ${day('since')},
  kind TEXT NOT NULL,
  ${requiredDay('proposed_on')},
  ${day('happened_on')},
  facts TEXT,
  proposer TEXT,
  grounds TEXT,
  ${day('decided_on')},
  decision_no TEXT,
  organ TEXT,
  ${day('copied_on')},
  rank INTEGER,
  ${day('dropped_on')},
  drop_reason TEXT,
  result TEXT,
  ${day('result_on')},
  result_no TEXT,
  followed TEXT,
  responsible TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_measure_by_day ON correction_measure (proposed_on);
CREATE INDEX correction_measure_by_person ON correction_measure (person_id, proposed_on);
CREATE INDEX correction_measure_by_kind ON correction_measure (kind, proposed_on);
CREATE INDEX correction_measure_by_decided_on ON correction_measure (decided_on, proposed_on);
CREATE INDEX correction_measure_by_state ON correction_measure (state, proposed_on);
CREATE INDEX correction_measure_by_title ON correction_measure (title, proposed_on);

CREATE TABLE correction_positioning (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  ${requiredDay('proposed_on')},
  ground TEXT NOT NULL,
  facts TEXT,
  proposer TEXT,
  ${day('approved_on')},
  approver TEXT,
  approval_no TEXT,
  ${day('starts_on')},
  ${day('ends_on')},
  ${day('last_day')},
  ${day('removed_on')},
  remove_reason TEXT,
  responsible TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_positioning_by_day ON correction_positioning (proposed_on);
CREATE INDEX correction_positioning_by_person ON correction_positioning (person_id, proposed_on);
CREATE INDEX correction_positioning_by_ground ON correction_positioning (ground, proposed_on);
CREATE INDEX correction_positioning_by_last_day ON correction_positioning (last_day, proposed_on);
CREATE INDEX correction_positioning_by_state ON correction_positioning (state, proposed_on);
CREATE INDEX correction_positioning_by_title ON correction_positioning (title, proposed_on);

CREATE TABLE correction_absence (${systemColumns},
  person_id TEXT NOT NULL,
  person_name TEXT,
  category TEXT,
  kind TEXT NOT NULL,
  ${requiredDay('absent_from')},
  ${requiredDay('found_on')},
  reason TEXT,
  ${day('searched_on')},
  search_note TEXT,
  ${day('police_on')},
  prosecutor_note TEXT,
  responsible TEXT,
  ${day('warned_on')},
  ${day('proposed_on')},
  ${day('back_on')},
  result TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_absence_by_day ON correction_absence (absent_from);
CREATE INDEX correction_absence_by_person ON correction_absence (person_id, absent_from);
CREATE INDEX correction_absence_by_kind ON correction_absence (kind, absent_from);
CREATE INDEX correction_absence_by_found_on ON correction_absence (found_on, absent_from);
CREATE INDEX correction_absence_by_state ON correction_absence (state, absent_from);
CREATE INDEX correction_absence_by_title ON correction_absence (title, absent_from);

CREATE TABLE correction_positioning_extension (
  record_seq INTEGER NOT NULL REFERENCES correction_positioning (seq),
  ordinal INTEGER NOT NULL,
  ${requiredDay('until')},
  ${requiredDay('approved_on')},
  approver TEXT NOT NULL,
  approval_no TEXT,
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;
`,
};
