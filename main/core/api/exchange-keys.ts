import type { ReadDb } from '#core/db/connection.ts';
import { withWaysInUse } from '#core/security/accounts.ts';
import { exchangeKeyFile, type KeyFile, layKeyFile, readKeyFile } from '#core/security/key-file.ts';
import type { CommandContext } from './context.ts';

/** A key file that goes with a transaction: where that comes to nothing, the one of before is there again. */
export function exchangeKeys({ kit, outcome }: CommandContext, file: KeyFile): void {
  const { keep, takeBack } = exchangeKeyFile(kit.folder(), file);
  outcome.whenDone(keep);
  outcome.whenUndone(takeBack);
}

/**
 * A key file that follows a commit, in room that was taken before it. For what lets somebody in: exchanged before, and the
 * program killed in between, it would hold without an entry in the log that says who did it.
 */
export function exchangeKeysAfter({ kit, outcome }: CommandContext, file: KeyFile): void {
  const laid = layKeyFile(kit.folder(), file);
  outcome.whenDone(laid.settle);
  outcome.whenUndone(laid.clear);
}

/**
 * A disabled account's way to the key goes after the commit, in room that was taken before it: gone before, a program that
 * dies in between leaves an account in use that nobody can sign in to. One that dies after it leaves the way of a disabled
 * account, which the next opening takes (`takeWaysOfNobody`). Shares of the sealing key go with it: nobody has one whom
 * the log does not know for it, and who should have one and has none gets it at the next sign-in of a holder.
 */
export function followAccounts(context: CommandContext, file: KeyFile, shared: KeyFile): void {
  const left = withWaysInUse(shared, context.db);
  if (left !== file) exchangeKeysAfter(context, left);
}

/** At an opening: see above; and ways whose account came to nothing, or that a restore took back. */
export function takeWaysOfNobody(folder: string, db: ReadDb): void {
  const file = readKeyFile(folder);
  const left = file && withWaysInUse(file, db);
  if (file && left && left !== file) exchangeKeyFile(folder, left).keep();
}
