import type { ReadDb } from '#core/db/connection.ts';
import { listAllBackups } from '#core/db/copies.ts';
import { secondPlace } from '#core/db/second-place.ts';
import { id, sql } from '#core/db/sql.ts';
import { allAccounts } from '#core/security/accounts.ts';
import { readSetting } from '#core/settings/settings.ts';
import seed from '#seeds/templates/safety/program-assessment.json' with { type: 'json' };
import { roles } from '#shared/api/rights.ts';
import { commonText, roleNames } from '#shared/text/window.ts';
import type { Kit } from './context.ts';
import { lastGoodDrill } from './drill-list.ts';

const filled = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** Who has a way in, by role. */
function accountsText(db: ReadDb): string {
  const inUse = allAccounts(db).filter(({ isDisabled }) => !isDisabled);
  const told = roles
    .map((role) => ({ name: roleNames[role] ?? role, n: inUse.filter((one) => one.role === role).length }))
    .filter(({ n }) => n > 0)
    .map((one) => filled(seed.role, one));
  return filled(seed.accounts, { n: inUse.length, roles: told.join(commonText.comma) });
}

function copiesText(folder: string): string {
  const n = listAllBackups(folder).length;
  if (n === 0) return seed.copies.none;
  return filled(secondPlace(folder) === null ? seed.copies.own : seed.copies.second, { n });
}

function drillText(db: ReadDb): string {
  const good = lastGoodDrill(db);
  return good ? filled(seed.drill.good, { day: good }) : seed.drill.none;
}

/**
 * 个人信息保护影响评估 of the program itself as far as the program knows: what is processed, where it lies, how it is
 * protected, who has access, in the state of this moment. Degree of risk, fitness of the measures, conclusion and
 * signature are the unit's (个人信息保护法 55, 56).
 */
export function programAssessment(db: ReadDb, kit: Kit): Record<string, string> {
  const values = {
    records: kit.registry.all.reduce(
      (sum, { table }) => sum + (db.value<number>(sql`select count(*) from ${id(table)}`) ?? 0),
      0,
    ),
    accounts: accountsText(db),
    lock: readSetting(db, 'lockAfterMinutes') ?? '10',
    copies: copiesText(kit.folder()),
    drill: drillText(db),
  };
  const { subject, situation, dataKinds, persons, purpose, necessity, impact, measures } = seed;
  const texts = { subject, situation, dataKinds, persons, purpose, necessity, impact, measures };
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, filled(text, values)]));
}
