import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { type LedgerIdentity, writeIdentity } from '#core/security/identity.ts';
import { readSetting } from '#core/settings/settings.ts';
import type { Vault } from './vault.ts';

type Counter = { ledger: string; unit_id: string; year: number; last: number };

const nameOf = ({ ledger, unit_id, year }: Counter) => `${ledger} ${unit_id} ${year}`;
const allCounters = (connection: Connection) =>
  connection.all<Counter>(sql`select ledger, unit_id, year, last from case_counter`);

/** Keeps the last numbers given in the signed file beside the ledger, where a restore does not take them back. */
export function keepNumbers({ connection, key, folder }: Vault): void {
  if (!connection || !key) return;
  const numbers = Object.fromEntries(
    allCounters(connection).map((counter) => [nameOf(counter), counter.last]),
  );
  writeIdentity(folder, key, {
    ledgerId: readSetting(connection, 'ledgerId') ?? '',
    installation: readSetting(connection, 'installationId') ?? '',
    numbers,
  });
}

/**
 * A ledger that went back to a copy goes on above the last number known: numbers given since the copy stand on papers
 * and must not be given again.
 */
export function goOnAbove(connection: Connection, identity: LedgerIdentity | null): void {
  const here = new Map(allCounters(connection).map((counter) => [nameOf(counter), counter.last]));
  const behind = Object.entries(identity?.numbers ?? {}).filter(
    ([name, last]) => last > (here.get(name) ?? 0),
  );
  if (behind.length === 0) return;
  connection.transaction((db) => {
    for (const [name, last] of behind) {
      const [ledger = '', unit = '', year = ''] = name.split(' ');
      db.run(sql`insert into case_counter (ledger, unit_id, year, last) values (${ledger}, ${unit}, ${Number(year)}, ${last})
        on conflict (ledger, unit_id, year) do update set last = max(last, excluded.last)`);
    }
  });
}
