import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '#shared/api/errors.ts';
import type { Backup, BackupMade } from '#shared/api/types.ts';
import { dayInChina, minuteInChina } from '#shared/domain/day.ts';
import { copiesKept } from '#shared/domain/keeping-copies.ts';
import { type Connection, connect, isDamage, isFull, isReadOnly } from './connection.ts';
import { instantOf, keyBeside, listCopies } from './copies.ts';
import { damaged, markDamaged } from './damage.ts';
import { forUserAlone, inFolder, makeFolders, makeForUser, names, writeDurably } from './folder.ts';
import { isGone, isHeld, renameFile } from './held.ts';
import {
  contentsIn,
  copyObjects,
  dropCopiedObjects,
  dropHalfObjects,
  listBeside,
  type StoredContent,
} from './object-copies.ts';
import { applicationId } from './open.ts';
import { dropOldAside } from './set-aside.ts';
import { sql } from './sql.ts';

const day = 86_400_000;
/** What a copy and the files beside it are called until they are whole. */
const halfCopy = /^ledger-(\d{8}|\d{4}-\d{2}-\d{2})-\d{6}(-\d+)?\.(db|key|id|objects)\.tmp$/;
/**
 * Name of a copy made now; a further one in the same second gets a number above all of that second, also where an
 * earlier one has been given up meanwhile: the newest must not look older than what it follows.
 */
export function backupName(now: Date, taken: (name: string) => boolean): string {
  const [on = '', minute = ''] = minuteInChina(now.getTime()).split(' ');
  const second = String(now.getUTCSeconds()).padStart(2, '0');
  const stem = `ledger-${on}-${minute.replace(':', '')}${second}`;
  const nameOf = (turn: number) => (turn === 1 ? `${stem}.db` : `${stem}-${turn}.db`);
  let last = 0;
  for (let turn = 1; turn < 100 || taken(nameOf(turn)); turn++) if (taken(nameOf(turn))) last = turn;
  return nameOf(last + 1);
}

/**
 * Copies the ledger while it is in use: `VACUUM INTO` under a temporary name, a full check of the copy, then the name
 * it keeps. The key file goes with it, so that the copy can be opened on another machine with a password of that day,
 * and the objects of attachments that the place does not have yet: a copy that has its name has all it needs beside it.
 */
