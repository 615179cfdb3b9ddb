import path from 'node:path';
import { dropSurplus, listBackups, makeBackup } from '#core/db/backup.ts';
import type { Connection } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { cleanObjects } from '#core/db/object-copies.ts';
import { isMarkedDamaged } from '#core/db/open.ts';
import { sql } from '#core/db/sql.ts';
import type { Backup } from '#shared/api/types.ts';
import type { Kit } from './context.ts';
import { keepNumbers } from './last-numbers.ts';
import type { Vault } from './vault.ts';

const hour = 3_600_000;

/** A checked copy in the folder's own backups, made by the caller's thread (before an upgrade, at the end). */
export function backUpNow(kit: Kit, folder: string, connection: Connection, key: Uint8Array): Backup {
  const to = path.join(folder, names.backups);
  const made = makeBackup(connection, folder, to, key, kit.env.nativeBinding, kit.env.now());
  dropSurplus(folder);
  return made;
}

/**
 * Copies made without being asked: hourly and at the end, when something changed since the last one. The hourly copy
 * is made by a helper with a connection of its own, so that neither typing nor search waits (decision in README).
 * A copy that fails never stops the program; the next hour tries again.
 */
export function createBackupClock(kit: Kit, vault: Vault) {
  let timer: NodeJS.Timeout | null = null;

  function isDue(): boolean {
    if (!vault.connection || isMarkedDamaged(vault.folder)) return false;
    const changed = vault.connection.value<string>(
      sql`select at from commit_entry order by number desc limit 1`,
    );
    // One from the future was made while the clock went wrong; it says nothing of what has changed since.
    const newest = listBackups(vault.folder).find((copy) => copy.madeAt <= kit.at());
    return changed !== undefined && (!newest || newest.madeAt < `${changed.slice(0, 19)}.000Z`);
  }

  async function hourly(): Promise<void> {
    try {
      if (!isDue() || !vault.key) return;
      await kit.env.helper('backup.make', {
        folder: vault.folder,
        to: path.join(vault.folder, names.backups),
        key: vault.key,
        nativeBinding: kit.env.nativeBinding ?? null,
        now: kit.at(),
      });
      dropSurplus(vault.folder);
      if (vault.connection) cleanObjects(vault.folder, vault.connection, kit.env.now());
    } catch (error) {
      process.stderr.write(`backup failed: ${(error as { code?: string }).code ?? 'unknown'}\n`);
    }
  }

  function stop(): void {
    if (timer) clearInterval(timer);
    timer = null;
  }

  return {
    start() {
      if (!kit.env.automaticBackups) return;
      timer ??= setInterval(() => void hourly(), hour);
      timer.unref();
    },
    stop,
    /** The last copy of the day and the last numbers, before everything closes. */
    async finish(): Promise<void> {
      stop();
      const { connection, key } = vault;
      if (!connection || !key) return;
      // Whatever fails here (a full disk, a stick pulled out): everything must still be closed.
      try {
        keepNumbers(vault);
        if (kit.env.automaticBackups && isDue()) backUpNow(kit, vault.folder, connection, key);
        if (kit.env.automaticBackups) cleanObjects(vault.folder, connection, kit.env.now());
      } catch (error) {
        process.stderr.write(`backup failed: ${(error as { code?: string }).code ?? 'unknown'}\n`);
      }
    },
  };
}
