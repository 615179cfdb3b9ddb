import { fileOfCopy, keyBeside, listAllBackups } from '#core/db/copies.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { askedInstallation } from '#core/settings/installation.ts';
import { AppError } from '#shared/api/errors.ts';
import { type FoundIdentity, findIdentity, ledgerIdAt, ledgerIdsBeside } from './identity.ts';
import type { KeyFile } from './key-file.ts';

/**
 * What the file beside the ledger says, before the ledger is opened: by its two copies, or by what lies beside the copies
 * of the ledger. A folder has none only where the ledger has just come from a copy, or somebody said with a reason that it
 * goes on without. Throws `wrong-key`, `identity-lost`.
 */
export function identityOfFolder(folder: string, file: KeyFile, key: Uint8Array): FoundIdentity | null {
  const found = findIdentity(folder, key, identitiesBesideCopies(folder));
  if (found && found.identity.ledgerId !== file.ledgerId)
    throw new AppError('wrong-key', { file: inFolder(folder, 'key') });
  if (!found && askedInstallation(folder) === null) throw new AppError('identity-lost', { folder });
  return found;
}

/**
 * The same as far as it can be told without a key, before anybody signs in: the password of another ledger's key file is
 * known to nobody here, and a command line that dies with its process knows nothing of an earlier sign-in. What the files
 * name is not proven; `identityOfFolder` proves it. Throws `wrong-key`, `identity-lost`.
 */
export function checkIdentity(folder: string, { ledgerId }: Pick<KeyFile, 'ledgerId'>): void {
  const own = ledgerIdsBeside(folder);
  if (own.length === 0 && askedInstallation(folder) !== null) return;
  const named = own.length > 0 ? own : identitiesBesideCopies(folder).map(ledgerIdAt);
  const known = named.filter((id) => id !== null);
  if (known.includes(ledgerId)) return;
  if (known.length > 0) throw new AppError('wrong-key', { file: inFolder(folder, 'key') });
  throw new AppError('identity-lost', { folder });
}

const identitiesBesideCopies = (folder: string): string[] =>
  listAllBackups(folder).map((copy) => keyBeside(fileOfCopy(folder, copy), names.identity));
