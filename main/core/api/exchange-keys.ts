import type { ReadDb } from '#core/db/connection.ts';
import { withoutDisabled } from '#core/security/accounts.ts';
import { exchangeKeyFile, type KeyFile, layKeyFile, readKeyFile } from '#core/security/key-file.ts';
import type { CommandContext } from './context.ts';

/** A key file that goes with a transaction: where that comes to nothing, the one of before is there again. */
export function exchangeKeys({ kit, outcome }: CommandContext, file: KeyFile): void {
  const { keep, takeBack } = exchangeKeyFile(kit.folder(), file);
  outcome.whenDone(keep);
  outcome.whenUndone(takeBack);
}

/**
 * A disabled account's way to the key goes after the commit, in room that was taken before it: gone before, a program that
 * dies in between leaves an account in use that nobody can sign in to. One that dies after it leaves the way of a disabled
 * account, which the next opening takes (`takeWaysOfDisabled`).
 */
export function dropWaysOfDisabled({ kit, db, outcome }: CommandContext): void {
  const file = readKeyFile(kit.folder());
  const left = file && withoutDisabled(file, db);
  if (!file || !left || left.slots.length === file.slots.length) return;
  const laid = layKeyFile(kit.folder(), left);
  outcome.whenDone(() => laid.exchange().keep());
  outcome.whenUndone(laid.clear);
}

/** At an opening: see above. */
export function takeWaysOfDisabled(folder: string, db: ReadDb): void {
  const file = readKeyFile(folder);
  const left = file && withoutDisabled(file, db);
  if (file && left && left.slots.length < file.slots.length) exchangeKeyFile(folder, left).keep();
}
