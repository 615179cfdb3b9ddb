import type { Migration } from './migration.ts';

/**
 * Records whose content was taken out (sealed or destroyed): what stays of them, what they add to figures without a
 * name, and what is still to be wiped. Sealings with what they hold, and enquiries about it: reasons, subjects and content
 * stand under the sealing key, which the key of the ledger does not open.
 */
export const sealingTables: Migration = {
  number: 180,
  name: 'sealing',
  up: `
CREATE TABLE stripped_record (
  record_id TEXT PRIMARY KEY,
  ledger TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  number TEXT,
  year INTEGER,
  state TEXT NOT NULL,
  version BLOB NOT NULL CHECK (length(version) = 32),
  depth INTEGER NOT NULL,
  tips INTEGER NOT NULL,
  part_of TEXT,
  why TEXT NOT NULL CHECK (why IN ('sealed', 'destroyed')),
  commit_number INTEGER NOT NULL REFERENCES commit_entry (number),
  -- SHA-256 over what was sealed of it, all parts in order: only the sealing key could tell otherwise whether it is whole.
  content_digest BLOB CHECK (length(content_digest) = 32)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripped_record_by_ledger ON stripped_record (ledger, unit_id);

-- What a record that was taken out goes on adding to the figures of the years from first_year to last_year.
CREATE TABLE stripped_figure (
  record_id TEXT NOT NULL,
  code TEXT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year INTEGER,
  value REAL NOT NULL,
  PRIMARY KEY (record_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripped_figure_by_code ON stripped_figure (code, first_year);

CREATE TABLE sealing (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('seal', 'unseal')),
  record_id TEXT NOT NULL,
  ledger TEXT NOT NULL,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  basis TEXT NOT NULL,
  reason BLOB NOT NULL,
  applied_at TEXT NOT NULL,
  applied_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'refused', 'withdrawn')),
  decided_at TEXT,
  decided_by TEXT,
  again_at TEXT,
  CHECK ((state = 'pending') = (decided_at IS NULL))
) STRICT;
CREATE INDEX sealing_by_record ON sealing (record_id, seq);
CREATE UNIQUE INDEX sealing_pending ON sealing (record_id) WHERE state = 'pending';

-- 0 is the record with its parts, the others are its files; all under the sealing key.
CREATE TABLE sealed_content (
  record_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (record_id, ordinal)
) STRICT;

CREATE TABLE sealed_enquiry (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  asker TEXT NOT NULL,
  authority TEXT NOT NULL,
  document TEXT NOT NULL,
  detail BLOB NOT NULL,
  registered_at TEXT NOT NULL,
  registered_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'shown', 'refused', 'none')),
  answer BLOB,
  answered_at TEXT,
  answered_by TEXT,
  UNIQUE (year, number),
  CHECK ((state = 'open') = (answered_at IS NULL))
) STRICT;

CREATE TABLE sealed_enquiry_record (
  enquiry_id TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (enquiry_id, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE wipe_task (
  kind TEXT NOT NULL CHECK (kind IN ('object', 'file', 'index', 'pages', 'log')),
  name TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
`,
};
