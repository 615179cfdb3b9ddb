import type { Migration } from './migration.ts';

/** Restore drills that people did by hand on another PC, entered afterwards (网络安全法 23(四), 网络数据安全管理条例 9). */
export const handDrills: Migration = {
  number: 225,
  name: 'hand-drills',
  up: `
CREATE TABLE hand_drill (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  done_on TEXT NOT NULL CHECK (date(done_on) IS done_on),
  done_by TEXT NOT NULL,
  copy TEXT NOT NULL,
  machine TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  fault TEXT CHECK (fault <> '')
) STRICT;
CREATE INDEX hand_drill_by_day ON hand_drill (done_on, seq);
`,
};
