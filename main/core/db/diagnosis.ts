import fs from 'node:fs';
import { connect, isDamage } from './connection.ts';

/** Whether every page of a ledger can be read and fits. */
export function isSound(file: string, key: Uint8Array, nativeBinding: string | undefined): boolean {
  // SQLite takes an empty file for a new database.
  if (fs.statSync(file).size === 0) return false;
  try {
    const db = connect(file, { key, access: 'look', ...(nativeBinding ? { nativeBinding } : {}) });
    try {
      return db.pragma<string>('integrity_check(1)') === 'ok';
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** How a file looks from outside of its content: sizes, and how many faults of which kind a quick check finds. */
export function attemptRead(file: string, key: Uint8Array, nativeBinding: string | undefined) {
  try {
    const db = connect(file, { key, access: 'look', ...(nativeBinding ? { nativeBinding } : {}) });
    try {
      return {
        schema: db.pragma<number>('user_version'),
        pages: db.pragma<number>('page_count'),
        isSound: db.pragma<string>('quick_check(1)') === 'ok',
      };
    } finally {
      db.close();
    }
  } catch (error) {
    return { code: String((error as { code?: unknown }).code ?? 'unknown') };
  }
}
