import type { Migration } from './migration.ts';

/** Restore drills (网络数据安全管理条例 9: tests of restoring are logged), and lists of what a repair saved. */
export const careTables: Migration = {
  number: 150,
  name: 'care',
  up: `
CREATE TABLE restore_drill (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  copy TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('own', 'second')),
  seconds INTEGER NOT NULL,
  records INTEGER NOT NULL,
  fault TEXT,
  is_compared INTEGER NOT NULL CHECK (is_compared IN (0, 1)),
  has_attachment INTEGER NOT NULL CHECK (has_attachment IN (0, 1))
) STRICT;

CREATE TABLE repair_report (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  copy TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;
`,
};
