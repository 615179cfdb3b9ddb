import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import { type IndicatorDefinition, parsePrinted } from '#shared/domain/figures.ts';

/** A figure entered by hand: the value in the indicator's unit and the text it was given as. */
export type EnteredFigure = { value: number; qualifier: string | null; printed: string };

export type EntryKey = { year: number; unitId: string };
export type Entry = EntryKey & { accountId: string; at: string };

/** Hand-entered figures of a unit and year by the indicator's code. */
export function enteredFigures(db: ReadDb, { year, unitId }: EntryKey): Map<string, EnteredFigure> {
  const rows = db.all<EnteredFigure & { code: string }>(sql`
    select code, value, qualifier, printed from indicator_value where year = ${year} and unit_id = ${unitId}`);
  return new Map(rows.map(({ code, ...figure }) => [code, figure]));
}

/** Reads what was entered; `called` is what the sentence names. Throws `figure-unreadable`, never guesses. */
export function readEntered(
  definition: IndicatorDefinition,
  text: string,
  called = definition.name,
): EnteredFigure {
  const printed = text.trim();
  const read = parsePrinted(printed, definition.unit);
  if (!read.ok) throw new AppError('figure-unreadable', { name: called, printed, unit: definition.unit });
  return { value: read.value, qualifier: read.qualifier, printed };
}

export function putEntered(db: WriteDb, entry: Entry, code: string, figure: EnteredFigure): void {
  db.run(sql`
    insert into indicator_value (year, unit_id, code, value, qualifier, printed, account_seq, entered_at)
    values (${entry.year}, ${entry.unitId}, ${code}, ${figure.value}, ${figure.qualifier}, ${figure.printed},
            (select seq from account where id = ${entry.accountId}), ${entry.at})
    on conflict (year, unit_id, code) do update set value = excluded.value, qualifier = excluded.qualifier,
      printed = excluded.printed, account_seq = excluded.account_seq, entered_at = excluded.entered_at`);
}

export function clearEntered(db: WriteDb, { year, unitId }: EntryKey, code: string): void {
  db.run(sql`delete from indicator_value where year = ${year} and unit_id = ${unitId} and code = ${code}`);
}
