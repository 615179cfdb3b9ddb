import { day } from './columns.ts';
import type { Migration } from './migration.ts';

/** A dispute that a court sent to the committee: which court, 委派 or 委托, its letter and the day of it. */
export const courtReferral: Migration = {
  number: 170,
  name: 'court-referral',
  up: `
ALTER TABLE mediation_case ADD COLUMN referring_court TEXT;
ALTER TABLE mediation_case ADD COLUMN referral_kind TEXT;
ALTER TABLE mediation_case ADD COLUMN referral_no TEXT;
ALTER TABLE mediation_case ADD COLUMN ${day('referred_on')};
`,
};
