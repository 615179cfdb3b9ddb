import { appendAudit } from '#core/audit/chain.ts';
import { keyBeside } from '#core/db/backup.ts';
import { isFull } from '#core/db/connection.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { fileOfCopy, listAllBackups } from '#core/db/second-place.ts';
import { type FoundIdentity, findIdentity } from '#core/security/identity.ts';
import type { KeyFile } from '#core/security/key-file.ts';
import { askedInstallation } from '#core/settings/installation.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Kit } from './context.ts';
import { keepNumbers } from './last-numbers.ts';
import { openConnection, type Vault } from './vault.ts';

/**
 * What the file beside the ledger says, before the ledger is opened: by its two copies, or by what lies beside the copies
 * of the ledger. A folder has none only where the ledger has just come from a copy, or somebody said with a reason that it
 * goes on without. Throws `wrong-key`, `identity-lost`.
 */
export function identityOfFolder(folder: string, file: KeyFile, key: Uint8Array): FoundIdentity | null {
  const beside = listAllBackups(folder).map((copy) => keyBeside(fileOfCopy(folder, copy), names.identity));
  const found = findIdentity(folder, key, beside);
  if (found && found.identity.ledgerId !== file.ledgerId)
    throw new AppError('wrong-key', { file: inFolder(folder, 'key') });
  if (!found && askedInstallation(folder) === null) throw new AppError('identity-lost', { folder });
  return found;
}

/** Both copies are written anew where one of them was missing, harmed or behind, and the log says from what. */
export function mendIdentity(vault: Vault, { mendFrom }: FoundIdentity, kit: Kit): void {
  if (mendFrom === null) return;
  try {
    keepNumbers(vault);
    const note = { action: 'identity.mended', ledger: null, recordId: null, version: null };
    openConnection(vault).transaction((db) =>
      appendAudit(db, kit.at(), { account: '', ...kit.place(db) }, { ...note, detail: { source: mendFrom } }),
    );
  } catch (error) {
    if (!isFull(error)) throw error; // it opens as it is, and is mended when there is room
  }
}
