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

const pageBytes = 4096;

/**
 * How a ledger file looks without its key: gross damage alone shows there. A first page of one byte over and over was wiped,
 * one that can be read as a database is not enciphered. Null where there is none.
 */
export function outsideOf(file: string) {
  if (!fs.existsSync(file)) return null;
  const { size: bytes } = fs.statSync(file);
  const first = Buffer.alloc(Math.min(pageBytes, bytes));
  try {
    const handle = fs.openSync(file, 'r');
    try {
      fs.readSync(handle, first, 0, first.length, 0);
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    return { bytes, code: String((error as { code?: unknown }).code ?? 'unknown') };
  }
  return {
    bytes,
    endsInsidePage: bytes % pageBytes !== 0,
    isBlank: first.every((byte) => byte === first[0]),
    isPlain: first.subarray(0, 15).toString('latin1') === 'SQLite format 3',
  };
}
