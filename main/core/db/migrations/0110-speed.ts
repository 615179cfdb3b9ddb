import type { Migration } from './migration.ts';

/**
 * Leaves of the search index that fit a page: the cipher keeps part of every page for itself, and a leaf of FTS5's usual
 * 4,050 bytes spilled into a second one, written with every save and read with every search.
 *
 * Keys of persons just written stand together in a small table until somebody has time: in the large one each of a
 * record's twenty keys is on a page of its own. `person_entry` is both.
 */
export const speedTables: Migration = {
  number: 110,
  name: 'speed',
  up: `
INSERT INTO search (search, rank) VALUES ('pgsz', 3990);

CREATE TABLE person_key_recent (
  key INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;
CREATE VIEW person_entry (key, place) AS
  SELECT key, place FROM person_key UNION ALL SELECT key, place FROM person_key_recent;
`,
};
