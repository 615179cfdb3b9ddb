import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { findPaper } from '#core/documents/own-store.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { findDefinition } from '#core/statistics/figures.ts';
import type { LogEntry, LogLine } from '#shared/api/audit-types.ts';
import { AppError } from '#shared/api/errors.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
import { type AuditTitles, auditDetail, auditText } from '#shared/text/audit.ts';
import type { Kit } from '../context.ts';

/** What an entry was about, without a name: the register and the record's number, or the beginning of its id. */
export function objectOf(kit: Kit, db: ReadDb) {
  return (ledger: string, recordId: string): string | null => {
    const spec = kit.registry.all.find(({ name }) => name === ledger);
    if (!spec) return null;
    const stub = strippedOf(db, recordId);
    if (stub) return auditText.object(spec.title, stub.number ?? recordId.slice(0, 8));
    const field = spec.number?.field;
    const number =
      field === undefined
        ? null
        : db.value<string | null>(
            sql`select ${id(columnOf(field))} from ${id(spec.table)} where id = ${recordId}`,
          );
    return auditText.object(spec.title, number ?? recordId.slice(0, 8));
  };
}

/** The log in words: an entry holds names of the program's own, which mean nothing to whoever reads it. */
export function linesFor({ db, kit }: { db: ReadDb; kit: Kit }, entries: readonly LogEntry[]): LogLine[] {
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
  return entries.map((entry) => ({ ...entry, said: auditDetail(entry.ledger, entry.detail, titles) }));
}
