import type { ReadDb } from '#core/db/connection.ts';
import { type Sql, sql } from '#core/db/sql.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import type { KeptSealing } from '#core/security/identity.ts';
import type { SealingKeys } from '#core/security/sealing-key.ts';
import { AppError } from '#shared/api/errors.ts';
import type { SealedRecord } from '#shared/api/sealing-types.ts';
import type { SealBasis, SealKind } from '#shared/domain/sealing.ts';
import { endAsks } from './asks.ts';

/** Applications to seal a record or to open it again, and what became of them. Accounts by their id. */
export type StoredRequest = {
  id: string;
  kind: SealKind;
  recordId: string;
  ledger: string;
  unitId: string;
  basis: SealBasis;
  /** Under the sealing key. */
  reason: Uint8Array;
  appliedAt: string;
  appliedBy: string;
  state: 'pending' | 'done' | 'refused' | 'withdrawn';
};

const columns = sql`id, kind, record_id as recordId, ledger, unit_id as unitId, basis, reason, applied_at as appliedAt,
  applied_by as appliedBy, state`;

const find = (db: ReadDb, where: Sql) =>
  db.all<StoredRequest>(sql`select ${columns} from sealing where ${where} order by seq desc`);

export const pendingRequests = (db: ReadDb) => find(db, sql`state = 'pending'`);

/** Throws `sealing-settled` where there is none that waits. */
export function pendingRequest(db: ReadDb, id: string): StoredRequest {
  const [found] = find(db, sql`id = ${id} and state = 'pending'`);
  if (!found) throw new AppError('sealing-settled', {});
  return found;
}

/** Throws `sealing-pending` where one for the same record waits already. */
export function addRequest(
  { db, at, newId }: Pick<WriteContext, 'db' | 'at' | 'newId'>,
  request: Pick<StoredRequest, 'kind' | 'recordId' | 'ledger' | 'unitId' | 'basis' | 'reason' | 'appliedBy'>,
): string {
  const waiting = db.value(
    sql`select 1 from sealing where record_id = ${request.recordId} and state = 'pending'`,
  );
  if (waiting !== undefined) throw new AppError('sealing-pending', {});
  const id = newId();
  const { kind, recordId, ledger, unitId, basis, reason, appliedBy } = request;
  db.run(sql`insert into sealing (id, kind, record_id, ledger, unit_id, basis, reason, applied_at, applied_by, state)
    values (${id}, ${kind}, ${recordId}, ${ledger}, ${unitId}, ${basis}, ${reason}, ${at}, ${appliedBy}, 'pending')`);
  return id;
}

/** `by` above: whoever decided there, in words, and the second key that is held there from now on. */
export function settleRequest(
  { db, at }: Pick<WriteContext, 'db' | 'at'>,
  id: string,
  state: 'done' | 'refused' | 'withdrawn',
  by: string,
  { above = null, lock = null }: { above?: string | null; lock?: SealingKeys | null } = {},
): void {
  endAsks(db, id, above === null ? 'over' : state === 'done' ? 'granted' : 'refused');
  db.run(sql`update sealing set state = ${state}, decided_at = ${at}, decided_by = ${by}, decided_above = ${above},
    lock = ${lock && JSON.stringify(lock)} where id = ${id}`);
}

type Sealed = Omit<StoredRequest, 'state' | 'kind'> & {
  decidedAt: string;
  decidedBy: string;
  againAt: string | null;
  number: string | null;
  decidedAbove: string | null;
  lock: string | null;
};

const sealedNow = (db: ReadDb) =>
  db.all<Sealed>(sql`
    select s.id, s.record_id as recordId, s.ledger, s.unit_id as unitId, s.basis, s.reason,
      s.applied_at as appliedAt, s.applied_by as appliedBy, s.decided_at as decidedAt, s.decided_by as decidedBy,
      s.again_at as againAt, s.decided_above as decidedAbove, s.lock, r.number
    from stripped_record r join sealing s on s.seq = (
      select max(seq) from sealing where record_id = r.record_id and kind = 'seal' and state = 'done')
    where r.why = 'sealed' and r.part_of is null order by s.decided_at desc, s.seq desc`);

/** What is to be known outside the ledger, so that an older copy does not undo it. */
export const keptSealings = (db: ReadDb): KeptSealing[] =>
  sealedNow(db).map(({ reason, againAt: _again, number: _number, decidedAbove, lock, ...rest }) => ({
    ...rest,
    reason: Buffer.from(reason).toString('base64'),
    ...(decidedAbove === null ? {} : { decidedAbove }),
    ...(lock === null ? {} : { lock: JSON.parse(lock) as SealingKeys }),
  }));

