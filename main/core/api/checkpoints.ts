import { type Connection, connect, isDamage } from '#core/db/connection.ts';
import { damaged, markDamaged } from '#core/db/damage.ts';
import { inFolder } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import type { HelperRunner } from './contract.ts';
import { failed } from './failures.ts';
import type { Vault } from './vault.ts';

/** Pages in the write-ahead log that are not in the file yet, of which a checkpoint is due. */
const pagesDue = 4000;
/** As much as this thread carries over itself: what was written while the helper carried the rest. */
const pagesLeft = 500;
/** A helper that has not come to its end by then is ended; the next checkpoint goes on where it was. */
const limitMs = 120_000;
/** So long whoever closes the ledger waits for one; a helper that hangs in the disk must not keep the program open. */
const patienceMs = 30_000;

const waiting = 0;
const begun = 1;
const givenUp = 2;

export type CheckpointInput = {
  folder: string;
  key: Uint8Array;
  nativeBinding: string | null;
  /** One number: whether the helper has begun, or is no more to begin. */
  stage: Int32Array<SharedArrayBuffer>;
};

/** A checkpoint that another thread makes. */
export type Checkpoint = {
  /** Resolves when no other thread has the file open for it, or ever will, and at the latest after `patienceMs`. */
  over(): Promise<void>;
};

/**
 * Takes what has been written from the write-ahead log into the file, in a helper with a connection of its own: ten
 * megabytes and two flushes, for which a save or a step of settling would otherwise have to wait. Nothing depends on it
 * but the size of the log: what is in the log is on the disk.
 */
export function createCheckpoints(vault: Vault, helper: HelperRunner, nativeBinding: string | undefined) {
  /** What was left the last time: somebody who still reads (a copy being made) holds it there. */
  let held = 0;

  async function make(
    connection: Connection,
    key: Uint8Array,
    stage: CheckpointInput['stage'],
  ): Promise<void> {
    const input: CheckpointInput = { folder: vault.folder, key, nativeBinding: nativeBinding ?? null, stage };
    try {
      await helper('ledger.checkpoint', input, { ms: limitMs });
    } catch {
      // No room, or no helper: the log stays as it is, and grows until the connection carries it over itself.
    }
    if (vault.connection !== connection || connection.inTransaction) return;
    attempt(() => {
      // Only a log that is carried over to its end begins anew.
      if (pagesBehind(connection) <= pagesLeft) connection.pragma('wal_checkpoint(PASSIVE)');
      held = pagesBehind(connection);
    });
  }

  /** Nobody asked for it, so nobody is told: no room is said to the next save, damage is marked, the rest an incident. */
  function attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      failed(error, vault.folder);
    }
  }

  function beginIfDue(): void {
    const { connection, key } = vault;
    if (vault.checkpoint || !connection || !key || connection.inTransaction) return;
    const behind = pagesBehind(connection);
    if (behind < held) held = 0;
    if (behind - held < pagesDue) return;
    const stage = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const made = make(connection, key, stage).finally(() => {
      vault.checkpoint = null;
    });
    vault.checkpoint = {
      // Others that are asked for minutes may be before it in the queue.
      over: async () => {
        if (Atomics.compareExchange(stage, 0, waiting, givenUp) === begun) await orTired(made);
      },
    };
  }

  return {
    /** To be called after what was written; begins one where it is due. Never throws. */
    begin: () => attempt(beginIfDue),
  };
}

async function orTired(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work, tired]);
  clearTimeout(timer);
}

function pagesBehind(connection: Connection): number {
  const state = connection.get<{ log: number; checkpointed: number }>(sql`pragma wal_checkpoint(NOOP)`);
  return state ? state.log - state.checkpointed : 0;
}

/**
 * Body of the helper. Nobody is held up by it: PASSIVE waits for none and leaves what is still read. Damage is marked
 * here: what was thrown has only its words when it leaves a helper.
 */
export function makeCheckpoint({ folder, key, nativeBinding, stage }: CheckpointInput): void {
  if (Atomics.compareExchange(stage, 0, waiting, begun) !== waiting) return;
  const native = nativeBinding === null ? {} : { nativeBinding };
  try {
    const connection = connect(inFolder(folder, 'ledger'), { key, access: 'read', ...native });
    try {
      connection.pragma('wal_checkpoint(PASSIVE)');
    } finally {
      connection.close();
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    markDamaged(folder);
    throw damaged(folder, error);
  }
}