export function makeBackup(
  source: Connection,
  from: string,
  to: string,
  key: Uint8Array,
  nativeBinding: string | undefined,
  now: Date,
): BackupMade {
  const name = backupName(now, (candidate) => fs.existsSync(path.join(to, candidate)));
  try {
    return layDown({
      name,
      to,
      key,
      nativeBinding,
      objects: inFolder(from, 'objects'),
      besides: [names.key, names.identity].map((beside) => [
        path.join(from, beside),
        keyBeside(name, beside),
      ]),
      write: (temporary) => source.exec(`VACUUM INTO '${temporary.replaceAll("'", "''")}'`),
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
    markDamaged(from);
    throw damaged(from, error);
  }
}

/** The same copy in another place, read through there: a disk that takes bytes need not give them back. */
export function copyBackup(
  name: string,
  from: string,
  to: string,
  key: Uint8Array,
  nativeBinding: string | undefined,
): BackupMade {
  const besides = [keyBeside(name, names.key), keyBeside(name, names.identity)];
  return layDown({
    name,
    to,
    key,
    nativeBinding,
    objects: path.join(from, names.objects),
    besides: besides.map((beside) => [path.join(from, beside), beside]),
    write: (temporary) => fs.copyFileSync(path.join(from, name), temporary),
  });
}

type Laying = {
  name: string;
  to: string;
  key: Uint8Array;
  nativeBinding: string | undefined;
  /** Where the objects come from. */
  objects: string;
  /** Small files that go beside the copy: from where, under which name. */
  besides: string[][];
  write(temporary: string): void;
};

/** A copy with all that belongs to it: its own name comes last, once it has been read through. */
function layDown({ name, to, key, nativeBinding, objects, besides, write }: Laying): BackupMade {
  const file = path.join(to, name);
  const temporary = `${file}.tmp`;
  let lost = 0;
  try {
    makeFolders(to);
    dropHalfCopies(to, Date.parse(instantOf(name)) - day);
    fs.rmSync(temporary, { force: true });
    makeForUser(temporary);
    write(temporary);
    forUserAlone(temporary);
    const contents = checkBackup(temporary, key, nativeBinding);
    // The list goes before what it names: another copy that ends meanwhile must not clean that away.
    writeDurably(path.join(to, listBeside(name)), contents.map(({ object }) => `${object}\n`).join(''));
    lost = copyObjects(objects, path.join(to, names.objects), key, contents);
    for (const [at = '', beside = ''] of besides)
      if (fs.existsSync(at)) writeDurably(path.join(to, beside), fs.readFileSync(at));
    const handle = fs.openSync(temporary, 'r+');
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    renameFile(temporary, file);
  } catch (error) {
    if (isUnusable(error) && !isHeld(error))
      throw new AppError('file-unwritable', { file: to }, { cause: error });
    isGone(temporary);
    // Objects too: on a full disk each refused try would leave what it had copied so far.
    if (!fs.existsSync(file) && fs.existsSync(to)) dropCopy(to, name);
    throw isFull(error) ? new AppError('disk-full', { file }, { cause: error }) : error;
  }
  return { name, file, madeAt: instantOf(name), bytes: fs.statSync(file).size, lost };
}

/** The folder for the copy cannot be made, is a file, or may not be written. */
function isUnusable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return (
    isReadOnly(error) || code === 'EEXIST' || code === 'ENOTDIR' || code === 'EPERM' || code === 'ENOENT'
  );
}

/** Opens the copy with its key and reads all of it; says which objects it needs. Throws `backup-damaged`. */
export function checkBackup(
  file: string,
  key: Uint8Array,
  nativeBinding: string | undefined,
): StoredContent[] {
  let copy: Connection | undefined;
  try {
    copy = connect(file, { key, access: 'read', ...(nativeBinding ? { nativeBinding } : {}) });
    const found = copy.pragma<string>('integrity_check(1)');
    if (found !== 'ok' || copy.pragma<number>('application_id') !== applicationId) throw new Error(found);
    copy.value<number>(sql`select count(*) from setting`);
    return contentsIn(copy);
  } catch (error) {
    throw new AppError('backup-damaged', { file: path.basename(file) }, { cause: error });
  } finally {
    copy?.close();
  }
}

/** Of what a disk would have free without copies, they take up at most so much. */
const shareOfDisk = 0.5;

const rolling: readonly [number, (copy: Backup) => string][] = [
  [copiesKept.days, (copy) => copy.madeAt.slice(0, 10)],
  [copiesKept.weeks, (copy) => String(Math.floor(Date.parse(copy.madeAt) / (7 * day)))],
  [copiesKept.months, (copy) => copy.madeAt.slice(0, 7)],
];

/** The two newest, 7 daily, 4 weekly, 12 monthly. */
function rollingOf(copies: readonly Backup[]): Backup[] {
  const keep = new Set(copies.slice(0, 2));
  for (const [most, period] of rolling) {
    const seen = new Set<string>();
    for (const copy of copies) {
      if (seen.size >= most && !seen.has(period(copy))) continue;
      if (!seen.has(period(copy))) keep.add(copy);
      seen.add(period(copy));
    }
  }
  return copies.filter((copy) => keep.has(copy));
}

/**
 * The day on which each copy will have been given up, by its name, where a copy is made every day from now on; earlier where
 * the disk gets full, later where fewer are made. Null for one that stays beyond what is looked ahead.
 */
export function rotatesOutOn(copies: readonly Backup[], now: string): Map<string, string | null> {
  const goes = new Map<string, string | null>(copies.map(({ name }) => [name, null]));
  let kept = copies.filter(({ madeAt }) => madeAt <= now);
  for (let ahead = 1; ahead <= mostAhead && kept.some(({ name }) => goes.has(name)); ahead += 1) {
    const madeAt = new Date(Date.parse(now) + ahead * day).toISOString();
    const next = rollingOf([{ name: madeAt, madeAt, bytes: 0 }, ...kept]);
    for (const { name } of kept)
      if (goes.has(name) && !next.some((one) => one.name === name))
        goes.set(name, dayInChina(Date.parse(madeAt)));
    kept = next;
  }
  return goes;
}
/** Longer than the twelve months for which a monthly copy is kept. */
const mostAhead = 500;

/**
 * Which copies to give up: 7 daily, 4 weekly, 12 monthly are kept, of these the oldest go where they take up more than
 * their share of the disk (`freeBytes`: what is free beside the copies); the two newest always stay. Copies with a time
 * that is still to come are counted by themselves: beside those of the right clock, what is made under one that was set
 * back by years would be the oldest, and given up as soon as it is made.
 */
export function surplus(
  copies: readonly Backup[],
  freeBytes = Number.POSITIVE_INFINITY,
  now = '9999',
): Backup[] {
  const past = copies.filter(({ madeAt }) => madeAt <= now);
  const ahead = copies.filter(({ madeAt }) => madeAt > now);
  const kept = [...rollingOf(ahead), ...rollingOf(past)];
  const fast = new Set([...past, ...ahead].slice(0, 2));
  const sum = (some: readonly Backup[]) => some.reduce((bytes, copy) => bytes + copy.bytes, 0);
  const most = shareOfDisk * (freeBytes + sum(copies));
  while (sum(kept) > most) {
    const oldest = kept.findLastIndex((copy) => !fast.has(copy));
    if (oldest < 0) break;
    kept.splice(oldest, 1);
  }
  return copies.filter((copy) => !kept.includes(copy));
}

export function dropSurplus(folder: string, now: string): void {
  dropSurplusIn(inFolder(folder, 'backups'), now);
  dropOldAside(folder, now);
}

export function dropSurplusIn(place: string, now: string): void {
  const copies = listCopies(place);
  if (copies.length === 0) return;
  const disk = fs.statfsSync(place);
  const given = surplus(copies, Number(disk.bavail) * Number(disk.bsize), now);
  // One that is held is a copy still, with all that is its own, and is given up the next time.
  for (const { name } of given) if (isGone(path.join(place, name))) dropBeside(place, name);
  dropOrphans(place);
  if (given.length > 0) dropCopiedObjects(place);
}

/** What was held when its copy went. */
function dropOrphans(place: string): void {
  const all = new Set(fs.readdirSync(place));
  for (const name of all) {
    const copy = `${/^(ledger-\d{8}-\d{6}(-\d+)?)\.(key|id|objects)$/.exec(name)?.[1] ?? ''}.db`;
    // One that is being made has its small files first.
    if (copy !== '.db' && !all.has(copy) && !all.has(`${copy}.tmp`)) isGone(path.join(place, name));
  }
}

function dropBeside(place: string, name: string): void {
  for (const one of [keyBeside(name, names.key), keyBeside(name, names.identity), listBeside(name)])
    isGone(path.join(place, one));
}

/** A copy with all that is its own. Throws `file-held` where something of it stays. */
export function dropCopy(place: string, name: string): void {
  const isAll = dropFiles(place, name);
  dropCopiedObjects(place);
  if (!isAll) throw new AppError('file-held', { file: name });
}

/** What is begun goes last: by it the rest is known. False where something is held, and goes the next time. */
function dropFiles(place: string, name: string): boolean {
  const beside = [keyBeside(name, names.key), keyBeside(name, names.identity), listBeside(name)];
  const kept = [name, ...beside].filter((one) => !isGone(path.join(place, one)));
  return kept.length === 0 && isGone(path.join(place, `${name}.tmp`));
}

/**
 * What a program that died while it made a copy left: as large as the ledger, and of no use. In a place that others may be
 * writing to, only what nobody has written to since `before`.
 */
export function dropHalfCopies(place: string, before = Number.POSITIVE_INFINITY): void {
  if (!fs.statSync(place, { throwIfNoEntry: false })?.isDirectory()) return;
  const half = fs
    .readdirSync(place)
    .filter((name) => halfCopy.test(name) && fs.statSync(path.join(place, name)).mtimeMs < before);
  for (const name of half) {
    const copy = `${name.slice(0, name.indexOf('.'))}.db`;
    const isRest = fs.existsSync(path.join(place, copy)) || dropFiles(place, copy);
    if (isRest) isGone(path.join(place, name));
  }
  if (half.length > 0) dropHalfObjects(path.join(place, names.objects), before);
  if (half.length > 0) dropCopiedObjects(place);
}
