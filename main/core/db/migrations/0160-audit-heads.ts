import type { Migration } from './migration.ts';

/** Signed heads of the log that left the machine; and the log by who and by record, for whoever inspects it. */
export const auditHeads: Migration = {
  number: 160,
  name: 'audit-heads',
  up: `
CREATE TABLE audit_head (
  seq INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('daySheet', 'export', 'package', 'receipt')),
  public_key TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry_by_account ON audit_entry (account, seq);
CREATE INDEX audit_entry_by_action ON audit_entry (action, seq);
CREATE INDEX audit_entry_by_record ON audit_entry (record_id, seq) WHERE record_id IS NOT NULL;
`,
};
