import { hash as digest } from 'node:crypto';
import type { AuditNote } from '#core/api/contract.ts';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';

/** Where something was done: the installation's id, and the name by which people know the machine. */
export type AuditPlace = { installation: string; machine: string };
/** Who did it and where, for the log: the account's name at the time, or '' before anybody signed in. */
export type AuditActor = AuditPlace & { account: string };
export type ChainEntry = {
  seq: number;
  at: string;
  account: string;
  action: string;
  ledger: string | null;
  record_id: string | null;
  version: Uint8Array | null;
  detail: string;
  /** Null in entries of before the schema knew machines; their hash is over the eight other fields. */
  installation: string | null;
  machine: string | null;
  hash: Uint8Array;
};

/** What a hash is made of; the version in hexadecimal digits. */
export type HashedEntry = Omit<ChainEntry, 'hash' | 'version'> & { version: string | null };

/** What the first entry follows from. */
export const chainStart = Buffer.alloc(32);
export const firstAction = 'setup.create';

/** Hash of an entry over the one before: SHA-256(previous ‖ fields as JSON). */
export function entryHash(previous: Uint8Array, entry: HashedEntry): Buffer {
  const text = JSON.stringify([
    entry.seq,
    entry.at,
    entry.account,
    entry.action,
    entry.ledger,
    entry.record_id,
    entry.version,
    entry.detail,
    ...(entry.installation === null ? [] : [entry.installation, entry.machine]),
  ]);
  return digest('sha256', Buffer.concat([previous, Buffer.from(text)]), 'buffer');
}

function hashOf(previous: Uint8Array, entry: Omit<ChainEntry, 'hash'>): Buffer {
  const version = entry.version ? Buffer.from(entry.version).toString('hex') : null;
  return entryHash(previous, { ...entry, version });
}

const insertion = (entry: ChainEntry) => sql`
  insert into audit_entry
    (seq, at, account, action, ledger, record_id, version, detail, installation, machine, hash)
  values (${entry.seq}, ${entry.at}, ${entry.account}, ${entry.action}, ${entry.ledger}, ${entry.record_id},
    ${entry.version}, ${entry.detail}, ${entry.installation}, ${entry.machine}, ${entry.hash})`;

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
    installation: actor.installation,
    machine: actor.machine,
  };
  db.run(insertion({ ...entry, hash: hashOf(last?.hash ?? chainStart, entry) }));
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
    if (!isNext || !hashOf(last?.hash ?? chainStart, entry).equals(Buffer.from(entry.hash))) break;
    db.run(insertion(entry));
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
  let previous: Uint8Array = chainStart;
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
