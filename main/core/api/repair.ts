import fs from 'node:fs';
import { appendAudit, type ChainEntry, takeEntries } from '#core/audit/chain.ts';
import { checkBackup } from '#core/db/backup.ts';
import { type Connection, connect, type ReadDb, type WriteDb } from '#core/db/connection.ts';
import { fileOfCopy, listAllBackups } from '#core/db/copies.ts';
import { forUserAlone, inFolder } from '#core/db/folder.ts';
import { migrate, newestOf } from '#core/db/migrations/all.ts';
import type { Migration } from '#core/db/migrations/migration.ts';
import { sql } from '#core/db/sql.ts';
import { besideTables, takeBeside } from '#core/ledgers/salvage-beside.ts';
import { attempt, readableRows } from '#core/ledgers/salvage-read.ts';
import { isSameLine, salvageRecords } from '#core/ledgers/salvage-records.ts';
import { takeRecords } from '#core/ledgers/store.ts';
import { stripAgain } from '#core/ledgers/strip.ts';
import { freeUnsealed } from '#core/sealing/again.ts';
import { accountNamed } from '#core/security/accounts.ts';
import type { ListedBackup, RepairCounts, RepairReport } from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Kit } from './context.ts';
import { freshenDerivations } from './derivations.ts';
import { takeIn } from './restore.ts';
import { createWriteContext } from './write-context.ts';

/**
 * A damaged ledger from the newest sound copy and whatever can still be read in the damaged file. The work is done on a
 * file of its own, from a copy; the damaged file is only read, and goes aside afterwards as in every restore. A repair
 * that is cut short has changed nothing.
 */
export type RepairOptions = {
  kit: Kit;
  folder: string;
  key: Uint8Array;
  migrations: readonly Migration[];
  /** Who repairs, by the password that was typed. */
  account: string;
  newId: () => string;
  told(done: number, total: number): void;
};

export type Repaired = { backup: string; work: string; counts: RepairCounts };

const nativeOf = (kit: Kit) => (kit.env.nativeBinding ? { nativeBinding: kit.env.nativeBinding } : {});

/** Makes the repaired file beside the ledger. Throws `repair-no-copy`. */
export function repairLedger(options: RepairOptions): Repaired {
  const { kit, folder, key } = options;
  const damaged = openDamaged(options);
  try {
    const found = newestSound(options, damaged);
    const file = fileOfCopy(folder, found);
    const check = { key, nativeBinding: kit.env.nativeBinding };
    const backup = found.place === 'own' ? found.name : takeIn(folder, file, kit.env.now(), check);
    const work = `${inFolder(folder, 'ledger')}.repairing`;
    clearWork(work);
    fs.copyFileSync(file, work);
    forUserAlone(work);
    const connection = connect(work, { key, ...nativeOf(kit) });
    try {
      const version = connection.pragma<number>('user_version');
      connection.transaction((db) => migrate(db, version, options.migrations));
      freshenDerivations(connection, kit);
      const counts = connection.transaction((db) => bringIn(options, damaged, connection, db, found));
      return { backup, work, counts };
    } finally {
      connection.close();
    }
  } catch (error) {
    clearWork(`${inFolder(folder, 'ledger')}.repairing`);
    throw error;
  } finally {
    damaged?.close();
  }
}

function clearWork(work: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) fs.rmSync(work + end, { force: true });
}

/** Null where nothing of it can be read: its first page is gone. */
function openDamaged({ kit, folder, key }: RepairOptions): Connection | null {
  const file = inFolder(folder, 'ledger');
  if (!fs.existsSync(file) || fs.statSync(file).size === 0) return null;
  const damaged = attempt(() => connect(file, { key, access: 'look', ...nativeOf(kit) }));
  if (!damaged) return null;
  if (attempt(() => damaged.value(sql`select count(*) from sqlite_schema`)) !== null) return damaged;
  damaged.close();
  return null;
}

/** The newest copy that can be read through and that the damaged ledger goes on from. */
function newestSound(options: RepairOptions, damaged: Connection | null): ListedBackup {
  const { kit, folder, key, migrations } = options;
  for (const copy of listAllBackups(folder)) {
    const file = fileOfCopy(folder, copy);
    try {
      checkBackup(file, key, kit.env.nativeBinding);
    } catch (error) {
      if (error instanceof AppError && error.code === 'backup-damaged') continue;
      throw error;
    }
    const look = connect(file, { key, access: 'look', ...nativeOf(kit) });
    try {
      if (look.pragma<number>('user_version') > newestOf(migrations)) continue;
      if (!damaged || isSameLine(damaged, look, lastCommit(look))) return copy;
    } finally {
      look.close();
    }
  }
  throw new AppError('repair-no-copy', { folder });
}

