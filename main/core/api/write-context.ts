import { periodOf } from '#core/cases/due-entries.ts';
import type { WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { nothingMoved } from '#core/ledgers/numbering.ts';
import { relatedTo } from '#core/ledgers/related.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { prefixOf } from '#core/settings/found.ts';
import { ownUnit, readSetting, unitById } from '#core/settings/settings.ts';
import type { Unit } from '#shared/api/types.ts';
import type { Kit } from './context.ts';
import type { StoredSession } from './contract.ts';
import { derivations } from './derivations.ts';
import { isRead, isSeen, scopeOf } from './scope.ts';

/** What a transaction writes with: one instant, one commit number, drawn when first needed. */
export function createWriteContext(
  kit: Kit,
  db: WriteDb,
  session: StoredSession,
  method: string,
  newId: () => string,
): WriteContext {
  const at = kit.at();
  const own = ownUnit(db);
  const unit = (session.unitId !== own.id && unitById(db, session.unitId)) || own;
  const labels = kit.labels(db);
  const installation = readSetting(db, 'installationId') ?? '';
  const scope = scopeOf(kit, db, session);
  const { unitIds } = scope;
  let commit: number | null = null;
  return {
    db,
    registry: kit.registry,
    account: session.account,
    at,
    today: kit.today(),
    unit: {
      id: unit.id,
      code: unit.code,
      name: unit.name,
      prefix: prefixFor(db, unit, own),
      level: unit.level,
    },
    installation,
    periodOf: (rule, content, isUnextended) => periodOf(db, rule, content, isUnextended),
    valueOf: (ledger, recordId, field) => kit.valueOf(db, ledger, recordId, field),
    moved: nothingMoved(),
    written: 0,
    stripped: [],
    over: [],
    unitCodeOf: (unitId) => kit.unitCodeOf(db, unitId),
    commit() {
      commit ??= db.insert(sql`
        insert into commit_entry (at, account_seq, installation_seq, method)
        select ${at}, a.seq, i.seq, ${method} from account a, installation i
        where a.id = ${session.accountId} and i.id = ${installation}`);
      return commit;
    },
    hasCode: kit.hasCode,
    hasRecord: (ledger, recordId) => kit.hasRecord(db, ledger, recordId),
    sees: (recordId) => isSeen(kit, db, { unitIds, ledgers: null }, recordId),
    reads: (recordId) => isRead(kit, db, scope, recordId),
    pointingAt: (ledger, recordId) =>
      relatedTo(db, kit.registry, { unitIds: null, ledgers: null }, { ledger, id: recordId }),
    labels,
    names: kit.names,
    newId,
    derivations,
  };
}

/** The short name in numbers: the ledger's own, or that of the area of a unit below it that somebody writes for. */
function prefixFor(db: WriteDb, unit: Unit, own: Unit): string {
  if (unit.id === own.id) return readSetting(db, 'casePrefix') ?? '';
  const area = db.value<string>(sql`select name from area where code = ${unit.code}`);
  return prefixOf(area ?? unit.name).normalize('NFC');
}
