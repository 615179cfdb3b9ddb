import type { Migration } from './migration.ts';

/** Entries of the search index that a save just made, until somebody has time to put them into it together. */
export const recentSearchEntries: Migration = {
  number: 130,
  name: 'recent-search',
  up: `
CREATE TABLE search_recent (
  doc INTEGER PRIMARY KEY REFERENCES search_doc (doc) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;
`,
};
