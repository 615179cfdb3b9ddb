import { requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** 笔录 of cases, and the papers that were issued, each as it was settled. */
export const documentTables: Migration = {
  number: 60,
  name: 'documents',
  up: `
CREATE TABLE case_note (${systemColumns},
  case_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  ${requiredDay('held_on')},
  topic TEXT NOT NULL,
  time TEXT,
  place TEXT,
  subject TEXT,
  present TEXT,
  conducted_by TEXT,
  form TEXT,
  performance TEXT,
  satisfaction TEXT,
  text TEXT,
  result TEXT,
  void_reason TEXT
) STRICT;
CREATE INDEX case_note_by_held ON case_note (held_on);
CREATE INDEX case_note_by_case ON case_note (case_id, held_on);
CREATE INDEX case_note_by_kind ON case_note (kind, held_on);
CREATE INDEX case_note_by_state ON case_note (state, held_on);
CREATE INDEX case_note_by_title ON case_note (title, held_on);

CREATE TABLE issued_paper (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  record_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  copy TEXT NOT NULL,
  title TEXT NOT NULL,
  template_version INTEGER NOT NULL,
  record_version BLOB NOT NULL CHECK (length(record_version) = 32),
  content BLOB NOT NULL,
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
  file_hash BLOB NOT NULL CHECK (length(file_hash) = 32),
  account_seq INTEGER NOT NULL REFERENCES account (seq),
  issued_at TEXT NOT NULL
) STRICT;
CREATE INDEX issued_paper_by_record ON issued_paper (record_id, seq);
`,
};
