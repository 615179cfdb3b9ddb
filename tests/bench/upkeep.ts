import path from 'node:path';
import { createKit } from '#core/api/kit.ts';
import { createWriteContext } from '#core/api/write-context.ts';
import { appendAudit } from '#core/audit/chain.ts';
import { connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { sql } from '#core/db/sql.ts';
import { mergeStep } from '#core/ledgers/search-index.ts';
import { saveRecord } from '#core/ledgers/store.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { createIds } from '#core/settings/ids.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { account, copyOf, envOf, type Place, password, someCases } from './data-set.ts';
import { median, type Result, result, timed } from './measure.ts';

const warmUp = 20;

/** One durable save by the write path with the search entry and without it, by turns; and what is merged when idle. */
export async function measureUpkeep(folder: string, place: Place, saves: number): Promise<Result[]> {
  const own = copyOf(folder, 'upkeep');
  const file = readKeyFile(own);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const env = envOf(own, place);
  const kit = createKit(env, () => own);
  const db = connect(path.join(own, names.ledger), { key });
  db.pragma('wal_autocheckpoint = 4000');
  const newId = createIds(env.now);
  const accountId = db.value<string>(sql`select id from account where name = ${account}`) ?? '';
  const session = { token: '', accountId, account, role: 'administrator', unitId: '', unitCode: '' } as const;
  const save = (record: Record<string, unknown>, isSearched: boolean) =>
    db.transaction((write) => {
      const context = createWriteContext(kit, write, { ...session, isLocked: false }, 'ledger.save', newId);
      const derivations = context.derivations.filter(({ name }) => isSearched || name !== 'search');
      const { id, version } = saveRecord({ ...context, derivations }, mediation, { record }).record;
      const note = { action: 'ledger.save', ledger: 'mediation', recordId: id, version, detail: {} };
      appendAudit(write, context.at, { account }, note);
    });
  const found: Record<'with' | 'without', number[]> = { with: [], without: [] };
  const records = someCases(2 * (saves + warmUp), place);
  for (const [index, record] of records.entries()) {
    const which = index % 2 === 0 ? 'with' : 'without';
    found[which].push(await timed(() => save(record, which === 'with')));
  }
  const merged = await timed(() => {
    while (db.transaction(mergeStep));
  });
  db.close();
  const [searched, bare] = [median(found.with.slice(warmUp)), median(found.without.slice(warmUp))];
  return [
    result('one durable save with its search entry / without it (ratio)', searched, bare, 1.4),
    result('merging of the index when idle, a save (ms) / a save', merged / saves, searched, null),
  ];
}
