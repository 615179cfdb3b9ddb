import path from 'node:path';
import { dropSurplus, makeBackup } from '#core/db/backup.ts';
import type { Connection } from '#core/db/connection.ts';
import { listBackups, newestAt, storedPlace } from '#core/db/copies.ts';
import { isMarkedDamaged } from '#core/db/damage.ts';
import { names } from '#core/db/folder.ts';
import { cleanObjects } from '#core/db/object-copies.ts';
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
  dropSurplus(folder, kit.at());
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
  if (!storedPlace(kit.folder())) return;
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

  /** The last commit that a copy of this run holds. */
  let copied: number | null = null;

  function lastCommit(connection: Connection) {
    return connection.get<{ number: number; at: string }>(
      sql`select number, at from commit_entry order by number desc limit 1`,
    );
  }

  function isDue(): boolean {
    if (!vault.connection || isMarkedDamaged(vault.folder)) return false;
    const last = lastCommit(vault.connection);
    if (!last || last.number === copied) return false;
    const newest = newestAt(listBackups(vault.folder), kit.at());
    if (!newest || newest.madeAt < `${last.at.slice(0, 19)}.000Z`) return true;
    // The clock was set back once: what came after what its times do not say, and one copy too many is no harm.
    return last.at < (vault.connection.value<string>(sql`select max(at) from commit_entry`) ?? '');
  }

  async function hourly(): Promise<void> {
    const { key, folder } = vault;
    if (!key || isMarkedDamaged(folder)) return;
    let isAlone = false;
    try {
      if (vault.connection && isDue()) {
        isAlone = true;
        const held = lastCommit(vault.connection)?.number ?? null;
        const to = path.join(folder, names.backups);
        const nativeBinding = kit.env.nativeBinding ?? null;
        await kit.env.helper('backup.make', { folder, to, key, nativeBinding, now: kit.at() });
        isAlone = false;
        copied = held;
        dropSurplus(folder, kit.at());
        if (vault.connection) cleanObjects(folder, vault.connection, kit.env.now());
      }
    } catch (error) {
      reportFailed(error);
    }
    try {
      if (!isMarkedDamaged(folder) && (isAlone || isSecondBehind(folder, kit.at())))
        await secondCopy(kit, key, isAlone);
    } catch (error) {
      reportFailed(error);
    }
  }

  function copyAtEnd(connection: Connection, key: Uint8Array): void {
    const { folder } = vault;
    try {
      if (isDue()) {
        backUpNow(kit, folder, connection, key);
        copied = lastCommit(connection)?.number ?? null;
      } else if (isSecondBehind(folder, kit.at()))
        sayFailed(kit, bringToSecond({ folder, key, ...secondNow(kit) }));
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
