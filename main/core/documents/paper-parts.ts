import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';
import { columnOf, hasPapers } from '#shared/ledgers/describe.ts';
import { uncountedStates } from '#shared/ledgers/workflow.ts';

/**
 * The records that are parts of one and of whose registers papers are made, oldest first in each register: who sees a
 * record sees its parts, of those registers that the account works with. What was voided is not among them.
 */
export function partsWithPapers(
  db: ReadDb,
  registry: Registry,
  { id: wholeId, ledger: whole }: StoredRecord,
  ledgers: readonly string[] | null,
): StoredRecord[] {
  return registry.all
    .filter((ledger) => hasPapers(ledger) && (ledgers?.includes(ledger.name) ?? true))
    .flatMap((ledger) => {
      const { partOf, fields, table, day, workflow } = ledger;
      if (partOf === undefined || fields[partOf]?.ref !== whole.name) return [];
      return db
        .column<string>(
          sql`select id from ${id(table)} where ${id(columnOf(partOf))} = ${wholeId}
            and state not in (${join(uncountedStates(workflow))}) order by ${id(columnOf(day))}, seq`,
        )
        .flatMap((partId) => readRecord(db, ledger, partId) ?? []);
    });
}
