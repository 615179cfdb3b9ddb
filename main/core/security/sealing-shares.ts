import { type KeyFile, type KeySlot, normaliseRecoveryKey, unwrap, whoOf, wrap } from './key-file.ts';
import type { KeyPair } from './sealed-to.ts';
import { newPair, openShare, shareWith } from './sealing-key.ts';

/**
 * What the recovery key opens, with its slot as it is to stand then where that is another: in a file that was made before
 * records could be sealed it gets a pair of keys. Null for a wrong key.
 */
export async function openByRecovery(
  file: KeyFile,
  recoveryKey: string,
): Promise<{ key: Uint8Array; sealer: KeyPair; renewed: KeySlot | null } | null> {
  const slot = file.slots.find((candidate) => candidate.kind === 'recovery');
  const secret = normaliseRecoveryKey(recoveryKey);
  const opened = slot ? await unwrap(slot, secret) : null;
  if (!slot || !opened) return null;
  const { key, sealer } = opened;
  if (sealer) return { key, sealer, renewed: null };
  const own = { sealer: newPair() };
  return { key, ...own, renewed: await wrap('recovery', '', secret, key, slot.kdf.cost, own) };
}

/**
 * The key of sealed records by somebody's own pairs, with the file as it is to stand then: shared with these accounts and
 * the recovery key, and with nobody else. Without a recovery key that opens it no sealing
 * key is made: what is sealed would be lost with two passwords.
 */
export function takeSealing(
  file: KeyFile,
  own: readonly KeyPair[],
  accounts: readonly string[],
): { file: KeyFile; pair: KeyPair | null } {
  const isRecoverable = recoveryHolder(file) !== null;
  if (!file.sealing && !isRecoverable) return { file, pair: null };
  const pair = file.sealing ? openShare(file.sealing, own) : newPair();
  return { file: pair ? shareSealing(file, pair, accounts) : file, pair };
}

/** What the recovery key opens is sealed to this; null in a file of before there was one. */
export const recoveryHolder = ({ slots }: KeyFile): string | null =>
  slots.find(({ kind, sealer }) => kind === 'recovery' && sealer)?.sealer?.publicKey ?? null;

/**
 * The file with a share of the sealing key for each of these accounts that has a pair, for the recovery key, and for the
 * level above that is trusted: its answer is the second key where no second account can be (`sealing/above.ts`).
 */
export function shareSealing(file: KeyFile, pair: KeyPair, accounts: readonly string[]): KeyFile {
  const allowed = new Set(accounts.map((name) => whoOf(file.salt, name)));
  const holders = file.slots.flatMap(({ kind, who, sealer }) =>
    sealer && (kind === 'recovery' || allowed.has(who)) ? [sealer.publicKey] : [],
  );
  if (file.help) holders.push(file.help.key.to);
  const standing = file.sealing?.shares ?? [];
  const sealing = shareWith(pair, holders, { standing });
  const isSame =
    standing.length === sealing.shares.length && sealing.shares.every((one) => standing.includes(one));
  return isSame && file.sealing ? file : { ...file, sealing };
}
