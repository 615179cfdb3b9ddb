import fs from 'node:fs';
import { refuseInHand } from '#core/audit/two-persons.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { strippedOf } from '#core/ledgers/stripped.ts';
import { answersGiven, openAskOf, type StoredAnswer } from '#core/sealing/asks.ts';
import { type SealedFiles, sealFiles, sealRecord, unsealRecord } from '#core/sealing/content.ts';
import {
  addRequest,
  pendingRequest,
  pendingRequests,
  type StoredRequest,
  sealedRecords,
  settleRequest,
} from '#core/sealing/requests.ts';
import { createUnsealing, dropUnsealed } from '#core/sealing/unsealing.ts';
import { accountById, allAccounts } from '#core/security/accounts.ts';
import { readKeyFile } from '#core/security/key-file.ts';
import { openBytes, sealBytes } from '#core/security/sealing-key.ts';
import { ownUnit, unitById } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { AnsweredBelow, AskedNow, SealingState } from '#shared/api/sealing-types.ts';
import { basesOf, type SealKind, sealedLedgers } from '#shared/domain/sealing.ts';
import { columnOf, numberFieldOf } from '#shared/ledgers/describe.ts';
import type { CommandContext, HandlersOf, Job, JobContext, Kit, QueryContext } from '../context.ts';
import { isSeen, outside, type Scope } from '../scope.ts';
import { enquiriesShown } from './enquiries.ts';

/** Whether an account sees what belongs to this unit and register; a sealed record is in no table that could be asked. */
export function seesSealed(
  { unitIds, ledgers }: Scope,
  { unitId, ledger }: { unitId: string; ledger: string },
): boolean {
  return (unitIds?.includes(unitId) ?? true) && (ledgers?.includes(ledger) ?? true);
}

/** Throws `sealing-not-ready` where the recovery key could not open what would be sealed. */
export function sealingKeyOf(kit: Kit): string {
  const publicKey = readKeyFile(kit.folder())?.sealing?.publicKey;
  if (publicKey === undefined) throw new AppError('sealing-not-ready', {});
  return publicKey;
}

/** The number of a record that stands, or of one that is sealed. */
export function numberOf(kit: Kit, db: ReadDb, ledger: string, recordId: string): string | null {
  const spec = kit.registry.find(ledger);
  const field = numberFieldOf(spec);
  const stub = strippedOf(db, recordId);
  if (stub || field === undefined) return stub?.number ?? null;
  return (
    db.value<string | null>(
      sql`select ${id(columnOf(field))} from ${id(spec.table)} where id = ${recordId}`,
    ) ?? null
  );
}

export const nameOf = (db: ReadDb) => (accountId: string) => accountById(db, accountId)?.name ?? '';

/** Accounts in use, besides one's own, that may decide. */
const othersThan = (db: ReadDb, accountId: string) =>
  allAccounts(db).filter(
    (account) => !account.isDisabled && account.id !== accountId && hasRight(account, 'sealing.decide'),
  ).length;

const answeredShown =
  (called: (accountId: string) => string) =>
  ({ unitName, decidedBy, ...one }: StoredAnswer): AnsweredBelow => {
    const { id: answerId, kind, ledger, number, account, askedAt, outcome, decidedAt } = one;
    return {
      ...{ id: answerId, unit: unitName, kind, ledger, number, account, askedAt, outcome, decidedAt },
      decidedBy: called(decidedBy),
    };
  };

