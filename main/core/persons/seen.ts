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
