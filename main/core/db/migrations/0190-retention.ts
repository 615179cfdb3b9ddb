import { requiredDay } from './columns.ts';
import type { Migration } from './migration.ts';

/**
 * Periods of keeping as the bureau's archive authority approved them, files kept on after a review, and destruction with
 * approval (档案法实施条例 19, 24). Lists of destruction and what became of them are never deleted.
 */
export const retentionTables: Migration = {
  number: 190,
  name: 'retention',
  up: `
CREATE TABLE retention_decision (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  edition INTEGER NOT NULL,
  content TEXT NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq)
) STRICT;

CREATE TABLE retention_hold (
  seq INTEGER PRIMARY KEY,
  record_id TEXT NOT NULL,
  ${requiredDay('until')},
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq)
) STRICT;
CREATE INDEX retention_hold_by_record ON retention_hold (record_id, seq);

CREATE TABLE destruction_list (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('open', 'approved', 'underWay', 'done'))
) STRICT;

CREATE TABLE destruction_item (
  seq INTEGER PRIMARY KEY,
  list_seq INTEGER NOT NULL REFERENCES destruction_list (seq),
  record_id TEXT NOT NULL,
  ledger TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT,
  title TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  ${requiredDay('filed_on')},
  years INTEGER NOT NULL,
  ${requiredDay('ended_on')},
  pages INTEGER,
  opinion TEXT NOT NULL,
  version BLOB NOT NULL CHECK (length(version) = 32),
  state TEXT NOT NULL CHECK (state IN ('listed', 'removed', 'withheld', 'destroyed')),
  why TEXT NOT NULL,
  at TEXT
) STRICT;
CREATE UNIQUE INDEX destruction_item_listed ON destruction_item (record_id) WHERE state IN ('listed', 'destroyed');
CREATE INDEX destruction_item_by_list ON destruction_item (list_seq, state, seq);

CREATE TABLE destruction_event (
  seq INTEGER PRIMARY KEY,
  list_seq INTEGER NOT NULL REFERENCES destruction_list (seq),
  action TEXT NOT NULL CHECK (action IN ('make', 'add', 'remove', 'approve', 'withdraw', 'begin', 'end')),
  content TEXT NOT NULL,
  at TEXT NOT NULL,
  account_seq INTEGER NOT NULL REFERENCES account (seq)
) STRICT;
CREATE INDEX destruction_event_by_list ON destruction_event (list_seq, seq);

CREATE INDEX mediation_case_by_archived
  ON mediation_case (archived_on, state, retention, major_reason, unit_id) WHERE archived_on IS NOT NULL;
`,
};
