import { type Day, dayNumber } from '#shared/domain/day.ts';
import { uuidAt } from '#shared/domain/uuid.ts';

/** Numbers that look random and are the same for the same seed on every machine (sfc32). */
export type Random = {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
};

export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const bits = (): number => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  // The first numbers of neighbouring seeds resemble each other.
  for (let round = 0; round < 16; round++) bits();
  const next = () => bits() / 2 ** 32;
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick(list) {
      const picked = list[int(0, list.length - 1)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
  };
}

/** Picks by weight. */
export function weighted<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const ends: number[] = [];
  let total = 0;
  for (const [, weight] of entries) {
    total += weight;
    ends.push(total);
  }
  return (random) => {
    const at = random.next() * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    const entry = entries[low];
    if (!entry) throw new RangeError('nothing to pick from');
    return entry[0];
  };
}

const epoch = dayNumber('1970-01-01' as Day);
const dayMs = 86_400_000;

/** A UUIDv7 of an instant in the working hours of the day, all of it from the seed. */
export function idOn(day: Day, random: Random): string {
  const at = (dayNumber(day) - epoch) * dayMs + random.int(30_600_000, 64_800_000) - 8 * 3_600_000;
  const bytes = new Uint8Array(10);
  for (let index = 0; index < 10; index++) bytes[index] = random.int(0, 255);
  return uuidAt(at, bytes);
}
