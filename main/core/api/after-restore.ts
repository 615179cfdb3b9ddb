import fs from 'node:fs';
import path from 'node:path';
import { appendAudit, hashOfEntry, lastEntry, newestInstant } from '#core/audit/chain.ts';
import { connect, type ReadDb, type WriteDb } from '#core/db/connection.ts';
import { keyPathBeside } from '#core/db/copies.ts';
import { inFolder, names } from '#core/db/folder.ts';
import type { RestoreTrace } from '#core/db/restore.ts';
import {
  addAccount,
  allAccounts,
  changeAccount,
  type KeptAccount,
  type StoredAccount,
  waysOfNobody,
} from '#core/security/accounts.ts';
import { accountsAfter, type Fate } from '#core/security/after-restore.ts';
import { type KeyFile, readKeyFile, readKeyFileAt } from '#core/security/key-file.ts';
import { lastOfEach } from '#core/security/last-accounts.ts';
import { readSetting, unitById, writeSetting } from '#core/settings/settings.ts';
import type { AfterRestore } from '#shared/api/restore-types.ts';
import type { Kit } from './context.ts';
import type { AuditNote } from './contract.ts';
import type { KnownAccounts } from './last-accounts.ts';

/** Where a log ends, and the latest instant in it, which a clock that was set back does not take away. */
export type LogEnd = { last: ReturnType<typeof lastEntry>; newest: string };
export const logEnd = (db: ReadDb): LogEnd => ({ last: lastEntry(db), newest: newestInstant(db) });

type Options = {
  folder: string;
  key: Uint8Array;
  kit: Kit;
  /** In their order; at least one. */
  traces: readonly RestoreTrace[];
  /** Who went back to the copy. */
  account: string;
  /** Where the copy's own log ends. */
  end: LogEnd;
  /** What the file beside the ledger said before. */
  known: KnownAccounts;
};

/** As long is it said to whoever looks after accounts. */
const saidMs = 7 * 86_400_000;

/**
 * The accounts of a copy that was put back, as they are to stand beside today's key file; each with its entry in the log.
 * In the transaction that logs the restore: once, also where the program dies behind it.
 */
export function bringUpAccounts(db: WriteDb, options: Options): void {
  const { folder, kit, traces } = options;
  const keys = readKeyFile(folder);
  const [first, last] = [traces[0], traces.at(-1)];
  if (!keys || !first || !last) return;
  // A ledger set aside for a copy that was never opened was such a copy itself.
  const accounts = accountsSetAside(first, options) ?? accountsBeside(db, options.known);
  const of = `${last.at} ${last.backup}`;
  if (stored(db)?.of === of) return;
  const copyKeys = readKeyFileAt(keyPathBeside(folder, last.backup));
  const { account } = options;
  bringUp(db, { kit, account, of, backup: last.backup, keys, copyKeys, accounts });
}

/**
 * The same of an older ledger that somebody laid in its place by hand, or a restore of which every trace is gone: by what the
 * file beside the ledger says.
 */
export function bringUpByHand(db: WriteDb, kit: Kit, accounts: readonly KeptAccount[]): void {
  const keys = readKeyFile(kit.folder());
  if (keys) bringUp(db, { kit, account: '', of: '', backup: '', keys, copyKeys: null, accounts });
}

type Around = {
  kit: Kit;
  /** Who went back, as far as it is known. */
  account: string;
  of: string;
  backup: string;
  keys: KeyFile;
  copyKeys: KeyFile | null;
  accounts: readonly KeptAccount[] | null;
};

