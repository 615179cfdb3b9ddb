/** Pieces that every register's table is written with. A released step holds what they gave then; they never change. */

export const systemColumns = `
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  unit_id TEXT NOT NULL REFERENCES unit (id),
  state TEXT NOT NULL,
  version BLOB NOT NULL CHECK (length(version) = 32),
  depth INTEGER NOT NULL,
  tips INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL,
  updated_at TEXT NOT NULL`;
export const day = (column: string) => `${column} TEXT CHECK (date(${column}) IS ${column})`;
export const requiredDay = (column: string) => `${column} TEXT NOT NULL CHECK (date(${column}) IS ${column})`;
export const flag = (column: string) => `${column} INTEGER CHECK (${column} IN (0, 1))`;

/** Who somebody is, in the registers of community correction. */
export const whoColumns = `
  name TEXT NOT NULL,
  former_name TEXT,
  id_type TEXT,
  id_number TEXT,
  id_number_reason TEXT,
  sex TEXT,
  ${day('birth_on')},
  nation TEXT,
  phone TEXT,
  division_code TEXT,
  address TEXT,
  registered_address TEXT,
  workplace TEXT`;

/** What somebody was sentenced for. */
export const crimeColumns = `
  charge TEXT,
  charge_article TEXT,
  crime_type TEXT,
  penalty TEXT,
  penalty_months INTEGER,
  extra_penalty TEXT,
  judged_by TEXT,
  ${day('judged_on')}`;
