import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from '#core/db/sql.ts';
import type { RepairReport } from '#shared/api/care-types.ts';
import type { Program } from '#tests/fixtures/program.ts';
import { aPicture } from '#tests/fixtures/scans.ts';

/** What a repair would have left of records that are gone: their titles, in its list. */
export async function listARepair(
  program: Program,
  [applicant, respondent]: readonly [string, string],
): Promise<void> {
  const titles = {
    mediation: `${applicant}、${respondent}`,
    caseNote: `${applicant}与${respondent}用水纠纷`,
    finding: `${applicant}与${respondent}水井纠纷`,
  };
  const found = Object.entries(titles).map(([ledger, title]) => ({
    ...{ ledger, id: `gone-${ledger}`, number: null, title, what: 'lost' as const },
    ...{ at: null, account: null },
  }));
  const report = {
    ...{ copy: 'ledger.db', copyAt: '2025-06-01T08:00:00.000Z', isReadable: true, found },
    ...{ beside: { rows: 0, tables: [], unread: [] }, log: { taken: 0, lost: 0 } },
  } satisfies RepairReport;
  await program.look((db) =>
    db.run(sql`insert into repair_report (seq, at, account, copy, content)
      values (1, ${report.copyAt}, 'admin', ${report.copy}, ${JSON.stringify(report)})`),
  );
}

/** A picture with a name that says something. */
export function writePicture(): string {
  const at = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'leaks-')), '井.png');
  fs.writeFileSync(at, aPicture({ note: 'leak' }));
  return at;
}
