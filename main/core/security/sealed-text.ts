import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A small text that a person carries from one installation of a ledger to another, signed under the data key that both
 * have: a changed or invented one is refused. It holds no secret and is not encrypted.
 */
const sign = (key: Uint8Array, purpose: string, text: string) =>
  createHmac('sha256', key).update(`${purpose}\n${text}`).digest().subarray(0, 16);

export function sealText(key: Uint8Array, purpose: string, text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([sign(key, purpose, text), bytes]).toString('base64url');
}

/** The text, or null where this key did not sign it for this purpose. */
export function openSealedText(key: Uint8Array, purpose: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed.replace(/\s/g, ''), 'base64url');
  if (bytes.length <= 16) return null;
  const text = bytes.subarray(16).toString('utf8');
  return timingSafeEqual(bytes.subarray(0, 16), sign(key, purpose, text)) ? text : null;
}
