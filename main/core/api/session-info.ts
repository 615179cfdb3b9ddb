import { accountById, type StoredAccount } from '#core/security/accounts.ts';
import { ownUnit, readSetting, unitById } from '#core/settings/settings.ts';
import { methods } from '#shared/api/methods.ts';
import { type Holder, hasRight, mayCall } from '#shared/api/rights.ts';
import type { Reach, SessionInfo } from '#shared/api/types.ts';
import type { Kit } from './context.ts';
import type { StoredSession } from './contract.ts';
import { isVeiled } from './dispatch.ts';
import { isLimited, type Scope, scopeOf } from './scope.ts';
import { openConnection, type Vault } from './vault.ts';

/** What a window is told of its session. */
export function infoOf(kit: Kit, vault: Vault, session: StoredSession): SessionInfo {
  const db = openConnection(vault);
  const unit = unitById(db, session.unitId) ?? ownUnit(db);
  const { accountId: id, account: name, role, duties, mustChange } = session;
  return {
    account: { id, name, role, duties },
    unit,
    isDemo: readSetting(db, 'isDemo') === '1',
    lockAfterMinutes: Number(readSetting(db, 'lockAfterMinutes') ?? '10'),
    mustChange,
    isVeiled: isVeiled(session),
    reach: reachOf(scopeOf(kit, db, session), session),
  };
}

function reachOf(scope: Scope, holder: Holder): Reach {
  const limited = isLimited(scope);
  const open = Object.entries(methods).filter(([, method]) => mayCall(holder, method, limited));
  return {
    methods: open.map(([name]) => name),
    ledgers: scope.ledgers,
    isLimited: limited,
    isOfUnits: scope.unitIds !== null,
  };
}

type Holding = Pick<
  StoredSession,
  'role' | 'duties' | 'idleDuties' | 'unitId' | 'unitCode' | 'ledgers' | 'mustChange'
>;

/** What an account has as it stands in the ledger. */
export function holdingOf(kit: Kit, db: Parameters<Kit['unitCodeOf']>[0], account: StoredAccount): Holding {
  const { role, idleDuties, unitId, ledgers, mustChange } = account;
  const duties = account.duties.filter((duty) => !idleDuties.includes(duty));
  return { role, duties, idleDuties, unitId, unitCode: kit.unitCodeOf(db, unitId), ledgers, mustChange };
}

/** The session as the account stands now: what was taken from it a moment ago no longer counts. Null for a disabled one. */
export function renewed(kit: Kit, vault: Vault, session: StoredSession): StoredSession | null {
  if (!vault.connection) return session;
  const account = accountById(vault.connection, session.accountId);
  if (!account || account.isDisabled) return null;
  const now = { ...session, ...holdingOf(kit, vault.connection, account) };
  // What was shown whole for a reason is so only to whoever may still see it.
  return hasRight(now, 'sensitive.view') ? now : { ...now, wholeUntil: 0 };
}
