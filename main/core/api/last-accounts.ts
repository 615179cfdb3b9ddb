import { appendAudit, hashOfEntry } from '#core/audit/chain.ts';
import { besideFiles } from '#core/db/beside.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { allAccounts, changeAccount, type KeptAccount } from '#core/security/accounts.ts';
import type { FoundIdentity } from '#core/security/identity.ts';
import { isAnybodyLeft, isSaid, lastOfEach, type TooMuch, tooMuch } from '#core/security/last-accounts.ts';
import { readSetting, unitById } from '#core/settings/settings.ts';
import { bringUpByHand } from './after-restore.ts';
import type { Kit } from './context.ts';
import { isOlderThan } from './last-numbers.ts';
import { openConnection, type Vault } from './vault.ts';

/** What the file beside a ledger says of its accounts. */
export type KnownAccounts = {
  /** Null where it says nothing. */
  accounts: KeptAccount[] | null;
  /**
   * Whether the ledger goes on from there: every change of an account is in the log and in the file at once, so whatever
   * differs came to the ledger since, in another folder. Null where the file does not tell.
   */
  isPast: boolean | null;
};

/** Of this very ledger. */
export function accountsKnown(db: ReadDb, found: FoundIdentity | null): KnownAccounts {
  const { ledgerId, accounts, accountsEnd: end } = found?.identity ?? {};
  if (!accounts || ledgerId !== readSetting(db, 'ledgerId')) return { accounts: null, isPast: null };
  return { accounts, isPast: end ? hashOfEntry(db, end.entry) === end.hash : null };
}

/**
 * What every opening does, after the restore that it may have found, with the accounts that the signed file beside the
 * ledger remembers: nobody has more in the ledger than he had last, by whatever way an older one came to its place. One that
 * is older is brought up to the file as a whole; of any other only what is too much goes; one that goes on from the file has
 * nothing too much. Whether the file is to be written anew.
 */
export function takeUpAccounts(
  vault: Vault,
  found: FoundIdentity | null,
  kit: Kit,
  { isRestored }: { isRestored: boolean },
): boolean {
  const connection = openConnection(vault);
  const { accounts: kept, isPast } = accountsKnown(connection, found);
  if (!found) return false;
  if (!kept) return true;
  if (isPast) return !isSaid(connection, kept);
  const isOlder = isOlderThan(connection, found.identity);
  // One that lay beside a copy is older than the ledger itself, as a rule: rights that came since are none too many.
  if (!isOlder && !isOwn(found) && isPast === null) return false;
  const own = allAccounts(connection);
  const codeOf = (id: string) => unitById(connection, id)?.code ?? null;
  const less = tooMuch(own, kept, { codeOf });
  if ((isOlder && !isRestored) || (less.length > 0 && !isAnybodyLeft(own, less)))
    connection.transaction((db) => bringUpByHand(db, kit, lastOfEach(kept)));
  else if (less.length > 0) lower(vault, less, kit);
  return !isSaid(connection, kept);
}

const isOwn = ({ mendFrom }: FoundIdentity): boolean =>
  mendFrom === null || besideFiles.identity.some((name) => names[name] === mendFrom);

function lower(vault: Vault, less: readonly TooMuch[], kit: Kit): void {
  openConnection(vault).transaction((db) => {
    const at = kit.at();
    for (const { account, change } of less) {
      changeAccount(db, account, change, at);
      const changed = Object.keys(change).map((field) => `${account.name} ${field}`);
      const about = { ledger: null, recordId: null, version: null };
      const note = { action: 'account.lowered', ...about, detail: { account: account.name, changed } };
      appendAudit(db, at, { account: '', ...kit.place(db) }, note);
    }
  });
}
