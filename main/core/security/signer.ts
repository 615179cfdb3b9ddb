import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/**
 * The signing key of an account that holds the audit duty: Ed25519, made for it when it first signs in with that duty. Its
 * private half stands in the key file under that account's password alone, so that whoever holds the data key, as every
 * account does, still cannot sign in an auditor's name.
 */
export type Signer = { publicKey: string; privateKey: KeyObject };

export type SealedSigner = { publicKey: string; nonce: string; wrapped: string; tag: string };

/** Made from what a password derives to; never the key that wraps the data key itself. */
const wrapKeyOf = (derived: Uint8Array, use: string) =>
  Buffer.from(hkdfSync('sha256', derived, '', `judicial-ledger ${use}`, 32));

/** A private half under a password, beside its public one. */
export function wrapPrivate(
  publicKey: string,
  privateKey: Uint8Array,
  derived: Uint8Array,
  use: string,
): SealedSigner {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapKeyOf(derived, use), nonce);
  cipher.setAAD(Buffer.from(publicKey));
  const wrapped = Buffer.concat([cipher.update(privateKey), cipher.final()]);
  return {
    publicKey,
    nonce: nonce.toString('base64'),
    wrapped: wrapped.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** Null where it is not this password's, or was tampered with. */
export function openPrivate(sealed: SealedSigner, derived: Uint8Array, use: string): Buffer | null {
  try {
    const key = wrapKeyOf(derived, use);
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'));
    decipher.setAAD(Buffer.from(sealed.publicKey));
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.wrapped, 'base64')), decipher.final()]);
  } catch {
    return null;
  }
}

export function newSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey };
}

export const sealSigner = ({ publicKey, privateKey }: Signer, derived: Uint8Array): SealedSigner =>
  wrapPrivate(publicKey, privateKey.export({ type: 'pkcs8', format: 'der' }), derived, 'signer');

/** Null where it is not this password's, or was tampered with. */
export function openSigner(sealed: SealedSigner, derived: Uint8Array): Signer | null {
  const key = openPrivate(sealed, derived, 'signer');
  return (
    key && {
      publicKey: sealed.publicKey,
      privateKey: createPrivateKey({ key, type: 'pkcs8', format: 'der' }),
    }
  );
}

export const signText = (signer: Signer, text: string) =>
  sign(null, Buffer.from(text), signer.privateKey).toString('base64');

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** What a key is told apart by on paper: 20 letters of its SHA-256 in groups of five. */
export const fingerprintOf = (publicKey: string) =>
  paperCode(createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest());

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The first 100 bits of a hash as letters without look-alikes (no 0, 1, I or O), to be read out and typed from paper. */
export function paperCode(hash: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(hash.subarray(0, 13)).toString('hex')}`) >> 4n;
  const found: string[] = [];
  for (let at = 0; at < 20; at++) {
    found.unshift(letters[Number(bits & 31n)] ?? '');
    bits >>= 5n;
  }
  return (found.join('').match(/.{5}/g) ?? []).join('-');
}

/** Whether a code, as somebody typed it from paper or heard it on the telephone, is this one. */
export const isSameCode = (code: string, typed: string): boolean =>
  code.replaceAll('-', '') === typed.toUpperCase().replace(/[^0-9A-Z]/g, '');

/** A signing key as text, for a place that is encrypted itself. */
export const plainSigner = ({ publicKey, privateKey }: Signer) => ({
  publicKey,
  privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
});

export const openPlainSigner = (text: ReturnType<typeof plainSigner>): Signer => ({
  publicKey: text.publicKey,
  privateKey: createPrivateKey({ key: Buffer.from(text.privateKey, 'base64'), type: 'pkcs8', format: 'der' }),
});
