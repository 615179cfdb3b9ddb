import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { PersonWarning, SeenWarning } from '#shared/api/persons.ts';

/** Warnings that stood before somebody's eyes, as they stood there: what became of the other case changes nothing. */
export function seenOf(db: ReadDb, recordId: string): SeenWarning[] {
  return db
    .all<{ shown: string; seen_at: string; seen_by: string }>(
      sql`select shown, seen_at, seen_by from person_warning_seen where record_id = ${recordId} order by seq`,
    )
    .map(({ shown, seen_at: seenAt, seen_by: by }) => ({
      warning: JSON.parse(shown) as PersonWarning,
      at: seenAt,
      by,
    }));
}

/** Keeps what was seen, once for each account; returns how many were new. */
export function keepSeen(
  db: WriteDb,
  recordId: string,
  warnings: readonly PersonWarning[],
  act: { at: string; by: string },
): number {
  return warnings.reduce((added, warning) => {
    const known = db.value(sql`select 1 from person_warning_seen
      where record_id = ${recordId} and warning = ${warning.key} and seen_by = ${act.by}`);
    if (known !== undefined) return added;
    db.run(sql`insert into person_warning_seen (record_id, warning, shown, seen_at, seen_by)
      values (${recordId}, ${warning.key}, ${JSON.stringify(warning)}, ${act.at}, ${act.by})`);
    return added + 1;
  }, 0);
}

/** What was seen at the intake of a record, and what others saw of it at theirs: a warning quotes the record it is about. */
export function forgetSeen(db: WriteDb, recordId: string): void {
  db.run(sql`delete from person_warning_seen where record_id = ${recordId} or instr(shown, ${recordId}) > 0`);
}

/** A row as it is kept with a record that is sealed. */
export type SeenRow = { recordId: string; warning: string; shown: string; at: string; by: string };

/** What `forgetSeen` takes out. */
export const seenAround = (db: ReadDb, recordId: string): SeenRow[] =>
  db.all(sql`select record_id as recordId, warning, shown, seen_at as at, seen_by as by from person_warning_seen
    where record_id = ${recordId} or instr(shown, ${recordId}) > 0 order by seq`);

/** Puts it back as far as it still fits: not of a record that is gone, nor where it quotes one whose content was taken out. */
export function putBackSeen(db: WriteDb, rows: readonly SeenRow[], isThere: (id: string) => boolean): void {
  for (const { recordId, warning, shown, at, by } of rows) {
    const isQuoted = db.value(
      sql`select 1 from stripped_record where instr(${shown}, record_id) > 0 limit 1`,
    );
    if (!isThere(recordId) || isQuoted !== undefined) continue;
    db.run(sql`insert or ignore into person_warning_seen (record_id, warning, shown, seen_at, seen_by)
      values (${recordId}, ${warning}, ${shown}, ${at}, ${by})`);
  }
}
