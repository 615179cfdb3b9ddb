import { numberKey } from '../number-key.ts';
import { id } from '../sql.ts';
import { day, requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** Columns with numbers of papers that somebody may type, by table. */
const numbers: Readonly<Record<string, readonly string[]>> = {
  correction_evaluation: ['opinion_no'],
  correction_person: ['file_no', 'supplement_no', 'report_notice_no', 'certificate_no', 'end_notice_no'],
  correction_leave: ['approval_no'],
  correction_crossing: ['approval_no'],
  correction_relocation: ['decision_no', 'inquiry_no', 'notice_no'],
  correction_positioning: ['approval_no', 'removal_no'],
  correction_positioning_extension: ['approval_no'],
  correction_measure: ['decision_no'],
};

const indexes = Object.entries(numbers).flatMap(([table, columns]) =>
  columns.map(
    (column) => `CREATE INDEX ${table}_reads_${column} ON ${table} (${numberKey(id(column)).text})
  WHERE ${column} IS NOT NULL;`,
  ),
);

/** Registers whose records are seen by who sees the person: an account of some units looks for both by unit. */
const ofPersons = [
  'contact',
  'leave',
  'crossing',
  'relocation',
  'measure',
  'positioning',
  'absence',
  'evaluation',
  'oversight',
];
const byUnit = ofPersons.map(
  (name) => `CREATE INDEX correction_${name}_by_unit ON correction_${name} (unit_id);`,
);

/**
 * Whether a number was typed is one look into an index, and the days of one person's leaves, and the kinds of what was
 * decided on, are read without their records. What units see is found by unit. When somebody should have reported in and
 * what followed, and the custody that another organ tells of, are days that reminders go by. Letters of the procuratorate
 * have a register.
 */
export const correctionWork: Migration = {
  number: 400,
  name: 'correction-work',
  up: `
ALTER TABLE correction_person ADD COLUMN ${day('report_due_on')};
ALTER TABLE correction_person ADD COLUMN ${day('late_warned_on')};
ALTER TABLE correction_person ADD COLUMN ${day('late_proposed_on')};
ALTER TABLE correction_person ADD COLUMN ${day('custody_on')};
ALTER TABLE correction_person ADD COLUMN custody_note TEXT;
ALTER TABLE correction_person ADD COLUMN ${day('custody_told_on')};
CREATE TABLE correction_oversight (${systemColumns},
  letter_no TEXT NOT NULL,
  kind TEXT NOT NULL,
  organ TEXT NOT NULL,
  ${requiredDay('received_on')},
  ${day('reply_by')},
  person_id TEXT,
  person_name TEXT,
  content TEXT,
  measures TEXT,
  answer TEXT,
  decline_reason TEXT,
  ${day('replied_on')},
  reply_no TEXT,
  responsible TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_oversight_by_day ON correction_oversight (received_on);
CREATE INDEX correction_oversight_by_person ON correction_oversight (person_id, received_on);
CREATE INDEX correction_oversight_by_kind ON correction_oversight (kind, received_on);
CREATE INDEX correction_oversight_by_reply_by ON correction_oversight (reply_by, received_on);
CREATE INDEX correction_oversight_by_answer ON correction_oversight (answer, received_on);
CREATE INDEX correction_oversight_by_state ON correction_oversight (state, received_on);
CREATE INDEX correction_oversight_by_title ON correction_oversight (title, received_on);
${indexes.join('\n')}
${byUnit.join('\n')}
CREATE INDEX correction_person_by_unit ON correction_person (unit_id, id);
CREATE INDEX correction_leave_days ON correction_leave (person_id, leave_from, leave_to, returned_on, state, destination);
CREATE INDEX correction_measure_ranks ON correction_measure (person_id, kind, decided_on, state);
`,
};
