import fs from 'node:fs';
import path from 'node:path';
import type { ReadDb } from './connection.ts';
import { inFolder, makeFolders, names, writeDurably } from './folder.ts';
import { isGone, renameFile } from './held.ts';
import { isObjectName, sizeOfObject } from './object-format.ts';
import { type Content, namesIn, objectPath, stateOfFile } from './objects.ts';
import { sql } from './sql.ts';

/**
 * Objects beside copies of the ledger. A place where copies stand has a folder `objects/` of its own, shared by all its
 * copies: what a new copy needs and the place lacks is linked where it lies on the same drive, else copied and read
 * through. Beside every copy a list names the objects it needs, so that a restore can bring them back without opening
 * the copy, and so that nothing a kept copy needs is ever cleaned away.
 */
export type StoredContent = Content & { object: string };

const day = 86_400_000;
/** How long an object that no row names is kept: whatever was under way when it was written is over by then. */
const graceDays = 7;

export const listBeside = (backup: string): string => backup.replace(/\.db$/, '.objects');

/** What the attachments of a ledger need; a copy from before there were any needs nothing. */
export function contentsIn(db: ReadDb): StoredContent[] {
  if (db.value(sql`select 1 from sqlite_schema where name = 'attachment'`) === undefined) return [];
  return db
    .all<{ object: string; content_hash: Uint8Array; bytes: number }>(
      sql`select object, content_hash, bytes from attachment group by object order by object`,
    )
    .map(({ object, content_hash: hash, bytes }) => ({ object, hash: Buffer.from(hash), bytes }));
}

/** Gives a place what it lacks. Returns how many could not be given: they are missing or damaged themselves. */
export function copyObjects(
  store: string,
  place: string,
  key: Uint8Array,
  contents: readonly StoredContent[],
): number {
  let lost = 0;
  for (const content of contents) {
    const from = objectPath(store, content.object);
    const to = objectPath(place, content.object);
    const size = sizeOfObject(content.bytes);
    if (sizeOf(to) === size) continue;
    if (sizeOf(from) !== size || !give(from, to, (copy) => stateOfFile(copy, key, content) === 'whole'))
      lost++;
  }
  return lost;
}

/** Gives the data folder back what a copy needs and what it no longer has. May be repeated, and cut short. */
export function restoreObjects(folder: string, backup: string): void {
  const own = inFolder(folder, 'backups');
  for (const name of readList(path.join(own, listBeside(backup)))) {
    const from = objectPath(path.join(own, names.objects), name);
    const to = objectPath(inFolder(folder, 'objects'), name);
    const size = sizeOf(from);
    if (size !== null && sizeOf(to) !== size) give(from, to);
  }
}

/**
 * What stands beside a copy that lies elsewhere is taken in among the folder's own, as the copy is. Where the key is at
 * hand, an object of the data folder that is damaged is replaced by a whole one from there.
 */
export function takeObjectsIn(
  folder: string,
  file: string,
  name: string,
  known: { key: Uint8Array; contents: readonly StoredContent[] } | null,
): void {
  const outside = path.join(path.dirname(file), names.objects);
  const own = path.join(inFolder(folder, 'backups'), names.objects);
  const store = inFolder(folder, 'objects');
  const listed = known ? known.contents.map(({ object }) => object) : readList(listBeside(file));
  const contents = new Map(known?.contents.map((content) => [content.object, content]));
  for (const object of listed) {
    const from = objectPath(outside, object);
    const content = contents.get(object);
    if (!known || !content) {
      if (sizeOf(objectPath(own, object)) === null && sizeOf(from) !== null)
        give(from, objectPath(own, object));
      continue;
    }
    const isWhole = (at: string) => stateOfFile(at, known.key, content) === 'whole';
    if (isWhole(objectPath(store, object)) || !isWhole(from)) continue;
    for (const place of [own, store]) give(from, objectPath(place, object));
  }
  const list = listed.map((object) => `${object}\n`).join('');
  if (known || fs.existsSync(listBeside(file)))
    writeDurably(path.join(inFolder(folder, 'backups'), listBeside(name)), list);
}

