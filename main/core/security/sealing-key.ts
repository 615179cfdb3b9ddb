import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  randomBytes,
} from 'node:crypto';
import { newSealKeys, type Sealed, seal, unseal } from './password-help.ts';
import { openPrivate, type SealedSigner, wrapPrivate } from './signer.ts';

/**
 * The key under which sealed records stand (封存): an X25519 pair of the unit's own. Anybody can seal to its public half;
 * its private half stands in the key file, sealed to each account that may decide on sealing and to the recovery key,
 * never under the data key that every account holds.
 */
export type SealingKeys = { publicKey: string; shares: Sealed[] };

/** Both halves as base64 of their DER form. */
export type KeyPair = { publicKey: string; privateKey: string };

const forShares = 'judicial-ledger sealing share';
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
  standing: readonly Sealed[] = [],
): SealingKeys {
  const secret = Buffer.from(pair.privateKey, 'base64');
  const shares = [...new Set(holders)].map(
    (holder) => standing.find(({ to }) => to === holder) ?? seal(secret, holder, forShares),
  );
  return { publicKey: pair.publicKey, shares };
}

/** The unit's pair by one of somebody's own; null where none of them has a share. */
export function openShare({ publicKey, shares }: SealingKeys, own: readonly KeyPair[]): KeyPair | null {
  for (const { publicKey: to, privateKey } of own) {
    const share = shares.find((one) => one.to === to);
    const key = share && unseal(share, privateKey, forShares);
    if (key && publicHalf(key) === publicKey)
      return { publicKey, privateKey: Buffer.from(key).toString('base64') };
  }
  return null;
}

const publicHalf = (key: Uint8Array) =>
  createPublicKey(createPrivateKey({ key: Buffer.from(key), type: 'pkcs8', format: 'der' }))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');

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
