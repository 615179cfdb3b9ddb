import type { WriteDb } from '#core/db/connection.ts';
import { foundation } from './0010-foundation.ts';
import { mediationTables } from './0020-mediation.ts';
import { screeningTables } from './0030-screening.ts';
import { personTables } from './0040-persons.ts';
import { deadlineTables } from './0050-deadlines.ts';
import { documentTables } from './0060-documents.ts';
import { numberingTables } from './0070-numbering.ts';
import { entryTables } from './0080-entry.ts';
import { attachmentTable } from './0090-attachments.ts';
import { registerTables } from './0100-registers.ts';
import { speedTables } from './0110-speed.ts';
import { ownTemplateTable } from './0120-own-templates.ts';
import { recentSearchEntries } from './0130-recent-search.ts';
import { accountColumns } from './0140-accounts.ts';
import { careTables } from './0150-care.ts';
import { auditHeads } from './0160-audit-heads.ts';
import { courtReferral } from './0170-court-referral.ts';
import { sealingTables } from './0180-sealing.ts';
import { retentionTables } from './0190-retention.ts';
import { safetyRegisters } from './0200-safety-registers.ts';
import { logPlaces } from './0210-log-places.ts';
import { handDrills } from './0225-hand-drills.ts';
import { evaluationTable } from './0300-evaluation.ts';
import { correctionTables } from './0310-correction.ts';
import { correctionEvents } from './0320-correction-events.ts';
import { correctionPaperNumbers } from './0330-correction-papers.ts';
import { correctionFigures } from './0340-correction-figures.ts';
import { provincialFields } from './0360-provincial-fields.ts';
import { sealingAbove } from './0380-sealing-above.ts';
import { incomingPapers } from './0390-incoming-papers.ts';
import { correctionWork } from './0400-correction-work.ts';
import { correctionRests } from './0410-correction-rests.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  foundation,
  mediationTables,
  screeningTables,
  personTables,
  deadlineTables,
  documentTables,
  numberingTables,
  entryTables,
  attachmentTable,
  registerTables,
  speedTables,
  ownTemplateTable,
  recentSearchEntries,
  accountColumns,
  careTables,
  auditHeads,
  courtReferral,
  sealingTables,
  retentionTables,
  safetyRegisters,
  logPlaces,
  handDrills,
  evaluationTable,
  correctionTables,
  correctionEvents,
  correctionPaperNumbers,
  correctionFigures,
  provincialFields,
  sealingAbove,
  incomingPapers,
  correctionWork,
  correctionRests,
];

export function newestOf(steps: readonly Migration[]): number {
  return steps.reduce((most, step) => Math.max(most, step.number), 0);
}

/** Runs every step above `from`, in order, inside the caller's transaction. Throws to leave everything as it was. */
export function migrate(db: WriteDb, from: number, steps: readonly Migration[]): number {
  let version = from;
  for (const step of steps) {
    if (step.number <= from) continue;
    if (step.number <= version) throw new Error(`migrations out of order at ${step.number}`);
    if (typeof step.up === 'string') db.exec(step.up);
    else step.up(db);
    version = step.number;
  }
  db.exec(`PRAGMA user_version = ${version}`);
  return version;
}
