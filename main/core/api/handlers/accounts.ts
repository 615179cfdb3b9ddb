import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import { titleOf } from '#core/ledgers/registry.ts';
import { saveRecord } from '#core/ledgers/store.ts';
import { readRecord } from '#core/ledgers/table.ts';
import {
  type AccountChange,
  accountById,
  accountNamed,
  addAccount,
  allAccounts,
  changeAccount,
  checkDuties,
  deciders,
  type StoredAccount,
} from '#core/security/accounts.ts';
import {
  dropPassword,
  type KeyFile,
  type KeySlot,
  readKeyFile,
  slotFor,
  withSlot,
} from '#core/security/key-file.ts';
import { newPair } from '#core/security/sealing-key.ts';
import { shareSealing } from '#core/security/sealing-shares.ts';
import { checkPassword } from '#core/security/throttle.ts';
import { createTries } from '#core/security/tries.ts';
import { ownUnit, unitById } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import { hasRight, type Role } from '#shared/api/rights.ts';
import type { AccountShown } from '#shared/api/types.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { afterRestore } from '../after-restore.ts';
import type { CommandContext, HandlersOf, Job, Kit, QueryContext } from '../context.ts';
import { exchangeKeys, exchangeKeysAfter, followAccounts } from '../exchange-keys.ts';
import { accountWithin, isOfUnits, isSeen } from '../scope.ts';

type Change = { id: string } & {
  [K in keyof Omit<AccountChange, 'mustChange'>]?: AccountChange[K] | undefined;
};

/** The field by which a register says which mediator a record is with; null where it has none. */
const mediatorField = ({ fields }: LedgerSpec) =>
  Object.keys(fields).find((name) => fields[name]?.ref === 'mediator') ?? null;

/** Ids of the records that are with a mediator and not closed. */
function openWith(kit: Kit, db: ReadDb, mediatorId: string): { ledger: LedgerSpec; id: string }[] {
  return kit.registry.all.flatMap((ledger) => {
    const field = mediatorField(ledger);
    if (field === null) return [];
    const open = Object.keys(ledger.workflow.states).filter(
      (state) => !ledger.workflow.states[state]?.isClosed,
    );
    return db
      .all<{ id: string }>(sql`select id from ${id(ledger.table)}
        where ${id(columnOf(field))} = ${mediatorId} and state in (${join(open)}) order by seq`)
      .map((row) => ({ ledger, id: row.id }));
  });
}

type Asking = Pick<CommandContext | QueryContext, 'kit' | 'db' | 'scope'>;

/** By units alone: who looks after accounts need not see any register. */
const seesMediator = ({ kit, db, scope: { unitIds } }: Asking, mediatorId: string) =>
  isSeen(kit, db, { unitIds, ledgers: null }, mediatorId);

function shown(asking: Asking): AccountShown[] {
  const { kit, db, scope } = asking;
  const tries = createTries(kit);
  const seen = allAccounts(db).filter(({ unitId }) => isOfUnits(scope, unitId));
  return seen.map((account) => {
    const mediatorId =
      account.mediatorId !== null && seesMediator(asking, account.mediatorId) ? account.mediatorId : null;
    const {
      id: accountId,
      name,
      role,
      duties,
      idleDuties,
      ledgers,
      isDisabled,
      mustChange,
      createdAt,
      signedInAt,
    } = account;
    return {
      id: accountId,
      name,
      role,
      duties,
      idleDuties,
      unit: unitById(db, account.unitId) ?? ownUnit(db),
      ledgers,
      mediatorId,
      mediator: mediatorId === null ? null : titleOf(db, kit.registry, 'mediator', mediatorId),
      isDisabled,
      mustChange,
      createdAt,
      signedInAt,
      lockedAt: tries.lockedAt(name),
      openCases: mediatorId === null ? 0 : openWith(kit, db, mediatorId).length,
    };
  });
}

