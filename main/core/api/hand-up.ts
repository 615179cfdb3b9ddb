import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { allAccounts } from '#core/security/accounts.ts';
import { ownUnit } from '#core/settings/settings.ts';
import seed from '#seeds/retention/hand-up.json' with { type: 'json' };
import type { HandUp } from '#shared/api/audit-types.ts';
import { areDutiesApart } from '#shared/domain/safety-duties.ts';

const dayMs = 86_400_000;

/**
 * Whether the log is to go to the level above, which reads it where a unit has too few accounts to hold the duties apart;
 * null where it has enough, or nobody is above it. How often is proposed by a seed: no rule says it.
 */
export function handUp(db: ReadDb, now: number): HandUp | null {
  if (ownUnit(db).level === 'province' || areDutiesApart(allAccounts(db))) return null;
  const last = db.value<string | null>(sql`select max(at) from audit_head where purpose = 'export'`) ?? null;
  const since = last ?? db.value<string>(sql`select at from audit_entry where seq = 1`) ?? null;
  const { days } = seed;
  // One that is still to come was made under a clock that has been set back since.
  const isDue = since !== null && Math.abs(now - Date.parse(since)) > days * dayMs;
  return { days, last, isDue };
}
