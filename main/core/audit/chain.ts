import { hash as digest } from 'node:crypto';
import type { AuditNote } from '#core/api/contract.ts';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';

/** Who did it, for the log: the account's name at the time, or '' before anybody signed in. */
export type AuditActor = { account: string };
export type ChainEntry = {
  seq: number;
  at: string;
  account: string;
  action: string;
  ledger: string | null;
  record_id: string | null;
  version: Uint8Array | null;
  detail: string;
  hash: Uint8Array;
};

const start = Buffer.alloc(32);
const firstAction = 'setup.create';

/** Hash of an entry over the one before: SHA-256(previous ‖ fields as JSON). */
function hashOf(previous: Uint8Array, entry: Omit<ChainEntry, 'hash'>): Buffer {
  const version = entry.version ? Buffer.from(entry.version).toString('hex') : null;
  const text = JSON.stringify([
    entry.seq,
    entry.at,
    entry.account,
    entry.action,
    entry.ledger,
    entry.record_id,
    version,
    entry.detail,
  ]);
  return digest('sha256', Buffer.concat([previous, Buffer.from(text)]), 'buffer');
}

/** Adds to the chain, in the caller's transaction. */
export function appendAudit(db: WriteDb, at: string, actor: AuditActor, note: AuditNote): void {
  const last = db.get<{ seq: number; hash: Uint8Array }>(
    sql`select seq, hash from audit_entry order by seq desc limit 1`,
  );
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    account: actor.account,
    action: note.action,
    ledger: note.ledger,
    record_id: note.recordId,
    version: note.version === null ? null : Buffer.from(note.version, 'hex'),
    detail: JSON.stringify(note.detail),
  };
  db.run(sql`insert into audit_entry (seq, at, account, action, ledger, record_id, version, detail, hash)
    values (${entry.seq}, ${at}, ${entry.account}, ${entry.action}, ${entry.ledger}, ${entry.record_id},
            ${entry.version}, ${entry.detail}, ${hashOf(last?.hash ?? start, entry)})`);
}

/**
 * Entries of the same log that were kept elsewhere, as they are, as long as each follows from the one before. Returns how
 * many were taken.
 */
export function takeEntries(db: WriteDb, entries: readonly ChainEntry[]): number {
  let last = db.get<{ seq: number; hash: Uint8Array }>(
    sql`select seq, hash from audit_entry order by seq desc limit 1`,
  );
  let taken = 0;
  for (const entry of entries) {
    const isNext = entry.seq === (last?.seq ?? 0) + 1;
    if (!isNext || !hashOf(last?.hash ?? start, entry).equals(Buffer.from(entry.hash))) break;
    db.run(sql`insert into audit_entry (seq, at, account, action, ledger, record_id, version, detail, hash)
      values (${entry.seq}, ${entry.at}, ${entry.account}, ${entry.action}, ${entry.ledger}, ${entry.record_id},
              ${entry.version}, ${entry.detail}, ${entry.hash})`);
    last = entry;
    taken++;
  }
  return taken;
}

/** The end of the chain: whoever knows it can tell that a log was cut short. */
export function lastEntry(db: ReadDb): { entry: number; hash: string } | null {
  const last = db.get<{ seq: number; hash: Uint8Array }>(
    sql`select seq, hash from audit_entry order by seq desc limit 1`,
  );
  return last ? { entry: last.seq, hash: Buffer.from(last.hash).toString('hex') } : null;
}

/** When the last entry was made, by the clock of then. */
export const lastInstant = (db: ReadDb): string | null =>
  db.value<string>(sql`select at from audit_entry order by seq desc limit 1`) ?? null;

/** The first entry that does not follow from the one before, or null. Reads in pages, so that memory stays flat. */
export function firstBrokenEntry(db: ReadDb): number | null {
  let previous: Uint8Array = start;
  let expected = 1;
  // Every ledger's log begins with its set-up; without that the log was emptied and begun anew.
  if (db.value<string>(sql`select action from audit_entry where seq = 1`) !== firstAction) return 1;
  for (;;) {
    const page = db.all<ChainEntry>(
      sql`select * from audit_entry where seq >= ${expected} order by seq limit 5000`,
    );
    if (page.length === 0) return null;
    for (const entry of page) {
      if (entry.seq !== expected || !hashOf(previous, entry).equals(Buffer.from(entry.hash)))
        return entry.seq;
      previous = entry.hash;
      expected++;
    }
  }
}
