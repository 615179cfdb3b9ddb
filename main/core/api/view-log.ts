import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { AuditEntry, Peer } from './contract.ts';

type Row = { seq: number; entry: string };

/**
 * What was looked at, kept on the disk before the answer leaves. The chain is the writer's, and the writer may be busy
 * with a job's commit for seconds: entries wait in the reader's own file until the writer has taken them, so that
 * opening a case never waits behind a merge. What a program that died left waiting is handed over at the next start.
 */
export type ViewLog = {
  keep(drafts: Connection, entry: AuditEntry): Promise<void>;
  handOver(drafts: Connection): Promise<void>;
};

export function createViewLog(peer: Peer): ViewLog {
  async function send(drafts: Connection, seq: number, entry: AuditEntry): Promise<void> {
    await peer.request({ is: 'audit', entry });
    drafts.run(sql`delete from waiting_entry where seq = ${seq}`);
  }

  return {
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
