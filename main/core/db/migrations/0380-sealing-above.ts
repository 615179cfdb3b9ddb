import type { Migration } from './migration.ts';

/**
 * The level above as the second of two for what is sealed: who decided there and the second key that it holds then, what a
 * unit asked and what became of it, and what this unit decided for those below it. Reasons stand under the sealing key.
 */
export const sealingAbove: Migration = {
  number: 380,
  name: 'sealing-above',
  up: `
ALTER TABLE sealing ADD COLUMN decided_above TEXT;
-- Public half and shares of the second key, as JSON; null for what two accounts of the unit sealed.
ALTER TABLE sealing ADD COLUMN lock TEXT;

CREATE TABLE sealing_ask (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  request_id TEXT NOT NULL REFERENCES sealing (id),
  installation TEXT NOT NULL,
  unit TEXT NOT NULL,
  code TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  answer_key TEXT NOT NULL,
  -- The private half of answer_key, until the answer is of no use any more.
  secret TEXT,
  outcome TEXT CHECK (outcome IN ('granted', 'refused', 'over')),
  CHECK ((outcome IS NULL) = (secret IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX sealing_ask_open ON sealing_ask (request_id) WHERE outcome IS NULL;

CREATE TABLE sealing_answer (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  unit_code TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  sign_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('seal', 'unseal')),
  record_id TEXT NOT NULL,
  ledger TEXT NOT NULL,
  number TEXT,
  account TEXT NOT NULL,
  -- Why it was asked and decided so, under the sealing key of the unit that decided.
  detail BLOB NOT NULL,
  asked_at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('granted', 'refused')),
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL
) STRICT;
CREATE INDEX sealing_answer_by_unit ON sealing_answer (unit_code, seq);
`,
};
