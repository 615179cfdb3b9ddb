import { day, flag, requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** Removable media and who has them; incidents with personal information, and assessments of impact. */
export const safetyRegisters: Migration = {
  number: 200,
  name: 'safety-registers',
  up: `
CREATE TABLE storage_medium (${systemColumns},
  medium_no TEXT NOT NULL,
  kind TEXT NOT NULL,
  capacity TEXT,
  brand TEXT,
  serial_no TEXT,
  keeper TEXT NOT NULL,
  usage TEXT,
  ${requiredDay('registered_on')},
  ${day('lost_on')},
  lost_report TEXT,
  ${day('found_on')},
  ${day('repair_sent_on')},
  repair_place TEXT,
  repair_cleared TEXT,
  ${day('repaired_on')},
  ${day('scrapped_on')},
  scrap_method TEXT,
  scrap_place TEXT,
  scrap_supervisor TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX storage_medium_by_registered ON storage_medium (registered_on);
CREATE INDEX storage_medium_by_kind ON storage_medium (kind, registered_on);
CREATE INDEX storage_medium_by_state ON storage_medium (state, registered_on);
CREATE INDEX storage_medium_by_title ON storage_medium (title, registered_on);
CREATE INDEX storage_medium_by_number ON storage_medium (medium_no);

CREATE TABLE storage_medium_check (
  record_seq INTEGER NOT NULL REFERENCES storage_medium (seq),
  ordinal INTEGER NOT NULL,
  ${requiredDay('checked_on')},
  checked_by TEXT,
  tool TEXT,
  result TEXT NOT NULL,
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE medium_loan (${systemColumns},
  medium_id TEXT NOT NULL,
  borrower TEXT NOT NULL,
  purpose TEXT NOT NULL,
  ${requiredDay('issued_on')},
  ${requiredDay('due_on')},
  issuer TEXT,
  ${day('returned_on')},
  receiver TEXT,
  return_check TEXT,
  ${day('closed_on')},
  closed_note TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX medium_loan_by_issued ON medium_loan (issued_on);
CREATE INDEX medium_loan_by_medium ON medium_loan (medium_id, issued_on);
CREATE INDEX medium_loan_by_due ON medium_loan (due_on, issued_on);
CREATE INDEX medium_loan_by_state ON medium_loan (state, issued_on);
CREATE INDEX medium_loan_by_title ON medium_loan (title, issued_on);

CREATE TABLE data_incident (${systemColumns},
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  ${flag('is_possible')},
  ${day('happened_on')},
  ${requiredDay('discovered_on')},
  discovered_by TEXT,
  medium_id TEXT,
  data_kinds TEXT,
  person_count INTEGER,
  ${flag('is_sensitive')},
  ${flag('has_minors')},
  cause TEXT,
  harm TEXT,
  measures TEXT,
  advice TEXT,
  reported_to TEXT,
  ${day('reported_on')},
  notice TEXT,
  ${day('notified_on')},
  notice_reason TEXT,
  contact TEXT,
  ${day('settled_on')},
  lessons TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX data_incident_by_discovered ON data_incident (discovered_on);
CREATE INDEX data_incident_by_kind ON data_incident (kind, discovered_on);
CREATE INDEX data_incident_by_medium ON data_incident (medium_id, discovered_on);
CREATE INDEX data_incident_by_state ON data_incident (state, discovered_on);
CREATE INDEX data_incident_by_title ON data_incident (title, discovered_on);

CREATE TABLE impact_assessment (${systemColumns},
  subject TEXT NOT NULL,
  situation TEXT NOT NULL,
  ${requiredDay('started_on')},
  assessor TEXT NOT NULL,
  data_kinds TEXT,
  persons TEXT,
  purpose TEXT,
  necessity TEXT,
  impact TEXT,
  risk TEXT,
  measures TEXT,
  fitness TEXT,
  conclusion TEXT,
  conditions TEXT,
  approved_by TEXT,
  ${day('approved_on')},
  ${day('review_on')},
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX impact_assessment_by_started ON impact_assessment (started_on);
CREATE INDEX impact_assessment_by_situation ON impact_assessment (situation, started_on);
CREATE INDEX impact_assessment_by_risk ON impact_assessment (risk, started_on);
CREATE INDEX impact_assessment_by_review ON impact_assessment (review_on, started_on);
CREATE INDEX impact_assessment_by_state ON impact_assessment (state, started_on);
CREATE INDEX impact_assessment_by_title ON impact_assessment (title, started_on);
`,
};
