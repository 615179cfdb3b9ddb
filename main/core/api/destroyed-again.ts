import fs from 'node:fs';
import { appendAudit } from '#core/audit/chain.ts';
import { type Exchanged, exchangeBeside } from '#core/db/beside.ts';
import { isFull, type ReadDb } from '#core/db/connection.ts';
import { inFolder, names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import {
  destroyAgain,
  destroyedCounts,
  type KeptList,
  keptCounts,
  keptLists,
} from '#core/retention/kept-lists.ts';
import { listActions, loggedLines } from '#core/retention/list-digests.ts';
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
 * Writes down beside the ledger what is destroyed before it is: a copy of before would bring it back, and the program may
 * die right after the transaction. Where that comes to nothing the file of before is to be there again.
 * Throws `destroyed-unkept`.
 */
export function keepDestroyed({ folder, key }: Pick<Vault, 'folder' | 'key'>, db: ReadDb): Exchanged[] {
  const lists = key ? keptLists(db) : [];
  if (!key || lists.length === 0) return [];
  try {
    return [exchangeBeside(folder, 'destroyed', encipherText(key, purpose, JSON.stringify(lists)))];
  } catch (error) {
    if (isFull(error)) throw error;
    throw new AppError('destroyed-unkept', { file: names.destroyed }, { cause: error });
  }
}

/** The same before the ledger goes back to a copy: the file may have been lost or harmed since. */
export function keepDestroyedBeforeRestore(vault: Pick<Vault, 'folder' | 'key' | 'connection'>): void {
  if (vault.connection) for (const { keep } of keepDestroyed(vault, vault.connection)) keep();
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
      const { again, returned } = destroyAgain(context, kept);
      const who = { account: session.account, ...kit.place(db) };
      for (const list of returned)
        appendAudit(db, context.at, who, {
          ...{ action: listActions.returned, ledger: null, recordId: null, version: null },
          detail: { number: list.number, ...loggedLines(db, list.id, 'all') },
        });
      for (const { ledger, recordId, number } of again)
        appendAudit(db, context.at, who, {
          ...{ action: 'destruction.again', ledger, recordId, version: null, detail: { number } },
        });
    });
  if (!knowsMore(destroyedCounts(connection), keptCounts(kept))) return;
  try {
    keepDestroyedBeforeRestore(vault);
  } catch {
    // It opens as it is: what was destroyed stands in the ledger, and before a restore it has to be written.
  }
}
