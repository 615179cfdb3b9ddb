import { appendAudit } from '#core/audit/chain.ts';
import type { WriteDb } from '#core/db/connection.ts';
import type { Tries } from '#core/security/tries.ts';
import type { Kit } from './context.ts';
import type { AuditEntry, StoredSession } from './contract.ts';
import { changeOwnKeys, type OwnChange } from './key-change.ts';
import { tellUntold } from './untold.ts';
import { openConnection, type Vault } from './vault.ts';

export type Said = { action: string; detail: Record<string, number | string> };
type Also = (db: WriteDb, isTold: boolean) => void;
export type SessionLog = ReturnType<typeof createSessionLog>;

/** What sign-in, lock and passwords leave in the log, and before it what it is still to be told of (security/tries.ts). */
export function createSessionLog({ kit, vault, tries }: { kit: Kit; vault: Vault; tries: Tries }) {
  /** Entries that found no room; they go before the next one. */
  const unlogged: AuditEntry[] = [];

  const entryOf = (session: StoredSession, said: Said): AuditEntry => ({
    at: kit.at(),
    account: session.account,
    ...kit.place(openConnection(vault)),
    note: { ...said, ledger: null, recordId: null, version: null },
  });

  /** `also` is told whether the log hears now that the file of tries was gone. */
  function write(entries: readonly AuditEntry[], also: Also = () => undefined): void {
    const untold = tries.untold();
    openConnection(vault).transaction((db) => {
      also(
        db,
        untold.some(({ what }) => what === 'gone'),
      );
      tellUntold(db, kit, tries, untold);
      for (const { at, note, ...actor } of [...unlogged, ...entries]) appendAudit(db, at, actor, note);
    });
    unlogged.length = 0;
    tries.told(untold);
  }

  /** The same with what changes of somebody's own way to the key. */
  function writeWithKeys(
    { account }: StoredSession,
    entries: readonly AuditEntry[],
    { isOwnAgain, ...keys }: Pick<OwnChange, 'file' | 'slots'> & { isOwnAgain: boolean },
    also: Also = () => undefined,
  ): void {
    const change = { ...keys, entries, ownAgain: isOwnAgain ? account : null };
    changeOwnKeys(vault, change, (settle) =>
      write(entries, (db, isTold) => {
        settle(db);
        also(db, isTold);
      }),
    );
  }

  const log = (session: StoredSession, action: string, detail: Said['detail'] = {}) =>
    write([entryOf(session, { action, detail })]);

  /** Locking and leaving must work on a full disk too; the entry waits for room. */
  function logLater(session: StoredSession, action: string, detail: Said['detail'] = {}): void {
    const entry = entryOf(session, { action, detail });
    try {
      write([entry]);
    } catch (error) {
      unlogged.push(entry);
      process.stderr.write(`not logged yet: ${(error as { code?: string }).code ?? 'unknown'}\n`);
    }
  }

  /** At once, where the ledger is open. */
  function tellNow(): void {
    try {
      if (vault.connection && tries.untold().length > 0) write([]);
    } catch {
      // The next entry tells it.
    }
  }

  return { entryOf, writeWithKeys, log, logLater, tellUntold: tellNow };
}