const lastCommit = (db: ReadDb) => db.value<number | null>(sql`select max(number) from commit_entry`) ?? 0;

function bringIn(
  options: RepairOptions,
  damaged: Connection | null,
  copy: ReadDb,
  db: WriteDb,
  from: ListedBackup,
): RepairCounts {
  const { kit, account } = options;
  const report: RepairReport = {
    copy: from.name,
    copyAt: from.madeAt,
    isReadable: damaged !== null,
    found: [],
    beside: { rows: 0, tables: [], unread: [] },
    log: { taken: 0, lost: 0 },
  };
  kit.renewLists(db);
  const before = {
    commit: lastCommit(copy),
    entries: copy.value<number | null>(sql`select max(seq) from audit_entry`) ?? 0,
  };
  if (damaged) {
    const records = kit.registry.all.flatMap(({ table, children }) => [
      table,
      ...Object.values(children).map((child) => child.table),
    ]);
    // Read before anything is brought in: what is newer than the copy is asked of the copy.
    const { told } = options;
    const { take, found } = salvageRecords(damaged, copy, kit.registry, {
      commit: before.commit,
      told,
    });
    const tables = besideTables(db, records).filter((table) => table !== 'attachment');
    const beside = takeBeside(damaged, db, ['commit_entry', ...tables]);
    report.log = takeLog(damaged, db, before.entries);
    const accountId = accountOf(db, account);
    const session = { accountId, account } as Parameters<typeof createWriteContext>[2];
    const context = createWriteContext(kit, db, session, 'program.repair', options.newId);
    takeRecords(context, take);
    // An attachment belongs to a record: one whose record is lost would belong to nothing.
    const attached = takeBeside(damaged, db, ['attachment'], ({ record_id: recordId }) =>
      isKnownRecord(db, String(recordId)),
    );
    freeUnsealed(db, kit.registry);
    stripAgain(context);
    report.beside = {
      rows: beside.rows + attached.rows,
      tables: [...beside.tables, ...attached.tables],
      unread: [...new Set([...beside.unread, ...attached.unread])],
    };
    report.found = found;
  }
  const at = kit.at();
  const counts = countsOf(report);
  db.run(sql`insert into repair_report (at, account, copy, content)
    values (${at}, ${account}, ${from.name}, ${JSON.stringify(report)})`);
  const { saved, lost, beside } = counts;
  const detail = { file: from.name, records: saved, lost, rows: beside };
  appendAudit(
    db,
    at,
    { account, ...kit.place(db) },
    { action: 'program.repair', ledger: null, recordId: null, version: null, detail },
  );
  return counts;
}

const isKnownRecord = (db: ReadDb, recordId: string): boolean =>
  db.value(sql`select 1 from record_version where record_id = ${recordId} limit 1`) !== undefined;

function accountOf(db: ReadDb, name: string): string {
  const own = accountNamed(db, name)?.id;
  return own ?? db.value<string>(sql`select id from account order by seq limit 1`) ?? '';
}

/**
 * Entries of the log that follow on those of the copy, as far as none is missing. Of an end that cannot be read at all at
 * least one entry is lost; how many, nothing tells.
 */
function takeLog(damaged: ReadDb, db: WriteDb, after: number): RepairReport['log'] {
  const entries: ChainEntry[] = [];
  const { unread, certain } = readableRows(damaged, 'audit_entry', after, (row) => {
    if (Number(row.seq) > after)
      entries.push({ installation: null, machine: null, ...row } as unknown as ChainEntry);
  });
  const taken = takeEntries(db, entries);
  const last = Math.max(certain, entries.at(-1)?.seq ?? after);
  const gone = unread.filter((seq) => seq > after && seq <= last).length;
  const hasEnd = unread.every((seq) => seq <= last);
  return { taken, lost: entries.length - taken + gone + (hasEnd ? 0 : 1) };
}

export function countsOf({ copy, found, beside, log, isReadable }: RepairReport): RepairCounts {
  const isSaved = (what: string) => what === 'whole' || what === 'content';
  return {
    copy,
    isReadable,
    saved: found.filter(({ what }) => isSaved(what)).length,
    lost: found.filter(({ what }) => !isSaved(what)).length,
    beside: beside.rows,
    unread: beside.unread.length,
    logLost: log.lost,
  };
}
