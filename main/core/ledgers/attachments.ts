import type { ReadDb } from '#core/db/connection.ts';
import type { Content } from '#core/db/objects.ts';
import { type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Attachment } from '#shared/api/types.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import { notAllowed } from './refusals.ts';
import { findRecord, type Registry } from './registry.ts';
import { isClosed, type WriteContext } from './store.ts';
import type { StoredRecord } from './table.ts';

type Row = {
  id: string;
  record_id: string;
  ledger: string;
  title: string;
  kind: string;
  file_name: string;
  media_type: string;
  bytes: number;
  pages: number;
  content_hash: Uint8Array;
  object: string;
  added_at: string;
  added_by: string;
  removed_at: string | null;
  removed_by: string | null;
  removed_reason: string | null;
};

/** A row with what its object is opened by. */
export type StoredAttachment = Attachment & { ledger: string; content: Content; object: string };

const rows = (db: ReadDb, where: Sql): StoredAttachment[] =>
  db
    .all<Row>(sql`
    select t.id, t.record_id, t.ledger, t.title, t.kind, t.file_name, t.media_type, t.bytes, t.pages, t.content_hash, t.object,
      t.removed_reason, added.at as added_at, adder.name as added_by, removed.at as removed_at,
      remover.name as removed_by
    from attachment t
    join commit_entry added on added.number = t.added_commit
    join account adder on adder.seq = added.account_seq
    left join commit_entry removed on removed.number = t.removed_commit
    left join account remover on remover.seq = removed.account_seq
    where ${where} order by t.position, t.seq`)
    .map(fromRow);

function fromRow(row: Row): StoredAttachment {
  return {
    id: row.id,
    recordId: row.record_id,
    ledger: row.ledger,
    title: row.title,
    kind: row.kind,
    fileName: row.file_name,
    mediaType: row.media_type as MediaType,
    bytes: row.bytes,
    pages: row.pages,
    addedAt: row.added_at,
    addedBy: row.added_by,
    removed:
      row.removed_at === null
        ? null
        : { at: row.removed_at, by: row.removed_by ?? '', reason: row.removed_reason ?? '' },
    content: { hash: Buffer.from(row.content_hash), bytes: row.bytes },
    object: row.object,
  };
}

/** What a record has now, in order: title, kind (code of `attachmentKind`) and pages are what a catalogue prints. */
export function attachmentsOf(db: ReadDb, recordId: string): StoredAttachment[] {
  return rows(db, sql`t.record_id = ${recordId} and t.removed_commit is null`);
}

/** What it has and what it once had. */
export function everyAttachmentOf(db: ReadDb, recordId: string): StoredAttachment[] {
  return rows(db, sql`t.record_id = ${recordId}`);
}

/** Every row of the ledger, those removed too: their objects must be there as long as a row names them. */
export function everyAttachment(db: ReadDb): StoredAttachment[] {
  return rows(db, sql`1`);
}

/** Also one that was taken off: what was issued with it must come out again as it was. Throws `attachment-missing`. */
export function anyAttachment(db: ReadDb, id: string): StoredAttachment {
  const [found] = rows(db, sql`t.id = ${id}`);
  if (!found) throw new AppError('attachment-missing', { id });
  return found;
}

/** Throws `attachment-missing`, `attachment-removed`. */
export function findAttachment(db: ReadDb, id: string): StoredAttachment {
  const found = anyAttachment(db, id);
  if (found.removed) throw new AppError('attachment-removed', { title: found.title });
  return found;
}

/**
 * The record, if something may be added to it or taken off: what closes its content closes its attachments.
 * Throws `record-missing`, `action-not-allowed`.
 */
export function recordToAttach(db: ReadDb, registry: Registry, recordId: string): StoredRecord {
  const record = findRecord(db, registry, recordId);
  if (isClosed(record)) throw notAllowed(record, 'edit');
  return record;
}

export type NewAttachment = {
  title: string;
  kind: string;
  fileName: string;
  mediaType: MediaType;
  pages: number;
  content: Content;
  object: string;
};

/** Of an object that a record has already. */
export const attachedAs = (db: ReadDb, recordId: string, object: string): StoredAttachment | null =>
  rows(db, sql`t.record_id = ${recordId} and t.object = ${object} and t.removed_commit is null`)[0] ?? null;

/** The same content twice in one record is one too many. Throws `attachment-present`. */
export function addAttachment(
  context: WriteContext,
  record: StoredRecord,
  { title, kind, fileName, mediaType, pages, content, object }: NewAttachment,
): string {
  const { db } = context;
  const present = attachedAs(db, record.id, object);
  if (present) throw new AppError('attachment-present', { file: fileName, title: present.title });
  const id = context.newId();
  const last = db.value<number>(sql`select max(position) from attachment where record_id = ${record.id}`);
  db.run(sql`insert into attachment (id, record_id, ledger, position, title, kind, file_name, media_type, bytes, pages,
      content_hash, object, added_commit)
    values (${id}, ${record.id}, ${record.ledger.name}, ${(last ?? 0) + 1}, ${title}, ${kind}, ${fileName},
      ${mediaType}, ${content.bytes}, ${pages}, ${content.hash}, ${object}, ${context.commit()})`);
  return id;
}

/** A mark: the row and its object stay. */
export function removeAttachment(context: WriteContext, id: string, reason: string): void {
  context.db.run(sql`update attachment set removed_commit = ${context.commit()}, removed_reason = ${reason}
    where id = ${id}`);
}
