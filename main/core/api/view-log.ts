import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { AuditEntry, Peer } from './contract.ts';

/**
 * A window reads again what it shows whenever something was saved; within a minute of the last time it is the same look.
 */
const sameView = 60_000;
const mostAsked = 10_000;

type Row = { seq: number; entry: string };

/**
 * What was looked at, kept on the disk before the answer leaves. The chain is the writer's, and the writer may be busy
 * with a job's commit for seconds: entries wait in the reader's own file until the writer has taken them, so that
 * opening a case never waits behind a merge. What a program that died left waiting is handed over at the next start.
 */
export type ViewLog = {
  /**
   * Logs that somebody begins to look at something, not that his session goes on asking for the same. What could not
   * be logged was not looked at: the next try is as new as the first.
   */
  begin(now: Date, look: { token: string; method: string; input: unknown }, log: () => void): void;
  keep(drafts: Connection, entry: AuditEntry): Promise<void>;
  handOver(drafts: Connection): Promise<void>;
};

export function createViewLog(peer: Peer): ViewLog {
  async function send(drafts: Connection, seq: number, entry: AuditEntry): Promise<void> {
    await peer.request({ is: 'audit', entry });
    drafts.run(sql`delete from waiting_entry where seq = ${seq}`);
  }

  /** When a session last asked for something. */
  const asked = new Map<string, number>();

  return {
    begin(now, { token, method, input }, log) {
      const at = now.getTime();
      const name = `${token} ${method} ${JSON.stringify(input)}`;
      const before = asked.get(name);
      // A clock that was set back makes a new view: rather an entry too many.
      if (before === undefined || at < before || at - before > sameView) log();
      if (asked.size >= mostAsked) asked.clear();
      asked.set(name, at);
    },
    keep(drafts, entry) {
      const seq = drafts.insert(sql`insert into waiting_entry (entry) values (${JSON.stringify(entry)})`);
      return send(drafts, seq, entry);
    },
    async handOver(drafts) {
      for (const { seq, entry } of drafts.all<Row>(sql`select seq, entry from waiting_entry order by seq`)) {
        await send(drafts, seq, JSON.parse(entry) as AuditEntry);
      }
    },
  };
}
