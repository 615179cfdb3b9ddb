import { crimeColumns, day, flag, requiredDay, systemColumns, whoColumns } from './columns.ts';
import type { Migration } from './migration.ts';

const part = (name: string) => `
CREATE TABLE ${name} (
  record_seq INTEGER NOT NULL REFERENCES correction_person (seq),
  ordinal INTEGER NOT NULL,`;

/** 社区矫正对象, with the group, the levels and the plans of each. */
export const correctionTables: Migration = {
  number: 310,
  name: 'correction',
  up: `
CREATE TABLE correction_person (${systemColumns},
  ${whoColumns},
  ${requiredDay('registered_on')},
  file_no TEXT,
  entry TEXT,
  moved_from TEXT,
  category TEXT NOT NULL,
  organ_kind TEXT,
  organ TEXT,
  decision_no TEXT,
  ${day('decided_on')},
  ${day('effective_on')},
  notice_no TEXT,
  ${day('documents_on')},
  ${day('receipt_sent_on')},
  ${day('supplement_asked_on')},
  ${day('supplemented_on')},
  ${crimeColumns},
  ${flag('is_combined')},
  ${day('crime_on')},
  ${flag('is_minor_at_crime')},
  ${flag('is_to_seal')},
  ${day('penalty_to')},
  ${day('term_from')},
  ${day('term_to')},
  ground TEXT,
  injunction TEXT,
  ${day('injunction_from')},
  ${day('injunction_to')},
  ${day('reported_on')},
  received_way TEXT,
  report_result TEXT,
  late_reason TEXT,
  ${day('searched_on')},
  search_note TEXT,
  ${day('received_on')},
  ${day('exit_ban_on')},
  ${flag('is_minor_at_start')},
  guardian_name TEXT,
  guardian_phone TEXT,
  ${day('declared_on')},
  declared_by TEXT,
  ${day('group_on')},
  ${day('plan_on')},
  responsible TEXT,
  ${day('summary_on')},
  ${day('appraised_on')},
  end_kind TEXT,
  ${day('ended_on')},
  end_reason TEXT,
  moved_to TEXT,
  certificate_no TEXT,
  ${day('end_notified_on')},
  ${day('sealed_on')},
  ${day('archived_on')},
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_person_by_registered ON correction_person (registered_on);
CREATE INDEX correction_person_by_sex ON correction_person (sex, registered_on);
CREATE INDEX correction_person_by_entry ON correction_person (entry, registered_on);
CREATE INDEX correction_person_by_category ON correction_person (category, registered_on);
CREATE INDEX correction_person_by_term ON correction_person (term_to, registered_on);
CREATE INDEX correction_person_by_received ON correction_person (received_on, registered_on);
CREATE INDEX correction_person_by_ended ON correction_person (ended_on, registered_on);
CREATE INDEX correction_person_by_end_kind ON correction_person (end_kind, registered_on);
CREATE INDEX correction_person_by_state ON correction_person (state, registered_on);
CREATE INDEX correction_person_by_title ON correction_person (title, registered_on);
CREATE INDEX correction_person_by_number ON correction_person (id_number);
CREATE INDEX correction_person_by_file ON correction_person (file_no);
${part('correction_member')}
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sex TEXT,
  phone TEXT,
  ${flag('knows_minors')},
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;
${part('correction_level')}
  level TEXT NOT NULL,
  ${requiredDay('started_on')},
  reason TEXT,
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;
${part('correction_plan')}
  ${requiredDay('made_on')},
  supervision TEXT,
  education TEXT,
  help TEXT,
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;
`,
};
