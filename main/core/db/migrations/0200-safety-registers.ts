import { day, requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** Removable media and who has them. */
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
`,
};
