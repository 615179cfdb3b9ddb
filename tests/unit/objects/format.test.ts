// The form of encrypted objects: what a program written later, by somebody else, must be able to open.
import { createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  chunkBytes,
  createOpener,
  createSealer,
  headerBytes,
  objectName,
  sealedChunks,
  sizeOfObject,
} from '#core/db/object-format.ts';
import { seeded } from '#tests/faults/support.ts';

const dataKey = Buffer.from(Array.from({ length: 32 }, (_each, index) => index));
const salt = Buffer.from('101112131415161718191a1b1c1d1e1f', 'hex');
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function seal(bytes: Uint8Array, given?: Uint8Array): Buffer {
  const sealer = createSealer(dataKey, hashOf(bytes), given);
  const parts: Buffer[] = [sealer.header];
  for (let at = 0; ; at += chunkBytes) {
    const isLast = at + chunkBytes >= bytes.length;
    parts.push(sealer.seal(bytes.subarray(at, at + chunkBytes), isLast));
    if (isLast) return Buffer.concat(parts);
  }
}

function open(object: Uint8Array, hash: Uint8Array, key = dataKey): Buffer {
  const opener = createOpener(key, hash, object.subarray(0, headerBytes));
  const parts: Buffer[] = [];
  let at = headerBytes;
  for (const { bytes, isLast } of sealedChunks(object.length)) {
    parts.push(opener.open(object.subarray(at, at + bytes), isLast));
    at += bytes;
  }
  return Buffer.concat(parts);
}

/** The vectors were made by another implementation (Python's `cryptography`), from the description alone. */
describe('version 1 as it was written first', () => {
  const content = Buffer.from('judicial-ledger object vector', 'utf8');

  test('small vector: every byte', () => {
    expect(objectName(dataKey, hashOf(content))).toBe(
      '3add0797d33ff5b6abf67efbd01959ba3986b99f258fbf55fd50c2e9ae5e36fc',
    );
    expect(seal(content, salt).toString('hex')).toBe(
      '4a4c4f424a4543540112000000000000101112131415161718191a1b1c1d1e1f76746724f0a1df54a7a40850dc77c362bfd79d0eb49cbe7d96123be69ee22b496a93da73ac63bc2d4638f3b0cc',
    );
  });

  test('large vector: three chunks, by their hash', () => {
    const large = Buffer.alloc(2 * chunkBytes + 5, 0x5a);
    expect(hashOf(seal(large, salt)).toString('hex')).toBe(
      '5dc716b7b368c0884666d9b050a221d2ac6468e73566527702fcf557245231ea',
    );
  });

  test('opens by the words of the description alone, without this program’s code', () => {
    const object = seal(content, salt);
    const info = Buffer.concat([Buffer.from('judicial-ledger object 1'), hashOf(content)]);
    const key = Buffer.from(hkdfSync('sha256', dataKey, object.subarray(16, 32), info, 32));
    const nonce = Buffer.from('000000000000000000000001', 'hex');
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(object.subarray(0, 32));
    decipher.setAuthTag(object.subarray(-16));
    const plain = Buffer.concat([decipher.update(object.subarray(32, -16)), decipher.final()]);
    expect(plain.equals(content)).toBe(true);
  });
});

const edges = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2 * chunkBytes, 3 * chunkBytes + 17];

test.each(edges)('%i bytes come out as they went in, in an object of the size that is foretold', (size) => {
  const bytes = randomBytes(size);
  const object = seal(bytes);
  expect(object.length).toBe(sizeOfObject(size));
  expect(open(object, hashOf(bytes)).equals(bytes)).toBe(true);
});

test('any bytes of any size', () => {
  const random = seeded('objects');
  for (let turn = 0; turn < 60; turn++) {
    const bytes = randomBytes(random.below(turn % 5 === 0 ? 3 * chunkBytes : 3000));
    const object = seal(bytes);
    expect(object.length).toBe(sizeOfObject(bytes.length));
    expect(open(object, hashOf(bytes)).equals(bytes)).toBe(true);
  }
});

test('one bit anywhere, one byte off or on the end: refused, every time', () => {
  const random = seeded('object flips');
  const small = Buffer.from('a small one');
  const smallObject = seal(small);
  for (let bit = 0; bit < smallObject.length * 8; bit++) {
    const hurt = Buffer.from(smallObject);
    hurt[bit >> 3] = (hurt[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => open(hurt, hashOf(small)), `bit ${bit}`).toThrow(/^object: /);
  }
  const large = randomBytes(2 * chunkBytes + 100);
  const object = seal(large);
  for (let turn = 0; turn < 40; turn++) {
    const hurt = Buffer.from(object);
    const at = random.below(object.length);
    hurt[at] = (hurt[at] ?? 0) ^ (1 << random.below(8));
    expect(() => open(hurt, hashOf(large)), `byte ${at}`).toThrow(/^object: /);
    expect(() => open(object.subarray(0, random.below(object.length)), hashOf(large))).toThrow(/^object: /);
  }
  const whole = chunkBytes + 16;
  for (const length of [0, 31, 32, 47, 48, 32 + whole, 32 + 2 * whole, object.length - 1])
    expect(() => open(object.subarray(0, length), hashOf(large)), `cut to ${length}`).toThrow(/^object: /);
  expect(() => open(Buffer.concat([object, Buffer.of(0)]), hashOf(large))).toThrow(/^object: /);
});

test('chunks that change places, come twice or are left out are refused', () => {
  const bytes = randomBytes(3 * chunkBytes);
  const object = seal(bytes);
  const whole = chunkBytes + 16;
  const part = (index: number) => object.subarray(32 + index * whole, 32 + (index + 1) * whole);
  const header = object.subarray(0, 32);
  for (const order of [
    [1, 0, 2],
    [0, 0, 2],
    [0, 2],
    [0, 1],
    [0, 1, 2, 2],
    [2, 1, 0],
  ]) {
    const mixed = Buffer.concat([header, ...order.map(part)]);
    expect(() => open(mixed, hashOf(bytes)), order.join()).toThrow('object: tag');
  }
});

test('an object put in the place of another, or opened by another key, is refused', () => {
  const [one, other] = [Buffer.from('one'), Buffer.from('two')];
  expect(() => open(seal(one), hashOf(other))).toThrow('object: tag');
  expect(() => open(seal(one), hashOf(one), randomBytes(32))).toThrow('object: tag');
});

test('two objects of the same content have nothing in common but their name and form', () => {
  const bytes = Buffer.alloc(1000, 1);
  const [first, second] = [seal(bytes), seal(bytes)];
  expect(first.subarray(0, 16).equals(second.subarray(0, 16))).toBe(true);
  expect(first.subarray(16).equals(second.subarray(16))).toBe(false);
  expect(objectName(dataKey, hashOf(bytes))).not.toBe(objectName(randomBytes(32), hashOf(bytes)));
});

test('a later version is told from a damaged file', () => {
  const bytes = Buffer.from('x');
  const later = seal(bytes);
  later[8] = 2;
  expect(() => open(later, hashOf(bytes))).toThrow('object: newer');
  expect(() => open(Buffer.alloc(60), hashOf(bytes))).toThrow('object: not-an-object');
});
