import fs from 'node:fs';
import path from 'node:path';
import { isFull } from '#core/db/connection.ts';
import { objectName } from '#core/db/object-format.ts';
import {
  type Content,
  FileChanged,
  hashFile,
  objectPath,
  putObject,
  stateOfObject,
} from '#core/db/objects.ts';
import {
  addAttachment,
  anyAttachment,
  attachedAs,
  attachmentsOf,
  everyAttachmentOf,
  findAttachment,
  type NewAttachment,
  recordToAttach,
  removeAttachment,
  type StoredAttachment,
} from '#core/ledgers/attachments.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Attachment } from '#shared/api/types.ts';
import { type MediaType, sniff } from '#shared/domain/media-type.ts';
import { isWhole } from '#shared/domain/media-whole.ts';
import type { CommandContext, HandlersOf, JobContext, Kit } from '../context.ts';
import { fileFailure } from '../files.ts';
import { contentOf, storeOf } from './attachment-content.ts';

const limitMb = 100;
/** A sheet of A3 at 600 dpi has 70 million pixels; four bytes each must fit into a page's memory. */
const mostPixels = 120_000_000;
const headBytes = 4 * 2 ** 20;
const progressEvery = 4 * 2 ** 20;
const pagesLimitMs = 120_000;

type Names =
  | 'attachment.add'
  | 'attachment.list'
  | 'attachment.view'
  | 'attachment.remove'
  | 'attachment.export';

/** `mends`: the attachment whose lost or damaged content the same file brings back; nothing of the record changes. */
type Staged = NewAttachment & { mends: string | null };

const isStored = async (kit: Kit, key: Uint8Array, content: Content) =>
  (await stateOfObject(storeOf(kit), key, content, { quick: false })) === 'whole';

export const attachmentHandlers: HandlersOf<Names> = {
  'attachment.add': {
    async stage(context, { recordId, file, kind, title }): Promise<Staged> {
      const { kit, db, key, files } = context;
      const record = findRecord(db, kit.registry, recordId);
      if (!kit.hasCode('attachmentKind', kind, kit.today())) {
        const fields = { kind: { problem: 'unknown-code', code: kind } as const };
        throw new AppError('record-invalid', { count: 1 }, { fields });
      }
      const from = files.path(file);
      const fileName = path.basename(from);
      try {
        const mediaType = await checkFile(kit, from, fileName);
        const content = await hashFile(from, steps(context, sizeOf(from) * 2, 0));
        const present = attachedAs(db, record.id, objectName(key, content.hash));
        const mends = present !== null && !(await isStored(kit, key, content)) ? present.id : null;
        if (mends === null) recordToAttach(db, kit.registry, recordId);
        if (present && mends === null)
          throw new AppError('attachment-present', { file: fileName, title: present.title });
        const pages = mediaType === 'application/pdf' ? await pagesOf(kit, from, fileName) : 1;
        const between = steps(context, content.bytes * 2, content.bytes);
        const object = await putObject(storeOf(kit), key, from, content, kit.env.now(), between);
        return {
          title: title ?? titleFrom(fileName),
          kind,
          fileName: fileName.slice(0, 200),
          mediaType,
          pages,
          content,
          object,
          mends,
        };
      } catch (error) {
        if (error instanceof FileChanged) throw new AppError('file-changed', { file: fileName });
        if (isFull(error)) throw new AppError('disk-full', { file: fileName }, { cause: error });
        throw fileFailure(error, from);
      }
    },
    commit(context, { mends, ...staged }: Staged, { recordId }) {
      const { db, kit } = context;
      // The row must never stand without its object, whatever happened to the folder since.
      if (!fs.existsSync(objectPath(storeOf(kit), staged.object)))
        throw new AppError('attachment-lost', { title: staged.title });
      const { kind, pages, content } = staged;
      const id = mends ?? addAttachment(context.write, recordToAttach(db, kit.registry, recordId), staged);
      return told(context, findAttachment(db, id), { kind, pages, bytes: content.bytes });
    },
  },

  'attachment.list': ({ db, kit }, { recordId, removed = false }) => {
    findRecord(db, kit.registry, recordId);
    return (removed ? everyAttachmentOf(db, recordId) : attachmentsOf(db, recordId)).map(plain);
  },

  'attachment.view': async ({ db, kit, key, note }, { id, removed = false }) => {
    const found = removed ? anyAttachment(db, id) : findAttachment(db, id);
    note(noteOf(found, {}));
    return { attachment: plain(found), content: await contentOf(kit, key, found) };
  },

  'attachment.remove': (context, { id, reason }) => {
    const { db, kit } = context;
    const found = findAttachment(db, id);
    recordToAttach(db, kit.registry, found.recordId);
    removeAttachment(context.write, id, reason);
    const [removed = found] = everyAttachmentOf(db, found.recordId).filter((one) => one.id === id);
    return told(context, removed, {});
  },

  'attachment.export': async ({ db, kit, key, files, note }, { id, out, reason, overwrite = false }) => {
    const found = findAttachment(db, id);
    note(noteOf(found, { reason }));
    return { file: files.write(out, await contentOf(kit, key, found), { overwrite }) };
  },
};

