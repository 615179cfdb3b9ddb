import type { Connection } from '#core/db/connection.ts';
import type { LedgerIdentity } from '#core/security/identity.ts';
import type { KeyPair } from '#core/security/sealed-to.ts';
import type { Signer } from '#core/security/signer.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { StoredSession } from './contract.ts';

/** What a part holds while the ledger is open: its connection, the drafts, the key, who is signed in. */
/** `recovery`: the pair of the recovery key, where somebody came in by it; it opens what else is sealed to that. */
export type SealingAtHand = KeyPair & { recovery?: KeyPair | null | undefined };

export type Vault = {
  folder: string;
  connection: Connection | null;
  drafts: Connection | null;
  key: Uint8Array | null;
  /** What the signed file beside the ledger says now. */
  kept: LedgerIdentity | null;
  sessions: Map<string, StoredSession>;
  /** Signing keys of those signed in who hold the audit duty, by token; the writer's alone, gone while locked. */
  signers: Map<string, Signer>;
  /** The key of sealed records, for those signed in who may decide on them; kept as the signing keys are. */
  sealing: Map<string, SealingAtHand>;
  /** The writer's alone: one that a helper makes now, for which the file is not to be closed, moved or put back. */
  checkpoint: Checkpoint | null;
};

export function createVault(folder: string): Vault {
  return {
    folder,
    connection: null,
    drafts: null,
    key: null,
    kept: null,
    sessions: new Map(),
    signers: new Map(),
    sealing: new Map(),
    checkpoint: null,
  };
}

export function openConnection(vault: Vault): Connection {
  if (!vault.connection) throw new AppError('not-signed-in', {});
  return vault.connection;
}

export function openDrafts(vault: Vault): Connection {
  if (!vault.drafts) throw new AppError('not-signed-in', {});
  return vault.drafts;
}

export function openKey(vault: Vault): Uint8Array {
  if (!vault.key) throw new AppError('not-signed-in', {});
  return vault.key;
}

export function closeVault(vault: Vault): void {
  vault.connection?.close();
  vault.drafts?.close();
  vault.connection = null;
  vault.drafts = null;
  vault.key = null;
  vault.kept = null;
  vault.sessions.clear();
  vault.signers.clear();
  vault.sealing.clear();
}

export function signerOf(vault: Vault, token: string): Signer {
  const signer = vault.signers.get(token);
  if (!signer) throw new AppError('audit-no-key', {});
  return signer;
}

/** Throws `sealing-no-key` for an account that has no share of the key at hand. */
export function sealingOf(vault: Vault, token: string): SealingAtHand {
  const pair = vault.sealing.get(token);
  if (!pair) throw new AppError('sealing-no-key', {});
  return pair;
}
