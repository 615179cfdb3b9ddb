import { makeBackup } from '#core/db/backup.ts';
import { openReader } from '#core/db/open.ts';

type BackupInput = { folder: string; to: string; key: Uint8Array; nativeBinding: string | null; now: string };

/** What throw-away helpers can do. Heavy libraries are loaded when their task runs. */
export const helperTasks = {
  /**
   * A checked copy through a connection of the helper's own: copying and checking a large ledger take seconds that
   * neither the reader (search, drafts) nor the writer (saves) may lose. Shape: Backup & { file }.
   */
  'backup.make'({ folder, to, key, nativeBinding, now }: BackupInput) {
    const native = nativeBinding ?? undefined;
    const source = openReader(folder, key, native);
    try {
      return makeBackup(source, folder, to, key, native, new Date(now));
    } finally {
      source.close();
    }
  },
};
