import { type Connection, isDamage } from '#core/db/connection.ts';
import { markDamaged } from '#core/db/damage.ts';
import { isWiping, wipeNow, wipeStep } from '#core/ledgers/wipe.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Kit } from './context.ts';
import { renewDerivations, settleDerivations } from './derivations.ts';
import type { Vault } from './vault.ts';

const idleMs = 1500;
const pauseMs = 20;
/** Until what was taken out is wiped, however long there is no room for it or somebody reads. */
const retryMs = 5000;
/** After so many writes without a pause something is settled between two of them: searches look through what waits. */
const writesUnsettled = 16;
/** Entries, and some merging of what entries before them left. */
const stepsBetween = 2;

/** `wipe`: what records that were taken out left behind goes now, as far as that does not take long. */
type Upkeep = { wake(): void; wipe(): void; stop(): void };

/**
 * The indexes are settled in small steps when nobody is waiting: merging that of search inside saves made one in twenty
 * of them take 10 ms and more (measured; toolchain notes, 300,000 records).
 */
export function startUpkeep(vault: Vault, kit: Kit): Upkeep {
  let timer: NodeJS.Timeout | null = null;
  let between: NodeJS.Immediate | null = null;
  let writes = 0;
  const checkpoints = createCheckpoints(vault, kit.env.helper, kit.env.nativeBinding);
  /** False when nothing was left to do. What an older program derived is renewed only when nobody is waiting. */
  const attempt = (work: (connection: Connection) => boolean): boolean => {
    const { connection } = vault;
    if (!connection || connection.inTransaction) return false;
    try {
      return work(connection);
    } catch (error) {
      // Nobody waits for it, and nothing is lost: what is wrong (no room, a moved folder) is said to the next save.
      if (isDamage(error)) markDamaged(vault.folder);
      return false;
    }
  };
  const settle = (isIdle: boolean): boolean => {
    // It is in no hurry: beside a checkpoint it would wait for the disk, and keep the log from its end.
    if (vault.checkpoint) return isIdle;
    const isMore = attempt((connection) =>
      connection.transaction((db) => settleDerivations(db) || (isIdle && renewDerivations(db, kit))),
    );
    if (isMore) checkpoints.begin();
    return isMore;
  };
  const wait = (ms: number) => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(stepWhenIdle, ms);
    timer.unref();
  };
  const stepWhenIdle = () => {
    timer = null;
    writes = 0;
    if (settle(true) || attempt((connection) => wipeStep(connection, vault.folder))) wait(pauseMs);
    else if (attempt(isWiping)) wait(retryMs);
  };
  const stepBetween = (left: number) => {
    between = settle(false) && left > 1 ? setImmediate(stepBetween, left - 1) : null;
  };
  return {
    wake() {
      checkpoints.begin();
      wait(idleMs);
      writes += 1;
      if (writes < writesUnsettled) return;
      writes = 0;
      between ??= setImmediate(stepBetween, stepsBetween);
    },
    wipe() {
      attempt((connection) => {
        wipeNow(connection, vault.folder);
        return true;
      });
    },
    stop() {
      if (timer) clearTimeout(timer);
      if (between) clearImmediate(between);
      timer = null;
      between = null;
    },
  };
}
