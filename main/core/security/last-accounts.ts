import type { ReadDb } from '#core/db/connection.ts';
import { hasRight, isRoleWithin } from '#shared/api/rights.ts';
import { type AccountChange, allAccounts, type KeptAccount, type StoredAccount } from './accounts.ts';

const keptOf = ({ seq: _seq, idleDuties: _idle, signedInAt: _at, ...kept }: StoredAccount): KeptAccount =>
  kept;

/**
 * What the file beside the ledger is to say of accounts: those of the ledger as they stand, and those that it does not know
 * any more because it went back. In a transaction also what the file said of the same ones before (`also`).
 */
export function keptAccounts(db: ReadDb, before: readonly KeptAccount[], also: boolean): KeptAccount[] {
  const own = allAccounts(db).map(keptOf);
  const isOwn = (one: KeptAccount) => own.some(({ id, name }) => id === one.id || name === one.name);
  const same = (one: KeptAccount) => own.some((other) => JSON.stringify(other) === JSON.stringify(one));
  return [...before.filter((one) => (isOwn(one) ? also && !same(one) : true)), ...own];
}

/** The newest state of each. */
export const lastOfEach = (kept: readonly KeptAccount[]): KeptAccount[] => [
  ...new Map(kept.map((one) => [one.id, one])).values(),
];

/** Whether the file says of the ledger's accounts just what they are. */
export const isSaid = (db: ReadDb, kept: readonly KeptAccount[]): boolean =>
  JSON.stringify(keptAccounts(db, kept, false)) === JSON.stringify(kept);

type Units = { codeOf(id: string): string | null };
export type TooMuch = { account: StoredAccount; change: AccountChange };

/**
 * What accounts of the ledger have more than they are known to have had last: whoever lays an older ledger in its place has the
 * rights of then in it. Each is to have no more than the file says; of two states that it says, either will do.
 */
export function tooMuch(
  own: readonly StoredAccount[],
  kept: readonly KeptAccount[],
  units: Units,
): TooMuch[] {
  return own.flatMap((account) => {
    const changes = kept.filter(({ id }) => id === account.id).map((last) => lessOf(account, last, units));
    const change = changes.at(-1) ?? {};
    const isEnough = changes.some((one) => Object.keys(one).length === 0);
    return isEnough || changes.length === 0 ? [] : [{ account, change }];
  });
}

function lessOf(account: StoredAccount, last: KeptAccount, units: Units): AccountChange {
  const change: AccountChange = {};
  if (last.isDisabled && !account.isDisabled) change.isDisabled = true;
  if (!isRoleWithin(account.role, last.role)) change.role = last.role;
  const duties = account.duties.filter((duty) => last.duties.includes(duty));
  if (duties.length < account.duties.length) change.duties = duties;
  if (!isUnitWithin(account.unitId, last.unitId, units)) {
    // Of a unit that is not there nobody can be.
    if (units.codeOf(last.unitId) === null) change.isDisabled = true;
    else change.unitId = last.unitId;
  }
  const { ledgers } = last;
  if (ledgers === null) return change;
  const seen = account.ledgers?.filter((one) => ledgers.includes(one)) ?? [];
  if (account.ledgers === null || seen.length < account.ledgers.length)
    change.ledgers = seen.length > 0 ? seen : ledgers;
  return change;
}

function isUnitWithin(one: string, other: string, { codeOf }: Units): boolean {
  if (one === other) return true;
  const [code, above] = [codeOf(one), codeOf(other)];
  return code !== null && above !== null && code.startsWith(above);
}

/** Whether somebody in use would be left who may let others in. */
export const isAnybodyLeft = (own: readonly StoredAccount[], less: readonly TooMuch[]): boolean =>
  own.some((account) => {
    const after = { ...account, ...less.find((one) => one.account === account)?.change };
    return !after.isDisabled && hasRight(after, 'accounts.manage');
  });
