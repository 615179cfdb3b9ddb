import type { WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Role, SafetyDuty } from '#shared/api/rights.ts';
import type { Account, Area, Unit, UnitLevel } from '#shared/api/types.ts';
import { isCaseNumberPrefix } from '#shared/domain/case-number.ts';
import { stationName } from '#shared/text/words.ts';
import type { Divisions } from './divisions.ts';
import { unitIdFrom } from './ids.ts';
import { writeSetting } from './settings.ts';

export type Founding = {
  at: string;
  newId(): string;
  ledgerId: string;
  level: UnitLevel;
  code: string;
  name: string;
  parent: string | null;
  isDemo: boolean;
  accounts: { name: string; role: Role; duties: readonly SafetyDuty[] }[];
  divisions: Divisions;
};

export type Founded = { unit: Unit; installation: string; accounts: Account[] };

export const codeLength: Record<UnitLevel, number> = { province: 2, city: 4, county: 6, station: 9 };
const ending = /(?:自治[区州县旗]|特别行政区|[省市县区旗镇乡]|街道(?:办事处)?|管委会)$/;

/** Short name in case numbers: 金塔 for 金塔县. */
export function prefixOf(area: string): string {
  const short = area.replace(ending, '');
  return [...short].length >= 2 ? short : area;
}

/** The first rows of a new ledger: unit tree, areas, installation, accounts. */
export function found(db: WriteDb, founding: Founding): Founded {
  const { divisions, code, level, newId, at } = founding;
  const own = divisions.find(code);
  for (const area of areasOf(divisions, code)) {
    db.run(sql`insert into area (code, name, level, parent_code)
      values (${area.code}, ${area.name}, ${area.level}, ${parentOf(area.code)})`);
  }
  const unit: Unit = { id: unitIdFrom(code), code, name: founding.name, level, parent: founding.parent };
  addUnit(db, unit);
  if (level === 'county') {
    // A station for every township; the county changes the list where its stations differ.
    for (const area of divisions.childrenOf(code)) {
      addUnit(db, {
        id: unitIdFrom(area.code),
        code: area.code,
        name: stationName(area.name),
        level: 'station',
        parent: code,
      });
    }
  }
  const installation = newId();
  db.run(sql`insert into installation (id, unit_id, created_at) values (${installation}, ${unit.id}, ${at})`);
  const accounts = founding.accounts.map(({ name, role, duties }) => {
    const account: Account = { id: newId(), name, role, duties };
    db.run(sql`insert into account (id, name, role, duties, unit_id, created_at)
      values (${account.id}, ${name}, ${role}, ${duties.join(' ')}, ${unit.id}, ${at})`);
    return account;
  });
  writeSetting(db, 'ledgerId', founding.ledgerId);
  writeSetting(db, 'unitId', unit.id);
  writeSetting(db, 'installationId', installation);
  writeSetting(db, 'numberOwner', installation);
  const prefix = prefixOf(own?.name ?? founding.name).normalize('NFC');
  writeSetting(db, 'casePrefix', isCaseNumberPrefix(prefix) ? prefix : '');
  writeSetting(db, 'isDemo', founding.isDemo ? '1' : '0');
  writeSetting(db, 'lockAfterMinutes', '10');
  return { unit, installation, accounts };
}

function addUnit(db: WriteDb, unit: Unit): void {
  db.run(sql`insert into unit (id, code, name, level, parent_code)
    values (${unit.id}, ${unit.code}, ${unit.name}, ${unit.level}, ${unit.parent})`);
}

function parentOf(code: string): string | null {
  const shorter = [9, 6, 4, 2].find((length) => length < code.length);
  return shorter === undefined ? null : code.slice(0, shorter);
}

/** The unit's own area, those above it, and all below: down to villages for a county or station, to counties above. */
function areasOf(divisions: Divisions, code: string): Area[] {
  const above = [2, 4, 6].filter((length) => length < code.length).map((length) => code.slice(0, length));
  const found = [...above, code]
    .map((one) => divisions.find(one))
    .filter((area): area is Area => area !== null);
  const down = (parent: string): Area[] => {
    const children = parent.length === 9 ? divisions.villagesOf(parent) : divisions.childrenOf(parent);
    if (code.length <= 4 && parent.length === 4) return children;
    return children.flatMap((child) => (child.code.length >= 12 ? [child] : [child, ...down(child.code)]));
  };
  return [...found, ...down(code)];
}
