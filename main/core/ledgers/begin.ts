import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { RecordContent } from '#shared/api/types.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import { rememberedOf } from '#shared/ledgers/telling.ts';
import type { Registry } from './registry.ts';
import { readRecord } from './table.ts';

/** Someone who has entered nothing for so many versions begins with an empty form; more would be a long search. */
const versionsLookedAt = 5000;

/**
 * What a new record begins with: the fields that the ledger `remembers`, from the last record that the account made.
 * A committee or mediator that is no longer in its first state (在册) is not proposed.
 * Nor is a text in which a person of that record stands.
 */
export function rememberedFor(
  db: ReadDb,
  registry: Registry,
  ledger: LedgerSpec,
  accountId: string,
): RecordContent {
  const names = ledger.remembers ?? [];
  if (names.length === 0) return {};
  const newest = db.value<number | null>(sql`select max(seq) from record_version`) ?? 0;
  const last = db.value<string>(sql`
    select v.record_id from record_version v
    join commit_entry c on c.number = v.commit_number join account a on a.seq = c.account_seq
    where v.seq > ${newest - versionsLookedAt} and v.ledger = ${ledger.name} and v.depth = 1 and a.id = ${accountId}
    order by v.seq desc limit 1`);
  const record = last === undefined ? null : readRecord(db, ledger, last);
  if (!record) return {};
  const content: RecordContent = {};
  for (const [name, value] of Object.entries(rememberedOf(ledger, record.content))) {
    const spec = ledger.fields[name];
    if (!spec) continue;
    if (spec.kind === 'ref' && !isInUse(db, registry.find(spec.ref ?? ''), String(value))) continue;
    content[name] = value;
  }
  return content;
}

const isInUse = (db: ReadDb, { table, workflow }: LedgerSpec, recordId: string): boolean =>
  db.value<string>(sql`select state from ${id(table)} where id = ${recordId}`) === workflow.initial;
