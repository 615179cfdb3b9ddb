import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { ledgerOfRecord } from '#core/ledgers/registry.ts';
import { accountById, type StoredAccount } from '#core/security/accounts.ts';
import { readSetting } from '#core/settings/settings.ts';
import type { MethodKind } from '#shared/api/define.ts';
import { AppError, type ErrorCode, type ErrorParams } from '#shared/api/errors.ts';
import { columnOf } from '#shared/ledgers/describe.ts';
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

/** Sees a part of the ledger only: what speaks of all of it (`wide` methods) is not for such an account. */
export const isLimited = ({ unitIds, ledgers }: Scope) => unitIds !== null || ledgers !== null;

/** Ids by which calls name a record, or something that belongs to one. */
export const idFields = ['id', 'recordId', 'caseId', 'issued', 'exceptRecord', 'sealed'] as const;

/** Records, or what belongs to one, that a call names. */
export function idsNamedIn(input: unknown): string[] {
  const given = (input ?? {}) as Record<string, unknown>;
  const several = Array.isArray(given.ids) ? given.ids : [];
  return [...idFields.map((field) => given[field]), ...several].filter((one) => typeof one === 'string');
}

/** What an account asked for and may not know of. */
type Outside = { is: 'outside'; ledger: string; recordId: string };

/**
 * A refusal in the words in which a record that is not there is spoken of. Only its cause, which never leaves the core,
 * says that it is one.
 */
export function outside<C extends ErrorCode>(
  code: C,
  params: ErrorParams[C],
  { ledger, recordId }: Omit<Outside, 'is'>,
): AppError<C> {
  return new AppError(code, params, { cause: { is: 'outside', ledger, recordId } satisfies Outside });
}

/** What the log is to say of a failure that is a refusal: of a right, or of what lies outside; null of any other. */
export function refusalIn(error: unknown): Partial<Pick<Outside, 'ledger' | 'recordId'>> | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'no-right') return {};
  const cause = error.cause as Partial<Outside> | undefined;
  if (cause?.is !== 'outside') return null;
  const { ledger, recordId } = cause as Outside;
  return { ledger, recordId };
}

type Meant = { ledger: string; unitId: string; recordId: string };

/** The record that an id means: its own, or that of a scan or an issued paper. */
function recordMeant(kit: Kit, db: ReadDb, given: string): Meant | null {
  const owner =
    db.value<string>(sql`select record_id from attachment where id = ${given}`) ??
    db.value<string>(sql`select record_id from issued_paper where id = ${given}`) ??
    given;
  const ledger = ledgerOfRecord(db, kit.registry, owner);
  const unitId = ledger && db.value<string>(sql`select unit_id from ${id(ledger.table)} where id = ${owner}`);
  return ledger && unitId ? { ledger: ledger.name, unitId, recordId: owner } : null;
}

const covers = ({ unitIds, ledgers }: Scope, { ledger, unitId }: Meant) =>
  (unitIds === null || unitIds.includes(unitId)) && (ledgers === null || ledgers.includes(ledger));

/**
 * Whether it is a part of a record that the account sees: what the county did is in the file that the station keeps, to be
 * read there, and the county's to change.
 */
function isOfSeenWhole(kit: Kit, db: ReadDb, scope: Scope, { ledger, recordId }: Meant): boolean {
  const { partOf, table } = kit.registry.find(ledger);
  if (partOf === undefined || !(scope.ledgers?.includes(ledger) ?? true)) return false;
  const whole = db.value<string | null>(
    sql`select ${id(columnOf(partOf))} from ${id(table)} where id = ${recordId}`,
  );
  const meant = typeof whole === 'string' ? recordMeant(kit, db, whole) : null;
  return meant !== null && covers(scope, meant);
}

/** Whether an account sees the record now; what is not in any register any more is seen by accounts without a limit. */
export function isSeen(kit: Kit, db: ReadDb, scope: Scope, recordId: string): boolean {
  if (!isLimited(scope)) return true;
  const meant = recordMeant(kit, db, recordId);
  return meant !== null && covers(scope, meant);
}

/** Whether an account may read the record, as its own or as a part of one that it sees. */
export function isRead(kit: Kit, db: ReadDb, scope: Scope, recordId: string): boolean {
  if (!isLimited(scope)) return true;
  const meant = recordMeant(kit, db, recordId);
  return meant !== null && (covers(scope, meant) || isOfSeenWhole(kit, db, scope, meant));
}

/**
 * Refuses what lies outside an account's units and registers before a handler sees the call: a register by its name, a
 * record as if it were not there. Of several ids (`ids`), a query leaves out what lies outside, as lists do; whatever
 * changes records is refused for one of them. Throws `no-right`, `record-missing`.
 */
export function checkScope(kit: Kit, db: ReadDb, scope: Scope, kind: MethodKind, input: unknown): void {
  if (!isLimited(scope) || typeof input !== 'object' || input === null) return;
  const given = input as Record<string, unknown>;
  const sees = (ledger: string) => scope.ledgers === null || scope.ledgers.includes(ledger);
  if (typeof given.ledger === 'string' && !sees(given.ledger))
    throw new AppError('no-right', { right: 'ledger.read' });
  const origin = (given.origin as { id?: unknown } | undefined)?.id;
  const several = kind !== 'query' && Array.isArray(given.ids) ? given.ids : [];
  for (const named of [...idFields.map((field) => given[field]), origin, ...several]) {
    if (typeof named !== 'string') continue;
    const meant = recordMeant(kit, db, named);
    if (!meant) continue;
    if (covers(scope, meant) || (kind === 'query' && isOfSeenWhole(kit, db, scope, meant))) continue;
    throw outside('record-missing', { id: named }, meant);
  }
}

/** Whoever sees some units only manages their accounts, and no others. */
export const isOfUnits = ({ unitIds }: Pick<Scope, 'unitIds'>, unitId: string) =>
  unitIds?.includes(unitId) ?? true;

/** An account of the units; of others in the words of one that there is not. Throws `account-missing`. */
export function accountWithin(db: ReadDb, scope: Scope, accountId: string): StoredAccount {
  const account = accountById(db, accountId);
  if (!account || !isOfUnits(scope, account.unitId)) throw new AppError('account-missing', {});
  return account;
}

type Filter = Record<string, unknown>;

/** What a filter asks of the unit: one, one of several, or a range, which compares as the table does. */
function isAskedFor(asked: unknown, unitId: string): boolean {
  if (Array.isArray(asked)) return asked.includes(unitId);
  if (typeof asked !== 'object' || asked === null) return asked === unitId;
  const { from, to } = asked as { from?: string | number; to?: string | number };
  // Every text comes after every number.
  const isFrom = from === undefined || typeof from === 'number' || unitId >= from;
  return isFrom && (to === undefined || (typeof to === 'string' && unitId <= to));
}

/** A list's filter with the account's units in it; what was asked for stays inside them. */
export function withinScope<F extends Filter | undefined>({ unitIds }: Scope, filter: F): F {
  if (unitIds === null) return filter;
  const asked = filter?.unitId;
  const kept = unitIds.filter((unitId) => asked === undefined || isAskedFor(asked, unitId));
  // No unit has an empty id: nothing is found rather than everything.
  return { ...filter, unitId: kept.length > 0 ? kept : [''] } as unknown as F;
}
