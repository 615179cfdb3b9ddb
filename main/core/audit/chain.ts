import { hash as digest } from 'node:crypto';
import type { AuditNote } from '#core/api/contract.ts';
import { isDamage, type ReadDb, type WriteDb } from '#core/db/connection.ts';
import { type Sql, sql } from '#core/db/sql.ts';

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

/** Hash of an entry over the one before: SHA-256(previous ‖ fields as JSON); `provenAtOnce` makes the same. */
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

/** Text as the file keeps it: half a character would be hashed as one thing and read back as another. */
const asKept = (text: string) => Buffer.from(text).toString();

/** Adds to the chain, in the caller's transaction. */
export function appendAudit(db: WriteDb, at: string, actor: AuditActor, note: AuditNote): void {
  const last = db.get<{ seq: number; hash: Uint8Array }>(
    sql`select seq, hash from audit_entry order by seq desc limit 1`,
  );
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    account: asKept(actor.account),
    action: note.action,
    ledger: note.ledger,
    record_id: note.recordId,
    version: note.version === null ? null : Buffer.from(note.version, 'hex'),
    detail: JSON.stringify(note.detail),
    installation: actor.installation,
    machine: asKept(actor.machine),
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

/** The latest instant in the log, whatever the clock said since; '' for an empty one. Reads all of it. */
export const newestInstant = (db: ReadDb): string =>
  db.value<string | null>(sql`select max(at) from audit_entry`) ?? '';

/** By which one log is told to go on from another; null where it has no such entry. */
export function hashOfEntry(db: ReadDb, entry: number): string | null {
  const hash = db.value<Uint8Array>(sql`select hash from audit_entry where seq = ${entry}`);
  return hash === undefined ? null : Buffer.from(hash).toString('hex');
}

/** The first entry that does not follow from the one before, or null. Reads in pages, so that memory stays flat. */
export function firstBrokenEntry(db: ReadDb): number | null {
  let end: ChainEnd = { seq: 0, hash: chainStart };
  // Every ledger's log begins with its set-up; without that the log was emptied and begun anew.
  if (db.value<string>(sql`select action from audit_entry where seq = 1`) !== firstAction) return 1;
  for (;;) {
    const further: ChainEnd | number | null = provenAtOnce(db, end) ?? provenSingly(db, end);
    if (further === null || typeof further === 'number') return further;
    end = further;
  }
}

type ChainEnd = { seq: number; hash: Uint8Array };
const entriesAtOnce = 1000;
const hashBytes = 32;

/** Entry by entry: the first that is broken, where the page after `end` leads to, or null where nothing follows. */
function provenSingly(db: ReadDb, end: ChainEnd): ChainEnd | number | null {
  const page = db.all<ChainEntry>(
    sql`select * from audit_entry where seq > ${end.seq} order by seq limit ${entriesAtOnce}`,
  );
  let last = end;
  for (const entry of page) {
    if (entry.seq !== last.seq + 1 || !hashOf(last.hash, entry).equals(Buffer.from(entry.hash)))
      return entry.seq;
    last = entry;
  }
  return last === end ? null : last;
}

/**
 * What `entryHash` makes its text of, by SQLite. It writes the same JSON; where it ever did not, the page would be looked
 * at entry by entry.
 */
const version = 'case when version is null then null else lower(hex(version)) end';
const fields = `seq, at, account, action, ledger, record_id, ${version}, detail`;
const entryText: Sql = {
  text: `case when installation is null then json_array(${fields})
    else json_array(${fields}, installation, machine) end`,
  values: [],
};

/**
 * Where the page after `end` leads to, where all of it is sound; null says nothing. The database hands the page over as
 * one run of bytes, text and hash by turns, in which what is hashed for an entry (the hash before, then its text) lies
 * in one piece: eleven values of each entry as values of their own took twice as long as hashing them.
 */
export function provenAtOnce(db: ReadDb, end: ChainEnd): ChainEnd | null {
  const page = readPage(db, end.seq);
  if (!page?.bytes || !page.lengths || page.last !== end.seq + page.entries) return null;
  const { bytes } = page;
  const lengths = page.lengths.split(',').map(Number);
  if (lengths.length !== page.entries) return null;
  let at = 0;
  for (const length of lengths) {
    const stop = at + length;
    const hashed =
      at === 0 ? Buffer.concat([end.hash, bytes.subarray(0, stop)]) : bytes.subarray(at - hashBytes, stop);
    if (digest('sha256', hashed, 'hex') !== bytes.toString('hex', stop, stop + hashBytes)) return null;
    at = stop + hashBytes;
  }
  return at === bytes.length ? { seq: page.last, hash: Buffer.from(bytes.subarray(at - hashBytes)) } : null;
}

type ChainPage = { bytes: Buffer | null; lengths: string | null; entries: number; last: number };

function readPage(db: ReadDb, after: number): ChainPage | null {
  try {
    return (
      db.get<ChainPage>(sql`
        select cast(group_concat(text || hash, '' order by seq) as blob) as bytes,
          group_concat(octet_length(text), ',' order by seq) as lengths, count(*) as entries, max(seq) as last
        from (select seq, ${entryText} as text, hash from audit_entry
          where seq > ${after} and seq <= ${after + entriesAtOnce} order by seq)`) ?? null
    );
  } catch (error) {
    // A value that no JSON can hold, or more of them than one value can: both are said entry by entry.
    if (isDamage(error)) throw error;
    return null;
  }
}
