import { mergeStep } from '#core/ledgers/search-index.ts';
import type { Vault } from './vault.ts';

const idleMs = 1500;

/**
 * The search index merges in small steps when nobody is waiting: merging inside saves made one in twenty of them
 * take 10 ms and more (measured; toolchain notes, 300,000 records).
 */
export function startUpkeep(vault: Vault): { wake(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  const step = () => {
    timer = null;
    const { connection } = vault;
    if (!connection || connection.inTransaction) return;
    if (connection.transaction(mergeStep)) {
      timer = setTimeout(step, 20);
      timer.unref();
    }
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
