import { appendAudit } from '#core/audit/chain.ts';
import { sql } from '#core/db/sql.ts';
import { filesAgain, forgotten, sealForgotten } from '#core/sealing/again.ts';
import { isOver, keptSealings } from '#core/sealing/requests.ts';
import type { KeptSealing, LedgerIdentity } from '#core/security/identity.ts';
import { readKeyFile } from '#core/security/key-file.ts';
import type { Kit } from './context.ts';
import type { StoredSession } from './contract.ts';
import type { Vault } from './vault.ts';
import { createWriteContext } from './write-context.ts';

/**
 * What every opening does with the sealings that the signed file beside the ledger remembers: a record that came back with
 * an older copy, or whose sealing was cut short between the file and the ledger, is sealed again before anybody sees it,
 * and the log says so. It needs no secret: whoever opens the ledger can seal.
 */
export async function sealAgain(
  vault: Vault,
  kit: Kit,
  identity: LedgerIdentity | null,
  newId: () => string,
): Promise<string[] | null> {
  const { connection, folder, key } = vault;
  if (!connection || !key) return null;
  const remembered = identity?.sealed ?? [];
  const over = remembered.filter((one) => isOver(connection, one));
  const kept = forgotten(
    connection,
    remembered.filter((one) => !over.includes(one)),
  );
  const publicKey = readKeyFile(folder)?.sealing?.publicKey;
  if (kept.length > 0 && publicKey !== undefined) {
    const around = { db: connection, registry: kit.registry, folder, key };
    const files = await filesAgain(around, kept, publicKey);
    connection.transaction((db) => {
      kit.renewLists(db);
      const [first] = kept;
      const by = db.get<{ id: string; name: string }>(
        sql`select id, name from account order by id <> ${first?.decidedBy ?? ''}, seq limit 1`,
      );
      const session = { accountId: by?.id ?? '', account: by?.name ?? '', unitId: '' } as StoredSession;
      const context = createWriteContext(kit, db, session, 'sealing.again', newId);
      const done = sealForgotten(context, kept, publicKey, files);
      for (const { recordId, ledger } of kept.filter((one) => done.includes(one.recordId)))
        appendAudit(
          db,
          context.at,
          { account: session.account, ...kit.place(db) },
          {
            ...{ action: 'sealing.again', ledger, recordId, version: null, detail: {} },
          },
        );
    });
  }
  // What this ledger knows nothing of, or cannot seal now, stays remembered: a later copy may have the record.
  const isKnown = ({ recordId }: KeptSealing) => remembered.some((one) => one.recordId === recordId);
  const isNews = keptSealings(connection).some((one) => !isKnown(one));
  return isNews || over.length > 0 ? over.map(({ id }) => id) : null;
}
