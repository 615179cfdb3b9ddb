import { z } from 'zod';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { CodeListShown, Said } from '#shared/domain/code-edition.ts';
import { type CodeList, codeItemSchema } from '#shared/domain/code-list.ts';

type Row = { list: string; note: string; by: string; at: string };
/** What a unit made of a list, or of a mapping; `items` as JSON. */
export type EditionRow = Row & { items: string };
const itemsSchema = z.array(codeItemSchema).min(1);

/** Changes with every edition and confirmation, whoever wrote it: a part of the core sees by it that it must read anew. */
export function editionsVersion(db: ReadDb): string {
  return (
    db.value<string>(sql`select (select coalesce(max(seq), 0) from code_edition) || ' ' ||
      (select coalesce(max(seq), 0) from code_confirmation)`) ?? ''
  );
}

/** Every edition, the oldest first. */
export function editionsOf(db: ReadDb): EditionRow[] {
  return db.all<EditionRow>(sql`select e.list, e.basis as note, e.items, a.name as by, c.at from code_edition e
    join commit_entry c on c.number = e.commit_number join account a on a.seq = c.account_seq order by e.seq`);
}

/** The shipped lists with what the unit made of them; the newest edition and confirmation of each stand. */
export function shownLists(db: ReadDb, shipped: readonly CodeList[]): CodeListShown[] {
  const newest = <R extends Row>(rows: readonly R[]) => new Map(rows.map((row) => [row.list, row]));
  const editions = newest(editionsOf(db));
  const confirmations = newest(
    db.all<Row>(sql`select f.list, f.note, a.name as by, c.at from code_confirmation f
      join commit_entry c on c.number = f.commit_number join account a on a.seq = c.account_seq order by f.seq`),
  );
  const said = (row: Row | undefined): Said | null =>
    row ? { by: row.by, at: row.at, note: row.note } : null;
  return shipped.map((list) => {
    const edition = list.isLocal ? editions.get(list.list) : undefined;
    const items = edition ? itemsSchema.parse(JSON.parse(edition.items)) : list.items;
    const confirmed = said(confirmations.get(list.list));
    // What was confirmed was the edition of then.
    const isOlder = confirmed !== null && edition !== undefined && confirmed.at < edition.at;
    return { ...list, items, local: said(edition), confirmed: isOlder ? null : confirmed };
  });
}

/** Keeps an edition; its items must have passed the schema of a code list's items, or of a mapping's rules. */
export function putEdition(
  db: WriteDb,
  list: string,
  edition: { basis: string; items: readonly unknown[]; commit: number },
): void {
  db.run(sql`insert into code_edition (list, basis, items, commit_number)
    values (${list}, ${edition.basis}, ${JSON.stringify(edition.items)}, ${edition.commit})`);
}

export function putConfirmation(db: WriteDb, list: string, note: string, commit: number): void {
  db.run(sql`insert into code_confirmation (list, note, commit_number) values (${list}, ${note}, ${commit})`);
}
