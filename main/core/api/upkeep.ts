import { isDamage } from '#core/db/connection.ts';
import { markDamaged } from '#core/db/open.ts';
import { settleDerivations } from './derivations.ts';
import type { Vault } from './vault.ts';

const idleMs = 1500;

/**
 * The indexes are settled in small steps when nobody is waiting: merging that of search inside saves made one in twenty
 * of them take 10 ms and more (measured; toolchain notes, 300,000 records).
 */
export function startUpkeep(vault: Vault): { wake(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  const step = () => {
    timer = null;
    const { connection } = vault;
    if (!connection || connection.inTransaction) return;
    try {
      if (!connection.transaction(settleDerivations)) return;
    } catch (error) {
      // Nobody waits for it, and nothing is lost: what is wrong (no room, a moved folder) is said to the next save.
      if (isDamage(error)) markDamaged(vault.folder);
      return;
    }
    timer = setTimeout(step, 20);
    timer.unref();
  };
  return {
    wake() {
      if (timer) clearTimeout(timer);
      timer = setTimeout(step, idleMs);
      timer.unref();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
