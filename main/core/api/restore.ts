import fs from 'node:fs';
import path from 'node:path';
import { appendAudit, lastEntry } from '#core/audit/chain.ts';
import { endsIn, endsWritten } from '#core/audit/given-up.ts';
import { backupName, checkBackup, dropCopy } from '#core/db/backup.ts';
import { type Connection, isDamage, isFull } from '#core/db/connection.ts';
import { keyBeside } from '#core/db/copies.ts';
import { flushFolder, forUserAlone, inFolder, names } from '#core/db/folder.ts';
import { renameFile } from '#core/db/held.ts';
import { takeObjectsIn } from '#core/db/object-copies.ts';
import {
  abandonRestore,
  dropRestoreTraces,
  isCopyName,
  type RestorePlan,
  type RestoreTrace,
  restoreSteps,
  restoreTraces,
} from '#core/db/restore.ts';
import { sql } from '#core/db/sql.ts';
import { decipherText, encipherText } from '#core/security/enciphered-text.ts';
import { ledgerIdsBeside } from '#core/security/identity.ts';
import { type KeyFile, readKeyFile, readKeyFileAt, takeKeyBeside } from '#core/security/key-file.ts';
import { AppError } from '#shared/api/errors.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { ProgramState } from '#shared/api/types.ts';
import { bringUpAccounts, logEnd } from './after-restore.ts';
import type { StoredSession } from './contract.ts';
import { monotonicMs, noRight } from './dispatch.ts';
import type { Vault } from './vault.ts';

/**
 * Who may go back to a copy: whoever maintains a ledger that opens; anybody where it cannot be opened or is not there,
 * for nobody can sign in then and there is no other way back. Throws `busy`, and as `checkMaintainer` does.
 */
export function checkMayRestore(state: ProgramState['state'], session: StoredSession | null): void {
  if (state.is === 'failed' || state.is === 'set-up') return;
  if (session === null) throw new AppError('busy', { method: 'program.restore' });
  checkMaintainer(session);
}

/**
 * What the dispatcher asks of a session, for a gate that takes the ledger away from everybody. Throws `session-locked`,
 * `password-must-change`, `no-right`, `confirm-needed`.
 */
function checkMaintainer(session: StoredSession): void {
  if (session.isLocked) throw new AppError('session-locked', {});
  if (session.mustChange) throw new AppError('password-must-change', {});
  if (!hasRight(session, 'system.maintain')) throw noRight(session, 'system.maintain');
  if (session.confirmedUntil < monotonicMs()) throw new AppError('confirm-needed', {});
}

/**
 * The name under which a copy stands among the folder's own. One that lies elsewhere is taken in first, with the key
 * file beside it; one that cannot be read never stands among them. Throws `file-missing`, `backup-damaged`.
 */
export function takeIn(folder: string, file: string, now: Date, { key, nativeBinding }: Check): string {
  const own = inFolder(folder, 'backups');
  if (!fs.existsSync(file) || !fs.statSync(file).isFile())
    throw new AppError('file-missing', { file: path.basename(file) });
  if (isOwnCopy(folder, file)) return path.basename(file);
  if (fs.statSync(file).size === 0) throw new AppError('backup-damaged', { file: path.basename(file) });
  const contents = key ? checkBackup(file, key, nativeBinding) : null;
  fs.mkdirSync(own, { recursive: true });
  const name = backupName(now, (candidate) => fs.existsSync(path.join(own, candidate)));
  const temporary = path.join(own, `${name}.tmp`);
  try {
    // First, so that what a kill leaves is known by it (`dropHalfCopies`).
    fs.copyFileSync(file, temporary);
    forUserAlone(temporary);
    // Windows keeps the time of the file, by which it would be taken for what a dead program left.
    fs.utimesSync(temporary, now, now);
    for (const keyName of [names.key, names.identity]) {
      const beside = keyBeside(file, keyName);
      if (beside !== file && fs.existsSync(beside))
        fs.copyFileSync(beside, path.join(own, keyBeside(name, keyName)));
    }
    takeObjectsIn(folder, file, name, key && contents ? { key, contents } : null);
    renameFile(temporary, path.join(own, name));
  } catch (error) {
    dropCopy(own, name);
    throw error;
  }
  flushFolder(own);
  return name;
}

/**
 * Throws `backup-foreign` where the copy is of another ledger than the folder's, as far as the files beside both tell: it
 * would take the ledger's place with other people's records, under other passwords.
 */
export function refuseOther(folder: string, file: string): void {
  const theirs = readKeyFileAt(keyBeside(file, names.key));
  const own = ownKeys(folder);
  // Where one of them was exchanged for another ledger's, the other names this one.
  const named = [...(own ? [own.ledgerId] : []), ...ledgerIdsBeside(folder)];
  if (!theirs || named.length === 0 || named.includes(theirs.ledgerId)) return;
  throw new AppError('backup-foreign', {
    file: path.basename(file),
    unit: theirs.unit,
    own: own?.unit ?? '',
  });
}

/** Null where there is none, or it cannot be read. */
function ownKeys(folder: string): KeyFile | null {
  try {
    return readKeyFile(folder);
  } catch {
    return null;
  }
}

/** Whether a copy is of another ledger. */
export function isOther(folder: string, file: string): boolean {
  try {
    refuseOther(folder, file);
    return false;
  } catch {
    return true;
  }
}

