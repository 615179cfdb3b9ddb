import fs from 'node:fs';
import path from 'node:path';
import { type Connection, connect, isDamage, type ReadDb } from '#core/db/connection.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { renameFile } from '#core/db/held.ts';
import { sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { isOfStripped, isStripped, strippedMark } from '#core/ledgers/stripped.ts';
import type { AuditEntry } from './contract.ts';
import { openDrafts, openKey, type Vault } from './vault.ts';

type Options = {
  nativeBinding: string | undefined;
  /** What the log is told of looks that waited in a file that cannot be read any more. */
  lost(lastWritten: string): AuditEntry;
  /** Another file stands in place of a damaged one. */
  renewed(drafts: Connection): void;
};
type DraftFile = Omit<Options, 'renewed'> & { folder: string; key: Uint8Array };

export function createDraftFile(vault: Vault, { renewed, ...options }: Options) {
  const from = (): DraftFile => ({ ...options, folder: vault.folder, key: openKey(vault) });

  /** Drafts that turn out to be damaged are moved aside and begun anew; the ledger is not called damaged for them. */
  function onDrafts<T>(work: (drafts: Connection) => T): T {
    const drafts = openDrafts(vault);
    try {
      return work(drafts);
    } catch (error) {
      if (!isDamage(error)) throw error;
      const fresh = renewDamagedDrafts(drafts, from());
      if (!fresh) throw error;
      vault.drafts = fresh;
      renewed(fresh);
      return work(fresh);
    }
  }

  return { openFile: () => openDraftFile(from()), onDrafts };
}

/**
 * The drafts file: half-typed records, apart from the ledger, so that a draft never waits behind a job. A damaged one
 * is moved aside, where it stays for 90 days, and a new one is begun: drafts must not keep anybody from the ledger.
 */
function openDraftFile(from: DraftFile): Connection {
  try {
    return prepare(connectTo(from));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return begunAnew(from, null);
  }
}

const connectTo = ({ folder, key, nativeBinding }: DraftFile) =>
  connect(inFolder(folder, 'drafts'), {
    ...{ key, create: true, cacheMb: 2 },
    ...(nativeBinding ? { nativeBinding } : {}),
  });

/** With what waited for the log in the file of before, or with an entry that says that it is lost. */
function begunAnew(from: DraftFile, waiting: readonly string[] | null): Connection {
  const lastWritten = setAside(from.folder);
  const drafts = prepare(connectTo(from));
  for (const entry of waiting ?? [JSON.stringify(from.lost(lastWritten))])
    drafts.run(sql`insert into waiting_entry (entry) values (${entry})`);
  return drafts;
}

/** Null where they cannot be read: each page proves itself, so what can be read is what was written. */
function waitingIn(drafts: Connection): string[] | null {
  try {
    return drafts
      .all<{ entry: string }>(sql`select entry from waiting_entry order by seq`)
      .map(({ entry }) => entry);
  } catch {
    return null;
  }
}

/** Gives when it was last written to. */
function setAside(folder: string): string {
  const file = inFolder(folder, 'drafts');
  const aside = inFolder(folder, 'aside');
  fs.mkdirSync(aside, { recursive: true });
  const written = ['', '-wal'].map((end) => fs.statSync(file + end, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const stamp = new Date(fs.statSync(file).mtimeMs).toISOString().replace(/[:.]/g, '-');
  for (const end of ['', '-wal', '-shm']) {
    if (fs.existsSync(file + end)) renameFile(file + end, path.join(aside, `${stamp}-${names.drafts}${end}`));
  }
  return new Date(Math.max(...written)).toISOString();
}

/**
 * Damage met while the program works: where it is the drafts file's, that one is moved aside and begun anew; null
 * where the drafts are sound, so that the damage is the ledger's.
 */
function renewDamagedDrafts(drafts: Connection, from: DraftFile): Connection | null {
  if (isSound(drafts)) return null;
  const waiting = waitingIn(drafts);
  drafts.close();
  return begunAnew(from, waiting);
}

function isSound(drafts: Connection): boolean {
  try {
    return drafts.pragma<string>('integrity_check(1)') === 'ok';
  } catch {
    return false;
  }
}

function prepare(connection: Connection): Connection {
  try {
    connection.pragma('journal_mode = WAL');
    connection.exec(`CREATE TABLE IF NOT EXISTS draft (
      id TEXT PRIMARY KEY,
      account_id TEXT NOT NULL,
      ledger TEXT NOT NULL,
      record_id TEXT,
      base_version TEXT,
      content TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS waiting_entry (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS forgotten (mark TEXT PRIMARY KEY) STRICT`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

type Typed = { id: string; ledger: string; recordId: string | null; content: Record<string, unknown> };

/** Whether a draft is about a record whose content was taken out of the ledger, or about a part of one. */
export function isAboutStripped(db: ReadDb, registry: Registry, draft: Typed): boolean {
  const { partOf } = registry.all.find(({ name }) => name === draft.ledger) ?? {};
  return isStripped(db, draft.recordId ?? draft.id) || isOfStripped(db, partOf, draft.content);
}

/**
 * Half-typed changes of records whose content was taken out of the ledger, and of their parts, are gone with them, and
 * so is what discarded ones left in free pages. How far that has gone stands in the file: what found no room, or was cut
 * short, is done by the next call.
 */
export function forgetDrafts(drafts: Connection, db: ReadDb, registry: Registry): void {
  const mark = strippedMark(db);
  const rows = drafts.all<{ id: string; ledger: string; recordId: string | null; content: string }>(
    sql`select id, ledger, record_id as recordId, content from draft`,
  );
  const gone = rows.filter((row) =>
    isAboutStripped(db, registry, { ...row, content: JSON.parse(row.content) }),
  );
  const isForgotten = drafts.value(sql`select 1 from forgotten where mark = ${mark}`) !== undefined;
  if (gone.length === 0 && isForgotten) return;
  drafts.transaction((own) => {
    for (const { id } of gone) own.run(sql`delete from draft where id = ${id}`);
    own.run(sql`delete from forgotten`);
  });
  drafts.exec('VACUUM');
  if (drafts.pragma<number>('wal_checkpoint(TRUNCATE)') !== 0) throw new Error('somebody reads the drafts');
  drafts.run(sql`insert into forgotten (mark) values (${mark})`);
}

const pauseMs = 5000;

/** `begin` tries at once; what did not go through is tried again with whatever is asked (`goOn`), and in pauses. */
export type Forgetting = { begin(): void; goOn(): void };

export function createForgetting(work: () => void): Forgetting {
  let timer: NodeJS.Timeout | null = null;
  const attempt = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    try {
      work();
    } catch {
      // What was taken out is taken out all the same, and whoever asks for something else is not told of it.
      timer = setTimeout(attempt, pauseMs);
      timer.unref();
    }
  };
  return {
    begin: attempt,
    goOn() {
      if (timer) attempt();
    },
  };
}
