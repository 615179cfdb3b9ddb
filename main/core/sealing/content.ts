import { createHash } from 'node:crypto';
import { isDamage, type ReadDb } from '#core/db/connection.ts';
import { inFolder } from '#core/db/folder.ts';
import { ObjectFault } from '#core/db/object-format.ts';
import { nameOfBytes, putBytes, readObject } from '#core/db/objects.ts';
import { sql } from '#core/db/sql.ts';
import { everyAttachmentOf, type StoredAttachment } from '#core/ledgers/attachments.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { partsOf, stripRecord } from '#core/ledgers/strip.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import { openUnderAll, sealUnder } from '#core/security/sealing-key.ts';
import { AppError } from '#shared/api/errors.ts';
import { holdsNumber, holdsPart, wholeNumbers } from '#shared/domain/sealing.ts';
import { foldForSearch } from '#shared/domain/search-text.ts';
import { lockOf } from './lock.ts';
import { type PackedRecord, packRecord, putBack, unpackRecords } from './pack.ts';

/** What was sealed of each attachment, by its object; null where the object could not be read. */
export type SealedFiles = ReadonlyMap<string, Buffer | null>;

function attachmentsOf(db: ReadDb, registry: Registry, record: StoredRecord): StoredAttachment[] {
  return [record, ...partsOf({ db, registry }, record)].flatMap(({ id }) => everyAttachmentOf(db, id));
}

/** Lost for good: not there, or not what it was. Held by another program, or of a newer form, it is neither. */
const isLost = (error: unknown): boolean =>
  error instanceof ObjectFault
    ? error.reason !== 'newer'
    : ['ENOENT', 'EIO', 'EISDIR', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code));

/**
 * The files of a record, each sealed; one at a time, because they may be large. One that is lost or damaged is left out:
 * it is as lost afterwards as it was. Throws `sealing-file-held` for one that only cannot be read now, which would be lost
 * by being left out; `isCertain`: the sealing stands already, and nothing stops it.
 */
export async function sealFiles(
  { db, registry, folder, key }: { db: ReadDb; registry: Registry; folder: string; key: Uint8Array },
  record: StoredRecord,
  under: readonly string[],
  { isCertain }: { isCertain: boolean },
): Promise<SealedFiles> {
  const files = new Map<string, Buffer | null>();
  for (const { object, content, title } of attachmentsOf(db, registry, record)) {
    if (files.has(object)) continue;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of readObject(inFolder(folder, 'objects'), key, content)) chunks.push(chunk);
      files.set(object, sealUnder(Buffer.concat(chunks), under));
    } catch (error) {
      if (!isCertain && !isLost(error)) throw new AppError('sealing-file-held', { title }, { cause: error });
      files.set(object, null);
    }
  }
  return files;
}

/**
 * The content of a record goes under the sealing key (and one that the level above holds, where that was the second of
 * two: `above.ts`), and out of everything else. Throws `record-changed` where a file
 * came to it after `sealFiles`.
 */
export function sealRecord(
  context: WriteContext,
  record: StoredRecord,
  { under, files }: { under: readonly string[]; files: SealedFiles },
): void {
  const { db, registry } = context;
  if (attachmentsOf(db, registry, record).some(({ object }) => !files.has(object)))
    throw new AppError('record-changed', { by: context.account, at: context.at });
  db.run(sql`delete from sealed_content where record_id = ${record.id}`);
  const parts = [
    sealUnder(packRecord(context, record), under),
    ...[...files.values()].filter((file) => file !== null),
  ];
  parts.forEach((content, ordinal) => {
    db.run(
      sql`insert into sealed_content (record_id, ordinal, content) values (${record.id}, ${ordinal}, ${content})`,
    );
  });
  stripRecord(context, record, 'sealed');
  db.run(
    sql`update stripped_record set content_digest = ${digestOf(db, record.id)} where record_id = ${record.id}`,
  );
}

/** Over every part and its length, in their order; one at a time, because they may be large. */
function digestOf(db: ReadDb, recordId: string): Buffer {
  const hash = createHash('sha256');
  const ordinals = db.column<number>(
    sql`select ordinal from sealed_content where record_id = ${recordId} order by ordinal`,
  );
  for (const ordinal of ordinals) {
    const content = db.value<Uint8Array>(
      sql`select content from sealed_content where record_id = ${recordId} and ordinal = ${ordinal}`,
    );
    hash.update(`${ordinal} ${content?.length ?? 0}\n`).update(content ?? new Uint8Array());
  }
  return hash.digest();
}

