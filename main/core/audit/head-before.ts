import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { KeptHead } from '#core/security/identity.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import type { LogBefore } from '#shared/api/audit-types.ts';
import { hashOfEntry } from './chain.ts';

/** The newest of this ledger's own and the one known before: an older ledger that was laid in its place has no such head. */
export function keptHead(db: ReadDb, before: KeptHead | null): KeptHead | null {
  const row = db.get<Omit<KeptHead, 'hash'> & { hash: Uint8Array }>(
    sql`select entry, hash, at, purpose from audit_head order by seq desc limit 1`,
  );
  const own = row ? { ...row, hash: Buffer.from(row.hash).toString('hex') } : null;
  return own && (before === null || own.at >= before.at) ? own : before;
}

/** Whether the log has no more what a head says that it had. */
export const isGone = (db: ReadDb, head: KeptHead): boolean => hashOfEntry(db, head.entry) !== head.hash;

/** Kept in the ledger: said until a later head is given out, which has the entry of how it went back. */
export function rememberBefore(db: WriteDb, { entry, at, purpose }: KeptHead, isRestored: boolean): void {
  writeSetting(db, 'headBefore', JSON.stringify({ entry, at, purpose, isRestored } satisfies LogBefore));
}

/** Null where nothing was given out that is not in the log any more, or something was since. */
export function headBefore(db: ReadDb): LogBefore | null {
  const text = readSetting(db, 'headBefore');
  if (text === null) return null;
  const before = JSON.parse(text) as LogBefore;
  const since = db.value(sql`select 1 from audit_head where at > ${before.at} limit 1`);
  return since === undefined ? before : null;
}
