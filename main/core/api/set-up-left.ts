import fs from 'node:fs';
import { flushFolder, inFolder } from '#core/db/folder.ts';
import { renameFile } from '#core/db/held.ts';

/** What a ledger's file is called while it is made. */
export const suffix = '.new';

/** Finishes a set-up that was cut short after its key file stood, and clears away one that was cut short before. */
export function finishSetUp(folder: string): void {
  const made = inFolder(folder, 'ledger') + suffix;
  if (!fs.existsSync(made)) return;
  if (hasKeyFile(folder) && !fs.existsSync(inFolder(folder, 'ledger')))
    renameFile(made, inFolder(folder, 'ledger'));
  else clearMade(folder);
  flushFolder(folder);
}

/** The copy is written first and whole; the key file itself is mended from it. */
export const hasKeyFile = (folder: string) =>
  (['key', 'keyCopy'] as const).some((name) => fs.existsSync(inFolder(folder, name)));

export function clearMade(folder: string): void {
  const made = inFolder(folder, 'ledger') + suffix;
  for (const end of ['', '-wal', '-shm', '-journal']) fs.rmSync(made + end, { force: true });
}
