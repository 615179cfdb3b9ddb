import fs from 'node:fs';
import { inFolder } from '#core/db/folder.ts';
import { isMovedAway, type NotHere, whyNotHere } from '#core/db/machine-mark.ts';
import { ledgerIdsBeside } from '#core/security/identity.ts';
import { AppError } from '#shared/api/errors.ts';

/** Whether another folder has the ledger of this one, and did not give it up. */
export function holdsLedgerOf(folder: string): (at: string) => boolean {
  return (at) => {
    if (!fs.existsSync(inFolder(at, 'ledger')) || isMovedAway(at)) return false;
    const [own, other] = [ledgerIdsBeside(folder), ledgerIdsBeside(at)];
    return own.length === 0 || other.length === 0 || own.some((one) => other.includes(one));
  };
}

export const notHere = (folder: string): NotHere => whyNotHere(folder, holdsLedgerOf(folder));

/** Throws `ledger-moved`, `folder-elsewhere`, `folder-copied`. */
export function refuseElsewhere(folder: string): void {
  const why = notHere(folder);
  if (why === null) return;
  if (why === 'elsewhere') throw new AppError('folder-elsewhere', { folder });
  if ('from' in why) throw new AppError('folder-copied', { folder, from: why.from });
  throw new AppError('ledger-moved', why);
}
