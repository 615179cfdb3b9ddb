import { createHash } from 'node:crypto';
import type { ReadDb } from '#core/db/connection.ts';
import { join, sql } from '#core/db/sql.ts';

/**
 * What the log keeps of lists of destruction: a digest of every line that goes on being the same (which file, of which
 * version, with which period), not of what is taken out with the file. A line that was changed, added or taken away
 * behind the program's back is found by the check, for the log is chained and signed.
 */
export type LoggedLines = {
  listId: string;
  /** Over all lines, in no order. */
  digest: string;
  /** Of each line that a step destroyed. */
  lines?: string[];
};

type Row = {
  record_id: string;
  state: string;
  at: string | null;
  line: string;
};

/** Actions after which the log says what stands on a list, and what of it went. */
export const listActions = {
  approve: 'destruction.approve',
  carryOut: 'destruction.carryOut',
  returned: 'destruction.returned',
} as const;

/** Taken off by whoever put the list together, a line has its instant; one that a list put back took off has none and counts. */
function linesOf(db: ReadDb, listId: string): (Row & { digest: string })[] {
  const rows = db.all<Row>(sql`
    select d.record_id, d.state, d.at, json_array(d.record_id, d.ledger, d.kind, d.number, d.unit_id, d.unit_name,
      d.filed_on, d.years, d.ended_on, d.pages, hex(d.version)) as line
    from destruction_item d join destruction_list l on l.seq = d.list_seq
    where l.id = ${listId} and (d.state <> 'removed' or d.at is null) order by d.seq`);
  return rows.map((row) => ({ ...row, digest: digestOf(`${listId}\n${row.line}`).slice(0, 16) }));
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url');

const wholeOf = (lines: readonly { digest: string }[]) =>
  digestOf(
    lines
      .map(({ digest }) => digest)
      .sort()
      .join('\n'),
  );

/** Of a list as it stands; with `at`, the lines that the step of that instant destroyed; `all`, whatever was destroyed. */
export function loggedLines(db: ReadDb, listId: string, gone: { at: string } | 'all' | 'none'): LoggedLines {
  const lines = linesOf(db, listId);
  const digest = wholeOf(lines);
  if (gone === 'none') return { listId, digest };
  const went = lines.filter(({ state, at }) => state === 'destroyed' && (gone === 'all' || at === gone.at));
  return { listId, digest, lines: went.map((line) => line.digest) };
}

/** A list that is not what the log says of it; `record` where one line is meant. */
export type WrongList = { list: string; record: string | null };

type Logged = { digests: Set<string>; gone: Set<string> };

/** What the log says of every list, of a list that was approved anew or put back since then alone. */
function loggedLists(db: ReadDb): Map<string, Logged> {
  const logged = new Map<string, Logged>();
  const entries = db.all<{ action: string; detail: string }>(
    sql`select action, detail from audit_entry where action in (${join(Object.values(listActions))}) order by seq`,
  );
  for (const { action, detail } of entries) {
    const { listId, digest, lines = [] } = JSON.parse(detail) as Partial<LoggedLines>;
    if (listId === undefined || digest === undefined) continue;
    const before = action === listActions.carryOut ? logged.get(listId) : undefined;
    logged.set(listId, {
      digests: new Set([...(before?.digests ?? []), digest]),
      gone: new Set([...(before?.gone ?? []), ...lines]),
    });
  }
  return logged;
}

/** Lists that were approved, against the log: every line, and what of it was destroyed. */
export function wrongLists(db: ReadDb): WrongList[] {
  const logged = loggedLists(db);
  const lists = db.all<{ id: string; number: string; state: string }>(
    sql`select id, number, state from destruction_list order by seq`,
  );
  const missing = [...logged.keys()].filter((listId) => !lists.some(({ id }) => id === listId));
  return [
    ...missing.map((listId) => ({ list: listId, record: null })),
    ...lists
      .filter(({ state }) => state !== 'open')
      .flatMap(({ id, number }) => wrongIn(linesOf(db, id), logged.get(id), number)),
  ];
}

function wrongIn(
  lines: readonly (Row & { digest: string })[],
  logged: Logged | undefined,
  list: string,
): WrongList[] {
  if (!logged) return [{ list, record: null }];
  const known = new Map(lines.map((line) => [line.digest, line]));
  // A line that says to be destroyed although no step logged it, and one that went and no longer says so.
  const wrong = lines.filter(({ digest, state }) => (state === 'destroyed') !== logged.gone.has(digest));
  const isLost = [...logged.gone].some((digest) => !known.has(digest));
  const isWhole = logged.digests.size === 1 && logged.digests.has(wholeOf(lines)) && !isLost;
  return [
    ...wrong.map(({ record_id: record }) => ({ list, record })),
    ...(isWhole ? [] : [{ list, record: null }]),
  ];
}
