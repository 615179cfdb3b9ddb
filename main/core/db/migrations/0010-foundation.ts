import type { Migration } from './migration.ts';

/** Units, accounts, settings, versions, audit, search. */
export const foundation: Migration = {
  number: 10,
  name: 'foundation',
  up: `
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE area (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('province', 'city', 'county', 'township', 'village')),
  parent_code TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX area_by_parent ON area (parent_code);

CREATE TABLE unit (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('station', 'county', 'city', 'province')),
  parent_code TEXT
) STRICT;

CREATE TABLE installation (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE account (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('administrator', 'head', 'clerk', 'auditor')),
  unit_id TEXT NOT NULL REFERENCES unit (id),
  is_disabled INTEGER NOT NULL DEFAULT 0 CHECK (is_disabled IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE case_counter (
  ledger TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (ledger, unit_id, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE commit_entry (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq),
  installation_seq INTEGER NOT NULL REFERENCES installation (seq),
  method TEXT NOT NULL
) STRICT;

CREATE TABLE record_version (
  seq INTEGER PRIMARY KEY,
  record_id TEXT NOT NULL,
  ledger TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  parents BLOB NOT NULL CHECK (length(parents) % 32 = 0),
  depth INTEGER NOT NULL,
  commit_number INTEGER NOT NULL REFERENCES commit_entry (number),
  patch TEXT NOT NULL,
  whole TEXT
) STRICT;
CREATE INDEX record_version_by_record ON record_version (record_id, depth);

CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  action TEXT NOT NULL,
  ledger TEXT,
  record_id TEXT,
  version BLOB,
  detail TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE search_doc (
  doc INTEGER PRIMARY KEY,
  ledger TEXT NOT NULL,
  record_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
INSERT INTO search (search, rank) VALUES ('automerge', 0);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);

CREATE TABLE indicator_value (
  year INTEGER NOT NULL,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  code TEXT NOT NULL,
  value REAL NOT NULL,
  qualifier TEXT,
  printed TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq),
  entered_at TEXT NOT NULL,
  PRIMARY KEY (year, unit_id, code)
) STRICT, WITHOUT ROWID;
`,
};
