import { dueEntries } from '#core/cases/due-entries.ts';
import type { Connection, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { searchEntries } from '#core/ledgers/search-index.ts';
import type { Derivation } from '#core/ledgers/store.ts';
import { personIndex } from '#core/persons/index.ts';
import type { Kit } from './context.ts';

/** What the features keep up to date with every write, in this order. */
export const derivations: readonly Derivation[] = [searchEntries, dueEntries, personIndex];

/** One small step of what saves put off, for idle moments; false when nothing was left to do. */
export const settleDerivations = (db: WriteDb): boolean => derivations.some(({ settle }) => settle?.(db));

/**
 * Makes anew what was derived by other rules than this program's: after an update, or in a ledger that is older than
 * the derivation. One transaction each, so that a start cut short begins again where it was.
 */
export function freshenDerivations(connection: Connection, kit: Kit): void {
  for (const { name, stamp, rebuild } of derivations) {
    if (!stamp || !rebuild) continue;
    const wanted = stamp();
    const found = connection.value<string>(sql`select stamp from derivation_stamp where name = ${name}`);
    if (found === wanted) continue;
    connection.transaction((db) => {
      rebuild(db, kit.registry, kit.indexContext(db));
      db.run(sql`insert into derivation_stamp (name, stamp) values (${name}, ${wanted})
        on conflict (name) do update set stamp = excluded.stamp`);
    });
  }
}
