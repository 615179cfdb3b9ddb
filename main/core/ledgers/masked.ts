import type { ReadDb } from '#core/db/connection.ts';
import { AppError } from '#shared/api/errors.ts';
import type { RecordContent } from '#shared/api/types.ts';
import { masksIn } from '#shared/ledgers/veil.ts';
import type { Registry } from './registry.ts';
import type { StoredRecord } from './table.ts';
import { createVeil } from './veil.ts';

/** Fields of `given` in which stands what the record is shown as to whoever may not see it whole. */
export function maskedFields(
  db: ReadDb,
  registry: Registry,
  { ledger, content }: StoredRecord,
  given: RecordContent,
): string[] {
  // Nearly all of what is saved has no star in it: the record is masked only for what has
  if (masksIn(ledger, given, given).length === 0) return [];
  return masksIn(ledger, createVeil(db, registry).content(ledger, content), given, content);
}

/**
 * What stands for hidden words is never written over them, by whatever way it came into a form. Throws
 * `record-invalid` with the fields.
 */
export function refuseMasks(
  db: ReadDb,
  registry: Registry,
  record: StoredRecord,
  given: RecordContent,
): void {
  const paths = maskedFields(db, registry, record, given);
  if (paths.length === 0) return;
  const fields = Object.fromEntries(paths.map((path) => [path, { problem: 'masked' } as const]));
  throw new AppError('record-invalid', { count: paths.length }, { fields });
}
