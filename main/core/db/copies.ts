import fs from 'node:fs';
import path from 'node:path';
import type { ListedBackup } from '#shared/api/care-types.ts';
import { AppError, type Failure } from '#shared/api/errors.ts';
import type { Backup } from '#shared/api/types.ts';
import { inFolder, names } from './folder.ts';
import { thisMachine } from './machine.ts';

// Which copies of the ledger there are, in the folder and in the second place: names and lists, nothing is opened.

/** In the time of China, as people read it in their folders; before, without dashes in the day, it was UTC. */
const stamp = /^ledger-(\d{8}|\d{4}-\d{2}-\d{2})-(\d{6})(?:-(\d+))?\.db$/;

/** When a copy was made, as its name says: to the second. */
export function instantOf(name: string): string {
  const [, on = '', time = ''] = stamp.exec(name) ?? [];
  const days = on.replaceAll('-', '');
  const zone = days === on ? 'Z' : '+08:00';
  const at = `${days.slice(0, 4)}-${days.slice(4, 6)}-${days.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}`;
  const instant = new Date(`${at}${zone}`);
  // Digits that are no day at all: of a file that somebody gave such a name.
  return Number.isNaN(instant.getTime()) ? new Date(0).toISOString() : instant.toISOString();
}

export function keyBeside(backup: string, keyName: string): string {
  return backup.replace(/\.db$/, keyName === names.key ? '.key' : '.id');
}

/** Where the key file of a copy in the folder's own backups stands. */
export function keyPathBeside(folder: string, backup: string): string {
  return path.join(inFolder(folder, 'backups'), keyBeside(backup, names.key));
}

/** Later copies have greater ones. As they are, the second name of a second (`…-2.db`) would come before the first. */
function orderOf(name: string): string {
  const [, , , turn = '1'] = stamp.exec(name) ?? [];
  return `${instantOf(name)}${turn.padStart(6, '0')}`;
}

/** Puts names of copies in order, newest first. */
function newestFirst(one: string, other: string): number {
  const [left, right] = [orderOf(one), orderOf(other)];
  return left === right ? 0 : left < right ? 1 : -1;
}

/** Copies among the folder's own, newest first. */
export const listBackups = (folder: string): Backup[] => listCopies(inFolder(folder, 'backups'));

/** Copies in a place, newest first. */
export function listCopies(place: string): Backup[] {
  if (!fs.statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  return fs
    .readdirSync(place)
    .filter((name) => stamp.test(name))
    .sort(newestFirst)
    .map((name) => ({ name, madeAt: instantOf(name), bytes: fs.statSync(path.join(place, name)).size }));
}

/**
 * The newest copy by the clock as it goes now. One with a later time was made while the clock went ahead, or before it was
 * set back: what the ledger holds now may be younger.
 */
export const newestAt = (copies: readonly Backup[], now: string): Backup | undefined =>
  copies.find(({ madeAt }) => madeAt <= now);

/**
 * A second place for copies: another drive, a stick, a share of the unit. It stands in a small file of the machine beside
 * the ledger, not in the ledger: it must be known where the ledger does not open, which is when its copies are wanted,
 * and a drive letter means nothing on another PC. A folder that was carried elsewhere therefore has none.
 */
export type StoredPlace = {
  folder: string;
  /** The ledger's own folder in it: two ledgers may share a stick. */
  sub: string;
  machine: string;
  since: string;
  lastGoodAt: string | null;
  failure: { failure: Failure; at: string } | null;
  /** The day on which it was last said that the place is absent. */
  saidOn: string | null;
};

export function storedPlace(folder: string): StoredPlace | null {
  try {
    const found = JSON.parse(fs.readFileSync(inFolder(folder, 'second'), 'utf8')) as StoredPlace;
    return typeof found.folder === 'string' && found.machine === thisMachine() ? found : null;
  } catch {
    return null; // none, or one that cannot be read: it is chosen again
  }
}

export const withinPlace = ({ folder, sub }: StoredPlace) => path.join(folder, sub);

/** Copies of both places, newest first; the same copy is in both. */
export function listAllBackups(folder: string): ListedBackup[] {
  const own = listBackups(folder).map((copy) => ({ ...copy, place: 'own' as const }));
  const at = secondFolder(folder);
  const second = at === null ? [] : listCopies(at).map((copy) => ({ ...copy, place: 'second' as const }));
  // Of the same copy in both places the one at hand comes first.
  return [...own, ...second].sort((one, other) => newestFirst(one.name, other.name));
}

/** For a refusal that names them: how many there are, and how many of them in the second place. */
export const countOf = (copies: readonly ListedBackup[]) => ({
  backups: copies.length,
  elsewhere: copies.filter(({ place }) => place === 'second').length,
});

/** Where the copies of the second place lie; null where there is none, or it is not there now. */
export function secondFolder(folder: string): string | null {
  const place = storedPlace(folder);
  return place && fs.existsSync(withinPlace(place)) ? withinPlace(place) : null;
}

/** Where a listed copy lies. Throws `file-missing`. */
export function fileOfCopy(folder: string, { name, place }: Pick<ListedBackup, 'name' | 'place'>): string {
  const at = place === 'own' ? inFolder(folder, 'backups') : secondFolder(folder);
  if (at === null || !/^ledger-[\d-]+\.db$/.test(name) || !fs.existsSync(path.join(at, name)))
    throw new AppError('file-missing', { file: name });
  return path.join(at, name);
}
