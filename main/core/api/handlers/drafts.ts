import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { maskedFields, refuseMasks } from '#core/ledgers/masked.ts';
import { ledgerOfRecord } from '#core/ledgers/registry.ts';
import { isOfStripped, isStripped } from '#core/ledgers/stripped.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';
import { firstSaved } from '#core/ledgers/versions.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Draft, RecordContent } from '#shared/api/types.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import { reversePatch, type Stored } from '#shared/ledgers/content.ts';
import type { DraftContext, HandlersOf, Kit } from '../context.ts';
import { isAboutStripped } from '../drafts.ts';
import { accountWithin } from '../scope.ts';

type Row = {
  id: string;
  ledger: string;
  record_id: string | null;
  base_version: string | null;
  content: string;
  updated_at: string;
};

/**
 * The draft of a new record has the id that the record will have. Where the program died after the save and before the
 * draft was discarded, the record is there: a draft that says no more than was saved is not offered again, so nothing
 * is recorded twice. What was typed on is offered as a change of the record as it was first saved, so that what others
 * did to it since is not overwritten unseen. Null for a draft that is spent.
 */
function offered({ drafts, db, kit }: DraftContext, row: Row): Row | null {
  const { id, ledger: register, record_id: recordId } = row;
  const about = { id, ledger: register, recordId, content: JSON.parse(row.content) };
  // It goes as soon as there is room for that.
  if (isAboutStripped(db, kit.registry, about)) return null;
  const ledger = ledgerOfRecord(db, kit.registry, row.record_id ?? row.id);
  const record = ledger && readRecord(db, ledger, row.record_id ?? row.id);
  if (!record || ledger.name !== row.ledger) return row;
  // Nobody typed masks: a draft of them, kept by an earlier version of the program, would be saved over the record.
  if (maskedFields(db, kit.registry, record, about.content).length > 0) {
    drafts.run(sql`delete from draft where id = ${row.id}`);
    return null;
  }
  if (row.record_id !== null) return row;
  const { stored, version } = firstSaved(db, record);
  if (saysMore(kit, db, record, stored, JSON.parse(row.content)))
    return { ...row, record_id: row.id, base_version: version };
  drafts.run(sql`delete from draft where id = ${row.id}`);
  return null;
}

/** Whether a save of the draft would change what was saved, or be refused for something that it holds besides. */
function saysMore(
  kit: Kit,
  db: ReadDb,
  { ledger }: StoredRecord,
  saved: Stored,
  typed: RecordContent,
): boolean {
  const record = { ...typed };
  for (const [name, spec] of Object.entries(ledger.fields)) {
    if (!spec.system && !spec.derived) continue;
    delete record[name];
    const given = saved.content[name];
    if (given !== undefined) record[name] = given;
  }
  const { content, problems } = checkRecord(ledger, record, {
    today: kit.today(),
    hasCode: kit.hasCode,
    hasRecord: (name, recordId) => kit.hasRecord(db, name, recordId),
  });
  if (Object.keys(problems).length > 0) return true;
  return Object.keys(reversePatch(ledger, saved, { ...saved, content })).length > 0;
}

/** Half-typed records of the account that typed them. */
export const draftHandlers: HandlersOf<'draft.save' | 'draft.list' | 'draft.discard' | 'draft.handOver'> = {
  'draft.save': ({ drafts, db, session, kit }, { id, ledger, recordId, baseVersion, content }) => {
    if (isStripped(db, recordId ?? id)) throw new AppError('record-missing', { id: recordId ?? id });
    const partOf = kit.registry.all.find(({ name }) => name === ledger)?.partOf;
    if (partOf !== undefined && isOfStripped(db, partOf, content))
      throw new AppError('record-missing', { id: String(content[partOf]) });
    const spec = ledgerOfRecord(db, kit.registry, recordId ?? id);
    const record = spec && readRecord(db, spec, recordId ?? id);
    if (record) refuseMasks(db, kit.registry, record, content as RecordContent);
    const insert = sql`insert into draft (id, account_id, ledger, record_id, base_version, content, updated_at)
      values (${id}, ${session.accountId}, ${ledger}, ${recordId ?? null}, ${baseVersion ?? null},
              ${JSON.stringify(content)}, ${kit.at()})
      on conflict (id) do update set content = excluded.content, updated_at = excluded.updated_at,
        record_id = excluded.record_id, base_version = excluded.base_version
      where account_id = excluded.account_id`;
    drafts.transaction((own) => own.run(insert));
    return null;
  },
  'draft.list': (context) =>
    context.drafts
      .all<Row>(
        sql`select * from draft where account_id = ${context.session.accountId} order by updated_at desc`,
      )
      .flatMap((row) => offered(context, row) ?? [])
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
  'draft.handOver': ({ drafts, db, scope }, { from, to }) => {
    if (from === to) throw new AppError('hand-over-self', {});
    for (const account of [from, to]) accountWithin(db, scope, account);
    const moved = drafts.transaction((own) => {
      own.run(sql`update draft set account_id = ${to} where account_id = ${from}`);
      return own.value<number>(sql`select changes()`) ?? 0;
    });
    return { drafts: moved };
  },
  'draft.discard': ({ drafts, session }, { id }) => {
    drafts.run(sql`delete from draft where id = ${id} and account_id = ${session.accountId}`);
    return null;
  },
};
