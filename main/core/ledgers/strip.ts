import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import type { RepairReport } from '#shared/api/care-types.ts';
import { columnOf, numberFieldOf } from '#shared/ledgers/describe.ts';
import { obstacleText } from '#shared/text/retention.ts';
import { strippedWords } from '#shared/text/words.ts';
import { yearOf } from './numbering.ts';
import type { Registry } from './registry.ts';
import type { WriteContext } from './store.ts';
import { everyStripped, raiseStrippedMark, type StripWhy } from './stripped.ts';
import { deleteRow, readRecord, type StoredRecord } from './table.ts';

/**
 * Takes the content of a record out of the ledger, and with it of the records that are parts of it (笔录 of a case), in
 * the caller's transaction: rows, reverse patches, indexes, what was derived, attachments, issued papers. What stays is
 * a stub (`stripped_record`) with id, unit, number, state and version, and the ids of the versions with who and when:
 * numbers stay used, the content hash and the counts of records stay what they were.
 *
 * Pages, the write-ahead log and the files of attachments still hold the content then. Tasks of the same transaction
 * (`wipe_task`) say so, and `wipe.ts` carries them out right after it, or at the next opening.
 *
 * Both sealing (封存) and approved destruction (销毁) rest on this; what becomes of the content is theirs. It has to be
 * read before.
 */
export function stripRecord(context: WriteContext, record: StoredRecord, why: StripWhy): StoredRecord[] {
  const taken = [record, ...partsOf(context, record)];
  for (const one of taken) strip(context, one, why, one === record ? null : record.id);
  wantWipe(context);
  return taken;
}

const wantWipe = ({ db }: WriteContext) =>
  db.run(sql`insert or ignore into wipe_task (kind, name) values ('file', '')`);

/** Records that are parts of a record (`partOf` in their descriptions), and parts of those. */
export function partsOf(context: { db: ReadDb; registry: Registry }, record: StoredRecord): StoredRecord[] {
  const { db, registry } = context;
  return registry.all.flatMap((ledger) => {
    if (ledger.partOf === undefined || ledger.fields[ledger.partOf]?.ref !== record.ledger.name) return [];
    return db
      .column<string>(
        sql`select id from ${id(ledger.table)} where ${id(columnOf(ledger.partOf))} = ${record.id} order by seq`,
      )
      .flatMap((partId) => readRecord(db, ledger, partId) ?? [])
      .flatMap((part) => [part, ...partsOf(context, part)]);
  });
}

function strip(context: WriteContext, record: StoredRecord, why: StripWhy, partOf: string | null): void {
  const { db } = context;
  const { ledger, content } = record;
  for (const derivation of context.derivations) derivation.leave?.(context, record);
  deleteRow(db, record);
  raiseStrippedMark(db);
  for (const derivation of context.derivations) derivation.drop(context, record);
  const number = (content[numberFieldOf(ledger) ?? ''] as string | null | undefined) ?? null;
  const year = yearOf(ledger, content) || null;
  db.run(sql`insert or replace into stripped_record
      (record_id, ledger, unit_id, number, year, state, version, depth, tips, part_of, why, commit_number, content_digest)
    values (${record.id}, ${ledger.name}, ${record.unitId}, ${number}, ${year}, ${record.state},
      ${Buffer.from(record.version, 'hex')}, ${record.depth}, ${record.tips}, ${partOf}, ${why}, ${context.commit()},
      (select content_digest from stripped_record where record_id = ${record.id}))`);
  db.run(sql`update record_version set patch = '{}', whole = null where record_id = ${record.id}`);
  db.run(sql`delete from issued_paper where record_id = ${record.id}`);
  stripAttachments(context, record.id);
  stripReports(context, record.id);
  stripLists(db, record.id, why);
  context.stripped.push(record.id);
}

/** Takes the stub of a record away and gives its versions their patches back; its row comes by `putBackRecord`. */
export function putBackStripped(
  db: WriteDb,
  recordId: string,
  versions: readonly { id: Uint8Array; patch: string; whole: string | null }[],
): void {
  for (const { id: version, patch, whole } of versions)
    db.run(sql`update record_version set patch = ${patch}, whole = ${whole}
      where record_id = ${recordId} and id = ${version}`);
  db.run(sql`delete from stripped_record where record_id = ${recordId}`);
  db.run(sql`delete from stripped_figure where record_id = ${recordId}`);
  raiseStrippedMark(db);
}

/** What an older copy brought back of records that were taken out goes again. Gives how many. */
export function stripAgain(context: WriteContext): number {
  const { db, registry } = context;
  const back = everyStripped(db).flatMap((one) => {
    const record = readRecord(db, registry.find(one.ledger), one.id);
    return record ? [{ record, one }] : [];
  });
  for (const { record, one } of back) strip(context, record, one.why, one.partOf);
  if (back.length > 0) wantWipe(context);
  return back.length;
}

/** Objects that no other row names are to go from the disk; copies keep theirs. */
function stripAttachments({ db }: WriteContext, recordId: string): void {
  const objects = db.column<string>(
    sql`select distinct object from attachment where record_id = ${recordId}`,
  );
  db.run(sql`delete from attachment where record_id = ${recordId}`);
  for (const object of objects) {
    if (db.value(sql`select 1 from attachment where object = ${object}`) === undefined)
      db.run(sql`insert or ignore into wipe_task (kind, name) values ('object', ${object})`);
  }
}

/**
 * What was typed of a record besides it: lists of destruction keep its number and what became of it, neither its title
 * nor what was said of it; a reason to keep it on goes. What was said of whole lists goes where it may be about it.
 */
export function stripLists(db: WriteDb, recordId: string, why: StripWhy): void {
  const fixed = obstacleText({ why: 'sealed', what: '' });
  const onLists = sql`select list_seq from destruction_item where record_id = ${recordId}`;
  const said = why === 'sealed' ? sql`${onLists}` : sql`${onLists} and state = 'removed'`;
  const actions = why === 'sealed' ? ['remove', 'withdraw'] : ['remove'];
  db.run(sql`update destruction_event set content = json_remove(content, '$.reason')
    where action in (${join(actions)}) and list_seq in (${said}) and json_extract(content, '$.reason') is not null`);
  db.run(sql`update destruction_item set title = ${strippedWords[why]}, opinion = '',
      why = case why when ${fixed} then why else '' end
    where record_id = ${recordId}`);
  db.run(sql`update retention_hold set reason = '' where record_id = ${recordId}`);
}

/** The list of a repair says how a record was called. */
function stripReports({ db }: WriteContext, recordId: string): void {
  const rows = db.all<{ seq: number; content: string }>(
    sql`select seq, content from repair_report where instr(content, ${recordId}) > 0`,
  );
  for (const { seq, content } of rows) {
    const report = JSON.parse(content) as RepairReport;
    const found = report.found.map((one) => (one.id === recordId ? { ...one, title: null } : one));
    db.run(
      sql`update repair_report set content = ${JSON.stringify({ ...report, found })} where seq = ${seq}`,
    );
  }
}
