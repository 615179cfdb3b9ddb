import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { inFolder, writeDurably } from '#core/db/folder.ts';

/** So many wrong passwords in a row lock an account, over any number of starts of the program. */
const lockedFrom = 10;

type Counts = Record<string, number>;

/**
 * Wrong passwords of each account since the last right one, in a small file of the data folder: the ledger is closed while
 * they are typed. Whoever deletes the file begins anew, as whoever copies the folder does; it holds up who sits at the PC.
 */
export function createTries(folder: () => string) {
  const who = (name: string) =>
    createHash('sha256')
      .update(`tries ${name.normalize('NFC')}`)
      .digest('base64');

  function read(): Counts {
    try {
      const counts = JSON.parse(fs.readFileSync(inFolder(folder(), 'tries'), 'utf8')) as Counts;
      return typeof counts === 'object' && counts !== null ? counts : {};
    } catch {
      return {};
    }
  }

  function write(counts: Counts): void {
    try {
      if (Object.keys(counts).length === 0) fs.rmSync(inFolder(folder(), 'tries'), { force: true });
      else writeDurably(inFolder(folder(), 'tries'), JSON.stringify(counts));
    } catch {
      // A full disk keeps nobody from signing in; the slow-down in memory goes on.
    }
  }

  return {
    isLocked: (name: string) => (read()[who(name)] ?? 0) >= lockedFrom,
    /** Counts one more; whether the account is locked now. */
    fail(name: string): boolean {
      const counts = read();
      const count = Math.min(lockedFrom, (counts[who(name)] ?? 0) + 1);
      write({ ...counts, [who(name)]: count });
      return count >= lockedFrom;
    },
    /** How many there were. */
    forget(name: string): number {
      const { [who(name)]: found, ...rest } = read();
      if (found !== undefined) write(rest);
      return found ?? 0;
    },
  };
}
