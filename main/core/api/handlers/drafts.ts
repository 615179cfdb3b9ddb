import type { Connection, ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Draft, RecordContent } from '#shared/api/types.ts';
import type { HandlersOf } from '../context.ts';

type Row = {
  id: string;
  ledger: string;
  record_id: string | null;
  base_version: string | null;
  content: string;
  updated_at: string;
};

/**
 * The draft of a new record has the id that the record will have. Where the program died after the save and before
 * the draft was discarded, the record is there: the draft is not offered again, so nothing is recorded twice.
 */
function isSpent(drafts: Connection, db: ReadDb, row: Row): boolean {
  if (row.record_id !== null) return false;
  const isSaved = db.value(sql`select 1 from search_doc where record_id = ${row.id}`) !== undefined;
  if (isSaved) drafts.run(sql`delete from draft where id = ${row.id}`);
  return isSaved;
}

/** Half-typed records of the account that typed them. */
export const draftHandlers: HandlersOf<'draft.save' | 'draft.list' | 'draft.discard' | 'draft.handOver'> = {
  'draft.save': ({ drafts, session, kit }, { id, ledger, recordId, baseVersion, content }) => {
    const insert = sql`insert into draft (id, account_id, ledger, record_id, base_version, content, updated_at)
      values (${id}, ${session.accountId}, ${ledger}, ${recordId ?? null}, ${baseVersion ?? null},
              ${JSON.stringify(content)}, ${kit.at()})
      on conflict (id) do update set content = excluded.content, updated_at = excluded.updated_at,
        record_id = excluded.record_id, base_version = excluded.base_version
      where account_id = excluded.account_id`;
    drafts.transaction((own) => own.run(insert));
    return null;
  },
  'draft.list': ({ drafts, db, session }) =>
    drafts
      .all<Row>(sql`select * from draft where account_id = ${session.accountId} order by updated_at desc`)
      .filter((row) => !isSpent(drafts, db, row))
      .map(
        (row): Draft => ({
          id: row.id,
          ledger: row.ledger,
          recordId: row.record_id,
          baseVersion: row.base_version,
          content: JSON.parse(row.content) as RecordContent,
          updatedAt: row.updated_at,
        }),
      ),
  'draft.handOver': ({ drafts }, { from, to }) => ({
    drafts: drafts.transaction((own) => {
      own.run(sql`update draft set account_id = ${to} where account_id = ${from}`);
      return own.value<number>(sql`select changes()`) ?? 0;
    }),
  }),
  'draft.discard': ({ drafts, session }, { id }) => {
    drafts.run(sql`delete from draft where id = ${id} and account_id = ${session.accountId}`);
    return null;
  },
};
