import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { newPair, type SealingKeys, shareWith } from '#core/security/sealing-key.ts';

/**
 * The second key of a record that was sealed with the level above as the second of two: a pair of its own, whose private
 * half nobody of the unit has, only that level and the recovery key. It lies around what stands under the sealing key, so
 * that an account that has a share of that one, and tools of its own, still opens nothing without the answer from above.
 * Its shares stand with the sealing and in the file beside the ledger; they are sealed themselves, for this record and no
 * other: a request that calls the record by another's id opens nothing.
 */
export const newLock = (recordId: string, holders: readonly string[]): SealingKeys =>
  shareWith(newPair(), holders, { recordId });

/** The public keys that a record is sealed under, from the innermost outwards. */
export const keysUnder = (publicKey: string, lock: SealingKeys | null | undefined): string[] =>
  lock ? [publicKey, lock.publicKey] : [publicKey];

/** Null for a record that two accounts of the unit sealed. `unit`: who confirmed it at the level above. */
export function lockOf(db: ReadDb, recordId: string): { keys: SealingKeys; unit: string } | null {
  const found = db.get<{
    lock: string | null;
    unit: string | null;
  }>(sql`select lock, decided_above as unit from sealing
    where record_id = ${recordId} and kind = 'seal' and state = 'done' order by seq desc limit 1`);
  return found?.lock ? { keys: JSON.parse(found.lock) as SealingKeys, unit: found.unit ?? '' } : null;
}
