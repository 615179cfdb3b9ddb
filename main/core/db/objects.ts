import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { flushFolder, makeFolders, names, writeDurably } from './folder.ts';
import { renameFileLater } from './held.ts';
import {
  chunkBytes,
  createOpener,
  createSealer,
  hashOfContent,
  headerBytes,
  isObjectName,
  ObjectFault,
  objectName,
  sealedChunks,
  sizeOfObject,
} from './object-format.ts';

/**
 * The folder `objects/` of a data folder, and of a place where copies stand: encrypted files named by the HMAC of what
 * they hold, spread over 256 folders by the first two signs. A file has its name only when it is whole and on the disk;
 * what is being written ends in `.tmp`. Nothing here reads or writes more than one chunk at a time, and every step
 * gives the thread back between two chunks.
 */
export function objectPath(store: string, name: string): string {
  return path.join(store, name.slice(0, 2), name);
}

/** Called between two chunks, with the bytes done; what it throws stops the work, and nothing is left of it. */
export type Between = (done: number) => void;

/** SHA-256 and size of a file as it stands. */
export async function hashFile(file: string, between: Between): Promise<{ hash: Buffer; bytes: number }> {
  const hash = hashOfContent();
  let bytes = 0;
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(chunkBytes);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) break;
      bytes += bytesRead;
      hash.update(buffer.subarray(0, bytesRead));
      between(bytes);
    }
  } finally {
    await handle.close();
  }
  return { hash: hash.digest(), bytes };
}

/** The file is no longer what it was when its hash was taken. */
export class FileChanged extends Error {}

export type Content = { hash: Buffer; bytes: number };

/**
 * Encrypts a file into the store. A whole object that is there already is left as it is; a damaged one is replaced, so
 * that adding the same file again mends it. Throws `FileChanged` and what the file system says.
 */
