import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { AppError } from '#shared/api/errors.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { type FieldsOn, optionalFieldsOf } from '#shared/ledgers/optional.ts';
import { readSetting, writeSetting } from './settings.ts';

/** As it is kept: a part of the core sees by it that somebody turned a field on or off. */
export const fieldsOnText = (db: ReadDb): string => readSetting(db, 'fieldsOn') ?? '{}';

/** The optional fields that the unit turned on, by register. */
export const fieldsOn = (db: ReadDb): FieldsOn => JSON.parse(fieldsOnText(db)) as FieldsOn;

/** Turns an optional field on or off. Throws `field-not-optional`. */
export function turnField(db: WriteDb, ledger: LedgerSpec, field: string, isOn: boolean): void {
  const optional = optionalFieldsOf(ledger);
  if (!optional.includes(field))
    throw new AppError('field-not-optional', {
      ledger: ledger.title,
      field: ledger.fields[field]?.label ?? field,
    });
  const all = fieldsOn(db);
  // In the order of the description, and without what an older one offered
  const on = optional.filter((name) => (name === field ? isOn : all[ledger.name]?.includes(name)));
  writeSetting(db, 'fieldsOn', JSON.stringify({ ...all, [ledger.name]: on }));
}
