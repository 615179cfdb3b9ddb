import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { isGone, renameFile } from './held.ts';

/**
 * The files of a data folder. Everything in it is encrypted but what must be read before there is a key: the outer form
 * of the key file and of `ledger.id`, the account that waits for help (`request`), counts, places and marks.
 */
export const names = {
  ledger: 'ledger.db',
  drafts: 'drafts.db',
  lock: 'ledger.lock',
  key: 'ledger.key',
  keyCopy: 'ledger.key.copy',
  identity: 'ledger.id',
  identityCopy: 'ledger.id.copy',
  destroyed: 'ledger.destroyed',
  tries: 'sign-in.tries',
  request: 'password.request',
  keyChange: 'key-change.pending',
  keyTaken: 'key-taken.pending',
  backups: 'backups',
  objects: 'objects',
  restoring: 'restore.pending',
  damaged: 'damaged.marker',
  installation: 'installation.pending',
  restored: 'restored.pending',
  unsealing: 'unsealing.pending',
  aside: 'set-aside',
  second: 'second-place.json',
  machine: 'machine.json',
  drill: 'drill.tmp',
} as const;

/** Room that making a ledger, an upgrade and going back to a copy need at least; below it whoever opens one is told. */
const neededMb = 64;

const remote =
  /^(nfs\d?|cifs|smb\w*|ncpfs|afs|9p|fuse\.(sshfs|rclone|davfs\w*|s3fs|gvfsd-fuse)|davfs\w*|glusterfs|ceph|lustre)$/;

/** Type of the file system that holds `folder`, from the text of /proc/self/mountinfo. */
export function fileSystemOf(folder: string, mountinfo: string): string | null {
  let longest = -1;
  let type: string | null = null;
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const point = before
      ?.split(' ')[4]
      ?.replace(/\\(\d{3})/g, (_all, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
    if (!point || !after) continue;
    const holds = folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (holds && point.length >= longest) {
      longest = point.length;
      type = after.split(' ')[0] ?? null;
    }
  }
  return type;
}

export function isRemotePath(folder: string, mountinfo: string | null): boolean {
  if (/^[\\/]{2}[^\\/]/.test(folder)) return true; // \\server\share, before anything resolves it
  if (mountinfo === null) return false;
  const type = fileSystemOf(path.resolve(folder), mountinfo);
  return type !== null && remote.test(type);
}

function mountinfo(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return fs.readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return null;
  }
}

/**
 * The folder itself, in the order of the house: exists, local, writable, room. Each failure has a name. Of a ledger that is
 * only opened, no room is asked for, not even for the probe: what finds none is refused by itself, by a sentence that says what
 * it was.
 */
export function checkFolder(folder: string, { needsRoom = true }: { needsRoom?: boolean } = {}): void {
  if (isRemotePath(folder, mountinfo())) throw new AppError('not-local', { folder });
  let real: string;
  try {
    real = fs.realpathSync.native(folder);
    if (!fs.statSync(real).isDirectory()) throw new AppError('not-found', { folder });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('not-found', { folder }, { cause: error });
  }
  // A drive letter that stands for a share shows itself only when resolved.
  if (isRemotePath(real, mountinfo())) throw new AppError('not-local', { folder });
  checkWritable(real, folder, needsRoom);
  if (needsRoom) checkRoom(folder);
}

/** How little there is; null where it is enough. */
export function littleRoom(folder: string): { folder: string; freeMb: number; neededMb: number } | null {
  const room = fs.statfsSync(folder);
  const freeMb = Math.floor((Number(room.bavail) * Number(room.bsize)) / 2 ** 20);
  return freeMb < neededMb ? { folder, freeMb, neededMb } : null;
}

/** Throws `no-space`. */
export function checkRoom(folder: string): void {
  const little = littleRoom(folder);
  if (little) throw new AppError('no-space', little);
}

