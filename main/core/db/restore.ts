import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { flushFolder, forUserAlone, inFolder, lay, names, writeDurably } from './folder.ts';
import { isGone, renameFile, whileHeld } from './held.ts';
import { restoreObjects } from './object-copies.ts';

/**
 * Going back to a copy: the copy is laid whole beside the ledger first, which may fail for want of room and then has
 * changed nothing. From then on the steps can be repeated: what is to be done stands in a marker; the old file and its
 * -wal are moved aside (a stale -wal beside another file would be replayed into it and ruin it); the copy gets its name;
 * the marker goes last.
 */
export type RestorePlan = { backup: string; aside: string; trace?: RestoreTrace };
/**
 * What the log of the copy cannot know: who went back to it and when, and the last entry there was before. Unknown
 * (null) where the ledger could not be read any more.
 */
export type RestoreTrace = {
  at: string;
  account: string;
  backup: string;
  /** The file that was chosen, where the copy was taken in from elsewhere; kept as the name of the account is. */
  file?: string;
  last: { entry: number; hash: string } | null;
  /** Ends of logs that had given way to that one before. */
  givenUp?: { entry: number; hash: string }[];
  /** Where the ledger of before was set aside: its accounts are looked up there. */
  aside?: string;
  /** The copy was put together by a repair, whose log says so itself. */
  isRepair?: boolean;
};
/** Puts what belongs to the copy in place beside it: its key. A repeated one changes nothing. */
export type TakeKey = (folder: string, backup: string) => void;

/** For the key file, the trace of the restore and folders: what is written after the marker. */
const roomBytes = 128 * 1024;

/** Whether a restore has begun that is to be carried through. */
export const isRestoring = (folder: string): boolean => fs.existsSync(inFolder(folder, 'restoring'));

/** Copies have names of the program's own making; anything else could lead out of their folder. */
export function isCopyName(name: string): boolean {
  return /^ledger-[\d-]+\.db$/.test(name);
}

export function restoreSteps(
  folder: string,
  { backup, aside: kept, trace }: RestorePlan,
  takeKey: TakeKey,
): (() => void)[] {
  if (!isCopyName(backup)) throw new AppError('file-missing', { file: backup });
  const from = path.join(inFolder(folder, 'backups'), backup);
  if (!fs.existsSync(from) && !fs.existsSync(inFolder(folder, 'restoring')))
    throw new AppError('file-missing', { file: backup });
  const ledger = inFolder(folder, 'ledger');
  const aside = path.join(inFolder(folder, 'aside'), kept);
  const put = `${ledger}.restoring`;
  return [
    () => {
      fs.copyFileSync(from, put);
      forUserAlone(put); // a copy from a stick has whatever mode
      const handle = fs.openSync(put, 'r+');
      fs.fsyncSync(handle);
      fs.closeSync(handle);
    },
    () => {
      // Once the marker stands there is no way but on: the small files of the steps behind it must find room.
      const room = `${put}.room`;
      fs.rmSync(room, { force: true });
      lay(room, Buffer.alloc(roomBytes, 1));
      writeDurably(inFolder(folder, 'restoring'), JSON.stringify({ backup, aside: kept, trace }));
      fs.rmSync(room, { force: true });
    },
    () => fs.mkdirSync(aside, { recursive: true }),
    ...['', '-wal', '-shm'].map((suffix) => () => {
      const old = ledger + suffix;
      const moved = path.join(aside, names.ledger + suffix);
      // On a second run the old file has been moved already and what stands there now is the copy: `put` is gone then.
      if (fs.existsSync(old) && fs.existsSync(put) && !fs.existsSync(moved)) renameFile(old, moved);
    }),
    () => {
      if (fs.existsSync(put)) renameFile(put, ledger);
      flushFolder(folder);
    },
    () => takeKey(folder, backup),
    () => restoreObjects(folder, backup),
    () => {
      if (!trace) return;
      const others = restoreTraces(folder).filter(({ at }) => at !== trace.at);
      writeDurably(inFolder(folder, 'restored'), JSON.stringify([...others, { ...trace, aside: kept }]));
    },
    () => whileHeld(() => fs.rmSync(inFolder(folder, 'damaged'), { force: true })),
    () => {
      whileHeld(() => fs.rmSync(inFolder(folder, 'restoring'), { force: true }));
      flushFolder(folder);
    },
  ];
}

/** What is left to do of a restore that was cut short; null when there was none, or nothing had been moved yet. */
export function pendingSteps(folder: string, takeKey: TakeKey): (() => void)[] | null {
  const marker = inFolder(folder, 'restoring');
  if (!fs.existsSync(marker)) return null;
  const plan = readNote<RestorePlan>(marker, (found) => typeof found?.backup === 'string');
  if (plan === null) {
    // What it said cannot be followed; that there was a restore goes into the log. Neither ledger is lost: the copy lies
    // among the copies, the one of before in its place or aside.
    writeDurably(
      inFolder(folder, 'restored'),
      JSON.stringify([...restoreTraces(folder), unknownTrace(marker)]),
    );
    return null;
  }
  // The marker was written over a copy that stood whole: it is not laid down again.
  return restoreSteps(folder, plan, takeKey).slice(1);
}

/** Takes back what was laid down for a restore that could not begin. */
export function abandonRestore(folder: string): void {
  whileHeld(() => fs.rmSync(inFolder(folder, 'restoring'), { force: true }));
  for (const end of ['.restoring', '.restoring.room', '.repairing']) isGone(inFolder(folder, 'ledger') + end); // or at the next start
}

/** Finishes a restore that was cut short. */
export function finishPendingRestore(folder: string, takeKey: TakeKey): void {
  const steps = pendingSteps(folder, takeKey);
  if (steps === null) abandonRestore(folder);
  else for (const step of steps) step();
}

/** Restores that no log has yet, in their order: a copy that could not be opened is followed by another. */
export function restoreTraces(folder: string): RestoreTrace[] {
  const file = inFolder(folder, 'restored');
  if (!fs.existsSync(file)) return [];
  const isTrace = (one: RestoreTrace) => typeof one?.at === 'string' && typeof one.backup === 'string';
  return (
    readNote<RestoreTrace[]>(file, (found) => Array.isArray(found) && found.every(isTrace)) ?? [
      unknownTrace(file),
    ]
  );
}

/** A restore of which nothing is known but the instant at which its note was written. */
const unknownTrace = (file: string): RestoreTrace => ({
  at: fs.statSync(file).mtime.toISOString(),
  account: '',
  backup: '',
  last: null,
});

/** Null where the file was harmed: a note that nobody can read must not keep a ledger from opening. */
function readNote<T>(file: string, isOne: (found: T | null) => boolean): T | null {
  const text = fs.readFileSync(file, 'utf8');
  try {
    const found = JSON.parse(text) as T | null;
    return isOne(found) ? found : null;
  } catch {
    return null;
  }
}

export function dropRestoreTraces(folder: string): void {
  isGone(inFolder(folder, 'restored')); // the log knows them already, and takes none twice
  flushFolder(folder);
}
