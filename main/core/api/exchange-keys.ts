import { exchangeKeyFile, type KeyFile } from '#core/security/key-file.ts';
import type { CommandContext } from './context.ts';

/** A key file that goes with a transaction: where that comes to nothing, the one of before is there again. */
export function exchangeKeys({ kit, outcome }: CommandContext, file: KeyFile): void {
  const { keep, takeBack } = exchangeKeyFile(kit.folder(), file);
  outcome.whenDone(keep);
  outcome.whenUndone(takeBack);
}
