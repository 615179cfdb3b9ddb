import type { Migration } from './migration.ts';

/**
 * On which installation and machine each entry of the log was made; and a register of the logs of other units that were
 * checked here (the county's auditor reads a station's chain where the station has fewer than three accounts).
 */
export const logPlaces: Migration = {
  number: 210,
  name: 'log-places',
  up: `
ALTER TABLE audit_entry ADD COLUMN installation TEXT;
ALTER TABLE audit_entry ADD COLUMN machine TEXT;

CREATE TABLE log_check (
  seq INTEGER PRIMARY KEY,
  ledger_id TEXT NOT NULL,
  unit_code TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  installation TEXT NOT NULL,
  machine TEXT NOT NULL,
  exported_at TEXT NOT NULL,
  file_hash BLOB NOT NULL CHECK (length(file_hash) = 32),
  first_entry INTEGER NOT NULL,
  last_entry INTEGER NOT NULL,
  last_hash BLOB NOT NULL CHECK (length(last_hash) = 32),
  fingerprint TEXT NOT NULL,
  key_confirmed_at TEXT,
  key_confirmed_by TEXT,
  is_sound INTEGER NOT NULL CHECK (is_sound IN (0, 1)),
  result TEXT NOT NULL,
  checked_at TEXT NOT NULL,
  account TEXT NOT NULL
) STRICT;
CREATE INDEX log_check_by_ledger ON log_check (ledger_id, seq);
CREATE INDEX log_check_by_unit ON log_check (unit_code, seq);
`,
};
