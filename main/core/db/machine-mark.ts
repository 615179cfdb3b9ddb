import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { isFull, isReadOnly } from './connection.ts';
import { inFolder, writeDurably } from './folder.ts';
import { isHeld } from './held.ts';
import { thisMachine } from './machine.ts';

/**
 * Whose machine a data folder is, where on it, and whether its ledger was moved away: a small file beside the ledger. A
 * folder found on another machine than it says, or copied on the same one, must not go on under the installation it was
 * (architecture §7): both would give the same numbers.
 */
export type Moved = { at: string; to: string };
/** What was answered by whoever goes on with it here; it goes into the log at the next opening. */
export type GoneOn = {
  at: string;
  reason: string;
  kind: 'moved' | 'elsewhere' | 'copied' | 'identity';
  takesOver: boolean;
};
/** The folder's path, and what tells the folder itself from a copy; null where the file system keeps no such thing. */
type Place = { path: string; id: FolderId | null };
type FolderId = { dev: string; ino: string; born: string };
type Mark = {
  machine: string;
  place?: Place | undefined;
  moved?: Moved | undefined;
  goneOn?: GoneOn | undefined;
  /** Wrong passwords are counted in a file of this folder (security/tries.ts): without it, it was taken away. */
  isCounted?: true | undefined;
};

/** Of which folder this one is a copy. */
export type Copied = { from: string };
export type NotHere = Moved | Copied | 'elsewhere' | null;

function parsed(text: string): Mark | null {
  try {
    const mark = JSON.parse(text) as Mark;
    return typeof mark.machine === 'string' ? mark : null;
  } catch {
    return null;
  }
}

/** Null for a folder of before there were such files, or a file that was harmed. */
function read(folder: string): Mark | null {
  try {
    return parsed(fs.readFileSync(inFolder(folder, 'machine'), 'utf8'));
  } catch {
    return null;
  }
}

/** Throws `file-unwritable`. */
function write(folder: string, mark: Mark): void {
  const file = inFolder(folder, 'machine');
  try {
    writeDurably(file, `${JSON.stringify(mark)}\n`);
  } catch (error) {
    if (isFull(error) || isHeld(error) || !isRefused(error)) throw error;
    throw new AppError('file-unwritable', { file }, { cause: error });
  }
}

const isRefused = (error: unknown): boolean =>
  isReadOnly(error) || ['EACCES', 'EPERM', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Of Linux (statfs): a folder there has another number each time it is mounted (msdos, exfat, fuse). */
const withoutLastingIds: readonly number[] = [0x4d44, 0x2011bab0, 0x65735546];

function placeOf(folder: string): Place {
  const at = fs.realpathSync.native(folder);
  if (process.platform === 'linux' && withoutLastingIds.includes(Number(fs.statfsSync(at).type)))
    return { path: at, id: null };
  const { dev, ino, birthtimeNs } = fs.statSync(at, { bigint: true });
  return { path: at, id: { dev: String(dev), ino: String(ino), born: String(birthtimeNs) } };
}

/** Null where nobody can tell. A drive may have another number after a start, or in another socket. */
function isSameFolder(one: FolderId | null, other: FolderId | null): boolean | null {
  if (!one || !other) return null;
  return one.ino === other.ino && (one.dev === other.dev || one.born === other.born);
}

/**
 * Whether two paths lead to one folder now: by a link to where it was carried, by a share and the drive it is on, in other
 * letters of the same name. Numbers of one moment can be compared on every file system that has any.
 */
function isOneFolder(one: string, other: string): boolean {
  try {
    const [first, second] = [fs.statSync(one, { bigint: true }), fs.statSync(other, { bigint: true })];
    return first.ino !== 0n && first.ino === second.ino && first.dev === second.dev;
  } catch {
    return false;
  }
}

/**
 * A folder that was renamed, or went elsewhere with its drive, is the same folder, and nothing of the ledger is left where
 * it was; everything else is a copy. One carried to another drive of the machine looks as a copy does whose model was
 * renamed: that is asked.
 */
function copiedFrom(folder: string, was: Place, holdsLedger: (at: string) => boolean): Copied | null {
  const here = placeOf(folder);
  const isSame = isSameFolder(was.id, here.id);
  const isCopy =
    isSame === false ||
    (was.path !== here.path && !isOneFolder(was.path, here.path) && holdsLedger(was.path));
  return isCopy ? { from: was.path } : null;
}

/** `holdsLedger`: whether another folder has the same ledger. */
export function whyNotHere(folder: string, holdsLedger: (at: string) => boolean): NotHere {
  const mark = read(folder);
  if (!mark) return null;
  // A folder that was moved away and is found on a third machine was carried there: that comes first.
  if (mark.machine !== thisMachine()) return 'elsewhere';
  if (mark.moved) return mark.moved;
  return mark.place ? copiedFrom(folder, mark.place, holdsLedger) : null;
}

export const isMovedAway = (folder: string): boolean => read(folder)?.moved !== undefined;

/** Gives what takes it back. */
export function markMoved(folder: string, moved: Moved): () => void {
  const before = read(folder);
  write(folder, { machine: thisMachine(), place: placeOf(folder), moved });
  return () => {
    if (before) write(folder, before);
  };
}

export function markGoneOn(folder: string, goneOn: GoneOn): void {
  const isCounted = isCountedHere(folder) ? { isCounted: true as const } : {};
  write(folder, { machine: thisMachine(), place: placeOf(folder), goneOn, ...isCounted });
}

export function isCountedHere(folder: string): boolean {
  const mark = read(folder);
  return mark?.isCounted === true && mark.machine === thisMachine();
}

/** The file of tries stands in this folder from now on. */
export function markCounted(folder: string): void {
  const mark = read(folder);
  if (mark?.machine === thisMachine() && !mark.isCounted) write(folder, { ...mark, isCounted: true });
}

/** What the mark has to tell the log: what was answered, and that the folder has another name or place than before. */
export function markSays(folder: string): { goneOn: GoneOn | null; isRenamed: boolean } {
  const mark = read(folder);
  const was = mark?.place?.path;
  const isRenamed = was !== undefined && path.resolve(was) !== placeOf(folder).path;
  return { goneOn: mark?.goneOn ?? null, isRenamed };
}

/** At every opening: the folder is this machine's, and where it is now. Gives what the ledger is to remember of it. */
export function takeMachine(folder: string): string {
  const before = read(folder);
  const here: Mark = { machine: thisMachine(), place: placeOf(folder) };
  const mark: Mark = before?.isCounted ? { ...here, isCounted: true } : here;
  if (JSON.stringify(before) !== JSON.stringify(mark)) write(folder, mark);
  return JSON.stringify(here);
}

/**
 * Where the file is gone or was harmed: as the ledger itself remembers it. A ledger of before there were such marks, or one
 * that has just come from a copy, remembers none of use.
 */
export function recallMark(folder: string, text: string | null): void {
  const mark = text === null ? null : parsed(text);
  if (mark && read(folder) === null) write(folder, mark);
}
