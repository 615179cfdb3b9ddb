import type { ReadDb } from '#core/db/connection.ts';
import { join, type Sql, sql } from '#core/db/sql.ts';
import type { LogEntry } from '#shared/api/audit-types.ts';
import { lookMethods } from '#shared/api/methods.ts';

export type LogQuestion = {
  /** Days at UTC+8, both included. */
  from?: string | undefined;
  to?: string | undefined;
  account?: string | undefined;
  machine?: string | undefined;
  actions?: readonly string[] | undefined;
  /** Acts that are left out. */
  without?: readonly string[] | undefined;
  /** Entries about one of these. */
  recordIds?: readonly string[] | undefined;
  /** Entries before this number only: the next page. */
  before?: number | undefined;
  limit: number;
};

type Row = Omit<LogEntry, 'entry' | 'title' | 'recordId' | 'version' | 'detail'> & {
  seq: number;
  record_id: string | null;
  version: Uint8Array | null;
  detail: string;
};

const eightHours = 8 * 3_600_000;
/** The instant at which a day begins in China. */
const beginOf = (day: string, add = 0) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + add * 86_400_000 - eightHours).toISOString();

function logQuery(question: LogQuestion): Sql {
  const { from, to, account, machine, actions, without, recordIds, before, limit } = question;
  const parts: Sql[] = [sql`seq < ${before ?? Number.MAX_SAFE_INTEGER}`];
  // '+': days follow the numbers but for a clock that was set back, so the walk along them tests each.
  if (from !== undefined) parts.push(sql`+at >= ${beginOf(from)}`);
  if (to !== undefined) parts.push(sql`+at < ${beginOf(to, 1)}`);
  if (account !== undefined) parts.push(sql`account = ${account}`);
  if (machine !== undefined) parts.push(sql`machine = ${machine}`);
  if (actions !== undefined) parts.push(sql`action in (${join(actions)})`);
  if (without !== undefined) parts.push(sql`action not in (${join([...without])})`);
  // Entries of several records have their ids in the detail.
  if (recordIds !== undefined)
    parts.push(sql`seq in (select seq from audit_entry where record_id in (${join(recordIds)})
      union all select seq from audit_entry where action in (${join([...lookMethods])}) and record_id is null
        and exists (select 1 from json_each(${JSON.stringify(recordIds)}) where instr(detail, value) > 0))`);
  return sql`select seq, at, account, action, ledger, record_id, version, installation, machine, detail from audit_entry
    where ${join(parts, ' and ')} order by seq desc limit ${limit}`;
}

/** Entries of the log, newest first; `titleOf` names the records that the asker may see. */
export function logEntries(
  db: ReadDb,
  question: LogQuestion,
  titleOf: (ledger: string, recordId: string) => string | null,
): LogEntry[] {
  return db.all<Row>(logQuery(question)).map(({ seq, record_id: recordId, version, detail, ...rest }) => ({
    ...rest,
    entry: seq,
    recordId,
    version: version === null ? null : Buffer.from(version).toString('hex'),
    detail: JSON.parse(detail) as LogEntry['detail'],
    title: rest.ledger === null || recordId === null ? null : titleOf(rest.ledger, recordId),
  }));
}

/** Of which register a record is, by the log alone; null where it has no entry of its own. */
export const ledgerInLog = (db: ReadDb, recordId: string): string | null =>
  db.value<string | null>(
    sql`select ledger from audit_entry where record_id = ${recordId} and ledger is not null limit 1`,
  ) ?? null;

/** How many entries of some acts a day has. */
export const countOfDay = (db: ReadDb, day: string, actions: readonly string[]): number =>
  db.value<number>(sql`select count(*) from audit_entry where action in (${join([...actions])})
    and at >= ${beginOf(day)} and at < ${beginOf(day, 1)}`) ?? 0;

/** An entry with all that its hash is made of, for whoever recomputes the chain. */
export type ChainLine = {
  entry: number;
  at: string;
  account: string;
  action: string;
  ledger: string | null;
  recordId: string | null;
  version: string | null;
  detail: string;
  installation: string | null;
  machine: string | null;
  /** 64 hexadecimal digits, over the hash of the entry before and these fields (chain.ts). */
  hash: string;
};

/**
 * The entries, without a gap, that hold all of some days: where a clock was set back, those between belong to it. Null
 * where there are none.
 */
export function entriesOf(
  db: ReadDb,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): { first: number; last: number } | null {
  const parts = [sql`seq > 0`];
  if (from !== undefined) parts.push(sql`at >= ${beginOf(from)}`);
  if (to !== undefined) parts.push(sql`at < ${beginOf(to, 1)}`);
  const found = db.get<{ first: number | null; last: number | null }>(
    sql`select min(seq) as first, max(seq) as last from audit_entry where ${join(parts, ' and ')}`,
  );
  const { first = null, last = null } = found ?? {};
  return first === null || last === null ? null : { first, last };
}

/** Entries by their numbers, both included. */
export function chainLines(db: ReadDb, first: number, last: number): ChainLine[] {
  return db
    .all<Row & { hash: Uint8Array }>(
      sql`select seq, at, account, action, ledger, record_id, version, detail, installation, machine, hash
        from audit_entry where seq between ${first} and ${last} order by seq`,
    )
    .map(({ seq, record_id: recordId, version, hash, ...rest }) => ({
      entry: seq,
      ...rest,
      recordId,
      version: version === null ? null : Buffer.from(version).toString('hex'),
      hash: Buffer.from(hash).toString('hex'),
    }));
}
