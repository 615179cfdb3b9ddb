import type { Migration } from './migration.ts';

/** Numbers by what makes them distinct (ledger, prefix, year); every pattern ever used; blocks and paper numbers. */
export const numberingTables: Migration = {
  number: 70,
  name: 'numbering',
  up: `
CREATE TABLE number_counter (
  ledger TEXT NOT NULL,
  scope TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (ledger, scope, year)
) STRICT, WITHOUT ROWID;
INSERT INTO number_counter (ledger, scope, year, last)
  SELECT ledger, coalesce((SELECT value FROM setting WHERE name = 'casePrefix'), ''), year, max(last)
  FROM case_counter GROUP BY ledger, year;

CREATE TABLE number_pattern (
  seq INTEGER PRIMARY KEY,
  ledger TEXT NOT NULL,
  pattern TEXT NOT NULL,
  since TEXT NOT NULL,
  account TEXT NOT NULL
) STRICT;

CREATE TABLE number_block (
  id TEXT PRIMARY KEY,
  ledger TEXT NOT NULL,
  scope TEXT NOT NULL,
  year INTEGER NOT NULL,
  first INTEGER NOT NULL CHECK (first > 0),
  last INTEGER NOT NULL CHECK (last >= first),
  purpose TEXT NOT NULL CHECK (purpose IN ('installation', 'paper')),
  holder TEXT NOT NULL,
  pattern TEXT NOT NULL,
  drawn INTEGER NOT NULL,
  granted_at TEXT NOT NULL,
  account TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX number_block_by_scope ON number_block (ledger, scope, year, purpose, first);

CREATE TABLE paper_number (
  block_id TEXT NOT NULL REFERENCES number_block (id),
  number INTEGER NOT NULL,
  ledger TEXT NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('free', 'used', 'returned')),
  record_id TEXT,
  reason TEXT,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (block_id, number),
  UNIQUE (ledger, key)
) STRICT, WITHOUT ROWID;

INSERT INTO setting (name, value) SELECT 'numberOwner', value FROM setting WHERE name = 'installationId';
`,
};
