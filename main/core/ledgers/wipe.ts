import fs from 'node:fs';
import type { Connection } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { objectPath } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';

/**
 * What a deleted row leaves behind: the index of search keeps its words until segments are merged, pages and the
 * write-ahead log keep bytes until they are written over, and an attachment is a file. All of it is encrypted, but a
 * record that was sealed or destroyed must not be readable with the key either.
 *
 * A file of moderate size is wiped at one go (the index merged into one, the file written anew by VACUUM), a large one
 * in idle steps: the index merged a little at a time, then every free page written over.
 */
const mostAtOnce = 128 * 2 ** 20;
const pagesPerStep = 128;
/** Freed pages are overwritten too while this runs. */
const thoroughly = (connection: Connection, work: () => void): void => {
  connection.pragma('secure_delete = ON');
  try {
    work();
  } finally {
    connection.pragma('secure_delete = FAST');
  }
};

export const isWiping = (connection: Connection): boolean =>
  connection.value(sql`select 1 from wipe_task limit 1`) !== undefined;

/** One step; false when nothing was left to do or it has to wait for somebody who still reads. */
export function wipeStep(connection: Connection, folder: string): boolean {
  const tasks = connection.all<{ kind: string; name: string }>(sql`select kind, name from wipe_task`);
  const has = (kind: string) => tasks.some((task) => task.kind === kind);
  if (has('object')) return wipeObjects(connection, folder);
  if (has('file')) return wipeFile(connection);
  if (has('index')) return wipeIndex(connection);
  if (has('pages')) return wipePages(connection);
  if (has('log')) return wipeLog(connection);
  return false;
}

/** As far as it goes without waiting. */
export function wipeNow(connection: Connection, folder: string): void {
  while (!isLarge(connection) && wipeStep(connection, folder));
}

const sizeOf = (connection: Connection) =>
  connection.pragma<number>('page_count') * connection.pragma<number>('page_size');
const isLarge = (connection: Connection) => sizeOf(connection) > mostAtOnce;

function goOn(connection: Connection, from: string, to: readonly string[]): void {
  connection.transaction((db) => {
    db.run(sql`delete from wipe_task where kind = ${from}`);
    for (const kind of to) db.run(sql`insert or ignore into wipe_task (kind, name) values (${kind}, '')`);
  });
}

/** A file that cannot be taken away now (somebody looks at it) keeps its task. */
function wipeObjects(connection: Connection, folder: string): boolean {
  const store = inFolder(folder, 'objects');
  let gone = 0;
  for (const name of connection.column<string>(sql`select name from wipe_task where kind = 'object'`)) {
    const isNeeded = connection.value(sql`select 1 from attachment where object = ${name}`) !== undefined;
    try {
      if (!isNeeded) fs.rmSync(objectPath(store, name), { force: true });
    } catch {
      continue;
    }
    connection.transaction((db) =>
      db.run(sql`delete from wipe_task where kind = 'object' and name = ${name}`),
    );
    gone += 1;
  }
  return gone > 0;
}

function wipeFile(connection: Connection): boolean {
  if (isLarge(connection)) goOn(connection, 'file', ['index', 'pages']);
  else {
    thoroughly(connection, () => {
      connection.transaction((db) => db.run(sql`insert into search (search) values ('optimize')`));
      connection.exec('VACUUM');
    });
    goOn(connection, 'file', ['log']);
  }
  return true;
}

/** Below nought: all segments towards one, which is how what was deleted from them gets lost. */
function wipeIndex(connection: Connection): boolean {
  const total = () => connection.value<number>(sql`select total_changes()`) ?? 0;
  const before = total();
  thoroughly(connection, () =>
    connection.transaction((db) =>
      db.run(sql`insert into search (search, rank) values ('merge', ${-pagesPerStep})`),
    ),
  );
  if (total() - before <= 1) goOn(connection, 'index', []);
  return true;
}

/** Takes every free page, full of zeros, and gives them back. */
function wipePages(connection: Connection): boolean {
  const free = connection.pragma<number>('freelist_count');
  const page = connection.pragma<number>('page_size');
  connection.transaction((db) => {
    db.exec('CREATE TABLE wipe_fill (zeros BLOB NOT NULL) STRICT');
    for (let left = free; left > 0; left -= 1000)
      db.run(sql`insert into wipe_fill (zeros) values (zeroblob(${Math.min(left, 1000) * page}))`);
    db.exec('DROP TABLE wipe_fill');
  });
  goOn(connection, 'pages', ['log']);
  return true;
}

/** The write-ahead log begins anew, which has to wait for whoever reads from it. */
function wipeLog(connection: Connection): boolean {
  const isBusy = connection.pragma<number>('wal_checkpoint(TRUNCATE)') !== 0;
  if (isBusy) return false;
  goOn(connection, 'log', []);
  return true;
}
