import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/**
 * The form of an encrypted object (a scan, a photo), version 1. Numbers are big-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 8 | `JLOBJECT` |
 * | 1 | version, 1 |
 * | 1 | size of a chunk as a power of two, 18 (256 KiB) |
 * | 6 | zero |
 * | 16 | salt, random |
 * | … | chunks: AES-256-GCM, ciphertext then a tag of 16 bytes |
 *
 * Every chunk but the last holds exactly one chunk size of plain bytes; the last holds the rest, from none to one
 * chunk size. The nonce of a chunk is seven zero bytes, its number from 0 in four bytes, and 1 for the last or 0: a
 * chunk that is left out, repeated, moved, or cut off at the end fails its tag (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015). The header is authenticated with every chunk.
 *
 * The key of an object is HKDF-SHA256(data key, salt, `judicial-ledger object 1` ‖ content hash): it holds for this
 * one content, so that one object put in the place of another is refused, and no nonce is used for two contents.
 * The name is HMAC-SHA256(name key, content hash) in hex, name key = HKDF-SHA256(data key, '', `judicial-ledger
 * object name 1`): the same content has the same name in one ledger, and who has the file cannot tell from the name.
 */
const magic = Buffer.from('JLOBJECT', 'latin1');
const formatVersion = 1;
const chunkPower = 18;
export const chunkBytes = 2 ** chunkPower;
const saltBytes = 16;
const tagBytes = 16;
export const headerBytes = magic.length + 8 + saltBytes;

const hkdf = (key: Uint8Array, salt: Uint8Array, info: Uint8Array) =>
  Buffer.from(hkdfSync('sha256', key, salt, info, 32));

export const hashOfContent = () => createHash('sha256');

/** Name of the object that holds a content; `hash` is the content's SHA-256. */
export function objectName(dataKey: Uint8Array, hash: Uint8Array): string {
  const nameKey = hkdf(dataKey, Buffer.alloc(0), Buffer.from('judicial-ledger object name 1'));
  return createHmac('sha256', nameKey).update(hash).digest('hex');
}

export const isObjectName = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Size of the object that holds a content of `bytes`. */
export function sizeOfObject(bytes: number): number {
  const chunks = Math.max(1, Math.ceil(bytes / chunkBytes));
  return headerBytes + bytes + chunks * tagBytes;
}

/** What is wrong with the bytes of an object; never anything of its content. */
export class ObjectFault extends Error {
  readonly reason: 'not-an-object' | 'newer' | 'size' | 'tag';

  constructor(reason: ObjectFault['reason']) {
    super(`object: ${reason}`);
    this.name = 'ObjectFault';
    this.reason = reason;
  }
}

/** Enciphers chunk after chunk, in order; the caller says which is the last. */
export function createSealer(
  dataKey: Uint8Array,
  hash: Uint8Array,
  salt: Uint8Array = randomBytes(saltBytes),
) {
  const header = Buffer.concat([magic, Buffer.from([formatVersion, chunkPower]), Buffer.alloc(6), salt]);
  const key = keyOf(dataKey, hash, salt);
  let index = 0;
  return {
    header,
    seal(plain: Uint8Array, isLast: boolean): Buffer {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index++, isLast));
      cipher.setAAD(header);
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
  };
}

/** Deciphers chunk after chunk. Throws `ObjectFault`; nothing comes out of a chunk whose tag is wrong. */
export function createOpener(dataKey: Uint8Array, hash: Uint8Array, header: Uint8Array) {
  checkHeader(header);
  const key = keyOf(dataKey, hash, header.subarray(headerBytes - saltBytes, headerBytes));
  let index = 0;
  return {
    open(sealed: Uint8Array, isLast: boolean): Buffer {
      if (sealed.length < tagBytes) throw new ObjectFault('size');
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index++, isLast), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(header);
      decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
      const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
      try {
        return Buffer.concat([plain, decipher.final()]);
      } catch {
        throw new ObjectFault('tag');
      }
    },
  };
}

/** Bytes of the sealed chunks that follow the header of an object of this size, in order. Throws `ObjectFault`. */
export function* sealedChunks(size: number): Generator<{ bytes: number; isLast: boolean }> {
  let left = size - headerBytes;
  if (left < tagBytes) throw new ObjectFault('size');
  while (left > 0) {
    const bytes = Math.min(left, chunkBytes + tagBytes);
    if (bytes < tagBytes) throw new ObjectFault('size');
    left -= bytes;
    yield { bytes, isLast: left === 0 };
  }
}

function keyOf(dataKey: Uint8Array, hash: Uint8Array, salt: Uint8Array): Buffer {
  return hkdf(dataKey, salt, Buffer.concat([Buffer.from('judicial-ledger object 1'), hash]));
}

function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function checkHeader(header: Uint8Array): void {
  const start = Buffer.from(header.subarray(0, magic.length));
  if (header.length !== headerBytes || !timingSafeEqual(start, magic)) throw new ObjectFault('not-an-object');
  if (header[8] !== formatVersion || header[9] !== chunkPower) throw new ObjectFault('newer');
}
