import { caseNote } from './case-note.ts';
import { absence } from './correction/absence.ts';
import { contact } from './correction/contact.ts';
import { crossing } from './correction/crossing.ts';
import { evaluation } from './correction/evaluation.ts';
import { leave } from './correction/leave.ts';
import { measure } from './correction/measure.ts';
import { oversight } from './correction/oversight.ts';
import { correction } from './correction/person.ts';
import { positioning } from './correction/positioning.ts';
import { relocation } from './correction/relocation.ts';
import type { LedgerSpec } from './describe.ts';
import { assessment, incident } from './incidents.ts';
import { medium, mediumLoan } from './media.ts';
import { mediation } from './mediation.ts';
import { committee, mediator } from './organisation.ts';
import { phrase } from './phrase.ts';
import { finding, screening } from './screening.ts';
import { subsidyRate } from './subsidy.ts';

/** Registers of 社区矫正, which have one place in the window together. */
export const correctionLedgers: readonly LedgerSpec[] = [
  correction,
  evaluation,
  contact,
  leave,
  crossing,
  relocation,
  measure,
  positioning,
  absence,
  oversight,
];

/** Every register of the program. A new one: its description here, a migration, a workflow, fixtures. */
export const ledgers: readonly LedgerSpec[] = [
  mediation,
  screening,
  finding,
  committee,
  mediator,
  subsidyRate,
  phrase,
  caseNote,
  ...correctionLedgers,
  medium,
  mediumLoan,
  incident,
  assessment,
];

/** Registers of the 安全保密登记, which have one place in the window together. */
export const safetyLedgers: readonly LedgerSpec[] = [medium, mediumLoan, incident, assessment];