function plain({
  ledger: _ledger,
  content: _content,
  object: _object,
  ...row
}: StoredAttachment): Attachment {
  return row;
}

type Detail = Record<string, string | number>;

const noteOf = ({ id, ledger, recordId }: StoredAttachment, detail: Detail) => ({
  ledger,
  recordId,
  detail: { attachment: id, ...detail },
});

function told(context: CommandContext, row: StoredAttachment, detail: Detail): Attachment {
  context.changed(row.ledger);
  context.note(noteOf(row, detail));
  return plain(row);
}

/** Tells how far it is now and then, and stops where the caller asked to. */
function steps({ progress, alive }: JobContext, total: number, before: number): (done: number) => void {
  let told = 0;
  return (done) => {
    if (done - told < progressEvery) return alive();
    told = done;
    progress(before + done, total);
  };
}

const sizeOf = (file: string) => fs.statSync(file).size;

/**
 * By its bytes, whatever its name says. Throws `file-too-large`, `attachment-empty`, `attachment-kind`, `attachment-pixels`,
 * `attachment-truncated`.
 */
async function checkFile(kit: Kit, from: string, file: string): Promise<MediaType> {
  const found = fs.statSync(from);
  if (!found.isFile()) throw new AppError('file-unreadable', { file });
  if (found.size > limitMb * 2 ** 20) throw new AppError('file-too-large', { file, limitMb });
  if (found.size === 0) throw new AppError('attachment-empty', { file });
  const head = Buffer.alloc(Math.min(headBytes, found.size));
  const handle = fs.openSync(from, 'r');
  try {
    fs.readSync(handle, head, 0, head.length, 0);
  } finally {
    fs.closeSync(handle);
  }
  const sniffed = sniff(head);
  if (!sniffed) throw new AppError('attachment-kind', { file });
  // A picture that hides its size may be of any.
  if (!sniffed.size && sniffed.type !== 'application/pdf')
    throw new AppError('attachment-unreadable', { file });
  const { width, height } = sniffed.size ?? { width: 1, height: 1 };
  if (width * height > mostPixels) throw new AppError('attachment-pixels', { file, width, height });
  const isAll = head.length === found.size;
  if (
    !(isAll ? isWhole(head, sniffed.type) : await isWholeFile(kit, { file: from, type: sniffed.type }, file))
  )
    throw new AppError('attachment-truncated', { file });
  return sniffed.type;
}

/** A large file is read by a helper: the writer has saves to see to. */
async function isWholeFile(
  kit: Kit,
  asked: { file: string; type: MediaType },
  file: string,
): Promise<boolean> {
  try {
    return (await kit.env.helper('attachment.isWhole', asked, { ms: pagesLimitMs })) as boolean;
  } catch (error) {
    throw new AppError('attachment-unreadable', { file }, { cause: error });
  }
}

/** Counted by a helper: what a broken or hostile PDF does to a reader, it does to a thread that ends with it. */
async function pagesOf(kit: Kit, from: string, file: string): Promise<number> {
  try {
    const pages = (await kit.env.helper('attachment.pages', { file: from }, { ms: pagesLimitMs })) as number;
    if (pages > 0) return pages;
    throw new Error('no pages');
  } catch (error) {
    throw new AppError('attachment-unreadable', { file }, { cause: error });
  }
}

/** What the file is called, without its ending. */
function titleFrom(fileName: string): string {
  const name = path.parse(fileName).name.trim().slice(0, 80);
  return name === '' ? fileName.slice(0, 80) : name;
}