function checkWritable(real: string, folder: string, needsRoom: boolean): void {
  // A name that nobody holds: one of before may still be in a scanner's hands.
  const probe = path.join(real, `.probe-${process.pid}-${randomInt(1e9)}`);
  try {
    fs.writeFileSync(probe, 'probe', { flag: 'w' });
    isGone(probe); // or at the next opening
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      isGone(probe);
      if (needsRoom) throw new AppError('no-space', { folder, freeMb: 0, neededMb }, { cause: error });
    } else throw new AppError('read-only', { folder }, { cause: error });
  }
  // What programs left that died here, also in a folder that is never opened again, after a move.
  clearProbes(real);
  // A file copied from a disc, or made by another account, may be shut in an open folder.
  for (const name of [names.ledger, `${names.ledger}-wal`, names.drafts, names.lock]) {
    const file = path.join(real, name);
    try {
      fs.accessSync(file, fs.constants.R_OK | fs.constants.W_OK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new AppError('read-only', { folder }, { cause: error });
    }
  }
}

/** What programs left that died while they tried whether the folder can be written. */
export function clearProbes(folder: string): void {
  for (const name of fs.readdirSync(folder))
    if (/^\.probe-[\d-]+$/.test(name)) isGone(path.join(folder, name));
}

/**
 * Makes a folder and those above it, one by one: where a file system takes none (/proc), Node's own way of making all
 * at once never returns.
 */
export function makeFolders(folder: string): void {
  if (fs.existsSync(folder)) {
    if (!fs.statSync(folder).isDirectory()) fs.mkdirSync(folder);
    return;
  }
  const above = path.dirname(folder);
  if (above !== folder) makeFolders(above);
  fs.mkdirSync(folder);
}

export function inFolder(folder: string, name: keyof typeof names): string {
  return path.join(folder, names[name]);
}

/** What is in the ledger is for the user of the program alone, as its keys are; also files that were made before. */
export function keepToUser(folder: string): void {
  const files = (['ledger', 'drafts', 'lock'] as const).flatMap((name) =>
    (name === 'lock' ? [''] : ['', '-wal', '-shm']).map((end) => ({
      at: inFolder(folder, name) + end,
      mode: 0o600,
    })),
  );
  const folders = (['backups', 'objects', 'aside'] as const).map((name) => ({
    at: inFolder(folder, name),
    mode: 0o700,
  }));
  for (const { at, mode } of [...files, ...folders]) forUserAlone(at, mode);
}

/**
 * An empty file for its user alone, where there is none: a database that is made in it, its -wal and its -shm are so from the
 * first byte. What keeps it from being made is said by whoever opens it.
 */
export function makeForUser(at: string): void {
  try {
    fs.closeSync(fs.openSync(at, 'wx', 0o600));
  } catch {
    // It is there, or cannot be.
  }
}

export function forUserAlone(at: string, mode = 0o600): void {
  try {
    fs.chmodSync(at, mode);
  } catch {
    // Not there, of another user, or on a stick that knows no such thing: the cipher holds there as well.
  }
}

/**
 * Writes beside, flushes to the disk, renames: a reader sees the old file or the new one, whole. The files of the
 * ledger are for its user alone; what somebody asked for in a place of his own gets the usual `mode`.
 */
export function writeDurably(
  file: string,
  bytes: Uint8Array | string,
  { temporary = `${file}.tmp`, mode = 0o600 }: { temporary?: string; mode?: number } = {},
): void {
  try {
    lay(temporary, bytes, mode);
    renameFile(temporary, file);
  } catch (error) {
    isGone(temporary); // half of it would take the room that is missing
    throw error;
  }
  flushFolder(path.dirname(file));
}

/** Writes a file and flushes it to the disk, under whatever name. */
export function lay(file: string, bytes: Uint8Array | string, mode = 0o600): void {
  const handle = fs.openSync(file, 'w', mode);
  try {
    fs.writeFileSync(handle, bytes);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Makes a rename last; Windows has no such call and does not need it. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
