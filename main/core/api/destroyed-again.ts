import fs from 'node:fs';
import { appendAudit } from '#core/audit/chain.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { inFolder, names, writeDurably } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import {
  destroyAgain,
  destroyedCounts,
  type KeptList,
  keptCounts,
  keptLists,
} from '#core/retention/kept-lists.ts';
import { decipherText, encipherText } from '#core/security/enciphered-text.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Kit } from './context.ts';
import type { StoredSession } from './contract.ts';
import type { Vault } from './vault.ts';
import { createWriteContext } from './write-context.ts';

const purpose = 'destroyed 1';

/** Null where there is no such file, or it is another ledger's. */
function readKept(folder: string, key: Uint8Array): KeptList[] | null {
  try {
    const text = decipherText(key, purpose, fs.readFileSync(inFolder(folder, 'destroyed')));
    return text === null ? null : (JSON.parse(text) as KeptList[]);
  } catch {
    return null;
  }
}

/**
 * Writes down beside the ledger what was destroyed, after it was. A file that cannot be written now is written at the
 * next opening: what was destroyed stands in the ledger itself.
 */
export function keepDestroyed(vault: Pick<Vault, 'folder' | 'key'>, db: ReadDb): void {
  try {
    writeKept(vault, keptLists(db));
  } catch {
    return;
  }
}

function writeKept({ folder, key }: Pick<Vault, 'folder' | 'key'>, lists: readonly KeptList[]): void {
  if (!key || lists.length === 0) return;
  writeDurably(inFolder(folder, 'destroyed'), encipherText(key, purpose, JSON.stringify(lists)));
}

/**
 * The same before the ledger goes back to a copy, which knows less: there is no next opening at which it could be made
 * good. Throws `destroyed-unkept`.
 */
export function keepDestroyedBeforeRestore(vault: Pick<Vault, 'folder' | 'key' | 'connection'>): void {
  if (!vault.connection) return;
  const lists = keptLists(vault.connection);
  try {
    writeKept(vault, lists);
  } catch (error) {
    throw new AppError('destroyed-unkept', { file: names.destroyed }, { cause: error });
  }
}

const knowsMore = (one: Map<string, number>, other: Map<string, number>) =>
  [...one].some(([list, count]) => count > (other.get(list) ?? 0));

/**
 * What every opening does with the lists that are remembered beside the ledger: files that came back with an older copy
 * are destroyed again before anybody sees them, their lists are there again, and the log says so.
 */
export function takeUpDestroyed(vault: Vault, kit: Kit, newId: () => string): void {
  const { connection, folder, key } = vault;
  if (!connection || !key) return;
  const kept = readKept(folder, key) ?? [];
  if (knowsMore(keptCounts(kept), destroyedCounts(connection)))
    connection.transaction((db) => {
      kit.renewLists(db);
      const by = db.get<{ id: string; name: string }>(sql`select id, name from account order by seq limit 1`);
      const session = { accountId: by?.id ?? '', account: by?.name ?? '', unitId: '' } as StoredSession;
      const context = createWriteContext(kit, db, session, 'destruction.again', newId);
      for (const { ledger, recordId, number } of destroyAgain(context, kept))
        appendAudit(db, context.at, session, {
          ...{ action: 'destruction.again', ledger, recordId, version: null, detail: { number } },
        });
    });
  if (knowsMore(destroyedCounts(connection), keptCounts(kept))) keepDestroyed(vault, connection);
}
