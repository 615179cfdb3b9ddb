import type { Migration } from './migration.ts';

/**
 * Records whose content was taken out (sealed or destroyed): what stays of them, what they add to figures without a
 * name, and what is still to be wiped. Sealings, and enquiries about what is sealed; both without content.
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
  commit_number INTEGER NOT NULL REFERENCES commit_entry (number)
) STRICT, WITHOUT ROWID;
CREATE INDEX stripped_record_by_ledger ON stripped_record (ledger, unit_id);

CREATE TABLE wipe_task (
  kind TEXT NOT NULL CHECK (kind IN ('object', 'file', 'index', 'pages', 'log')),
  name TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
`,
};