/**
 * What the file beside the ledger goes on remembering: all that it did, besides what is sealed here. A copy that came back
 * may know nothing of a sealing, and forgets none by that; only what was opened again by two, or an application that came
 * to nothing, goes out (`over`: ids of records and of applications).
 */
export function stillKept(
  before: readonly KeptSealing[],
  here: readonly KeptSealing[],
  over: readonly string[],
): KeptSealing[] {
  const known = new Set(here.map(({ recordId }) => recordId));
  const isOver = ({ id, recordId }: KeptSealing) => over.includes(id) || over.includes(recordId);
  return [...here, ...before.filter((one) => !known.has(one.recordId) && !isOver(one))];
}

/**
 * Whether the ledger knows that a sealing is over: its application was refused or taken back (the file beside the ledger may
 * have been ahead of it), or the record was opened again by two since (the file may be an older one).
 */
export const isOver = (db: ReadDb, { id, recordId }: KeptSealing): boolean =>
  db.value(sql`select 1 from sealing s where s.id = ${id} and (s.state in ('refused', 'withdrawn') or exists (
    select 1 from sealing u where u.record_id = ${recordId} and u.kind = 'unseal' and u.state = 'done'
      and u.seq > s.seq))`) !== undefined;

/** Notes a sealing that was done again after an older copy had come back; the copy may know nothing of it. */
export function keepAgain({ db, at }: Pick<WriteContext, 'db' | 'at'>, kept: KeptSealing): void {
  const { id, recordId, ledger, unitId, basis, reason, appliedAt, appliedBy, decidedAt, decidedBy } = kept;
  const { decidedAbove = null, lock = null } = kept;
  const lockText = lock && JSON.stringify(lock);
  // Applications of before, of the copy's day, have come to nothing.
  db.run(sql`update sealing_ask set outcome = 'over', secret = null where outcome is null and request_id in (
    select id from sealing where record_id = ${recordId} and state = 'pending')`);
  db.run(sql`update sealing set state = 'withdrawn', decided_at = ${at}, decided_by = ${decidedBy}
    where record_id = ${recordId} and state = 'pending'`);
  db.run(sql`insert into sealing (id, kind, record_id, ledger, unit_id, basis, reason, applied_at, applied_by, state,
      decided_at, decided_by, again_at, decided_above, lock)
    values (${id}, 'seal', ${recordId}, ${ledger}, ${unitId}, ${basis}, ${Buffer.from(reason, 'base64')}, ${appliedAt},
      ${appliedBy}, 'done', ${decidedAt}, ${decidedBy}, ${at}, ${decidedAbove}, ${lockText})
    on conflict (id) do update set state = 'done', decided_at = excluded.decided_at, decided_by = excluded.decided_by,
      again_at = excluded.again_at, decided_above = excluded.decided_above, lock = excluded.lock`);
}

export function sealedRecords(
  db: ReadDb,
  { nameOf, unitOf }: { nameOf(accountId: string): string; unitOf(unitId: string): string },
): (SealedRecord & { unitId: string })[] {
  return sealedNow(db).map((one) => ({
    recordId: one.recordId,
    ledger: one.ledger,
    number: one.number,
    unitId: one.unitId,
    unit: unitOf(one.unitId),
    basis: one.basis,
    sealedAt: one.decidedAt,
    appliedBy: nameOf(one.appliedBy),
    confirmedBy: one.decidedAbove ?? nameOf(one.decidedBy),
    againAt: one.againAt,
    lockedBy: one.lock === null ? null : one.decidedAbove,
  }));
}

/** On what grounds these records were sealed last, each ground once. */
export const sealedOn = (db: ReadDb, recordIds: readonly string[]): SealBasis[] => [
  ...new Set(
    recordIds.flatMap((recordId) =>
      db.column<SealBasis>(sql`select basis from sealing
        where record_id = ${recordId} and kind = 'seal' and state = 'done' order by seq desc limit 1`),
    ),
  ),
];

/** Register and unit of a record that is or once was sealed. */
export const sealedUnder = (db: ReadDb, recordId: string) =>
  db.get<{ ledger: string; unitId: string }>(
    sql`select ledger, unit_id as unitId from sealing where record_id = ${recordId} limit 1`,
  ) ?? null;
