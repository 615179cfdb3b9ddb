import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import { findPaper } from '#core/documents/own-store.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { findDefinition } from '#core/statistics/catalogue.ts';
import type { LogEntry, LogLine } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import { type AuditTitles, auditDetail, auditText } from '#shared/text/audit.ts';
import type { Kit } from '../context.ts';

/** The number of a record as it is now, also of one whose content was taken out; null where it has none. */
export function numberOf(kit: Kit, db: ReadDb, ledger: string, recordId: string): string | null {
  const spec = kit.registry.all.find(({ name }) => name === ledger);
  const stub = strippedOf(db, recordId);
  if (!spec || stub) return stub?.number ?? null;
  const field = spec.number?.field;
  if (field === undefined) return null;
  return (
    db.value<string | null>(
      sql`select ${id(columnOf(field))} from ${id(spec.table)} where id = ${recordId}`,
    ) ?? null
  );
}

/** What an entry was about, without a name: the register and the record's number, or the beginning of its id. */
export function objectBy(kit: Kit, number: (ledger: string, recordId: string) => string | null) {
  return (ledger: string, recordId: string): string | null => {
    const spec = kit.registry.all.find(({ name }) => name === ledger);
    return spec ? auditText.object(spec.title, number(ledger, recordId) ?? recordId.slice(0, 8)) : null;
  };
}

export const objectOf = (kit: Kit, db: ReadDb) =>
  objectBy(kit, (ledger, recordId) => numberOf(kit, db, ledger, recordId));

const brackets = ['()', '（）', '〔〕', '[]', '【】'];

/** A number as it may be written: whichever brackets and width, with no blanks. */
function writings(text: string): string[] {
  const plain = text
    .replaceAll(/\s/g, '')
    .normalize('NFKC')
    .replaceAll(/[〔【[]/g, '(')
    .replaceAll(/[〕】\]]/g, ')');
  const ways = brackets.map(([open = '', close = '']) => plain.replaceAll('(', open).replaceAll(')', close));
  return [...new Set([text.trim(), ...ways])];
}

/** Ids in the log of the record whose id is this, or begins so: where a record has no number, the log shows eight signs. */
function idsLike(db: ReadDb, text: string): string[] {
  const begins = text.trim().toLowerCase();
  if (!/^[\da-f]{8}[\da-f-]{0,28}$/.test(begins)) return [];
  return db.column<string>(
    sql`select distinct record_id from audit_entry where record_id >= ${begins} and record_id < ${`${begins}g`}`,
  );
}

/** Records of the ledger that a number or the beginning of an id may mean, those whose content was taken out too. */
export function recordsMeant(kit: Kit, db: ReadDb, text: string): string[] {
  const ways = join(writings(text));
  const numbered = kit.registry.all.flatMap(({ table, number }) =>
    number === undefined
      ? []
      : db.column<string>(sql`select id from ${id(table)} where ${id(columnOf(number.field))} in (${ways})`),
  );
  const taken = db.column<string>(sql`select record_id from stripped_record where number in (${ways})`);
  return [...new Set([...numbered, ...taken, ...idsLike(db, text)])];
}

/** The same in the log of another unit, which brings its numbers along. */
export const recordsMeantIn = (db: ReadDb, text: string): string[] => [
  ...new Set([
    ...db.column<string>(
      sql`select distinct record_id from audit_entry where record_id is not null and number in (${join(writings(text))})`,
    ),
    ...idsLike(db, text),
  ]),
];

const mostNumbers = 3;

/** The log in words: an entry holds names of the program's own, which mean nothing to whoever reads it. */
export function linesFor(
  { db, kit }: { db: ReadDb; kit: Kit },
  entries: readonly LogEntry[],
  number: (ledger: string, recordId: string) => string | null = (ledger, recordId) =>
    numberOf(kit, db, ledger, recordId),
): LogLine[] {
  const several = ({ ledger, title, detail: { ids } }: LogEntry): string | null => {
    const spec = kit.registry.all.find(({ name }) => name === ledger);
    if (title !== null || !spec || !Array.isArray(ids)) return title;
    const numbers = ids.slice(0, mostNumbers).map((recordId) => number(spec.name, recordId));
    return auditText.objects(
      spec.title,
      numbers.filter((one) => one !== null),
      ids.length,
    );
  };
  const orNull = (title: () => string): string | null => {
    try {
      return title();
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  };
  const paper = (kind: string) => orNull(() => findPaper(db, kind).title);
  const titles: AuditTitles = {
    list: (name) => kit.lists().find(({ list }) => list === name)?.title ?? null,
    kind: paper,
    kinds: paper,
    code: (code) => orNull(() => findDefinition(code).name),
  };
  return entries.map((entry) => ({
    ...entry,
    title: several(entry),
    said: auditDetail(entry.ledger, entry.detail, titles),
  }));
}
