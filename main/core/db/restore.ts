import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import { flushFolder, inFolder, names, writeDurably } from './folder.ts';

/**
 * Going back to a copy, in steps that can be repeated: what is to be done stands in a marker first; the old file and
 * its -wal are moved aside (a stale -wal beside another file would be replayed into it and ruin it); the copy is put
 * in place under a temporary name and renamed; the marker goes last.
 */
export type RestorePlan = { backup: string; aside: string };
/** Puts what belongs to the copy in place beside it: its key. A repeated one changes nothing. */
export type TakeKey = (folder: string, backup: string) => void;

/** Copies have names of the program's own making; anything else could lead out of their folder. */
export function isCopyName(name: string): boolean {
  return /^ledger-[\d-]+\.db$/.test(name);
}

export function restoreSteps(
  folder: string,
  { backup, aside: kept }: RestorePlan,
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
    () => writeDurably(inFolder(folder, 'restoring'), JSON.stringify({ backup, aside: kept })),
    () => {
      fs.copyFileSync(from, put);
      const handle = fs.openSync(put, 'r+');
      fs.fsyncSync(handle);
      fs.closeSync(handle);
    },
    () => fs.mkdirSync(aside, { recursive: true }),
    ...['', '-wal', '-shm'].map((suffix) => () => {
      const old = ledger + suffix;
      const moved = path.join(aside, names.ledger + suffix);
      // On a second run the old file has been moved already and what stands there now is the copy: `put` is gone then.
      if (fs.existsSync(old) && fs.existsSync(put) && !fs.existsSync(moved)) fs.renameSync(old, moved);
    }),
    () => {
      if (fs.existsSync(put)) fs.renameSync(put, ledger);
      flushFolder(folder);
    },
    () => takeKey(folder, backup),
    () => fs.rmSync(inFolder(folder, 'damaged'), { force: true }),
    () => {
      fs.rmSync(inFolder(folder, 'restoring'), { force: true });
      flushFolder(folder);
    },
  ];
}

/** What is left to do of a restore that was cut short; null when there was none. */
export function pendingSteps(folder: string, takeKey: TakeKey): (() => void)[] | null {
  const marker = inFolder(folder, 'restoring');
  if (!fs.existsSync(marker)) return null;
  const plan = JSON.parse(fs.readFileSync(marker, 'utf8')) as RestorePlan;
  const ledger = inFolder(folder, 'ledger');
  const isPlaced =
    !fs.existsSync(`${ledger}.restoring`) && fs.existsSync(ledger) && isSetAside(folder, plan.aside);
  // Once the copy is in place it is not asked for again: it may have been given up meanwhile.
  const steps = restoreSteps(folder, plan, takeKey).filter((_step, index) => !(isPlaced && index === 1));
  return steps;
}

/** Finishes a restore that was cut short. */
export function finishPendingRestore(folder: string, takeKey: TakeKey): void {
  for (const step of pendingSteps(folder, takeKey) ?? []) step();
}

function isSetAside(folder: string, aside: string): boolean {
  return fs.existsSync(path.join(inFolder(folder, 'aside'), aside, names.ledger));
}
