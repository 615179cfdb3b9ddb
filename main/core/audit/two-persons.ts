import type { ReadDb } from '#core/db/connection.ts';
import { join, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';

/**
 * What two are to decide, two persons must decide: an account whose password somebody gave is, for a while, in the hands
 * of whoever gave it. The log says who made accounts and set passwords; a change by whoever is signed in as the account
 * proves nothing. A password by the recovery key, or by the grant of the level above, comes from outside.
 */
const given = ['account.create', 'account.setPassword'] as const;
const fromOutside = ['session.recover', 'help.finish'] as const;
const days = 30;

/** Who gave an account the way in, in the order of the log. */
type Giving = { account: string; by: string | null; at: string };

function givings(db: ReadDb): Giving[] {
  type Row = { at: string; account: string; action: string; detail: string };
  const rows = db.all<Row>(sql`select at, account, action, detail from audit_entry
    where action in (${join([...given, ...fromOutside])}) order by seq`);
  let last = '';
  return rows.map(({ at, account, action, detail }) => {
    // A clock that was set back makes nothing older.
    last = at > last ? at : last;
    return (fromOutside as readonly string[]).includes(action)
      ? { account, by: null, at: last }
      : { account: String((JSON.parse(detail) as { account?: unknown }).account), by: account, at: last };
  });
}

/**
 * Throws `decider-in-hand` where the account that is to decide had its way in last from an applicant, or from an account
 * that had its own from one, since 30 days before the application.
 */
export function refuseInHand(
  db: ReadDb,
  decider: string,
  { applicants, since }: { applicants: readonly string[]; since: string },
): void {
  const from = new Date(Date.parse(since) - days * 86_400_000).toISOString();
  const all = givings(db);
  const seen = new Set<string>();
  for (let account = decider; !seen.has(account); ) {
    seen.add(account);
    // What was set from the account itself says nothing of who sits there.
    const last = all.findLast((one) => one.account === account && one.by !== account);
    if (!last?.by || last.at < from) return;
    if (applicants.includes(last.by))
      throw new AppError('decider-in-hand', { account: decider, by: last.by });
    account = last.by;
  }
}
