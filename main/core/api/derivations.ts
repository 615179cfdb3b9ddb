import { dueEntries } from '#core/cases/due-entries.ts';
import type { Connection, ReadDb, WriteDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { searchEntries } from '#core/ledgers/search-index.ts';
import { renewEntries, renewedUntil, searchStamp } from '#core/ledgers/search-renewal.ts';
import type { Derivation } from '#core/ledgers/store.ts';
import { carriedDecisions } from '#core/persons/carry.ts';
import { personIndex } from '#core/persons/index.ts';
import { strippedFigures } from '#core/statistics/stripped-figures.ts';
import type { Renewal } from '#shared/api/types.ts';
import type { Kit } from './context.ts';

/** What the features keep up to date with every write, in this order. */
export const derivations: readonly Derivation[] = [
  { ...searchEntries, stamp: searchStamp, renew: renewEntries },
  dueEntries,
  personIndex,
  // After the index: it asks who still bears a key.
  carriedDecisions,
  strippedFigures,
];

/** One small step of what saves put off, for idle moments; false when nothing was left to do. */
export const settleDerivations = (db: WriteDb): boolean => derivations.some(({ settle }) => settle?.(db));

const stampOf = (db: ReadDb, name: string) =>
  db.value<string>(sql`select stamp from derivation_stamp where name = ${name}`);

function putStamp(db: WriteDb, name: string, stamp: string): void {
  db.run(sql`insert into derivation_stamp (name, stamp) values (${name}, ${stamp})
    on conflict (name) do update set stamp = excluded.stamp`);
}

/**
 * Makes anew what was derived by other rules than this program's: after an update, or in a ledger that is older than
 * the derivation. One transaction each, so that a start cut short begins again where it was. What would take minutes is
 * only begun; idle moments go on with it.
 */
export function freshenDerivations(connection: Connection, kit: Kit): void {
  for (const { name, stamp, rebuild } of derivations) {
    if (!stamp || !rebuild) continue;
    const wanted = stamp();
    if (stampOf(connection, name) === wanted) continue;
    connection.transaction((db) => {
      rebuild(db, kit.registry, kit.indexContext(db));
      putStamp(db, name, wanted);
    });
  }
  connection.transaction((db) => renewDerivations(db, kit));
}

/** How far a renewal by the rules of a stamp has come stands beside the stamp of what is through. */
const renewalOf = (name: string) => `${name} renewal`;

function placeOf(db: ReadDb, name: string, wanted: string): string | null {
  const [stamp, place = null] = stampOf(db, renewalOf(name))?.split(' ') ?? [];
  return stamp === wanted ? place : null;
}

/** One small step of renewing what an older program derived; false when there was nothing to renew. */
export function renewDerivations(db: WriteDb, kit: Kit): boolean {
  for (const { name, stamp, renew } of derivations) {
    const wanted = stamp?.();
    if (wanted === undefined || !renew || stampOf(db, name) === wanted) continue;
    kit.renewLists(db);
    const place = renew(db, kit.registry, kit.indexContext(db), placeOf(db, name, wanted));
    if (place === null) markRenewed(db, name);
    else putStamp(db, renewalOf(name), `${wanted} ${place}`);
    return true;
  }
  return false;
}

/** Says that all rows of a derivation follow this program's rules. */
export function markRenewed(db: WriteDb, name: string): void {
  const stamp = derivations.find((one) => one.name === name)?.stamp?.();
  if (stamp === undefined) return;
  putStamp(db, name, stamp);
  db.run(sql`delete from derivation_stamp where name = ${renewalOf(name)}`);
}

/** How far the renewal of the search index has come; null where nothing is to be renewed. */
export function searchRenewal(db: ReadDb): Renewal | null {
  const wanted = searchStamp();
  if (stampOf(db, searchEntries.name) === wanted) return null;
  return renewedUntil(db, placeOf(db, searchEntries.name, wanted));
}