/** Whether a file is one of the folder's own copies already. */
export const isOwnCopy = (folder: string, file: string): boolean =>
  path.resolve(path.dirname(file)) === path.resolve(inFolder(folder, 'backups'));

/** A copy is read through where the key is at hand. */
type Check = { key: Uint8Array | null; nativeBinding: string | undefined };
export type RestoreOptions = Check & { folder: string; backup: string; at: string; trace: RestoreTrace };

/** A copy is read through before anything is moved, where the key is at hand. Throws `file-missing`, `backup-damaged`. */
export function checkCopy({ folder, backup, key, nativeBinding }: RestoreOptions): void {
  const file = path.join(inFolder(folder, 'backups'), backup);
  if (!isCopyName(backup) || !fs.existsSync(file)) throw new AppError('file-missing', { file: backup });
  if (key) checkBackup(file, key, nativeBinding);
}

/** Puts the copy in place, or leaves everything as it was; where the folder's own key cannot be read, with the one that was kept with the copy. */
export function restoreCopy({ folder, backup, at, trace }: RestoreOptions): void {
  putInPlace(folder, { backup, aside: asideOf(folder, at), trace });
}

/** A folder of its own, also where the clock shows the same moment twice. */
function asideOf(folder: string, at: string): string {
  const name = at.replace(/[:.]/g, '-');
  const isFree = (one: string) => !fs.existsSync(path.join(inFolder(folder, 'aside'), one));
  for (let turn = 1; ; turn++) {
    const one = turn === 1 ? name : `${name}-${turn}`;
    if (isFree(one)) return one;
  }
}

/** The same with a file that a repair made from the copy, which takes the copy's place. */
export function layRepaired(repaired: { folder: string; backup: string; work: string; at: string }): void {
  const { folder, backup, work, at } = repaired;
  const trace = { at, account: '', backup, last: null, isRepair: true };
  putInPlace(folder, { backup, aside: asideOf(folder, at), trace }, () =>
    renameFile(work, `${inFolder(folder, 'ledger')}.restoring`),
  );
}

function putInPlace(folder: string, plan: RestorePlan, layOther?: () => void): void {
  const [layCopy, mark, ...move] = restoreSteps(folder, plan, takeKeyBeside);
  const lay = layOther ?? layCopy;
  try {
    lay?.();
    mark?.();
  } catch (error) {
    abandonRestore(folder);
    throw isFull(error) ? new AppError('disk-full', { file: folder }, { cause: error }) : error;
  }
  for (const step of move) step();
}

const forTrace = 'restore 1';

/**
 * Who goes back to which copy, and where the log ends that the copy will take the place of. The name of the account stands
 * under the data key until it is in the log: the trace lies beside the ledger until the next sign-in.
 */
export function traceOf(
  { connection, key }: Pick<Vault, 'connection' | 'key'>,
  { at, account, backup, file }: Omit<RestoreTrace, 'last'>,
): RestoreTrace {
  const trace = {
    ...{ at, backup },
    account: account === '' || !key ? '' : encipherText(key, forTrace, account).toString('base64'),
    ...(file === undefined || !key ? {} : { file: encipherText(key, forTrace, file).toString('base64') }),
  };
  try {
    return connection
      ? { ...trace, last: lastEntry(connection), givenUp: endsIn(connection) }
      : { ...trace, last: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { ...trace, last: null };
  }
}

/** The first things in the log of a ledger that went back to a copy: that it did, and what that meant for its accounts. Asked at every opening; whether it was so. */
export function logRestore(
  connection: Connection,
  {
    folder,
    key,
    kit,
    known,
  }: Pick<Parameters<typeof bringUpAccounts>[1], 'folder' | 'key' | 'kit' | 'known'>,
): boolean {
  const traces = restoreTraces(folder);
  if (traces.length === 0) return false;
  connection.transaction((db) => {
    const end = logEnd(db);
    const named = new Set(endsWritten(endsIn(db)));
    for (const { at, account, backup, file, last, givenUp = [], isRepair } of traces) {
      // The program may have died after the entry stood and before the trace was gone.
      if (isRepair || db.value(sql`select 1 from audit_entry where action = ${action} and at = ${at}`))
        continue;
      const when = backup === '' ? kit.at() : at; // of a harmed note the day of its file, which anybody can set
      // What the copy does not say itself
      const before = endsWritten(givenUp).filter((one) => !named.has(one));
      const detail = {
        backup,
        ...(file === undefined ? {} : { chosen: byOf(key, file) }),
        ...(last ? { lastEntry: last.entry, lastHash: last.hash } : {}),
        ...(before.length > 0 ? { givenUp: before } : {}),
      };
      const about = { ledger: null, recordId: null, version: null };
      const by = { account: byOf(key, account), ...kit.place(db) };
      appendAudit(db, when, by, { action, ...about, detail });
    }
    const by = byOf(key, traces.at(-1)?.account ?? '');
    bringUpAccounts(db, { folder, key, kit, known, traces, end, account: by });
  });
  dropRestoreTraces(folder);
  return true;
}

const action = 'program.restore';

const byOf = (key: Uint8Array, account: string): string =>
  decipherText(key, forTrace, Buffer.from(account, 'base64')) ?? '';
