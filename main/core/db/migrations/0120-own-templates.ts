import type { Migration } from './migration.ts';

/**
 * A unit's own .docx templates, whole, a row a version: those that papers were issued from stay when they are retired.
 * An issued paper names the one it was made from.
 */
export const ownTemplateTable: Migration = {
  number: 120,
  name: 'own-templates',
  up: `
CREATE TABLE own_template (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  version INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  content BLOB NOT NULL,
  content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
  places TEXT NOT NULL,
  pages INTEGER NOT NULL,
  added_commit INTEGER NOT NULL REFERENCES commit_entry (number),
  retired_commit INTEGER REFERENCES commit_entry (number),
  retire_reason TEXT,
  UNIQUE (unit_id, kind, version)
) STRICT;

ALTER TABLE issued_paper ADD COLUMN own_template TEXT;
`,
};
