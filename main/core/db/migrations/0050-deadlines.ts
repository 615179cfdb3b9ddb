import { day, requiredDay } from './columns.ts';
import type { Migration } from './migration.ts';

/** Deadlines: what is due, what a bureau decided on the rules, calendars it took in; the agreed extension of a case. */
export const deadlineTables: Migration = {
  number: 50,
  name: 'deadlines',
  up: `
ALTER TABLE mediation_case ADD COLUMN ${day('extended_to')};
ALTER TABLE mediation_case ADD COLUMN ${day('extension_agreed_on')};

CREATE TABLE due_entry (
  record_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  ledger TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  person TEXT NOT NULL,
  ${requiredDay('due_on')},
  due_time TEXT,
  ${requiredDay('started_on')},
  basis TEXT NOT NULL,
  is_extended INTEGER NOT NULL CHECK (is_extended IN (0, 1)),
  is_estimated INTEGER NOT NULL CHECK (is_estimated IN (0, 1)),
  is_lapsing INTEGER NOT NULL CHECK (is_lapsing IN (0, 1)),
  unknown_years TEXT NOT NULL,
  PRIMARY KEY (record_id, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_entry_by_day ON due_entry (is_lapsing, due_on, unit_id, person, rule);
CREATE INDEX due_entry_by_person ON due_entry (person, is_lapsing, due_on, unit_id, rule);
CREATE INDEX due_entry_by_unit ON due_entry (unit_id, is_lapsing, due_on, person, rule);
CREATE INDEX due_entry_by_rule ON due_entry (rule);

CREATE TABLE due_tally (
  person TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (person, unit_id, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadline_decision (
  seq INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  edition INTEGER NOT NULL,
  content TEXT NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq)
) STRICT;
CREATE INDEX deadline_decision_by_rule ON deadline_decision (rule, seq);

CREATE TABLE calendar_year (
  seq INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  content TEXT NOT NULL,
  file TEXT NOT NULL,
  at TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq)
) STRICT;
CREATE INDEX calendar_year_by_year ON calendar_year (year, seq);

CREATE TABLE derivation_stamp (
  name TEXT PRIMARY KEY,
  stamp TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX commit_entry_by_at ON commit_entry (at);
`,
};
