import { day, flag, requiredDay, systemColumns } from './columns.ts';
import type { Migration } from './migration.ts';

/** 人民调解 cases with their parties, committees, mediators. */
export const mediationTables: Migration = {
  number: 20,
  name: 'mediation',
  up: `
CREATE TABLE mediation_case (${systemColumns},
  number_order INTEGER,
  case_no TEXT,
  ${requiredDay('accepted_on')},
  kind TEXT NOT NULL,
  ${day('applied_on')},
  acceptance TEXT,
  decline_reason TEXT,
  source TEXT,
  summary TEXT NOT NULL,
  ${day('occurred_on')},
  division_code TEXT,
  place TEXT,
  party_count INTEGER,
  involved_fen INTEGER,
  special_group TEXT,
  ${flag('is_migrant_worker')},
  committee_id TEXT,
  registrar TEXT,
  mediator_id TEXT,
  mediation_place TEXT,
  recorder TEXT,
  helpers TEXT,
  difficulty TEXT,
  major_reason TEXT,
  risk_colour TEXT,
  escalation TEXT,
  prevented_persons INTEGER,
  forecast TEXT,
  outcome TEXT,
  ${day('concluded_on')},
  transfer_to TEXT,
  outcome_reason TEXT,
  agreement_form TEXT,
  agreement_no TEXT,
  amount_fen INTEGER,
  agreement_text TEXT,
  ${day('effective_on')},
  ${day('perform_by')},
  performance TEXT,
  performance_method TEXT,
  ${day('performed_on')},
  aftermath TEXT,
  ${day('confirmation_applied_on')},
  court_name TEXT,
  court_result TEXT,
  ruling_no TEXT,
  ${day('ruled_on')},
  satisfaction TEXT,
  follow_up_form TEXT,
  ${day('follow_up_on')},
  follow_up_by TEXT,
  follow_up_note TEXT,
  review_grade TEXT,
  subsidy_fen INTEGER,
  subsidy_approver TEXT,
  ${day('subsidy_paid_on')},
  filed_by TEXT,
  retention TEXT,
  ${day('archived_on')},
  void_reason TEXT,
  remark TEXT
) STRICT;
CREATE INDEX mediation_case_by_number ON mediation_case (number_order, accepted_on);
CREATE INDEX mediation_case_by_accepted ON mediation_case (accepted_on, state, outcome, unit_id);
CREATE INDEX mediation_case_by_kind ON mediation_case (kind, accepted_on);
CREATE INDEX mediation_case_by_outcome ON mediation_case (outcome, accepted_on);
CREATE INDEX mediation_case_by_state ON mediation_case (state, accepted_on);
CREATE INDEX mediation_case_by_source ON mediation_case (source, accepted_on);
CREATE INDEX mediation_case_by_risk ON mediation_case (risk_colour, accepted_on);
CREATE INDEX mediation_case_by_committee ON mediation_case (committee_id, accepted_on);
CREATE INDEX mediation_case_by_title ON mediation_case (title, accepted_on);
CREATE INDEX mediation_case_by_concluded ON mediation_case (concluded_on, accepted_on);
CREATE INDEX mediation_case_by_amount ON mediation_case (amount_fen, accepted_on);

CREATE TABLE mediation_party (
  record_seq INTEGER NOT NULL REFERENCES mediation_case (seq),
  ordinal INTEGER NOT NULL,
  side TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  former_name TEXT,
  id_type TEXT,
  id_number TEXT,
  id_number_reason TEXT,
  sex TEXT,
  ${day('birth_on')},
  age INTEGER,
  nation TEXT,
  credit_code TEXT,
  legal_representative TEXT,
  position TEXT,
  phone TEXT,
  division_code TEXT,
  address TEXT,
  agent_name TEXT,
  agent_id_number TEXT,
  agent_phone TEXT,
  agent_authority TEXT,
  PRIMARY KEY (record_seq, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE committee (${systemColumns},
  name TEXT NOT NULL,
  short_name TEXT,
  kind TEXT NOT NULL,
  industry_kind TEXT,
  stationed_at TEXT,
  division_code TEXT,
  ${requiredDay('established_on')},
  ${day('reported_to_court_on')},
  head TEXT,
  phone TEXT,
  address TEXT,
  ${day('dissolved_on')},
  void_reason TEXT
) STRICT;
CREATE INDEX committee_by_established ON committee (established_on);
CREATE INDEX committee_by_kind ON committee (kind, established_on);
CREATE INDEX committee_by_state ON committee (state, established_on);
CREATE INDEX committee_by_title ON committee (title, established_on);

CREATE TABLE mediator (${systemColumns},
  name TEXT NOT NULL,
  sex TEXT,
  id_number TEXT,
  ${day('birth_on')},
  nation TEXT,
  education TEXT,
  political_status TEXT,
  phone TEXT,
  committee_id TEXT,
  employment TEXT,
  ${requiredDay('appointed_on')},
  ${day('left_on')},
  void_reason TEXT
) STRICT;
CREATE INDEX mediator_by_appointed ON mediator (appointed_on);
CREATE INDEX mediator_by_committee ON mediator (committee_id, appointed_on);
CREATE INDEX mediator_by_employment ON mediator (employment, appointed_on);
CREATE INDEX mediator_by_state ON mediator (state, appointed_on);
CREATE INDEX mediator_by_title ON mediator (title, appointed_on);
`,
};
