import { day, requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** 排查 rounds, what they found, and the standards of 以案定补. */
export const screeningTables: Migration = {
  number: 30,
  name: 'screening',
  up: `
CREATE TABLE screening (${systemColumns},
  ${requiredDay('screened_on')},
  scope TEXT NOT NULL,
  kind TEXT,
  division_code TEXT,
  committee_id TEXT,
  screeners TEXT,
  person_times INTEGER,
  households INTEGER,
  summary TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX screening_by_screened ON screening (screened_on);
CREATE INDEX screening_by_kind ON screening (kind, screened_on);
CREATE INDEX screening_by_committee ON screening (committee_id, screened_on);
CREATE INDEX screening_by_state ON screening (state, screened_on);
CREATE INDEX screening_by_title ON screening (title, screened_on);

CREATE TABLE finding (${systemColumns},
  name TEXT NOT NULL,
  ${requiredDay('found_on')},
  screening_id TEXT,
  kind TEXT,
  persons TEXT,
  division_code TEXT,
  place TEXT,
  summary TEXT,
  risk_colour TEXT,
  responsible TEXT,
  ${day('due_on')},
  handling TEXT,
  ${day('settled_on')},
  case_id TEXT,
  result TEXT,
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX finding_by_found ON finding (found_on);
CREATE INDEX finding_by_screening ON finding (screening_id, found_on);
CREATE INDEX finding_by_kind ON finding (kind, found_on);
CREATE INDEX finding_by_risk ON finding (risk_colour, found_on);
CREATE INDEX finding_by_due ON finding (due_on, found_on);
CREATE INDEX finding_by_state ON finding (state, found_on);
CREATE INDEX finding_by_title ON finding (title, found_on);

CREATE TABLE subsidy_rate (${systemColumns},
  name TEXT NOT NULL,
  ${requiredDay('valid_from')},
  ${day('valid_to')},
  difficulty TEXT,
  outcome TEXT,
  agreement_form TEXT,
  amount_fen INTEGER NOT NULL,
  basis TEXT,
  void_reason TEXT
) STRICT;
CREATE INDEX subsidy_rate_by_valid ON subsidy_rate (valid_from);
CREATE INDEX subsidy_rate_by_difficulty ON subsidy_rate (difficulty, valid_from);
CREATE INDEX subsidy_rate_by_amount ON subsidy_rate (amount_fen, valid_from);
CREATE INDEX subsidy_rate_by_state ON subsidy_rate (state, valid_from);
CREATE INDEX subsidy_rate_by_title ON subsidy_rate (title, valid_from);
`,
};
