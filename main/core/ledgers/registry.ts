import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { asUsed, type FieldsOn } from '#shared/ledgers/optional.ts';
import { strippedTitle } from './stripped.ts';
import { readRecord, recordFrom, type StoredRecord, type TableRow } from './table.ts';

/** The registers a core knows; tests add a throw-away one. */
export type Registry = {
  all: readonly LedgerSpec[];
  /** Throws `ledger-unknown`. */
  find(name: string): LedgerSpec;
  /** From now on the registers as the unit uses them; before, as they are described. */
  use(on: FieldsOn): void;
};

export function createRegistry(all: readonly LedgerSpec[]): Registry {
  const named = (list: readonly LedgerSpec[]) => new Map(list.map((ledger) => [ledger.name, ledger]));
  let used = all;
  let byName = named(all);
  return {
    get all() {
      return used;
    },
    use(on) {
      used = all.map((ledger) => asUsed(ledger, on));
      byName = named(used);
    },
    find(name) {
      const ledger = byName.get(name);
      if (!ledger) throw new AppError('ledger-unknown', { ledger: name });
      return ledger;
    },
  };
}

/** The ledger a record is in; null where no register has it. */
export function ledgerOfRecord(db: ReadDb, registry: Registry, recordId: string): LedgerSpec | null {
  const name = db.value<string>(sql`select ledger from search_doc where record_id = ${recordId}`);
  if (name) return registry.find(name);
  // The search index is derived: a record it lost is found by asking each register.
  return (
    registry.all.find(
      (ledger) => db.value(sql`select 1 from ${id(ledger.table)} where id = ${recordId}`) !== undefined,
    ) ?? null
  );
}

/** A record by its id alone. Throws `record-missing`. */
export function findRecord(db: ReadDb, registry: Registry, recordId: string): StoredRecord {
  const ledger = ledgerOfRecord(db, registry, recordId);
  const record = ledger && readRecord(db, ledger, recordId);
  if (!record) throw new AppError('record-missing', { id: recordId });
  return record;
}

/** Titles of the records that a field of kind `ref` points at; of one that was taken out, that it was. */
export function titleOf(db: ReadDb, registry: Registry, ledger: string, recordId: string): string | null {
  return (
    db.value<string>(sql`select title from ${id(registry.find(ledger).table)} where id = ${recordId}`) ??
    strippedTitle(db, recordId)
  );
}

/** Every record of a register, in pages, so that memory stays flat. */
export function* everyRecord(db: ReadDb, registry: Registry): Generator<StoredRecord> {
  for (const ledger of registry.all) {
    let last = 0;
    for (;;) {
      const rows = db.all<TableRow>(
        sql`select * from ${id(ledger.table)} where seq > ${last} order by seq limit 500`,
      );
      if (rows.length === 0) break;
      for (const row of rows) yield recordFrom(db, ledger, row);
      last = Number(rows.at(-1)?.seq);
    }
  }
}
