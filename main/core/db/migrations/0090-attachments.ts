import type { Migration } from './migration.ts';

/**
 * Scans and photos of records. The content stands encrypted in `objects/` under `object`; a row says what it is, who
 * added it and who took it off. A row is never deleted, so what a record once had can be told of every day.
 */
export const attachmentTable: Migration = {
  number: 90,
  name: 'attachments',
  up: `
CREATE TABLE attachment (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  record_id TEXT NOT NULL,
  ledger TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  pages INTEGER NOT NULL CHECK (pages > 0),
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
  object TEXT NOT NULL CHECK (length(object) = 64),
  added_commit INTEGER NOT NULL REFERENCES commit_entry (number),
  removed_commit INTEGER REFERENCES commit_entry (number),
  removed_reason TEXT,
  CHECK ((removed_commit IS NULL) = (removed_reason IS NULL))
) STRICT;
CREATE INDEX attachment_by_record ON attachment (record_id, position);
CREATE INDEX attachment_by_object ON attachment (object);
CREATE INDEX attachment_by_added ON attachment (added_commit);
`,
};