function bringUp(db: WriteDb, { kit, account, of, backup, keys, copyKeys, accounts }: Around): void {
  const hasUnit = (id: string) => unitById(db, id) !== null;
  const isByHand = of === '';
  const found = accountsAfter(allAccounts(db), { accounts, keys, copyKeys, hasUnit }).filter(
    (fate) => !isByHand || isChange(fate),
  );
  const at = kit.at();
  const by = { account, ...kit.place(db) };
  const log = (action: string, detail: AuditNote['detail']) =>
    appendAudit(db, at, by, { action, ledger: null, recordId: null, version: null, detail });
  for (const fate of found) {
    apply(db, kit, fate, at);
    log('account.afterRestore', { account: fate.name, fates: fate.fates });
  }
  const waysTaken = waysOfNobody(keys, db);
  if (waysTaken > 0) log('account.waysTaken', { count: waysTaken });
  const said = found.map(({ name, fates }) => ({ name, fates }));
  if (isByHand && said.length + waysTaken === 0) return;
  const report: AfterRestore = { at, backup, accounts: said, waysTaken, isRead: accounts !== null };
  writeSetting(db, 'afterRestore', JSON.stringify({ of, ...report }));
}

const isChange = (fate: Fate) => fate.copy === null || Object.keys(fate.change).length > 0;

function apply(db: WriteDb, kit: Kit, fate: Fate, at: string): void {
  if (fate.copy) {
    changeAccount(db, fate.copy, fate.change, at);
    return;
  }
  const { mediatorId, ...made } = fate.made;
  const isThere = mediatorId !== null && kit.hasRecord(db, 'mediator', mediatorId);
  addAccount(db, { ...made, mediatorId: isThere ? mediatorId : null });
}

/** As the file says, or as a copy that is newer has them itself; only passwords are those of the folder's key file. */
function accountsBeside(db: ReadDb, { accounts, isPast }: KnownAccounts): readonly KeptAccount[] | null {
  if (!accounts || !isPast) return accounts;
  const last = lastOfEach(accounts);
  const mustChange = (id: string) => last.find((one) => one.id === id)?.mustChange ?? true;
  return allAccounts(db).map((account) => ({ ...account, mustChange: mustChange(account.id) }));
}

/**
 * Null where that ledger cannot be read, is of another key or of a schema that has not what is asked, or is older than the
 * copy: which one was set aside stands in a file that anybody could write, and an old one would give rights back.
 */
function accountsSetAside(
  { aside }: RestoreTrace,
  { folder, key, kit, end, known }: Options,
): StoredAccount[] | null {
  if (aside === undefined || aside !== path.basename(aside)) return null;
  const file = path.join(inFolder(folder, 'aside'), aside, names.ledger);
  if (!fs.existsSync(file)) return null;
  const { nativeBinding } = kit.env;
  try {
    const look = connect(file, { key, access: 'look', ...(nativeBinding ? { nativeBinding } : {}) });
    try {
      return isLaterThan(look, end, known) ? allAccounts(look) : null;
    } finally {
      look.close();
    }
  } catch {
    return null;
  }
}

/**
 * It goes on from the copy, or is a later branch: somebody went to and fro. Where its accounts stand as they were before the
 * copy, it is none, however late somebody last signed in: the ledger went on in another folder and comes back from there.
 */
const isLaterThan = (look: ReadDb, { last, newest }: LogEnd, { isPast }: KnownAccounts): boolean =>
  (last !== null && hashOfEntry(look, last.entry) === last.hash) ||
  (!isPast && newestInstant(look) >= newest);

function stored(db: ReadDb): (AfterRestore & { of: string }) | null {
  const text = readSetting(db, 'afterRestore');
  return text === null ? null : (JSON.parse(text) as AfterRestore & { of: string });
}

/**
 * What the last restore meant for the accounts that one sees, for some days after it; null where it meant nothing.
 */
export function afterRestore(
  db: ReadDb,
  now: string,
  isSeen: (account: string) => boolean,
): AfterRestore | null {
  const found = stored(db);
  if (!found || Date.parse(now) - Date.parse(found.at) > saidMs) return null;
  const { of: _of, ...whole } = found;
  const report = { ...whole, accounts: whole.accounts.filter(({ name }) => isSeen(name)) };
  return report.accounts.length + report.waysTaken > 0 ? report : null;
}
