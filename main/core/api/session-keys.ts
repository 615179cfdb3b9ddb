import { type KeyFile, type KeySlot, type Opened, slotFor } from '#core/security/key-file.ts';
import type { KeyPair } from '#core/security/sealed-to.ts';
import { newPair } from '#core/security/sealing-key.ts';
import { takeSealing } from '#core/security/sealing-shares.ts';
import { newSigner, type Signer } from '#core/security/signer.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { StoredSession } from './contract.ts';

/** What was typed to come in, and what it opened. */
export type Typed = {
  opened: Opened;
  password: string;
  /** The pair of the recovery key. */
  recovery?: KeyPair | null;
  /** The password is to be the account's from now on; `renewed` is a slot that comes with it. */
  anew?: { renewed: KeySlot | null };
};

export type SessionKeys = {
  /** Slots that go into the key file. */
  slots: KeySlot[];
  signer: Signer | null;
  isNewSigner: boolean;
  /** Of the account and of the recovery key. */
  pairs: (KeyPair | null)[];
};

/**
 * Whoever holds the audit duty has a signing key from now on, whoever may decide on sealing a pair of keys; both stand
 * under the password just typed.
 */
export async function keysOf(
  session: StoredSession,
  { opened, password, recovery = null, anew }: Typed,
  file: KeyFile,
): Promise<SessionKeys> {
  const holdsAudit = session.duties.includes('audit');
  const signer = opened.signer ?? (holdsAudit ? newSigner() : null);
  const sealer = opened.sealer ?? (hasRight(session, 'sealing.decide') ? newPair() : null);
  const isNewSigner = signer !== opened.signer;
  const isNew = anew || isNewSigner || sealer !== opened.sealer;
  const own = isNew ? [await slotFor(file, session.account, password, opened.key, { signer, sealer })] : [];
  return {
    slots: anew?.renewed ? [anew.renewed, ...own] : own,
    signer: holdsAudit ? signer : null,
    isNewSigner,
    pairs: [sealer, recovery],
  };
}

/** The key of sealed records by somebody's own pairs, and the key file with a share for whoever had none so far. */
export function shareOf(
  session: StoredSession,
  pairs: readonly (KeyPair | null)[],
  { file, deciders }: { file: KeyFile; deciders: readonly string[] },
): { file: KeyFile; pair: KeyPair | null } {
  if (!hasRight(session, 'sealing.decide')) return { file, pair: null };
  const own = pairs.filter((pair) => pair !== null);
  return takeSealing(file, own, deciders);
}
