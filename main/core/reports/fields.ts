import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { ownUnit } from '#core/settings/settings.ts';
import type { DocumentTemplate } from '#shared/document/model.ts';
import { chineseDay } from '#shared/domain/chinese-date.ts';
import type { Day } from '#shared/domain/day.ts';
import { areaWordOf, isGroupOnly, organsOf } from '#shared/text/report-fields.ts';

type Area = { name: string; parent_code: string | null };

/**
 * What the ledger knows of the fields of a report; a field it does not know is left out, and the report then shows a
 * gap and says so. A judicial station has no party committee and government of its own: it reports for its township.
 */
export function reportFields(
  db: ReadDb,
  template: DocumentTemplate,
  { year, today }: { year: number; today: Day },
): Record<string, string | undefined> {
  const unit = ownUnit(db);
  const area = areaBy(db, unit.code);
  const above = area && areaAbove(db, area);
  const known: Record<string, string | undefined> = {
    unitName: unit.name,
    areaName: area?.name,
    areaWord: area && areaWordOf(area.name),
    higherName: above?.name,
    addressee: area && organsOf(area.name),
    year: String(year),
    nextYear: String(year + 1),
    signedOn: chineseDay(today),
  };
  return Object.fromEntries(Object.keys(template.fields).map((name) => [name, known[name]]));
}

function areaBy(db: ReadDb, code: string): Area | undefined {
  return db.get<Area>(sql`select name, parent_code from area where code = ${code}`);
}

/** The next area up that governs: the code table has entries that only hold others together (市辖区 under
 * 北京市), and a city without counties stands in it twice (东莞市). */
function areaAbove(db: ReadDb, area: Area): Area | undefined {
  const above = area.parent_code === null ? undefined : areaBy(db, area.parent_code);
  const governs = above && !isGroupOnly(above.name) && above.name !== area.name;
  return above && !governs ? areaAbove(db, above) : above;
}
