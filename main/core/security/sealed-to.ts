import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { z } from 'zod';

/** Something only the owner of a public key can open: X25519, then AES-256-GCM. */
export type Sealed = { to: string; from: string; nonce: string; wrapped: string; tag: string };

/** Both halves as base64 of their DER form. */
export type KeyPair = { publicKey: string; privateKey: string };

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');
const publicOf = (text: string) =>
  createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' });
const privateOf = (text: string) =>
  createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' });

export function newSealKeys(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    publicKey: spki(publicKey),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
  };
}

/** Throws where it is no private key. */
export const publicHalf = (privateKey: string): string => spki(createPublicKey(privateOf(privateKey)));

const keyFrom = (shared: Uint8Array, from: string, to: string, use: string) =>
  Buffer.from(hkdfSync('sha256', shared, `${from} ${to}`, use, 32));

/** Throws where the key is not one. What is sealed for one use opens for no other. */
export function seal(secret: Uint8Array, to: string, use: string): Sealed {
  const own = newSealKeys();
  const shared = diffieHellman({ privateKey: privateOf(own.privateKey), publicKey: publicOf(to) });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(shared, own.publicKey, to, use), nonce);
  const wrapped = Buffer.concat([cipher.update(secret), cipher.final()]);
  return {
    to,
    from: own.publicKey,
    nonce: nonce.toString('base64'),
    wrapped: wrapped.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** Null where it is sealed to another key, or was tampered with. */
export function unseal(sealed: Sealed, privateKey: string, use: string): Uint8Array | null {
  try {
    const shared = diffieHellman({ privateKey: privateOf(privateKey), publicKey: publicOf(sealed.from) });
    const decipher = createDecipheriv(
      'aes-256-gcm',
      keyFrom(shared, sealed.from, sealed.to, use),
      Buffer.from(sealed.nonce, 'base64'),
    );
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed.wrapped, 'base64')), decipher.final()]);
  } catch {
    return null;
  }
}

/** A text that only one side is to read, and null as `unseal`. */
export const sealWords = (words: unknown, to: string, use: string): Sealed =>
  seal(Buffer.from(JSON.stringify(words)), to, use);

export function unsealWords<T>(
  sealed: Sealed,
  privateKey: string,
  { use, shape }: { use: string; shape: z.ZodType<T> },
): T | null {
  const bytes = unseal(sealed, privateKey, use);
  if (!bytes) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}