export async function putObject(
  store: string,
  dataKey: Uint8Array,
  file: string,
  content: Content,
  now: Date,
  between: Between,
): Promise<string> {
  const name = objectName(dataKey, content.hash);
  if (await isWhole(store, dataKey, content)) {
    fs.utimesSync(objectPath(store, name), now, now); // not among those that nobody needs, until it has its row
    return name;
  }
  const to = objectPath(store, name);
  // A damaged one has its damaged copy, the same file under a second name, among the folder's own backups.
  fs.rmSync(objectPath(path.join(path.dirname(store), names.backups, names.objects), name), { force: true });
  const temporary = path.join(store, `${randomUUID()}.tmp`);
  makeFolders(path.dirname(to));
  try {
    await sealFile(temporary, dataKey, file, content, between);
    await renameFileLater(temporary, to);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  flushFolder(path.dirname(to));
  flushFolder(store);
  return name;
}

/** The name that `putBytes` gives. */
export const nameOfBytes = (dataKey: Uint8Array, bytes: Uint8Array): string =>
  objectName(dataKey, hashOfContent().update(bytes).digest());

/**
 * The same with the content at hand and at one go: for what comes back into a transaction that stands open. Gives the
 * path of what was written; null where it was there.
 */
export function putBytes(store: string, dataKey: Uint8Array, bytes: Uint8Array): string | null {
  const hash = hashOfContent().update(bytes).digest();
  const name = objectName(dataKey, hash);
  const to = objectPath(store, name);
  if (stateOfFile(to, dataKey, { hash, bytes: bytes.length }) === 'whole') return null;
  const sealer = createSealer(dataKey, hash);
  const parts: Uint8Array[] = [sealer.header];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    parts.push(sealer.seal(bytes.subarray(at, at + chunkBytes), at + chunkBytes >= bytes.length));
  makeFolders(path.dirname(to));
  writeDurably(to, Buffer.concat(parts));
  flushFolder(store);
  return to;
}

async function sealFile(
  to: string,
  dataKey: Uint8Array,
  file: string,
  { hash, bytes }: Content,
  between: Between,
): Promise<void> {
  const sealer = createSealer(dataKey, hash);
  const again = hashOfContent();
  const source = await open(file, 'r');
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      await target.writeFile(sealer.header);
      const buffer = Buffer.alloc(chunkBytes);
      for (let done = 0; ; ) {
        const plain = buffer.subarray(0, await fill(source, buffer, Math.min(chunkBytes, bytes - done)));
        done += plain.length;
        again.update(plain);
        const isLast = done === bytes;
        if (!isLast && plain.length < chunkBytes) throw new FileChanged();
        const sealed = sealer.seal(plain, isLast);
        await target.writeFile(sealed);
        between(done);
        if (isLast) break;
      }
      if (!again.digest().equals(hash)) throw new FileChanged();
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The content of the object in a file, chunk by chunk. Throws `ObjectFault`, and ENOENT where it is not there. */
function* chunksOf(file: string, dataKey: Uint8Array, { hash, bytes }: Content): Generator<Buffer> {
  const handle = fs.openSync(file, 'r');
  const read = (wanted: number): Buffer => {
    const buffer = Buffer.alloc(wanted);
    let done = 0;
    while (done < wanted) {
      const came = fs.readSync(handle, buffer, done, wanted - done, null);
      if (came === 0) throw new ObjectFault('size');
      done += came;
    }
    return buffer;
  };
  try {
    const { size } = fs.fstatSync(handle);
    if (size !== sizeOfObject(bytes)) throw new ObjectFault('size');
    const opener = createOpener(dataKey, hash, read(headerBytes));
    for (const { bytes: wanted, isLast } of sealedChunks(size)) yield opener.open(read(wanted), isLast);
  } finally {
    fs.closeSync(handle);
  }
}

/** The content of an object of the store; the thread is free between two chunks. */
export async function* readObject(
  store: string,
  dataKey: Uint8Array,
  content: Content,
): AsyncGenerator<Buffer> {
  for (const chunk of chunksOf(objectPath(store, objectName(dataKey, content.hash)), dataKey, content)) {
    yield chunk;
    await breathe();
  }
}

export type ObjectState = 'whole' | 'missing' | 'damaged';

/** Whether an object is there and holds what its row says: `quick` by its size, else by every tag. */
export async function stateOfObject(
  store: string,
  dataKey: Uint8Array,
  content: Content,
  { quick }: { quick: boolean },
): Promise<ObjectState> {
  const file = objectPath(store, objectName(dataKey, content.hash));
  if (quick) return stateOf(() => void (fs.statSync(file).size === sizeOfObject(content.bytes) || fault()));
  const chunks = stepping(file, dataKey, content);
  for (;;) {
    const state = stateOf(() => chunks.next());
    if (state !== 'whole' || chunks.isDone()) return state;
    await breathe();
  }
}

/** The same at one go, where nobody waits for the thread. */
export function stateOfFile(file: string, dataKey: Uint8Array, content: Content): ObjectState {
  return stateOf(() => {
    for (const _chunk of chunksOf(file, dataKey, content));
  });
}

function fault(): never {
  throw new ObjectFault('size');
}

function stepping(file: string, dataKey: Uint8Array, content: Content) {
  const chunks = chunksOf(file, dataKey, content);
  let isDone = false;
  return {
    next: () => {
      isDone = chunks.next().done === true;
    },
    isDone: () => isDone,
  };
}

function stateOf(look: () => void): ObjectState {
  try {
    look();
    return 'whole';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    if (error instanceof ObjectFault || isUnreadable(error)) return 'damaged';
    throw error;
  }
}

/** A bad sector, or a file that somebody locked away: to the ledger it is damaged. */
export function isUnreadable(error: unknown): boolean {
  return ['EIO', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR'].includes(
    String((error as NodeJS.ErrnoException).code),
  );
}

const isWhole = async (store: string, dataKey: Uint8Array, content: Content) =>
  (await stateOfObject(store, dataKey, content, { quick: false })) === 'whole';

type Handle = Awaited<ReturnType<typeof open>>;

/** Reads until `wanted` bytes are there or the file ends; returns how many came. */
async function fill(handle: Handle, buffer: Buffer, wanted: number): Promise<number> {
  let done = 0;
  while (done < wanted) {
    const { bytesRead } = await handle.read(buffer, done, wanted - done, null);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Names of all objects in a store. */
export function namesIn(store: string): Set<string> {
  const found = new Set<string>();
  if (!fs.existsSync(store)) return found;
  for (const shard of fs.readdirSync(store)) {
    if (!/^[0-9a-f]{2}$/.test(shard)) continue;
    for (const name of fs.readdirSync(path.join(store, shard))) if (isObjectName(name)) found.add(name);
  }
  return found;
}