/** Sealed records whose content is missing or no longer what was sealed; nothing of it has to be opened for that. */
export function wrongSealed(db: ReadDb): string[] {
  const digests = db.all<{ recordId: string; digest: Uint8Array | null }>(
    sql`select record_id as recordId, content_digest as digest from stripped_record
      where why = 'sealed' and part_of is null order by record_id`,
  );
  return digests
    .filter(({ recordId, digest }) => !digest || !digestOf(db, recordId).equals(digest))
    .map(({ recordId }) => recordId);
}

function open(content: Uint8Array, keys: readonly string[]): Buffer {
  const plain = openUnderAll(content, keys);
  if (!plain) throw new AppError('sealing-damaged', {});
  return plain;
}

/** The record and its parts as they were sealed; keys from the outermost inwards. Throws `record-missing`, `sealing-locked`, `sealing-damaged`. */
export function openRecord(db: ReadDb, recordId: string, keys: readonly string[]): PackedRecord[] {
  const content = db.value<Uint8Array>(
    sql`select content from sealed_content where record_id = ${recordId} and ordinal = 0`,
  );
  if (content === undefined) throw new AppError('record-missing', { id: recordId });
  const lock = lockOf(db, recordId);
  if (lock && keys.length < 2) throw new AppError('sealing-locked', { unit: lock.unit });
  return unpackRecords(open(content, keys));
}

/**
 * Everything is where it was before. Files are on the disk before the ledger names them: `comes` is told of the object
 * before each, `written` of the path after it.
 */
export function unsealRecord(
  context: WriteContext,
  recordId: string,
  around: {
    keys: readonly string[];
    folder: string;
    key: Uint8Array;
    comes(object: string): void;
    written(file: string): void;
  },
): void {
  const { keys, folder, key, comes, written } = around;
  const { db } = context;
  const records = openRecord(db, recordId, keys);
  const files = db.column<Uint8Array>(
    sql`select content from sealed_content where record_id = ${recordId} and ordinal > 0 order by ordinal`,
  );
  for (const file of files) {
    const bytes = open(file, keys);
    comes(nameOfBytes(key, bytes));
    const at = putBytes(inFolder(folder, 'objects'), key, bytes);
    if (at !== null) written(at);
  }
  putBack(context, records);
  db.run(sql`delete from sealed_content where record_id = ${recordId}`);
}

/** Without blanks, dots and what else people write otherwise: a name is asked for as it stands on another's letter. */
const folded = (text: string): string => foldForSearch(text).replaceAll(' ', '');

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A record that names a person; `agrees`: the part of a number that was given stands in it too. */
type Named = { recordId: string; agrees: boolean };
/** Sealed records: those that name a person, and, whomever they name, those that cannot be read or not by this unit alone. */
export type SealedAbout = { found: Named[]; unreadable: string[]; locked: string[] };

/**
 * Sealed records in which a person is named, by name or by a whole number; parts and free texts are looked through too. A
 * part of a number finds nobody: many numbers hold it, and it is only told whether it stands in what the name found. A
 * record that cannot be read is told beside the others: it must not keep anybody from them.
 */
export function sealedAbout(
  db: ReadDb,
  privateKey: string,
  { name, idNumber = '' }: { name: string; idNumber?: string | undefined },
): SealedAbout {
  const wanted = folded(name);
  const numbers = wholeNumbers(idNumber);
  const about: SealedAbout = { found: [], unreadable: [], locked: [] };
  for (const recordId of sealedIds(db)) {
    let records: PackedRecord[];
    try {
      records = openRecord(db, recordId, [privateKey]);
    } catch (error) {
      if (isDamage(error)) throw error;
      const isLocked = error instanceof AppError && error.code === 'sealing-locked';
      (isLocked ? about.locked : about.unreadable).push(recordId);
      continue;
    }
    const said = records.flatMap(({ content, title }) => [title, ...textsIn(content)]);
    const isNamed = wanted !== '' && said.some((text) => folded(text).includes(wanted));
    const isNumbered = numbers !== null && said.some((text) => holdsNumber(text, numbers));
    const agrees = numbers === null && said.some((text) => holdsPart(text, idNumber));
    if (isNamed || isNumbered) about.found.push({ recordId, agrees });
  }
  return about;
}

const sealedIds = (db: ReadDb) =>
  db.column<string>(
    sql`select record_id from stripped_record where why = 'sealed' and part_of is null order by record_id`,
  );
