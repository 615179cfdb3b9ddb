import fs from 'node:fs';
import path from 'node:path';
import type { SecondPlace } from '#shared/api/care-types.ts';
import { AppError, type Failure, failureOf } from '#shared/api/errors.ts';
import { copiesFolder } from '#shared/text/care.ts';
import { copyBackup, dropSurplusIn, makeBackup } from './backup.ts';
import { type Exchanged, exchangeBeside } from './beside.ts';
import { connect } from './connection.ts';
import { listBackups, newestAt, type StoredPlace, storedPlace, withinPlace } from './copies.ts';
import { inFolder, makeFolders, writeDurably } from './folder.ts';
import { isGone } from './held.ts';
import { thisMachine } from './machine.ts';

const textOf = (place: StoredPlace) => `${JSON.stringify(place)}\n`;

function store(folder: string, place: StoredPlace): void {
  writeDurably(inFolder(folder, 'second'), textOf(place));
}

/** With a way back. Throws `second-place-inside`, `second-place-absent`, `file-unwritable`. */
export function setSecondPlace(
  folder: string,
  place: { at: string; unit: string; ledgerId: string } | null,
  now: Date,
): Exchanged {
  const stands = (bytes: string | null) => exchangeBeside(folder, 'second', bytes);
  if (place === null) return stands(null);
  const ledger = fs.realpathSync(folder);
  if (!fs.existsSync(place.at)) throw new AppError('second-place-absent', { place: place.at });
  const at = fs.realpathSync(place.at);
  if (at === ledger || at.startsWith(ledger + path.sep))
    throw new AppError('second-place-inside', { place: at });
  const sub = copiesFolder(place.unit, place.ledgerId);
  const own = path.join(at, sub);
  const isMade = !fs.existsSync(own);
  const clear = () => {
    if (isMade) dropEmpty(own);
  };
  try {
    tryWriting(at, own);
    const fresh = { lastGoodAt: null, failure: null, saidOn: null };
    const text = textOf({ folder: at, sub, machine: thisMachine(), since: now.toISOString(), ...fresh });
    const { keep, takeBack } = stands(text);
    const back = () => {
      takeBack();
      clear();
    };
    return { keep, takeBack: back };
  } catch (error) {
    clear();
    throw error;
  }
}

/** Throws `file-unwritable`. */
function tryWriting(at: string, own: string): void {
  const probe = path.join(own, `.probe-${process.pid}`);
  try {
    makeFolders(own);
    fs.writeFileSync(probe, 'probe');
    fs.rmSync(probe);
  } catch (error) {
    isGone(probe);
    throw new AppError('file-unwritable', { file: at }, { cause: error });
  }
}

/** What is not there, or has something in it, stays as it is. */
function dropEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch {
    // an empty folder harms nobody
  }
}

/** What is to be shown of the second place; null where none is set on this machine. */
export function secondPlace(folder: string): SecondPlace | null {
  const place = storedPlace(folder);
  if (!place) return null;
  const isThere = fs.existsSync(place.folder);
  const isSameDisk = isThere && fs.statSync(place.folder).dev === fs.statSync(folder).dev;
  const { since, lastGoodAt, failure } = place;
  return { folder: place.folder, isThere, isSameDisk, since, lastGoodAt, failure };
}

/** Whether the newest copy is not in the second place yet, as far as one can see. */
export function isSecondBehind(folder: string, now: string): boolean {
  const place = storedPlace(folder);
  if (!place) return false;
  const newest = newestAt(listBackups(folder), now);
  return newest !== undefined && !fs.existsSync(path.join(withinPlace(place), newest.name));
}

export type SecondInput = {
  folder: string;
  key: Uint8Array;
  nativeBinding: string | null;
  now: string;
  /** The day, for what is said once a day. */
  today: string;
  /** The folder's own copy failed: one is made right here. */
  isAlone?: boolean;
};

/**
 * Brings the newest copy to the second place. Never throws: what hindered it is kept, shown, and returned where it is to
 * be said now. A stick that is not in is said once a day.
 */
export function bringToSecond(input: SecondInput): Failure | null {
  const { folder } = input;
  const place = storedPlace(folder);
  if (!place) return null;
  try {
    bring(input, place);
    store(folder, { ...place, lastGoodAt: input.now, failure: null });
    return null;
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('file-unwritable', { file: place.folder });
    const failure = failureOf(known);
    const isAbsent = failure.code === 'second-place-absent';
    const isSaid = isAbsent && place.saidOn === input.today;
    const saidOn = isAbsent ? input.today : place.saidOn;
    try {
      store(folder, { ...place, failure: { failure, at: input.now }, saidOn });
    } catch {
      // the data folder takes nothing either: that is said by whatever is saved next
    }
    return isSaid ? null : failure;
  }
}

function bring({ folder, key, nativeBinding, now, isAlone }: SecondInput, place: StoredPlace): void {
  // Only the folder in it is ours to make: the mount point of a stick that is out must not be filled instead.
  if (!fs.existsSync(place.folder)) throw new AppError('second-place-absent', { place: place.folder });
  const to = withinPlace(place);
  const native = nativeBinding ?? undefined;
  const newest = newestAt(listBackups(folder), now);
  if (isAlone || !newest) {
    const source = connect(inFolder(folder, 'ledger'), { key, ...(native ? { nativeBinding: native } : {}) });
    try {
      makeBackup(source, folder, to, key, native, new Date(now));
    } finally {
      source.close();
    }
  } else if (!fs.existsSync(path.join(to, newest.name))) {
    copyBackup(newest.name, inFolder(folder, 'backups'), to, key, native);
  }
  dropSurplusIn(to, now);
}
