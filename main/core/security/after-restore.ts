import type { AccountFate } from '#shared/api/restore-types.ts';
import { hasRight } from '#shared/api/rights.ts';
import type { AccountChange, KeptAccount, StoredAccount } from './accounts.ts';
import { type KeyFile, type KeySlot, whoOf } from './key-file.ts';

/**
 * A restore brings back the accounts of the copy's day, while the key file is today's: whoever was disabled since would be
 * in use without a way in, a password that somebody else set would pass for its owner's own, a right that was taken away
 * would be there again. So the accounts are brought up to what stood before the restore, and where that cannot be read any
 * more, to what the slots of the key file tell.
 */
export type BeforeRestore = {
  /** Of the ledger that was given up, or of the file beside it; null where they cannot be read. */
  accounts: readonly KeptAccount[] | null;
  /** The folder's key file. */
  keys: KeyFile;
  /** The one beside the copy; null where it has none. */
  copyKeys: KeyFile | null;
  hasUnit(id: string): boolean;
};

type Known = { name: string; fates: AccountFate[]; copy: StoredAccount; change: AccountChange };
/** Made since the copy: taken over whole. */
type Made = { name: string; fates: AccountFate[]; copy: null; made: KeptAccount };
export type Fate = Known | Made;

/** What becomes of each account; those of whom nothing changes are left out. */
export function accountsAfter(copy: readonly StoredAccount[], before: BeforeRestore): Fate[] {
  const found = copy.map((account) => fateOf(account, before));
  const made = madeSince(copy, before);
  const isAnybodyLeft = [
    ...found.map((one) => ({ ...one.copy, ...one.change })),
    ...made.map((one) => one.made),
  ]
    .filter((one) => !one.isDisabled && mayLetIn(one))
    .some((one) => slotIn(before.keys, one.name));
  const left = isAnybodyLeft ? found : found.map((one) => spared(one, before));
  return [...left, ...made].filter(({ fates }) => fates.length > 0);
}

const slotIn = (file: KeyFile | null, name: string): KeySlot | undefined =>
  file?.slots.find(({ kind, who }) => kind === 'account' && who === whoOf(file.salt, name));

/** Under the same password, as far as one can see: a slot made anew has other random parts. */
const isSame = (one: KeySlot | undefined, other: KeySlot | undefined): boolean =>
  one !== undefined && one.tag === other?.tag && one.wrapped === other.wrapped;

function fateOf(account: StoredAccount, before: BeforeRestore): Known {
  const { keys, copyKeys, accounts } = before;
  const own = slotIn(keys, account.name);
  const ofCopy = slotIn(copyKeys, account.name);
  const last = accounts?.find(({ id }) => id === account.id) ?? null;
  // Without a way in it is disabled; with one that surely came after the copy it was taken into use again since.
  const isDisabled =
    last !== null
      ? last.isDisabled
      : own === undefined || (account.isDisabled && (copyKeys === null || ofCopy !== undefined));
  const change: AccountChange = {};
  const fates: AccountFate[] = [];
  if (isDisabled !== account.isDisabled) {
    change.isDisabled = isDisabled;
    fates.push(isDisabled ? 'disabled' : 'inUse');
  }
  const mustChange = isSame(own, ofCopy) ? account.mustChange : (last?.mustChange ?? true);
  if (!isDisabled && mustChange !== account.mustChange) {
    change.mustChange = mustChange;
    fates.push(mustChange ? 'mustChange' : 'ownPassword');
  }
  if (last && isOtherHolding(last, account)) {
    const { role, duties, ledgers } = last;
    Object.assign(change, { role, duties, ledgers });
    if (before.hasUnit(last.unitId)) change.unitId = last.unitId;
    fates.push('rights');
  }
  return { name: account.name, copy: account, change, fates };
}

function isOtherHolding(one: KeptAccount, other: KeptAccount): boolean {
  const textOf = ({ role, duties, unitId, ledgers }: KeptAccount) =>
    JSON.stringify([role, duties, unitId, ledgers]);
  return textOf(one) !== textOf(other);
}

/** Accounts in use that came after the copy, with their way in; of a unit that the copy has not, nobody can be. */
function madeSince(copy: readonly StoredAccount[], { accounts, keys, hasUnit }: BeforeRestore): Made[] {
  const isKnown = ({ id, name }: KeptAccount) => copy.some((one) => one.id === id || one.name === name);
  return (accounts ?? [])
    .filter((one) => !one.isDisabled && !isKnown(one) && slotIn(keys, one.name) && hasUnit(one.unitId))
    .map((made) => ({ name: made.name, copy: null, made, fates: ['made'] }));
}

const mayLetIn = (one: KeptAccount) => hasRight(one, 'accounts.manage');

/**
 * Where nobody would be left who may let others in, those who could on the copy's day stay in use with what they held then,
 * although they may have no way in: the recovery key sets a password for an account in use, and for no other.
 */
function spared(one: Known, { keys }: BeforeRestore): Known {
  if (one.copy.isDisabled || !mayLetIn(one.copy)) return one;
  const { mustChange } = one.change;
  const fates = one.fates.filter((fate) => fate !== 'disabled' && fate !== 'rights');
  if (!slotIn(keys, one.name)) fates.push('noWay');
  return { ...one, change: mustChange === undefined ? {} : { mustChange }, fates };
}
