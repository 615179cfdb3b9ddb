import type { Connection, ReadDb } from '#core/db/connection.ts';
import { join, sql } from '#core/db/sql.ts';
import { type MethodName, methods } from '#shared/api/methods.ts';
import { dayInChina } from '#shared/domain/day.ts';
import type { AuditEntry, AuditNote, Peer, StoredSession } from './contract.ts';
import type { Shown } from './shown.ts';

/** A window reads again what it shows whenever something was saved; within a minute of the entry it is the same look. */
const sameView = 60_000;
const mostAsked = 10_000;
const mostShown = 50_000;
const handedAtOnce = 500;

type Row = { seq: number; entry: string };

/**
 * What was looked at, kept on the disk before the answer leaves. The chain is the writer's, and the writer may be busy
 * with a job's commit for seconds: entries wait in the reader's own file until the writer has taken them, so that
 * opening a case never waits behind a merge. What a program that died left waiting is handed over at the next start.
 */
export type ViewLog = {
  /**
   * Logs that somebody looks at something, not that his session asks for the same again within a minute of the entry:
   * of every look there is one, a minute old at most. Masked and whole are two looks, which it tells apart. What could
   * not be logged was not looked at: the next try is as new as the first.
   */
  begin(
    now: Date,
    look: { token: string; method: string; input: unknown; isWhole: boolean; entry: AuditNote },
    log: (entry: AuditNote) => void,
  ): void;
  /**
   * Logs which records a list showed whole, but for those that an entry of the last minute already names for the same
   * session and method: of every record shown there is an entry, a minute old at most, that says who saw it and how.
   */
  show(
    now: Date,
    look: { token: string; method: string },
    shown: readonly Shown[],
    log: (fresh: Shown[]) => void,
  ): void;
  /** Where names are masked or shown whole from now on, or the session is over, what it looks at next is new. */
  follow(token: string, before: StoredSession | null, after: StoredSession | null): void;
  keep(drafts: Connection, entries: readonly AuditEntry[]): Promise<void>;
  /** Those that the log (`db`) has already are only taken away: the program died between its entry and that. */
  handOver(drafts: Connection, db: ReadDb): Promise<void>;
};

/** As many entries may have come since those that wait were taken. */
const lastEntries = 10_000;

function isAmongLast(db: ReadDb, { at, account, note }: AuditEntry): boolean {
  const found = db.value(sql`select 1 from audit_entry
    where seq > (select max(seq) from audit_entry) - ${lastEntries} and at = ${at} and account = ${account}
      and action = ${note.action} and record_id is ${note.recordId} and detail = ${JSON.stringify(note.detail)}`);
  return found !== undefined;
}

const looks = (Object.keys(methods) as MethodName[]).filter((name) => {
  const { kind, audited } = methods[name];
  return audited && (kind === 'query' || kind === 'draft');
});

/**
 * Where looks waited in a file that cannot be read any more: from the last that came to the log, to when the file was last
 * written, some may be missing there.
 */
export function lostLooks(db: ReadDb, by: Omit<AuditEntry, 'note'>, lastWritten: string): AuditEntry {
  const since =
    db.value<string>(
      sql`select at from audit_entry where action in (${join(looks)}) order by seq desc limit 1`,
    ) ?? db.value<string>(sql`select at from audit_entry where seq = 1`);
  const dayOf = (at: string) => dayInChina(Date.parse(at));
  const detail = { since: dayOf(since ?? lastWritten), until: dayOf(lastWritten) };
  return { ...by, note: { action: 'views.lost', ledger: null, recordId: null, version: null, detail } };
}

export function createViewLog(peer: Peer): ViewLog {
  /** What waits goes to the writer in turns: a turn takes what those before it could not hand over, and nothing twice. */
  let turns: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = turns.then(work);
    turns = turn.catch(() => undefined);
    return turn;
  };

  async function handAll(drafts: Connection, isMissing: (entry: AuditEntry) => boolean): Promise<void> {
    for (;;) {
      const rows = drafts.all<Row>(
        sql`select seq, entry from waiting_entry order by seq limit ${handedAtOnce}`,
      );
      if (rows.length === 0) return;
      const entries = rows.map(({ entry }) => JSON.parse(entry) as AuditEntry).filter(isMissing);
      if (entries.length > 0) await peer.request({ is: 'audit', entries });
      const seqs = JSON.stringify(rows.map(({ seq }) => seq));
      drafts.run(sql`delete from waiting_entry where seq in (select value from json_each(${seqs}))`);
    }
  }

  /** When an entry last said what a session looked at; when one last named a record that it was shown. */
  const asked = new Map<string, number>();
  const named = new Map<string, number>();
  // A clock that was set back makes a new view: rather an entry too many.
  const isNew = (at: number, before: number | undefined) =>
    before === undefined || at < before || at - before > sameView;

  return {
    begin(now, { token, method, input, isWhole, entry }, log) {
      const at = now.getTime();
      const name = `${token} ${method} ${isWhole} ${JSON.stringify(input)}`;
      if (!isNew(at, asked.get(name))) return;
      log(isWhole ? { ...entry, detail: { ...entry.detail, isWhole } } : entry);
      if (asked.size >= mostAsked) asked.clear();
      asked.set(name, at);
    },
    show(now, { token, method }, shown, log) {
      const at = now.getTime();
      const nameOf = (recordId: string) => `${token} ${method} ${recordId}`;
      const fresh = shown
        .map((part) => ({
          ...part,
          ids: [...new Set(part.ids)].filter((recordId) => isNew(at, named.get(nameOf(recordId)))),
        }))
        .filter(({ ids }) => ids.length > 0);
      if (fresh.length === 0) return;
      log(fresh);
      if (named.size >= mostShown) named.clear();
      for (const { ids } of fresh) for (const recordId of ids) named.set(nameOf(recordId), at);
    },
    follow(token, before, after) {
      if (before?.wholeUntil === after?.wholeUntil) return;
      for (const known of [asked, named])
        for (const name of known.keys()) if (name.startsWith(`${token} `)) known.delete(name);
    },
    keep(drafts, entries) {
      drafts.transaction((db) => {
        for (const entry of entries)
          db.run(sql`insert into waiting_entry (entry) values (${JSON.stringify(entry)})`);
      });
      return inTurn(() => handAll(drafts, () => true));
    },
    handOver: (drafts, db) => inTurn(() => handAll(drafts, (entry) => !isAmongLast(db, entry))),
  };
}
