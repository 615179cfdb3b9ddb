import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import {
  fingerprintOf,
  isSameCode,
  isSignedBy,
  paperCode,
  type Signer,
  signText,
} from '#core/security/signer.ts';
import type { AuditHead, HeadPurpose, LogState } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import { firstBrokenEntry } from './chain.ts';
import { headBefore } from './head-before.ts';

type Row = {
  seq: number;
  entry: number;
  hash: Uint8Array;
  at: string;
  account: string;
  purpose: HeadPurpose;
  public_key: string;
  signature: string;
};

/** What is signed: which ledger, how far its log had come and what its hash was then. */
const signedText = (ledgerId: string, head: Omit<AuditHead, 'signature' | 'code' | 'fingerprint'>) =>
  JSON.stringify([
    'judicial-ledger audit head',
    ledgerId,
    head.entry,
    head.hash,
    head.at,
    head.account,
    head.purpose,
  ]);

/** The hash of an entry as it stands; null where there is none. */
const hashAt = (db: ReadDb, entry: number) =>
  db.value<Uint8Array>(sql`select hash from audit_entry where seq = ${entry}`) ?? null;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

type Signing = {
  ledgerId: string;
  at: string;
  account: string;
  purpose: HeadPurpose;
  signer: Signer;
  /** The last entry that it speaks of; without it the last there is. */
  entry?: number;
};

/**
 * A head of the log as it stands, signed, and kept. Given out on paper or in a file it proves later that what lies before
 * it was neither changed nor cut off. Throws `audit-broken` where the log does not hold now.
 */
export function signHead(db: WriteDb, signing: Signing): AuditHead {
  const { ledgerId, at, account, purpose, signer, entry = Number.MAX_SAFE_INTEGER } = signing;
  const last = db.get<{ seq: number; hash: Uint8Array }>(
    sql`select seq, hash from audit_entry where seq <= ${entry} order by seq desc limit 1`,
  );
  if (!last) throw new AppError('audit-broken', { entry: 1 });
  const { publicKey } = signer;
  const head = { entry: last.seq, hash: hex(last.hash), at, account, purpose, publicKey };
  const signature = signText(signer, signedText(ledgerId, head));
  db.run(sql`insert into audit_head (entry, hash, at, account, purpose, public_key, signature)
    values (${last.seq}, ${last.hash}, ${at}, ${account}, ${purpose}, ${publicKey}, ${signature})`);
  return { ...head, signature, code: paperCode(last.hash), fingerprint: fingerprintOf(publicKey) };
}

export const isGenuine = (ledgerId: string, head: AuditHead) =>
  isSignedBy(head.publicKey, signedText(ledgerId, head), head.signature);

function heads(db: ReadDb): AuditHead[] {
  return db
    .all<Row>(sql`select * from audit_head order by seq desc`)
    .map(({ entry, hash, at, account, purpose, public_key: publicKey, signature }) => ({
      entry,
      hash: hex(hash),
      at,
      account,
      purpose,
      publicKey,
      signature,
      code: paperCode(hash),
      fingerprint: fingerprintOf(publicKey),
    }));
}

/** Whether the entry that a head, kept elsewhere, speaks of is still what it was: by its hash or its code on paper. */
export function isAsBefore(db: ReadDb, entry: number, was: { hash?: string; code?: string }): boolean {
  const hash = hashAt(db, entry);
  if (hash === null) return false;
  if (was.hash !== undefined) return hex(hash) === was.hash;
  return isSameCode(paperCode(hash), was.code ?? '');
}

/**
 * How the log stands: the first entry that does not follow from the one before, the heads that no longer agree with it or
 * were not signed by the key they name, and how much lies after the last good one, which nothing proves yet.
 */
export function logState(db: ReadDb, ledgerId: string): LogState {
  const all = heads(db);
  const broken = firstBrokenEntry(db);
  const wrong = all.filter(
    (head) => !isGenuine(ledgerId, head) || !isAsBefore(db, head.entry, { hash: head.hash }),
  );
  // The one that proves most: an export of some days ends before a sheet of a later one.
  const last = all
    .filter((head) => !wrong.includes(head))
    .reduce<AuditHead | null>((best, head) => (best && best.entry >= head.entry ? best : head), null);
  const entries = db.value<number>(sql`select max(seq) from audit_entry`) ?? 0;
  return {
    entries,
    broken,
    wrongHeads: wrong.map(({ entry, at, purpose }) => ({ entry, at, purpose })),
    last,
    before: headBefore(db),
    unanchored: entries - (last?.entry ?? 0),
  };
}
