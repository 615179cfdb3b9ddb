import type { Migration } from './migration.ts';

/**
 * What accounts hold besides their role: safety duties (words apart by a space), the registers they see (null: all), who
 * of the mediators they are, and that a password set by somebody else must be changed first.
 */
export const accountColumns: Migration = {
  number: 140,
  name: 'accounts',
  up: `
ALTER TABLE account ADD COLUMN duties TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN ledgers TEXT;
ALTER TABLE account ADD COLUMN mediator_id TEXT;
ALTER TABLE account ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));
ALTER TABLE account ADD COLUMN disabled_at TEXT;
ALTER TABLE account ADD COLUMN signed_in_at TEXT;
UPDATE account SET duties = CASE
  WHEN role = 'administrator' AND (SELECT count(*) FROM account) >= 3 THEN 'system'
  WHEN role = 'administrator' THEN 'system security audit'
  WHEN role = 'head' THEN 'security'
  WHEN role = 'auditor' THEN 'audit'
  ELSE '' END;
`,
};