function stateOf({ db, kit, scope, session }: Pick<QueryContext, 'db' | 'kit' | 'scope' | 'session'>) {
  const askedShown = (asked: AskedNow | null) => asked && { ...asked, isOver: kit.at() > asked.validUntil };
  const called = nameOf(db);
  const requests = pendingRequests(db)
    .filter((request) => seesSealed(scope, request))
    .map(({ id: requestId, kind, recordId, ledger, basis, appliedAt, appliedBy }) => ({
      ...{ id: requestId, kind, recordId, ledger, basis, appliedAt },
      number: numberOf(kit, db, ledger, recordId),
      appliedBy: called(appliedBy),
      isOwn: appliedBy === session.accountId,
      asked: askedShown(openAskOf(db, requestId)),
    }));
  const file = readKeyFile(kit.folder());
  const isAbove = ownUnit(db).level !== 'station' && scope.unitIds === null;
  const units = (unitId: string) => unitById(db, unitId)?.name ?? '';
  const sealed = sealedRecords(db, { nameOf: called, unitOf: units })
    .filter((one) => seesSealed(scope, one))
    .map(({ unitId: _unitId, ...one }) => one);
  return {
    requests,
    sealed,
    enquiries: enquiriesShown({ db, kit, session, scope }),
    others: othersThan(db, session.accountId),
    isReady: file?.sealing !== undefined,
    above: file?.help?.unitName ?? null,
    answered: isAbove ? answersGiven(db).map(answeredShown(called)) : null,
  } satisfies SealingState;
}

/** The record that is meant, where the account sees it and it can be sealed or opened. */
function meant(
  { db, kit, scope }: Pick<CommandContext, 'db' | 'kit' | 'scope'>,
  kind: SealKind,
  recordId: string,
): { ledger: string; unitId: string; version: string } {
  const stub = strippedOf(db, recordId);
  if (kind === 'unseal') {
    if (stub?.why !== 'sealed' || stub.partOf !== null)
      throw new AppError('record-missing', { id: recordId });
    if (!seesSealed(scope, stub))
      throw outside('record-missing', { id: recordId }, { ledger: stub.ledger, recordId });
    return stub;
  }
  if (stub?.why === 'sealed' && seesSealed(scope, stub)) throw new AppError('sealing-settled', {});
  const { ledger, unitId, version } = findRecord(db, kit.registry, recordId);
  if (!sealedLedgers.includes(ledger.name)) throw new AppError('sealing-kind', { ledger: ledger.name });
  return { ledger: ledger.name, unitId, version };
}

/** The application of somebody else that the account may decide on. */
function decidable(
  context: Pick<QueryContext, 'db' | 'scope' | 'session'>,
  requestId: string,
): StoredRequest {
  const { db, scope, session } = context;
  const request = pendingRequest(db, requestId);
  if (!seesSealed(scope, request)) throw outside('sealing-settled', {}, request);
  if (request.appliedBy === session.accountId) throw new AppError('sealing-same-account', {});
  refuseInHand(db, session.account, {
    applicants: [nameOf(db)(request.appliedBy)],
    since: request.appliedAt,
  });
  return request;
}

export const about = ({ ledger, recordId, kind, basis, id: requestId }: StoredRequest, account: string) => ({
  ledger,
  recordId,
  detail: { kind, basis, account, request: requestId },
});

/** What is sealed, read before the transaction; nothing for what is opened again. */
export async function filesFor(
  { db, kit, key }: Pick<JobContext, 'db' | 'kit' | 'key'>,
  { kind, recordId }: StoredRequest,
  under: readonly string[],
): Promise<SealedFiles> {
  if (kind === 'unseal') return new Map();
  const around = { db, registry: kit.registry, folder: kit.folder(), key };
  return sealFiles(around, findRecord(db, kit.registry, recordId), under, { isCertain: false });
}

/** Seals, or opens again, as two decided. `keys`: private halves from the outermost inwards. */
export function carryOut(
  context: CommandContext,
  request: StoredRequest,
  given: { under: readonly string[]; files: SealedFiles; keys: readonly string[] },
): void {
  const { db, kit, key, write, outcome } = context;
  if (request.kind === 'seal') {
    sealRecord(write, findRecord(db, kit.registry, request.recordId), given);
    return;
  }
  // Where the transaction comes to nothing, they do not stay.
  const written = (file: string) => outcome.whenUndone(() => fs.rmSync(file, { force: true }));
  const { comes, over } = createUnsealing(kit.folder());
  outcome.whenDone(over);
  outcome.whenUndone(() => dropUnsealed(kit.folder(), db));
  unsealRecord(write, request.recordId, { keys: given.keys, folder: kit.folder(), key, comes, written });
  write.over.push(request.recordId);
}

