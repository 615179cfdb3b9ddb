import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type KeyPair, newSealKeys, publicHalf, type Sealed, seal, unseal } from './sealed-to.ts';
import { openPrivate, type SealedSigner, wrapPrivate } from './signer.ts';

/**
 * The key under which sealed records stand (封存): an X25519 pair of the unit's own. Anybody can seal to its public half;
 * its private half stands in the key file, sealed to each account that may decide on sealing and to the recovery key,
 * never under the data key that every account holds.
 */
export type SealingKeys = { publicKey: string; shares: Sealed[] };

/** What a pair is for: the unit's own (''), or the second key of one record, whose shares open for no other. */
type Of = { recordId?: string | undefined };
const forShares = ({ recordId }: Of) =>
  recordId === undefined ? 'judicial-ledger sealing share' : `judicial-ledger sealing share ${recordId}`;
const forContent = 'judicial-ledger sealed content';

/** An account's own pair, under its password. */
export const wrapPair = ({ publicKey, privateKey }: KeyPair, derived: Uint8Array): SealedSigner =>
  wrapPrivate(publicKey, Buffer.from(privateKey, 'base64'), derived, 'sealer');

/** Null where it is not this password's, or was tampered with. */
export function openPair(wrapped: SealedSigner, derived: Uint8Array): KeyPair | null {
  const key = openPrivate(wrapped, derived, 'sealer');
  return key && { publicKey: wrapped.publicKey, privateKey: key.toString('base64') };
}

export const newPair: () => KeyPair = newSealKeys;

/** The unit's pair with its private half for each of these public keys and for no other; shares that stand are kept. */
export function shareWith(
  pair: KeyPair,
  holders: readonly string[],
  { standing = [], ...of }: Of & { standing?: readonly Sealed[] } = {},
): SealingKeys {
  const secret = Buffer.from(pair.privateKey, 'base64');
  const shares = [...new Set(holders)].map(
    (holder) => standing.find(({ to }) => to === holder) ?? seal(secret, holder, forShares(of)),
  );
  return { publicKey: pair.publicKey, shares };
}

/** A share for somebody else, by whoever has the key. */
export const shareFor = ({ privateKey }: KeyPair, holder: string, of: Of = {}): Sealed =>
  seal(Buffer.from(privateKey, 'base64'), holder, forShares(of));

/** The pair by a share of it; null where the share is another's, of another pair, or of another record. */
export function openOneShare(publicKey: string, share: Sealed, own: KeyPair, of: Of = {}): KeyPair | null {
  const key = unseal(share, own.privateKey, forShares(of));
  return key && pairOf(publicKey, key);
}

/** A pair by its private half, as it came from somewhere; null where it is not this pair's. */
export function pairOf(publicKey: string, secret: Uint8Array): KeyPair | null {
  const privateKey = Buffer.from(secret).toString('base64');
  try {
    return publicHalf(privateKey) === publicKey ? { publicKey, privateKey } : null;
  } catch {
    return null;
  }
}

/** The unit's pair by one of somebody's own; null where none of them has a share. */
export function openShare(
  { publicKey, shares }: SealingKeys,
  own: readonly KeyPair[],
  of: Of = {},
): KeyPair | null {
  for (const pair of own) {
    const share = shares.find((one) => one.to === pair.publicKey);
    const opened = share && openOneShare(publicKey, share, pair, of);
    if (opened) return opened;
  }
  return null;
}

const nonceBytes = 12;
const tagBytes = 16;

/**
 * Bytes that only the private half opens: a key of their own, sealed to the public half, and AES-256-GCM under it.
 * Length of the sealed key (4 bytes), sealed key, nonce, tag, content.
 */
export function sealBytes(plain: Uint8Array, publicKey: string): Buffer {
  const key = randomBytes(32);
  const head = Buffer.from(JSON.stringify(seal(key, publicKey, forContent)));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(head);
  const content = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([length, head, nonce, cipher.getAuthTag(), content]);
}

/** The same under several keys, one around the other: only all of them together open it. */
export const sealUnder = (plain: Uint8Array, publicKeys: readonly string[]): Buffer =>
  publicKeys.reduce<Buffer>((bytes, publicKey) => sealBytes(bytes, publicKey), Buffer.from(plain));

/** Null where one of them is not its key, or it was tampered with; the keys from the outermost inwards. */
export const openUnderAll = (sealed: Uint8Array, privateKeys: readonly string[]): Buffer | null =>
  privateKeys.reduce<Buffer | null>(
    (bytes, privateKey) => bytes && openBytes(bytes, privateKey),
    Buffer.from(sealed),
  );

/** Null where it is sealed to another key, or was tampered with. */
export function openBytes(sealed: Uint8Array, privateKey: string): Buffer | null {
  try {
    const bytes = Buffer.from(sealed);
    const end = 4 + bytes.readUInt32BE(0);
    const head = bytes.subarray(4, end);
    const key = unseal(JSON.parse(head.toString('utf8')) as Sealed, privateKey, forContent);
    if (!key) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(end, end + nonceBytes));
    decipher.setAAD(head);
    decipher.setAuthTag(bytes.subarray(end + nonceBytes, end + nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(end + nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    return null;
  }
}
