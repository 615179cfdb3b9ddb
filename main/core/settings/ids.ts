import { randomBytes } from 'node:crypto';

/** UUIDv7 (RFC 9562): ordered by time, so that new rows go to the end of the index. */
export function uuidAt(milliseconds: number, random: Uint8Array = randomBytes(10)): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
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