type Staged = { under: string[]; files: SealedFiles };

export const sealingHandlers = {
  'sealing.state': (context) => stateOf(context),
  'sealing.apply'(context, { recordId, kind, basis, reason, also = [] }) {
    const { kit, db, scope, note, session, write, changed } = context;
    if (!basesOf[kind].includes(basis))
      throw new AppError('invalid-input', { method: 'sealing.apply', at: 'basis' });
    const apply = (one: string) => {
      const { ledger, unitId, version } = meant(context, kind, one);
      const request = addRequest(write, {
        ...{ kind, recordId: one, ledger, unitId, basis },
        reason: sealBytes(Buffer.from(reason), sealingKeyOf(kit)),
        appliedBy: session.accountId,
      });
      return { ledger, version, request };
    };
    const { ledger, version, request } = apply(recordId);
    const unseen = also.find((one) => !isSeen(kit, db, scope, one));
    if (unseen !== undefined) throw new AppError('record-missing', { id: unseen });
    for (const one of also) apply(one);
    write.commit();
    const more = also.length === 0 ? {} : { also: [...also] };
    note({ ledger, recordId, version, detail: { kind, basis, request, ...more } });
    changed('*');
    return { id: request };
  },
  'sealing.withdraw'({ db, note, session, write, changed }, { id: requestId }) {
    const request = pendingRequest(db, requestId);
    if (request.appliedBy !== session.accountId) throw new AppError('sealing-settled', {});
    settleRequest(write, requestId, 'withdrawn', session.accountId);
    write.over.push(requestId);
    write.commit();
    note(about(request, session.account));
    changed('*');
    return null;
  },
  'sealing.read'(context, { id: requestId }) {
    const { db, note, sealing } = context;
    const request = pendingRequest(db, requestId);
    if (!seesSealed(context.scope, request)) throw outside('sealing-settled', {}, request);
    note(about(request, nameOf(db)(request.appliedBy)));
    const reason = openBytes(request.reason, sealing().privateKey);
    if (!reason) throw new AppError('sealing-damaged', {});
    return { reason: reason.toString('utf8') };
  },
  'sealing.confirm': {
    async stage(context, { id: requestId }) {
      const under = [sealingKeyOf(context.kit)];
      return { under, files: await filesFor(context, decidable(context, requestId), under) };
    },
    commit(context, staged, { id: requestId }) {
      const { db, note, session, write, changed, sealing } = context;
      const request = decidable(context, requestId);
      // Nobody decides on what he could not open himself.
      carryOut(context, request, { ...staged, keys: [sealing().privateKey] });
      settleRequest(write, requestId, 'done', session.accountId);
      // The file beside the ledger must know of it before the ledger does.
      write.moved.hasOthers = true;
      write.commit();
      note(about(request, nameOf(db)(request.appliedBy)));
      changed('*');
      return null;
    },
  } satisfies Job<{ id: string }, Staged, null>,
  'sealing.refuse'(context, { id: requestId }) {
    const { db, note, session, write, changed } = context;
    const request = decidable(context, requestId);
    settleRequest(write, requestId, 'refused', session.accountId);
    write.over.push(requestId);
    write.commit();
    note(about(request, nameOf(db)(request.appliedBy)));
    changed('*');
    return null;
  },
} satisfies HandlersOf<
  | 'sealing.state'
  | 'sealing.apply'
  | 'sealing.withdraw'
  | 'sealing.read'
  | 'sealing.confirm'
  | 'sealing.refuse'
>;
