import fs from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * On Windows a virus scanner, an indexer or a backup opens files that were just written and lets nobody move, replace or
 * remove them meanwhile: as a rule for some tenths of a second. Programs there try again for a short while before they say
 * so, and so does this one (`file-held`).
 */
const pausesMs = [10, 20, 40, 80, 160, 320, 640];

/** Whether another program holds the file. Windows says so, too, where the account may not write there at all. */
export function isHeld(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'EBUSY' || (process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES'));
}

const nobody = new Int32Array(new SharedArrayBuffer(4));

/** The work must be one that can be repeated. Throws what it throws where the file is held for longer. */
export function whileHeld<T>(work: () => T): T {
  for (const ms of pausesMs)
    try {
      return work();
    } catch (error) {
      if (!isHeld(error)) throw error;
      Atomics.wait(nobody, 0, 0, ms);
    }
  return work();
}

export const renameFile = (from: string, to: string): void => whileHeld(() => fs.renameSync(from, to));

/** The same for work that gives the thread back meanwhile. */
export async function renameFileLater(from: string, to: string): Promise<void> {
  for (const ms of pausesMs)
    try {
      return await rename(from, to);
    } catch (error) {
      if (!isHeld(error)) throw error;
      await wait(ms);
    }
  return rename(from, to);
}

/** Takes away what nobody needs any more, where it goes at once; what is held goes the next time. */
export function isGone(at: string): boolean {
  try {
    fs.rmSync(at, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
