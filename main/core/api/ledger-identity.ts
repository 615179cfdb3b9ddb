import { appendAudit } from '#core/audit/chain.ts';
import { isFull } from '#core/db/connection.ts';
import type { FoundIdentity } from '#core/security/identity.ts';
import type { Kit } from './context.ts';
import { keepNumbers } from './last-numbers.ts';
import { openConnection, type Vault } from './vault.ts';

/** Both copies are written anew where one of them was missing, harmed or behind, and the log says from what. */
export function mendIdentity(vault: Vault, { mendFrom }: FoundIdentity, kit: Kit): void {
  if (mendFrom === null) return;
  try {
    keepNumbers(vault);
    const note = { action: 'identity.mended', ledger: null, recordId: null, version: null };
    openConnection(vault).transaction((db) =>
      appendAudit(db, kit.at(), { account: '', ...kit.place(db) }, { ...note, detail: { source: mendFrom } }),
    );
  } catch (error) {
    if (!isFull(error)) throw error; // it opens as it is, and is mended when there is room
  }
}
