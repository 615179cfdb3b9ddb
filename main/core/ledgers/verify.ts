import { createHash } from 'node:crypto';
import { firstBrokenEntry } from '#core/audit/chain.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { VerifyFinding } from '#shared/api/types.ts';
import { checkRecord } from '#shared/ledgers/check.ts';
import { everyRecord, type Registry } from './registry.ts';
import { checkEntries, countEntries, type EntryFault } from './search-check.ts';
import type { Derivation, IndexContext } from './store.ts';
import { everyStripped, strippedFault, strippedTips } from './stripped.ts';
import { firstWrongVersion, versionsOf } from './versions.ts';

export type VerifyContext = IndexContext & {
  today: string;
  hasCode(list: string, code: string, on: string): boolean;
  hasRecord(ledger: string, recordId: string): boolean;
  derivations: readonly Derivation[];
  /** Entries of an older program are being renewed: until then they follow its rules, which is no fault. */
  isRenewing: boolean;
};

/**
 * A hash of all content, whatever the order in which it came: SHA-256 over sorted (record id, sorted tip ids). Records
 * that were taken out count with the version that they had: it says what they were, and no less than before.
 */
export function contentHash(db: ReadDb, registry: Registry): { hash: string; records: number } {
  return hashOfTips([
    ...registry.all.flatMap((ledger) =>
      db.all<{ id: string; version: Uint8Array }>(sql`select id, version from ${id(ledger.table)}`),
    ),
    ...strippedTips(db),
  ]);
}

export function hashOfTips(tips: readonly { id: string; version: Uint8Array }[]): {
  hash: string;
  records: number;
} {
  const hash = createHash('sha256');
  const lines = tips.map((tip) => `${tip.id} ${Buffer.from(tip.version).toString('hex')}`).sort();
  for (const line of lines) hash.update(line).update('\n');
  return { hash: hash.digest('hex'), records: lines.length };
}

const most = 200;

/** Database, foreign keys, version chains, codes, search index, what is derived, audit chain. Findings are named; 200 at most. */
export function verifyLedger(
  db: ReadDb,
  registry: Registry,
  context: VerifyContext,
): { findings: VerifyFinding[]; records: number; stripped: number } {
  const findings: VerifyFinding[] = [];
  const add = (check: string, object: string, message: string) => {
    if (findings.length < most) findings.push({ check, object, message });
  };
  // FTS5 keeps the layout of its index per handle and looks whether it is still true when a search begins, but not when
  // a check does: after merges by the writer the check would call a sound index damaged.
  db.value(sql`select 1 from search where search match 'a' limit 1`);
  for (const found of db.column<string>(sql`select integrity_check from pragma_integrity_check`)) {
    if (found !== 'ok') add('database', 'ledger', found);
  }
  for (const row of db.all<{ table: string; rowid: number }>(
    sql`select "table", rowid from pragma_foreign_key_check`,
  )) {
    add('reference', row.table, String(row.rowid));
  }
  const checks = context.derivations.flatMap(({ name, verify }) =>
    verify ? [{ name, ...verify(db, context) }] : [],
  );
  let records = 0;
  const entries = checkEntries(db, registry, context);
  const addEntry = (recordId: string, fault: EntryFault | null) => {
    if (fault !== null && !(fault === 'stale' && context.isRenewing)) add('search', recordId, fault);
  };
  for (const record of everyRecord(db, registry)) {
    records++;
    const wrong = firstWrongVersion(record, versionsOf(db, record.id));
    if (wrong !== null) add('version', record.id, wrong);
    const { problems } = checkRecord(record.ledger, record.content, {
      today: context.today,
      hasCode: context.hasCode,
      hasRecord: context.hasRecord,
    });
    for (const [field, problem] of Object.entries(problems)) {
      // How far ahead a day lay is asked when it is entered; a clock that was wrong then is no fault of the record.
      if (problem.problem !== 'in-future' && problem.problem !== 'too-far-ahead')
        add('content', record.id, `${field}: ${problem.problem}`);
    }
    addEntry(record.id, entries.fault(record));
    for (const check of checks) for (const found of check.record(record)) add(check.name, record.id, found);
  }
  for (const check of checks) for (const found of check.end()) add(check.name, 'index', found);
  // While entries are renewed the index holds words of both programs.
  if (!context.isRenewing) for (const _ of entries.words());
  for (const [, recordId] of entries.wrong) addEntry(recordId, 'stale');
  if (entries.hasStray()) add('search', 'index', 'stray');
  const docs = countEntries(db);
  if (docs !== records) add('search', 'index', `${docs} / ${records}`);
  const broken = firstBrokenEntry(db);
  if (broken !== null) add('audit', 'chain', String(broken));
  const gone = everyStripped(db);
  for (const one of gone) {
    const fault = strippedFault(db, registry, one);
    if (fault !== null) add('stripped', one.id, fault);
  }
  return { findings, records, stripped: gone.length };
}