/** What no copy of a place needs any more. Where a copy says nothing of what it needs, everything stays. */
export function dropCopiedObjects(place: string): void {
  const copies = fs.readdirSync(place).filter((name) => /^ledger-[\d-]+\.db$/.test(name));
  if (copies.some((name) => !fs.existsSync(path.join(place, listBeside(name))))) return;
  const needed = listedIn(place);
  const store = path.join(place, names.objects);
  for (const name of namesIn(store)) if (!needed.has(name)) isGone(objectPath(store, name));
}

/** Of a place where a copy was cut short: what was being given to it then. */
export function dropHalfObjects(store: string, before: number): void {
  if (!fs.existsSync(store)) return;
  for (const one of fs.readdirSync(store, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(store, one);
    if (one.endsWith('.tmp') && fs.statSync(file).mtimeMs < before) isGone(file);
  }
}

/**
 * What a program that died while it attached a file left in the store: enciphered, and of no use. For an opening, when
 * nobody writes there yet; by the names of one folder, because a start does not wait for all of them.
 */
export function dropHalfAttached(store: string): void {
  if (!fs.existsSync(store)) return;
  for (const name of fs.readdirSync(store)) {
    if (name.endsWith('.tmp')) isGone(path.join(store, name));
  }
}

/**
 * Takes away objects that no row and no kept copy names, after some days, and what a program that died was writing.
 * What is older than a ledger that a restore set aside may be that ledger's, and stays.
 */
export function cleanObjects(folder: string, db: ReadDb, now: Date): void {
  const store = inFolder(folder, 'objects');
  if (!fs.existsSync(store)) return;
  const limit = now.getTime() - graceDays * day;
  const backups = inFolder(folder, 'backups');
  const needed = listedIn(backups);
  for (const { object } of contentsIn(db)) needed.add(object);
  const setAside = newestIn(inFolder(folder, 'aside'));
  for (const name of namesIn(store)) {
    if (needed.has(name)) continue;
    const at = fs.statSync(objectPath(store, name)).mtimeMs;
    if (at < limit && at > setAside) isGone(objectPath(store, name));
  }
  dropHalfObjects(store, now.getTime() - day);
}

/**
 * A second name for the same file, or a copy that passes the check; either under a temporary name first, so that what
 * stood there is replaced at one stroke.
 */
function give(from: string, to: string, check: (copy: string) => boolean = () => true): boolean {
  makeFolders(path.dirname(to));
  const temporary = `${to}.tmp`;
  fs.rmSync(temporary, { force: true });
  try {
    if (!link(from, temporary)) {
      fs.copyFileSync(from, temporary);
      const handle = fs.openSync(temporary, 'r+');
      fs.fsyncSync(handle);
      fs.closeSync(handle);
      if (!check(temporary)) return false;
    }
    renameFile(temporary, to);
    return true;
  } finally {
    isGone(temporary);
  }
}

/** Not between two drives, and not on one that knows no second names. */
function link(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** What the copies of a place need, those included that are just being made. */
function listedIn(place: string): Set<string> {
  const lists = fs.existsSync(place) ? fs.readdirSync(place).filter((name) => name.endsWith('.objects')) : [];
  return new Set(lists.flatMap((name) => readList(path.join(place, name))));
}

/** Null where there is no such file. */
function sizeOf(file: string): number | null {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

/** Only what has the form of a name: a list from elsewhere leads nowhere else. */
function readList(file: string): string[] {
  if (!fs.existsSync(file)) return [];
  return fs.readFileSync(file, 'utf8').split('\n').filter(isObjectName);
}

function newestIn(folder: string): number {
  if (!fs.existsSync(folder)) return 0;
  return Math.max(0, ...fs.readdirSync(folder).map((name) => fs.statSync(path.join(folder, name)).mtimeMs));
}
