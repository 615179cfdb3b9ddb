import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { ledgerOfRecord } from '#core/ledgers/registry.ts';
import { readSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Kit } from './context.ts';
import type { StoredSession } from './contract.ts';

/** Which records an account sees: those of some units, in some registers; null where there is no limit. */
export type Scope = { unitIds: readonly string[] | null; ledgers: readonly string[] | null };

/** The units at and below the account's own; null where that is the ledger's own unit, which sees everything. */
export function scopeOf(kit: Kit, db: ReadDb, session: StoredSession): Scope {
  const { ledgers } = session;
  if (session.unitId === '' || session.unitId === readSetting(db, 'unitId'))
    return { unitIds: null, ledgers };
  const code = kit.unitCodeOf(db, session.unitId);
  const unitIds = db.column<string>(sql`
    with recursive below (id, code) as (
      select id, code from unit where code = ${code}
      union select u.id, u.code from unit u join below b on u.parent_code = b.code)
    select id from below`);
  return { unitIds, ledgers };
}

const isLimited = ({ unitIds, ledgers }: Scope) => unitIds !== null || ledgers !== null;

/** Ids by which calls name a record, or something that belongs to one. */
const idFields = ['id', 'recordId', 'caseId', 'issued', 'exceptRecord'] as const;

/** The record that an id means: its own, or that of a scan or an issued paper. */
function recordMeant(kit: Kit, db: ReadDb, given: string): { ledger: string; unitId: string } | null {
  const owner =
    db.value<string>(sql`select record_id from attachment where id = ${given}`) ??
    db.value<string>(sql`select record_id from issued_paper where id = ${given}`) ??
    given;
  const ledger = ledgerOfRecord(db, kit.registry, owner);
  const unitId = ledger && db.value<string>(sql`select unit_id from ${id(ledger.table)} where id = ${owner}`);
  return ledger && unitId ? { ledger: ledger.name, unitId } : null;
}

/**
 * Refuses what lies outside an account's units and registers before a handler sees the call: a register by its name, a
 * record as if it were not there. Throws `no-right`, `record-missing`.
 */
export function checkScope(kit: Kit, db: ReadDb, scope: Scope, input: unknown): void {
  if (!isLimited(scope) || typeof input !== 'object' || input === null) return;
  const given = input as Record<string, unknown>;
  const sees = (ledger: string) => scope.ledgers === null || scope.ledgers.includes(ledger);
  if (typeof given.ledger === 'string' && !sees(given.ledger))
    throw new AppError('no-right', { right: 'ledger.read' });
  const origin = (given.origin as { id?: unknown } | undefined)?.id;
  for (const named of [...idFields.map((field) => given[field]), origin]) {
    if (typeof named !== 'string') continue;
    const meant = recordMeant(kit, db, named);
    if (!meant) continue;
    const isOutside = scope.unitIds !== null && !scope.unitIds.includes(meant.unitId);
    if (isOutside || !sees(meant.ledger)) throw new AppError('record-missing', { id: named });
  }
}

type Filter = Record<string, unknown>;

/** A list's filter with the account's units in it; what was asked for stays inside them. */
export function withinScope<F extends Filter | undefined>({ unitIds }: Scope, filter: F): F {
  if (unitIds === null) return filter;
  const asked = filter?.unitId;
  const wanted = asked === undefined ? unitIds : Array.isArray(asked) ? asked : [asked];
  const kept = unitIds.filter((unitId) => wanted.includes(unitId));
  // No unit has an empty id: nothing is found rather than everything.
  return { ...filter, unitId: kept.length > 0 ? kept : [''] } as unknown as F;
}
