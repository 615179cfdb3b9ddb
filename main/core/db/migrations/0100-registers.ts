import type { Migration } from './migration.ts';

/** What a search entry was made from, what points at a mediator or a case, what the figures count, and the lists of codes that a unit keeps and confirms itself. */
export const registerTables: Migration = {
  number: 100,
  name: 'registers',
  up: `
ALTER TABLE search_doc ADD COLUMN digest BLOB;

CREATE INDEX mediation_case_by_mediator ON mediation_case (mediator_id, accepted_on);
CREATE INDEX finding_by_case ON finding (case_id, found_on);
CREATE INDEX finding_by_settled ON finding (settled_on, handling, state, unit_id);

CREATE INDEX mediation_case_by_accepted_for_figures ON mediation_case
  (accepted_on, escalation, prevented_persons, difficulty, outcome, performance, state, unit_id);
CREATE INDEX mediation_case_by_confirmation ON mediation_case (confirmation_applied_on, aftermath, state, unit_id)
  WHERE confirmation_applied_on IS NOT NULL;
CREATE INDEX mediation_case_by_ruling ON mediation_case (ruled_on, aftermath, court_result, state, unit_id)
  WHERE ruled_on IS NOT NULL;

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
