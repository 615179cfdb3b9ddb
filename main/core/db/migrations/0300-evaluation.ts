import { crimeColumns, day, requiredDay, systemColumns, whoColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** 调查评估 before community correction is decided on. */
export const evaluationTable: Migration = {
  number: 300,
  name: 'evaluation',
  up: `
CREATE TABLE correction_evaluation (${systemColumns},
  ${requiredDay('received_on')},
  source TEXT,
  organ TEXT NOT NULL,
  commission_no TEXT,
  ${day('commissioned_on')},
  procedure TEXT,
  organ_contact TEXT,
  organ_phone TEXT,
  ${whoColumns},
  subject_kind TEXT,
  ${crimeColumns},
  planned_category TEXT,
  ${day('started_on')},
  investigators TEXT,
  responsible TEXT,
  ${day('extended_to')},
  ${day('extension_agreed_on')},
  housing TEXT,
  relations TEXT,
  consequences TEXT,
  views TEXT,
  prohibitions TEXT,
  danger TEXT,
  impact TEXT,
  ${day('reviewed_on')},
  conclusion TEXT,
  opinion TEXT,
  impossible_reason TEXT,
  ${day('issued_on')},
  opinion_no TEXT,
  signed_by TEXT,
  ${day('returned_on')},
  return_reason TEXT,
  return_note TEXT,
  ${day('copied_on')},
  adoption TEXT,
  ${day('adopted_on')},
  decision_no TEXT,
  correction_id TEXT,
  ${day('taken_on')},
  ${day('archived_on')},
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX correction_evaluation_by_received ON correction_evaluation (received_on);
CREATE INDEX correction_evaluation_by_source ON correction_evaluation (source, received_on);
CREATE INDEX correction_evaluation_by_sex ON correction_evaluation (sex, received_on);
CREATE INDEX correction_evaluation_by_category ON correction_evaluation (planned_category, received_on);
CREATE INDEX correction_evaluation_by_conclusion ON correction_evaluation (conclusion, received_on);
CREATE INDEX correction_evaluation_by_issued ON correction_evaluation (issued_on, received_on);
CREATE INDEX correction_evaluation_by_adoption ON correction_evaluation (adoption, received_on);
CREATE INDEX correction_evaluation_by_correction ON correction_evaluation (correction_id, received_on);
CREATE INDEX correction_evaluation_by_state ON correction_evaluation (state, received_on);
CREATE INDEX correction_evaluation_by_title ON correction_evaluation (title, received_on);
`,
};
