import { randomBytes } from 'node:crypto';
import { uuidAt } from '#shared/domain/uuid.ts';

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
