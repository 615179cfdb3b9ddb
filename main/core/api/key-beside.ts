import { fileOfCopy, keyBeside, listAllBackups } from '#core/db/copies.ts';
import { names } from '#core/db/folder.ts';
import { ledgerIdsBeside } from '#core/security/identity.ts';
import { type KeyFile, readKeyFileAt } from '#core/security/key-file.ts';
import type { CopyPlace } from '#shared/api/care-types.ts';
import { AppError } from '#shared/api/errors.ts';

/** The key file beside a copy, or beside the newest that has one fitting the folder. Throws `key-none`, `file-missing`. */
export function keyBesideCopy(folder: string, backup: string | undefined, place: CopyPlace): KeyFile {
  const all = listAllBackups(folder);
  const some = backup === undefined ? all : [{ name: backup, place }];
  for (const copy of some) {
    const key = fittingKey(folder, keyBeside(fileOfCopy(folder, copy), names.key));
    if (key) return key;
  }
  throw new AppError('key-none', { folder });
}

/** Whether there is one to be taken; a folder that cannot be read has none. */
export function hasKeyBeside(folder: string): boolean {
  try {
    return keyBesideCopy(folder, undefined, 'own') !== null;
  } catch {
    return false;
  }
}

/** A whole key file, of the ledger that the folder's other files name. */
export function fittingKey(folder: string, at: string): KeyFile | null {
  const key = readKeyFileAt(at);
  const named = ledgerIdsBeside(folder);
  return key && (named.length === 0 || named.includes(key.ledgerId)) ? key : null;
}