/** Throws `account-missing`, `account-disabled`. */
function inUse({ db, scope }: Pick<Asking, 'db' | 'scope'>, accountId: string): StoredAccount {
  const account = accountWithin(db, scope, accountId);
  if (account.isDisabled) throw new AppError('account-disabled', { account: account.name });
  return account;
}

/** Nobody gives more than his own units. Throws `unit-unknown`, `record-missing`. */
function checkHolding(context: CommandContext, change: Omit<Change, 'id'>): void {
  const { kit, db, scope } = context;
  if (change.unitId !== undefined && !(unitById(db, change.unitId) && isOfUnits(scope, change.unitId)))
    throw new AppError('unit-unknown', { code: change.unitId });
  for (const ledger of change.ledgers ?? []) kit.registry.find(ledger);
  const { mediatorId } = change;
  if (mediatorId && !(kit.hasRecord(db, 'mediator', mediatorId) && seesMediator(context, mediatorId)))
    throw new AppError('record-missing', { id: mediatorId });
}

/**
 * The duties of the whole ledger are for whoever sees all of its units. Asked after the change, and of those only whose duties
 * or unit were named: what an account has from before is not in force and hinders nothing else. Throws `duty-undivided`.
 */
function refuseIdle(
  db: ReadDb,
  accountId: string,
  change: Partial<Pick<AccountChange, 'duties' | 'unitId'>>,
) {
  if (change.duties === undefined && change.unitId === undefined) return;
  const account = accountById(db, accountId);
  const [duty] = account?.idleDuties ?? [];
  if (account && duty) throw new AppError('duty-undivided', { account: account.name, duty });
}

/** What changes is only what was given; names of what changed for the log. */
function apply(context: CommandContext, changes: readonly Change[]): string[] {
  const { db, session, write } = context;
  const named: string[] = [];
  for (const { id: accountId, ...given } of changes) {
    const account = accountWithin(db, context.scope, accountId);
    checkHolding(context, given);
    const change = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as AccountChange;
    const leavesSecurity = change.duties !== undefined && !change.duties.includes('security');
    // Who looks after a part only cannot look after the rest any more, and perhaps nobody else can.
    const leavesUnit =
      change.unitId !== undefined && change.unitId !== account.unitId && hasRight(account, 'accounts.manage');
    if (accountId === session.accountId && (change.isDisabled || leavesSecurity || leavesUnit))
      throw new AppError('account-self', {});
    // What a death or a held file left of his way to the key goes before it would let him in.
    if (change.isDisabled === false && account.isDisabled) {
      const file = keysNow(context.kit);
      const left = dropPassword(file, account.name);
      if (left.slots.length < file.slots.length) exchangeKeys(context, left);
    }
    changeAccount(db, account, change, write.at);
    write.moved.hasOthers = true; // the file beside the ledger keeps them too
    refuseIdle(db, accountId, change);
    named.push(...Object.keys(change).map((field) => `${account.name} ${field}`));
  }
  checkDuties(db);
  return named;
}

/** Throws `ledger-without-key`. */
function keysNow(kit: Kit): KeyFile {
  const file = readKeyFile(kit.folder());
  if (!file) throw new AppError('ledger-without-key', { folder: kit.folder() });
  return file;
}

/** Whoever may decide on sealing has a pair of keys from the first password on. */
const ownKeysOf = (role: Role) => ({
  sealer: hasRight({ role, duties: [] }, 'sealing.decide') ? newPair() : null,
});

/** The file with a share of the sealing key for a new pair, where the account at work has the key itself. */
function withShares({ db, sealing }: CommandContext, file: KeyFile): KeyFile {
  if (!file.sealing) return file;
  const pair = attemptKey(sealing);
  return pair ? shareSealing(file, pair, deciders(db)) : file;
}

