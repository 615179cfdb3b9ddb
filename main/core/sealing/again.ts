import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { WriteContext } from '#core/ledgers/store.ts';
import { isStripped, raiseStrippedMark } from '#core/ledgers/stripped.ts';
import { readRecord } from '#core/ledgers/table.ts';
import type { KeptSealing } from '#core/security/identity.ts';
import { type SealedFiles, sealFiles, sealRecord } from './content.ts';
import { keysUnder } from './lock.ts';
import { keepAgain } from './requests.ts';

/**
 * Sealings that the ledger does not know although they were decided: an older copy came back, or the program died
 * between the file beside the ledger and the ledger itself.
 */
export const forgotten = (db: ReadDb, kept: readonly KeptSealing[]): KeptSealing[] =>
  kept.filter(({ recordId }) => !isStripped(db, recordId));

type Around = { db: ReadDb; registry: Registry; folder: string; key: Uint8Array };

/** Their files, sealed before the transaction; null for a record that the copy does not have yet. */
export async function filesAgain(
  around: Around,
  kept: readonly KeptSealing[],
  publicKey: string,
): Promise<Map<string, SealedFiles>> {
  const files = new Map<string, SealedFiles>();
  for (const { recordId, ledger, lock } of kept) {
    const record = readRecord(around.db, around.registry.find(ledger), recordId);
    const under = keysUnder(publicKey, lock);
    if (record) files.set(recordId, await sealFiles(around, record, under, { isCertain: true }));
  }
  return files;
}

/** Seals them once more and gives the ids of those that were there. */
export function sealForgotten(
  context: WriteContext,
  kept: readonly KeptSealing[],
  publicKey: string,
  files: ReadonlyMap<string, SealedFiles>,
): string[] {
  return kept.flatMap((one) => {
    const record = readRecord(context.db, context.registry.find(one.ledger), one.recordId);
    if (!record) return [];
    const under = keysUnder(publicKey, one.lock);
    sealRecord(context, record, { under, files: files.get(one.recordId) ?? new Map() });
    keepAgain(context, one);
    return [one.recordId];
  });
}

/**
 * Of a repair: a record that the copy has whole, while what was sealed of it could not be read. It counts as not sealed,
 * so that it is not lost; the next opening seals it again.
 */
export function freeUnsealed(db: WriteDb, registry: Registry): void {
  const stubs = db.all<{ recordId: string; ledger: string }>(sql`
    select r.record_id as recordId, r.ledger from stripped_record r
    where r.why = 'sealed' and r.part_of is null
      and not exists (select 1 from sealed_content c where c.record_id = r.record_id and c.ordinal = 0)`);
  for (const { recordId, ledger } of stubs) {
    if (!readRecord(db, registry.find(ledger), recordId)) continue;
    db.run(sql`delete from stripped_record where record_id = ${recordId} or part_of = ${recordId}`);
    raiseStrippedMark(db);
  }
}
