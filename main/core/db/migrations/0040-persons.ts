import type { Migration } from './migration.ts';

/**
 * The index of persons. `person_key` is derived from the records and can be made anew; a key is a hash of a number, a
 * reading and the like, a row says where the person stands (source, record, place in it) as one number. Decisions
 * about persons and the warnings that were read are nobody's copy: they stay when the index is made anew.
 */
export const personTables: Migration = {
  number: 40,
  name: 'persons',
  up: `
CREATE TABLE person_source (
  seq INTEGER PRIMARY KEY,
  ledger TEXT NOT NULL,
  part TEXT NOT NULL,
  UNIQUE (ledger, part)
) STRICT;

CREATE TABLE person_key (
  key INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_decision (
  seq INTEGER PRIMARY KEY,
  left_key TEXT NOT NULL,
  right_key TEXT NOT NULL CHECK (left_key < right_key),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT
) STRICT;
CREATE UNIQUE INDEX person_decision_standing ON person_decision (left_key, right_key) WHERE undone_at IS NULL;
CREATE INDEX person_decision_by_left ON person_decision (left_key);
CREATE INDEX person_decision_by_right ON person_decision (right_key);

CREATE TABLE person_warning_seen (
  seq INTEGER PRIMARY KEY,
  record_id TEXT NOT NULL,
  warning TEXT NOT NULL,
  shown TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  seen_by TEXT NOT NULL,
  UNIQUE (record_id, warning, seen_by)
) STRICT;
`,
};
