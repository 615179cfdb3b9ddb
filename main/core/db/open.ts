import fs from 'node:fs';
import { AppError } from '#shared/api/errors.ts';
import {
  type Connection,
  connect,
  isDamage,
  isFull,
  isNewEnough,
  isReadOnly,
  oldestSqlite,
} from './connection.ts';
import { clearDamageMark, damaged, isMarkedDamaged } from './damage.ts';
import { checkRoom, inFolder } from './folder.ts';
import { migrate, migrations, newestOf } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { sql } from './sql.ts';

/** 'JLDG': marks a file as ours. */
export const applicationId = 0x4a4c4447;

export type OpenLedger = {
  folder: string;
  key: Uint8Array;
  nativeBinding?: string | undefined;
  /** Version of the program, for the sentence that refuses a newer file. */
  program: string;
  /** Called before an older file is migrated; makes a verified backup and answers with what gives it up again. */
  beforeMigration: (connection: Connection) => () => void;
  migrations?: readonly Migration[];
};

/** Makes the ledger file of a new folder, with the whole schema, in one transaction. */
export function createLedgerFile(
  options: Omit<OpenLedger, 'beforeMigration'> & { suffix: string },
  fill: (connection: Connection) => void,
): Connection {
  const file = inFolder(options.folder, 'ledger') + options.suffix;
  for (const end of ['', '-wal', '-shm']) fs.rmSync(file + end, { force: true });
  const connection = connectTo(file, options, true);
  try {
    connection.pragma('journal_mode = WAL');
    connection.transaction((db) => {
      db.exec(`PRAGMA application_id = ${applicationId}`);
      migrate(db, 0, options.migrations ?? migrations);
      fill(connection);
    });
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function connectTo(file: string, options: Omit<OpenLedger, 'beforeMigration'>, create: boolean): Connection {
  return connect(file, {
    key: options.key,
    create,
    ...(options.nativeBinding ? { nativeBinding: options.nativeBinding } : {}),
  });
}

/**
 * Opens the writing connection in the order of the house; each failure has a name (architecture §5). What is to be
 * refused is found through a handle that cannot write: the close of a writing one would carry the -wal into the file,
 * and a file that is damaged or newer must stay as it is found.
 */
export function openLedgerFile(options: OpenLedger): Connection {
  const file = inFolder(options.folder, 'ledger');
  let connection: Connection | undefined;
  try {
    rollBackLeft(file, options);
    const version = inspect(file, options);
    connection = connectTo(file, options, false);
    prepare(connection, options, version);
    return connection;
  } catch (error) {
    connection?.close();
    if (isDamage(error)) throw damaged(options.folder, error);
    if (isReadOnly(error)) throw new AppError('read-only', { folder: options.folder }, { cause: error });
    throw error;
  }
}

/**
 * A copy put back comes without a -wal and is given one at its first opening; a program killed at that moment leaves a
 * rollback journal, which a handle that cannot write can neither undo nor pass over.
 */
function rollBackLeft(file: string, options: OpenLedger): void {
  if (!fs.existsSync(`${file}-journal`)) return;
  const connection = connectTo(file, options, false);
  try {
    connection.pragma('user_version');
  } finally {
    connection.close();
  }
}

/** Looks at the file without a way to change it. Returns its schema version. */
function inspect(file: string, options: OpenLedger): number {
  // SQLite takes an empty file for a new database.
  if (fs.statSync(file).size === 0) throw damaged(options.folder, new Error('empty file'));
  const { key, nativeBinding, folder, program } = options;
  const look = connect(file, { key, access: 'look', ...(nativeBinding ? { nativeBinding } : {}) });
  try {
    const sqlite = look.value<string>(sql`select sqlite_version()`) ?? '';
    if (!isNewEnough(sqlite)) throw new AppError('driver-too-old', { found: sqlite, needed: oldestSqlite });
    // The first real read: "not a database" after a good key means damage, never a wrong password.
    const application = look.pragma<number>('application_id');
    if (application !== applicationId) throw new AppError('ledger-foreign', { file });
    const isCutOff = fs.statSync(file).size % look.pragma<number>('page_size') !== 0;
    if (isCutOff || isUnclean(file) || isMarkedDamaged(folder)) {
      const found = look.pragma<string>('integrity_check(1)');
      if (found !== 'ok') throw damaged(folder, new Error(found));
      clearDamageMark(folder);
    }
    const version = look.pragma<number>('user_version');
    const known = newestOf(options.migrations ?? migrations);
    if (version > known) throw new AppError('newer', { found: version, known, program });
    return version;
  } finally {
    look.close();
  }
}

/** The last program that wrote here did not come to its end. */
function isUnclean(file: string): boolean {
  const wal = `${file}-wal`;
  return fs.existsSync(wal) && fs.statSync(wal).size > 0;
}

/**
 * Pages. A helper carries the log over long before (api/checkpoints.ts); where none can, a commit does it, as after a
 * transaction that is as large.
 */
const mostInLog = 16_000;

function prepare(connection: Connection, options: OpenLedger, version: number): void {
  const mode = connection.pragma<string>('journal_mode = WAL');
  if (mode !== 'wal') throw new AppError('not-local', { folder: options.folder });
  connection.pragma(`wal_autocheckpoint = ${mostInLog}`);
  const steps = options.migrations ?? migrations;
  if (version >= newestOf(steps)) return;
  if (version > 0) checkRoom(options.folder);
  const giveUpCopy = version > 0 ? options.beforeMigration(connection) : () => undefined;
  try {
    connection.transaction((db) => migrate(db, version, steps));
  } catch (error) {
    // Nothing was changed, and the copy takes the room that the next try needs.
    if (isFull(error)) giveUpCopy();
    // A full disk or damage has its own name; anything else is a step that does not fit this ledger.
    if (isDamage(error) || isFull(error) || isReadOnly(error)) throw error;
    throw new AppError('upgrade-failed', { found: version, known: newestOf(steps) }, { cause: error });
  }
}

/**
 * MiB. What the reader keeps it need not decipher again: between two saves, which empty it, a search or a page that was
 * on 16 MiB's edge costs what it costs without cipher.
 */
export const readerCacheMb = 64;

/** The reading connection, once the writer has opened and prepared the file. */
export function openReader(folder: string, key: Uint8Array, nativeBinding: string | undefined): Connection {
  return connect(inFolder(folder, 'ledger'), {
    key,
    access: 'read',
    cacheMb: readerCacheMb,
    ...(nativeBinding ? { nativeBinding } : {}),
  });
}
