import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { flushFolder, inFolder, lay, type names } from './folder.ts';

/**
 * Small files beside the ledger that change together with it. Of those in two copies the copy comes first: it is written
 * first, and is the newer one where they differ.
 */
export const besideFiles = {
  key: ['keyCopy', 'key'],
  identity: ['identityCopy', 'identity'],
  destroyed: ['destroyed'],
  second: ['second'],
} as const satisfies Record<string, readonly (keyof typeof names)[]>;

/** A file that stands in place of another, which can still come back. `keep` follows a commit and never throws. */
export type Exchanged = { keep(): void; takeBack(): void };

/**
 * Goes where it can. A scanner on Windows holds a file that was just written (EBUSY, EPERM): what it keeps from going has a
 * name under which nothing is ever read, and goes at the next opening.
 */
function dropTrace(at: string): void {
  try {
    fs.rmSync(at, { force: true });
  } catch {
    // What was done stands whether or not its traces are gone.
  }
}

const traces = /^(ledger\.(key|id|destroyed)(\.copy)?|second-place\.json)\.[0-9a-f]{8}\.(tmp|back)$/;

/**
 * Puts such a file in place of the other, every copy of it (without `bytes` it goes); what goes with it in the ledger may still fail, so the one of
 * before can be taken back. Room for either way is taken before anything changes: on a full disk a copy that says one
 * thing beside a file that says another would be a change that was refused and holds all the same, and one that cannot be
 * taken back would be carried out by the next opening.
 */
export function exchangeBeside(
  folder: string,
  which: keyof typeof besideFiles,
  bytes: Uint8Array | string | null,
): Exchanged {
  const turn = randomBytes(4).toString('hex');
  const all = besideFiles[which].map((name) => {
    const at = inFolder(folder, name);
    return {
      at,
      isNew: !fs.existsSync(at),
      isExchanged: false,
      next: `${at}.${turn}.tmp`,
      before: `${at}.${turn}.back`,
    };
  });
  const clear = () => {
    for (const { next, before } of all) for (const one of [next, before]) dropTrace(one);
  };
  try {
    for (const { at, isNew, next, before } of all) {
      if (bytes !== null) lay(next, bytes);
      if (!isNew) lay(before, fs.readFileSync(at));
    }
  } catch (error) {
    clear();
    throw error;
  }
  const takeBack = () => {
    for (const { at, isNew, isExchanged, before } of all) {
      if (!isExchanged) continue;
      if (isNew) fs.rmSync(at, { force: true });
      else fs.renameSync(before, at);
    }
    clear();
    flushFolder(folder);
  };
  try {
    // The copy first: where the program dies in between, the newer of the two counts.
    for (const one of all) {
      if (bytes === null) fs.rmSync(one.at, { force: true });
      else fs.renameSync(one.next, one.at);
      one.isExchanged = true;
    }
    flushFolder(folder);
  } catch (error) {
    takeBack();
    throw error;
  }
  return { keep: clear, takeBack };
}

/** What was left of such files, by a program that died or a scanner: a key under a password that is none any more. */
export function clearTraces(folder: string): void {
  for (const name of fs.readdirSync(folder)) if (traces.test(name)) dropTrace(path.join(folder, name));
}
