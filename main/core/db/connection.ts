import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '#shared/api/errors.ts';
import { makeForUser } from './folder.ts';
import type { Sql, SqlValue } from './sql.ts';

/** What queries get: it cannot write, by type and by `query_only`. */
export type ReadDb = {
  get<T>(query: Sql): T | undefined;
  all<T>(query: Sql): T[];
  /** The first column of the first row. */
  value<T>(query: Sql): T | undefined;
  /** The first column of every row. */
  column<T>(query: Sql): T[];
  /** Row by row, as far as they can be read. */
  each<T>(query: Sql): IterableIterator<T>;
};

/** What the writer gets, inside a transaction that the dispatcher opened. */
export type WriteDb = ReadDb & {
  /** Rows changed. */
  run(query: Sql): number;
  /** Row id of the inserted row. */
  insert(query: Sql): number;
  exec(text: string): void;
};

export type Connection = WriteDb & {
  readonly file: string;
  pragma<T>(text: string): T;
  /** Runs `work` in one IMMEDIATE transaction; whatever is thrown rolls everything back. Throws `moved`. */
  transaction<T>(work: (db: WriteDb) => T): T;
  /** Runs `work` on one snapshot of the data; an asynchronous `work` reads it up to its first pause. */
  snapshot<T>(work: (db: ReadDb) => T): T;
  readonly inTransaction: boolean;
  close(): void;
};

export type OpenOptions = {
  key: Uint8Array;
  nativeBinding?: string;
  /**
   * `read` shares the file with a writer and refuses writing statements; `look` cannot write at all, so that even
   * closing it leaves file and -wal as they are. Without it the connection writes.
   */
  access?: 'read' | 'look';
  /** Page cache in MiB. */
  cacheMb?: number;
};

export const oldestSqlite = '3.51.3';
const cached = 400;

/**
 * Opens a database file with the cipher and the pragmas of the house. Does not create a file: a missing one is an
 * error, so that the program never starts with a silently empty ledger.
 */
export function connect(file: string, options: OpenOptions & { create?: boolean }): Connection {
  if (options.create) makeForUser(file);
  const db = new Database(file, {
    timeout: 0,
    fileMustExist: !options.create,
    readonly: options.access === 'look',
    ...(options.nativeBinding ? { nativeBinding: options.nativeBinding } : {}),
  });
  try {
    db.pragma("cipher='aegis'");
    const keyed = db as unknown as { key(key: Buffer): number };
    keyed.key(Buffer.from(`raw:${Buffer.from(options.key).toString('hex')}`));
    db.pragma('busy_timeout = 5000');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    // The default spills large sorts in clear text into temporary files.
    db.pragma('temp_store = MEMORY');
    db.pragma(`cache_size = ${-1024 * (options.cacheMb ?? 16)}`);
    db.pragma('synchronous = FULL');
    // What is deleted or overwritten inside a page leaves nothing behind there; pages given up whole see ledgers/wipe.ts.
    db.pragma('secure_delete = FAST');
    // The words of the search index, for its check: a table of the connection, made while it may still make one.
    if (options.access !== 'look')
      db.exec("create virtual table temp.search_term using fts5vocab (main, 'search', 'instance')");
    if (options.access) db.pragma('query_only = ON');
    return wrap(db, file);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A database of this process's memory, which is gone when it is closed; nothing of it reaches a disk. */
export function connectMemory(nativeBinding: string | undefined): Connection {
  const db = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
  db.pragma('temp_store = MEMORY');
  return wrap(db, ':memory:');
}

function wrap(db: Database.Database, file: string): Connection {
  const statements = new Map<string, Database.Statement>();
  const opened = fileAt(file);

  /** `plucked`: rows are their first column. Such a statement is another one: the driver keeps it with the statement. */
  function prepare(text: string, plucked = false): Database.Statement {
    const name = plucked ? `${text}\n` : text;
    const known = statements.get(name);
    if (known) return known;
    if (statements.size >= cached) {
      const oldest = statements.keys().next().value;
      if (oldest !== undefined) statements.delete(oldest);
    }
    const statement = db.prepare(text);
    if (plucked) statement.pluck();
    statements.set(name, statement);
    return statement;
  }

  const values = (query: Sql) => query.values as SqlValue[];

  const writeDb: WriteDb = {
    get: <T>(query: Sql) => prepare(query.text).get(...values(query)) as T | undefined,
    all: <T>(query: Sql) => prepare(query.text).all(...values(query)) as T[],
    value: <T>(query: Sql) => prepare(query.text, true).get(...values(query)) as T | undefined,
    column: <T>(query: Sql) => prepare(query.text, true).all(...values(query)) as T[],
    each: <T>(query: Sql) => prepare(query.text).iterate(...values(query)) as IterableIterator<T>,
    run: (query) => prepare(query.text).run(...values(query)).changes,
    insert: (query) => Number(prepare(query.text).run(...values(query)).lastInsertRowid),
    exec: (text) => {
      db.exec(text);
    },
  };

  return {
    ...writeDb,
    file,
    pragma: <T>(text: string) => db.pragma(text, { simple: true }) as T,
    transaction: (work) => {
      // A file that was moved or deleted under the program takes every write, and is not where anybody looks for it.
      if (opened !== null && fileAt(file) !== opened)
        throw new AppError('moved', { folder: path.dirname(file) });
      return db.transaction(() => work(writeDb)).immediate();
    },
    snapshot: (work) => {
      db.exec('BEGIN');
      try {
        return work(writeDb);
      } finally {
        db.exec('COMMIT');
      }
    },
    get inTransaction() {
      return db.inTransaction;
    },
    close: () => {
      statements.clear();
      db.close();
    },
  };
}

/** Which file stands at the path now, whatever is open; null where there is none. */
function fileAt(file: string): string | null {
  const found = fs.statSync(file, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : null;
}

/** Whether the driver's SQLite is free of the WAL reset fault (fixed in 3.51.3). */
export function isNewEnough(version: string): boolean {
  const parts = version.split('.').map(Number);
  const least = oldestSqlite.split('.').map(Number);
  for (let index = 0; index < 3; index++) {
    const difference = (parts[index] ?? 0) - (least[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** SQLITE_NOTADB, SQLITE_CORRUPT and the like: the file itself is at fault. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  return typeof code === 'string' && /^SQLITE_(NOTADB|CORRUPT|FORMAT|IOERR_SHORT_READ)/.test(code);
}

export function isFull(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  return (
    code === 'SQLITE_FULL' ||
    code === 'SQLITE_IOERR_SHMSIZE' || // no room for the index of the -wal
    code === 'ENOSPC' ||
    code === 'EDQUOT'
  );
}

export function isReadOnly(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  return (
    code === 'EROFS' ||
    code === 'EACCES' ||
    (typeof code === 'string' && /^SQLITE_(READONLY|PERM)/.test(code))
  );
}

export function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  return typeof code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(code);
}
