import fs from 'node:fs';
import { AppError } from '#shared/api/errors.ts';
import { inFolder, writeDurably } from './folder.ts';
import { whileHeld } from './held.ts';

/**
 * Remembers that damage was met. While the mark stands the program offers the way back, no automatic copy is made (it
 * could push a good one out), and the next opening checks the whole file first.
 */
export function markDamaged(folder: string): void {
  try {
    writeDurably(inFolder(folder, 'damaged'), '');
  } catch {
    // a disk that cannot take the mark is said by the failure itself
  }
}

export function isMarkedDamaged(folder: string): boolean {
  return fs.existsSync(inFolder(folder, 'damaged'));
}

export function clearDamageMark(folder: string): void {
  whileHeld(() => fs.rmSync(inFolder(folder, 'damaged'), { force: true }));
}

export function damaged(folder: string, error: unknown): AppError<'damaged'> {
  let backups = 0;
  try {
    backups = fs.readdirSync(inFolder(folder, 'backups')).filter((name) => name.endsWith('.db')).length;
  } catch {
    // no folder of backups: none
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new AppError('damaged', { folder, backups, detail }, { cause: error });
}
