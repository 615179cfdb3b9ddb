import { createHash, hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { flushFolder } from '#core/db/folder.ts';
import { isGone, renameFile } from '#core/db/held.ts';
import { type GrantUse, grantPrefix } from '#shared/api/envelope.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Files, Outcome, Writing } from './context.ts';
import { hasLeft, type Leaves } from './leaving.ts';

const absent = new Set(['ENOENT', 'ENOTDIR']);
const usualMode = 0o666;
/** No file has it. */
const unknownYet = 'unknown';
const full = new Set(['ENOSPC', 'EDQUOT']);
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? '';

/** What a file could not be read for, in the words of the program; a failure that has them already stays as it is. */
export function fileFailure(error: unknown, at: string): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === '') return error;
  return new AppError(
    absent.has(code) ? 'file-missing' : 'file-unreadable',
    { file: path.basename(at) },
    { cause: error },
  );
}

/** A file in the same folder, called like the one that was named and what it is. */
function besideOf(at: string, what: string): string {
  const { dir, name, ext } = path.parse(at);
  return path.join(dir, `${name} ${what.replace(/[\\/:*?"<>|]/g, '')}${ext}`);
}

/** Throws `file-inside` for a file in the folder of the ledger: it would take the place of the ledger, or lie there in clear. */
export function checkOutside(folder: string, at: string): void {
  let beside = path.dirname(path.resolve(at));
  while (!fs.existsSync(beside) && path.dirname(beside) !== beside) beside = path.dirname(beside);
  if (!fs.existsSync(folder) || !fs.existsSync(beside)) return;
  const own = fs.realpathSync(folder);
  const within = fs.realpathSync(beside);
  if (within === own || within.startsWith(own + path.sep))
    throw new AppError('file-inside', { file: path.basename(at) });
}

/**
 * Files by the tokens of this call only, none in `folder`, where the ledger is; `leaves` is told of each before it is
 * written, where the log will name it. `marked` says in what is written whole that it comes from a demonstration.
 */
export function createFiles(
  folder: string,
  grants: Readonly<Record<string, string>>,
  { whenDone, whenUndone }: Outcome,
  leaves: Leaves = () => ({ over: () => undefined, becomes: () => undefined }),
  marked: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Files {
  // A script in a page could give the file that its user opened where one is to be written, and the other way round.
  const find = (grant: string, use: GrantUse = 'open'): string => {
    const isOther = grant.startsWith(grantPrefix[use === 'open' ? 'save' : 'open']);
    const at = !isOther && Object.hasOwn(grants, grant) ? grants[grant] : undefined;
    if (at === undefined) throw new AppError('grant-unknown', {});
    return at;
  };
  return {
    path: (grant) => find(grant),
    leaves(at) {
      const { over } = leaves({ at, temporary: null, digest: null });
      whenDone(over);
      return over;
    },
    read(grant, limitMb) {
      const at = find(grant);
      const file = path.basename(at);
      try {
        if (fs.statSync(at).size > limitMb * 2 ** 20) throw new AppError('file-too-large', { file, limitMb });
        return fs.readFileSync(at);
      } catch (error) {
        throw fileFailure(error, at);
      }
    },
    begin: (grant, { overwrite }) => begin(find(grant, 'save'), overwrite, null),
    write(grant, given, { overwrite, beside }) {
      const bytes = marked(given);
      const at = beside === undefined ? find(grant, 'save') : besideOf(find(grant, 'save'), beside);
      return begin(at, overwrite, hash('sha256', bytes)).end(bytes);
    },
  };

  /** A file under its temporary name; `digest` where it is known what it will be. */
  function begin(at: string, overwrite: boolean, digest: string | null): Writing {
    const file = path.basename(at);
    checkOutside(folder, at);
    if (!overwrite && fs.existsSync(at)) throw new AppError('file-exists', { file });
    // Renaming over a device or a folder would put a file in its place.
    if (fs.existsSync(at) && !fs.statSync(at).isFile()) throw new AppError('file-unwritable', { file });
    const isNew = !fs.existsSync(at);
    const leaving = { at, temporary: `${at}.${process.pid}.tmp`, digest: digest ?? unknownYet };
    const { over, becomes } = leaves(leaving);
    const hashed = createHash('sha256');
    let handle: number | null = null;
    let isWritten = false;
    // What the log could not be told of does not stay, nor does half of it, which takes the room that is missing. One that
    // was to be replaced is gone, and this one is whole: the next opening tells the log of it, as of what is held now.
    const takeBack = () => {
      if (handle !== null) fs.closeSync(handle);
      handle = null;
      isGone(leaving.temporary);
      if (isWritten && isNew) fs.rmSync(at, { force: true });
      if (hasLeft(leaving) === 'absent') over();
    };
    const orTakeBack = <T>(work: () => T): T => {
      try {
        return work();
      } catch (error) {
        takeBack();
        const why = full.has(codeOf(error)) ? 'disk-full' : 'file-unwritable';
        throw new AppError(why, { file }, { cause: error });
      }
    };
    const add = (open: number, bytes: Uint8Array) => {
      fs.writeFileSync(open, bytes);
      hashed.update(bytes);
    };
    whenUndone(takeBack);
    const open = orTakeBack(() => fs.openSync(leaving.temporary, 'w', usualMode));
    handle = open;
    return {
      add: (bytes) => orTakeBack(() => add(open, bytes)),
      digest: () => hashed.copy().digest('hex'),
      end: (bytes) =>
        orTakeBack(() => {
          add(open, bytes);
          fs.fsyncSync(open);
          handle = null;
          fs.closeSync(open);
          leaving.digest = hashed.digest('hex');
          if (digest === null) becomes(leaving.digest);
          renameFile(leaving.temporary, at);
          isWritten = true;
          flushFolder(path.dirname(at));
          whenDone(over);
          return at;
        }),
    };
  }
}
