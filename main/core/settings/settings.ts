import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Unit, UnitLevel } from '#shared/api/types.ts';

/** Facts about this ledger as a whole, by name. */
export type SettingName =
  | 'ledgerId'
  | 'unitId'
  | 'installationId'
  | 'installationWas'
  | 'numberOwner'
  | 'casePrefix'
  | 'isDemo'
  | 'lockAfterMinutes'
  | 'helpKeys'
  | 'keyChange'
  | 'tries'
  | 'takenOut'
  | 'indicatorBases'
  | 'fieldsOn'
  | 'afterRestore'
  | 'headBefore'
  | 'folderMark';

export function readSetting(db: ReadDb, name: SettingName): string | null {
  return db.value<string>(sql`select value from setting where name = ${name}`) ?? null;
}

export function writeSetting(db: WriteDb, name: SettingName, value: string): void {
  db.run(sql`insert into setting (name, value) values (${name}, ${value})
    on conflict (name) do update set value = excluded.value`);
}

type UnitRow = { id: string; code: string; name: string; level: UnitLevel; parent_code: string | null };
const toUnit = (row: UnitRow): Unit => ({
  id: row.id,
  code: row.code,
  name: row.name,
  level: row.level,
  parent: row.parent_code,
});

export function allUnits(db: ReadDb): Unit[] {
  return db
    .all<UnitRow>(sql`select id, code, name, level, parent_code from unit order by length(code), code`)
    .map(toUnit);
}

export function unitById(db: ReadDb, id: string): Unit | null {
  const row = db.get<UnitRow>(sql`select id, code, name, level, parent_code from unit where id = ${id}`);
  return row ? toUnit(row) : null;
}

/** The unit this ledger belongs to. */
export function ownUnit(db: ReadDb): Unit {
  const unit = unitById(db, readSetting(db, 'unitId') ?? '');
  if (!unit) throw new Error('ledger without a unit');
  return unit;
}