function attemptKey(sealing: CommandContext['sealing']) {
  try {
    return sealing();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

export const accountHandlers = {
  'account.list': (context) => shown(context),
  'account.afterRestore': ({ kit, db, scope }) =>
    afterRestore(db, kit.at(), (name) => isOfUnits(scope, accountNamed(db, name)?.unitId ?? '')),
  'account.create': {
    async stage({ db, kit, key }, { name, password, role }) {
      checkPassword(password);
      if (accountNamed(db, name)) throw new AppError('account-present', { account: name });
      return slotFor(keysNow(kit), name, password, key, ownKeysOf(role));
    },
    commit(context, slot, { name, password: _password, changes = [], ...hold }) {
      const { db, kit, write, note, scope, session } = context;
      if (accountNamed(db, name)) throw new AppError('account-present', { account: name });
      checkHolding(context, hold);
      const id = write.newId();
      addAccount(db, {
        id,
        name,
        role: hold.role,
        duties: hold.duties ?? [],
        unitId: hold.unitId ?? (scope.unitIds === null ? ownUnit(db).id : session.unitId),
        ledgers: hold.ledgers ?? null,
        mediatorId: hold.mediatorId ?? null,
        mustChange: true,
        createdAt: write.at,
      });
      refuseIdle(db, id, { duties: hold.duties ?? [] });
      write.moved.hasOthers = true;
      const changed = apply(context, changes);
      note({ detail: { account: name, role: hold.role, duties: [...(hold.duties ?? [])], changed } });
      // Before the commit: a slot without an account opens nothing, an account without a slot could not sign in.
      exchangeKeys(context, withSlot(keysNow(kit), slot));
      const file = keysNow(kit);
      followAccounts(context, file, withShares(context, file));
      return shown(context);
    },
  },
  'account.change'(context, { changes, reason }) {
    context.note({ detail: { changed: apply(context, changes), ...(reason ? { reason } : {}) } });
    // Whoever may decide on sealing no more loses his share at once, where the account at work has the key itself.
    const file = keysNow(context.kit);
    followAccounts(context, file, withShares(context, file));
    return shown(context);
  },
  'account.setPassword': {
    async stage({ db, kit, key, scope }, { id: accountId, password }) {
      checkPassword(password);
      const account = inUse({ db, scope }, accountId);
      return slotFor(keysNow(kit), account.name, password, key, ownKeysOf(account.role));
    },
    commit(context, slot, { id: accountId }) {
      const { db, kit, write, note, session } = context;
      // Deriving its key took a while, in which it may have been disabled.
      const account = inUse(context, accountId);
      changeAccount(db, account, { mustChange: accountId !== session.accountId }, write.at);
      write.moved.hasOthers = true;
      const wrongBefore = createTries(kit).forget(account.name);
      note({ detail: { account: account.name, ...(wrongBefore > 0 ? { wrongBefore } : {}) } });
      exchangeKeysAfter(context, withShares(context, withSlot(keysNow(kit), slot)));
      return null;
    },
  },
  'account.handOver'(context, { from, to, reason }) {
    const { db, kit, write, note, changed } = context;
    if (from === to) throw new AppError('hand-over-self', {});
    const giver = accountWithin(db, context.scope, from);
    const taker = inUse(context, to);
    for (const account of [giver, taker]) {
      if (account.mediatorId === null) throw new AppError('account-no-mediator', { account: account.name });
    }
    const records = openWith(kit, db, giver.mediatorId ?? '');
    for (const { ledger, id: recordId } of records) {
      const before = readRecord(db, ledger, recordId);
      const field = mediatorField(ledger);
      if (!before || field === null) continue;
      const record = { ...before.content, [field]: taker.mediatorId };
      try {
        saveRecord(write, ledger, { id: recordId, baseVersion: before.version, record });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'record-invalid') throw error;
        throw new AppError('hand-over-stuck', { title: before.title }, { cause: error });
      }
      changed(ledger.name);
    }
    note({ detail: { from: giver.name, to: taker.name, records: records.length, reason } });
    return { records: records.length };
  },
} satisfies HandlersOf<'account.list' | 'account.afterRestore' | 'account.change' | 'account.handOver'> & {
  'account.create': Job<InputOf<'account.create'>, KeySlot, AccountShown[]>;
  'account.setPassword': Job<InputOf<'account.setPassword'>, KeySlot, null>;
};
