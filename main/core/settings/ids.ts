import { createHash, randomBytes } from 'node:crypto';
import { uuidAt } from '#shared/domain/uuid.ts';

/**
 * The id of a unit, from its code: a county and its station, set up apart, mean the same unit by the same id, and a
 * demo of the same seed has the same content hash. A UUID of version 8 (RFC 9562, 5.8) over SHA-256.
 */
export function unitIdFrom(code: string): string {
  const hex = createHash('sha256').update(`unit ${code}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Ids in the order they are asked for, within the same millisecond too. */
export function createIds(now: () => Date): () => string {
  let last = 0;
  let counter = 0;
  return () => {
    const at = Math.max(now().getTime(), last);
    counter = at === last ? counter + 1 : 0;
    last = at;
    const random = randomBytes(10);
    // The twelve bits after the version hold the order within a millisecond.
    random[0] = (counter >> 8) & 0x0f;
    random[1] = counter & 0xff;
    return uuidAt(at, random);
  };
}
