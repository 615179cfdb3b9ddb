import type { Migration } from './migration.ts';

/** What a search entry was made from, and the lists of codes that a unit keeps and confirms itself. */
export const registerTables: Migration = {
  number: 100,
  name: 'registers',
  up: `
ALTER TABLE search_doc ADD COLUMN digest BLOB;

CREATE TABLE code_edition (
  seq INTEGER PRIMARY KEY,
  list TEXT NOT NULL,
  basis TEXT NOT NULL,
  items TEXT NOT NULL,
  commit_number INTEGER NOT NULL REFERENCES commit_entry (number)
) STRICT;
CREATE INDEX code_edition_by_list ON code_edition (list, seq);

CREATE TABLE code_confirmation (
  seq INTEGER PRIMARY KEY,
  list TEXT NOT NULL,
  note TEXT NOT NULL,
  commit_number INTEGER NOT NULL REFERENCES commit_entry (number)
) STRICT;
CREATE INDEX code_confirmation_by_list ON code_confirmation (list, seq);
`,
};
