import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** A text in a small file of its own beside the ledger, under the data key and for one purpose. */
const keyFor = (dataKey: Uint8Array, purpose: string) =>
  Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `judicial-ledger ${purpose}`, 32));

const [nonceBytes, tagBytes] = [12, 16];

export function encipherText(dataKey: Uint8Array, purpose: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFor(dataKey, purpose), nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Null where another key made it, or anything of it was changed. */
export function decipherText(dataKey: Uint8Array, purpose: string, bytes: Uint8Array): string | null {
  if (bytes.length < nonceBytes + tagBytes) return null;
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(dataKey, purpose), nonce, {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  const plain = decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes));
  try {
    return Buffer.concat([plain, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
