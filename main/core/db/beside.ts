import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { flushFolder, inFolder, lay, names } from './folder.ts';
import { isGone, isHeld, renameFile, whileHeld } from './held.ts';

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

/**
 * A file that stands in place of another, which can still come back. `keep` follows a commit and never throws; what
 * `takeBack` is kept from by another program is done before the file is next read or exchanged.
 */
export type Exchanged = { keep(): void; takeBack(): void };

const traces = /^(ledger\.(key|id|destroyed)(\.copy)?|second-place\.json)\.[0-9a-f]{8}\.(tmp|back)$/;

/**
 * Bytes for such a file, laid beside it with room for the way back: to be put in its place or cleared away. `settle` is for
 * after a commit, when there is no way back: what is held is put there before the file is next read or exchanged. Throws
 * for what is held, so that it is said.
 */
export type Laid = { exchange(): Exchanged; settle(): void; clear(): void };

/**
 * Puts such a file in place of the other, every copy of it (without `bytes` it goes); what goes with it in the ledger may
 * still fail, so the one of before can be taken back.
 */
export const exchangeBeside = (
  folder: string,
  which: keyof typeof besideFiles,
  bytes: Uint8Array | string | null,
): Exchanged => layBeside(folder, which, bytes).exchange();

/**
 * What is to take the place of such a file, laid but not yet put there. Room for either way is taken before anything
 * changes: on a full disk a copy that says one thing beside a file that says another would be a change that was refused
 * and holds all the same, and one that cannot be taken back would be carried out by the next opening. Between laying and
 * exchanging nothing else may exchange the same file.
 */
export function layBeside(
  folder: string,
  which: keyof typeof besideFiles,
  bytes: Uint8Array | string | null,
): Laid {
  finishTakingBack(folder);
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
  // A scanner holds what was just written; nothing is ever read under these names, and they go at the next opening.
  const clear = () => {
    for (const { next, before } of all) for (const one of [next, before]) isGone(one);
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
      const back = `${at}.${turn}.undo`;
      if (!isNew) renameFile(before, back);
      try {
        if (isNew) whileHeld(() => fs.rmSync(at, { force: true }));
        else putBack(back);
      } catch (error) {
        if (!isHeld(error)) throw error;
        // Nothing in it: there was no such file.
        if (isNew) lay(back, '');
      }
    }
    clear();
    flushFolder(folder);
  };
  const exchange = (): Exchanged => {
    try {
      // The copy first: where the program dies in between, the newer of the two counts.
      for (const one of all) {
        if (bytes === null) whileHeld(() => fs.rmSync(one.at, { force: true }));
        else renameFile(one.next, one.at);
        one.isExchanged = true;
      }
      flushFolder(folder);
    } catch (error) {
      takeBack();
      throw error;
    }
    return { keep: clear, takeBack };
  };
  const settle = () => {
    try {
      exchange().keep();
    } catch (error) {
      if (isHeld(error) && bytes !== null) for (const { at } of all) lay(`${at}.${turn}.undo`, bytes);
      throw error;
    }
  };
  return { exchange, settle, clear };
}

const waiting = /^(ledger\.(key|id|destroyed)(\.copy)?|second-place\.json)\.[0-9a-f]{8}\.undo$/;

/** `….undo` takes the place of the file that it is called after. */
function putBack(back: string): void {
  const at = back.slice(0, -'.12345678.undo'.length);
  if (fs.statSync(back).size > 0) renameFile(back, at);
  else {
    whileHeld(() => fs.rmSync(at, { force: true }));
    whileHeld(() => fs.rmSync(back, { force: true }));
  }
}

/** Files that were held when the one of before was to come back, or the one of a commit to take its place. */
export function finishTakingBack(folder: string): void {
  const found = fs.readdirSync(folder).filter((name) => waiting.test(name));
  // The copy first, as it was exchanged first.
  for (const name of found.sort().reverse()) putBack(path.join(folder, name));
  if (found.length > 0) flushFolder(folder);
}

/**
 * What was left of such files, by a program that died or a scanner: a key under a password that is none any more. And the
 * halves of every other file of the folder that is written at one stroke.
 */
export function clearTraces(folder: string): void {
  const halves = new Set(Object.values(names).map((name) => `${name}.tmp`)); // of `writeDurably`
  for (const name of fs.readdirSync(folder))
    if (traces.test(name) || halves.has(name)) isGone(path.join(folder, name));
}
