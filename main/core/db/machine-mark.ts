import fs from 'node:fs';
import { inFolder, writeDurably } from './folder.ts';
import { thisMachine } from './machine.ts';

/**
 * Whose machine a data folder is, and whether its ledger was moved away: a small file that does not travel with copies. A
 * folder found on another machine than it says must not go on under the installation it was (architecture §7).
 */
export type Moved = { at: string; to: string };
/** What was answered by whoever goes on with it here; it goes into the log at the next opening. */
export type GoneOn = {
  at: string;
  reason: string;
  kind: 'moved' | 'elsewhere' | 'identity';
  takesOver: boolean;
};
type Mark = {
  machine: string;
  moved?: Moved | undefined;
  goneOn?: GoneOn | undefined;
  /** Wrong passwords are counted in a file of this folder (security/tries.ts): without it, it was taken away. */
  isCounted?: true | undefined;
};

function read(folder: string): Mark | null {
  try {
    const mark = JSON.parse(fs.readFileSync(inFolder(folder, 'machine'), 'utf8')) as Mark;
    return typeof mark.machine === 'string' ? mark : null;
  } catch {
    return null; // a folder of before there were such files, or a file that was harmed
  }
}

const write = (folder: string, mark: Mark) =>
  writeDurably(inFolder(folder, 'machine'), `${JSON.stringify(mark)}\n`);

export function whyNotHere(folder: string): Moved | 'elsewhere' | null {
  const mark = read(folder);
  if (!mark) return null;
  // A folder that was moved away and is found on a third machine was carried there: that comes first.
  return mark.machine !== thisMachine() ? 'elsewhere' : (mark.moved ?? null);
}

export function markMoved(folder: string, moved: Moved): void {
  write(folder, { machine: thisMachine(), moved });
}

export function markGoneOn(folder: string, goneOn: GoneOn): void {
  write(folder, { machine: thisMachine(), goneOn, ...(isCountedHere(folder) ? { isCounted: true } : {}) });
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

/** At every opening: the folder is this machine's. Gives what was answered before, once. */
export function takeMachine(folder: string): GoneOn | null {
  const mark = read(folder);
  if (!mark || mark.goneOn)
    write(folder, { machine: thisMachine(), ...(mark?.isCounted ? { isCounted: true } : {}) });
  return mark?.goneOn ?? null;
}
