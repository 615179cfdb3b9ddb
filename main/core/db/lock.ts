import fs from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errors.ts';
import { isDamage, isFull, isReadOnly } from './connection.ts';
import { inFolder, makeForUser } from './folder.ts';

/**
 * Keeps every other process away from the data folder: BEGIN EXCLUSIVE on a file of its own, which the system lets go
 * of when the process dies. The ledger itself stays in locking mode NORMAL, so that reader and writer share it.
 */
export function lockFolder(folder: string, nativeBinding: string | undefined): () => void {
  const file = inFolder(folder, 'lock');
  try {
    return take(file, nativeBinding);
  } catch (error) {
    if (isDamage(error)) {
      // Nothing is kept in it, so it is emptied in place: whoever holds it meanwhile goes on holding it.
      fs.truncateSync(file);
      return lockFolder(folder, nativeBinding);
    }
    if (isReadOnly(error)) throw new AppError('read-only', { folder }, { cause: error });
    if (isFull(error)) throw new AppError('disk-full', { file: folder }, { cause: error });
    throw new AppError('locked', { folder }, { cause: error });
  }
}

function take(file: string, nativeBinding: string | undefined): () => void {
  makeForUser(file);
  const db = new Database(file, { timeout: 0, ...(nativeBinding ? { nativeBinding } : {}) });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return () => {
    db.close();
  };
}
