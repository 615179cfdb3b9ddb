import path from 'node:path';
import { dropSurplus, listBackups, makeBackup } from '#core/db/backup.ts';
import type { Connection } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { cleanObjects } from '#core/db/object-copies.ts';
import { isMarkedDamaged } from '#core/db/open.ts';
import { bringToSecond, isSecondBehind, type SecondInput } from '#core/db/second-place.ts';
import { sql } from '#core/db/sql.ts';
import type { Failure } from '#shared/api/errors.ts';
import type { Backup } from '#shared/api/types.ts';
import type { Kit } from './context.ts';
import { keepNumbers } from './last-numbers.ts';
import type { Vault } from './vault.ts';

const hour = 3_600_000;

function reportFailed(error: unknown): void {
  process.stderr.write(`backup failed: ${(error as { code?: string }).code ?? 'unknown'}\n`);
}

/** A checked copy in the folder's own backups, made by the caller's thread (before an upgrade, at the end). */
export function backUpNow(kit: Kit, folder: string, connection: Connection, key: Uint8Array): Backup {
  const to = path.join(folder, names.backups);
  const made = makeBackup(connection, folder, to, key, kit.env.nativeBinding, kit.env.now());
  dropSurplus(folder);
  sayFailed(kit, bringToSecond({ folder, key, ...secondNow(kit) }));
  return made;
}

const secondNow = (kit: Kit) => ({
  nativeBinding: kit.env.nativeBinding ?? null,
  now: kit.at(),
  today: kit.today(),
});

function sayFailed(kit: Kit, failure: Failure | null): void {
  if (failure) kit.env.emit({ event: 'copyFailed', failure });
}

/** The newest copy to the second place, where there is one; by a helper, which never fails for it. */
export async function secondCopy(kit: Kit, key: Uint8Array, isAlone = false): Promise<void> {
  const input: SecondInput = { folder: kit.folder(), key, ...secondNow(kit), isAlone };
  sayFailed(kit, (await kit.env.helper('backup.second', input)) as Failure | null);
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
    const { key, folder } = vault;
    if (!key || isMarkedDamaged(folder)) return;
    let isAlone = false;
    try {
      if (isDue()) {
        isAlone = true;
        const to = path.join(folder, names.backups);
        const nativeBinding = kit.env.nativeBinding ?? null;
        await kit.env.helper('backup.make', { folder, to, key, nativeBinding, now: kit.at() });
        isAlone = false;
        dropSurplus(folder);
        if (vault.connection) cleanObjects(folder, vault.connection, kit.env.now());
      }
    } catch (error) {
      reportFailed(error);
    }
    try {
      if (!isMarkedDamaged(folder) && (isAlone || isSecondBehind(folder)))
        await secondCopy(kit, key, isAlone);
    } catch (error) {
      reportFailed(error);
    }
  }

  function copyAtEnd(connection: Connection, key: Uint8Array): void {
    const { folder } = vault;
    try {
      if (isDue()) backUpNow(kit, folder, connection, key);
      else if (isSecondBehind(folder)) sayFailed(kit, bringToSecond({ folder, key, ...secondNow(kit) }));
    } catch (error) {
      // No room beside the ledger: the other place may have some.
      if (!isMarkedDamaged(folder)) bringToSecond({ folder, key, ...secondNow(kit), isAlone: true });
      throw error;
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
        if (kit.env.automaticBackups) copyAtEnd(connection, key);
        if (kit.env.automaticBackups) cleanObjects(vault.folder, connection, kit.env.now());
      } catch (error) {
        reportFailed(error);
      }
    },
  };
}
