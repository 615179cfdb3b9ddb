import { requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** A unit's own phrases, and what a case declares 不适用. */
export const entryTables: Migration = {
  number: 80,
  name: 'entry',
  up: `
CREATE TABLE phrase (${systemColumns},
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  kind TEXT,
  text TEXT NOT NULL,
  ${requiredDay('added_on')},
  void_reason TEXT
) STRICT;
CREATE INDEX phrase_by_added ON phrase (added_on);
CREATE INDEX phrase_by_place ON phrase (place, added_on);
CREATE INDEX phrase_by_kind ON phrase (kind, added_on);
CREATE INDEX phrase_by_state ON phrase (state, added_on);
CREATE INDEX phrase_by_title ON phrase (title, added_on);

CREATE TABLE mediation_waiver (
  record_seq INTEGER NOT NULL REFERENCES mediation_case (seq),
  ordinal INTEGER NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;
`,
};
