import { createHash } from 'node:crypto';
import type { ReadDb } from '#core/db/connection.ts';
import { join, sql } from '#core/db/sql.ts';
import { applyPatch, canonicalText, type Patch, type Stored } from '#shared/ledgers/content.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { StoredRecord } from './table.ts';

/** Version id = SHA-256(record id ‖ canonical content ‖ sorted parent ids), in hex. */
export function versionId(
  ledger: LedgerSpec,
  recordId: string,
  stored: Stored,
  parents: readonly string[],
): string {
  return createHash('sha256')
    .update(recordId)
    .update('\n')
    .update(canonicalText(ledger, stored.unitId, stored.state, stored.content))
    .update('\n')
    .update([...parents].sort().join('\n'))
    .digest('hex');
}

export type VersionRow = {
  id: string;
  parents: string[];
  depth: number;
  commit: number;
  patch: Patch;
  at: string;
  account: string;
  installation: string;
};

type Row = {
  id: Uint8Array;
  parents: Uint8Array;
  depth: number;
  commit_number: number;
  patch: string;
  at: string;
  account: string;
  installation: string;
};

/** Versions of a record, newest first. */
export function versionsOf(db: ReadDb, recordId: string): VersionRow[] {
  const rows = db.all<Row>(sql`
    select v.id, v.parents, v.depth, v.commit_number, v.patch, c.at, a.name as account, i.id as installation
    from record_version v
    join commit_entry c on c.number = v.commit_number
    join account a on a.seq = c.account_seq
    join installation i on i.seq = c.installation_seq
    where v.record_id = ${recordId} order by v.depth desc, v.seq desc`);
  return rows.map((row) => ({
    id: Buffer.from(row.id).toString('hex'),
    parents: splitIds(row.parents),
    depth: row.depth,
    commit: row.commit_number,
    patch: JSON.parse(row.patch) as Patch,
    at: row.at,
    account: row.account,
    installation: row.installation,
  }));
}

/** Which version every record of these registers showed at a commit: the deepest, of equals the smallest id. */
export function tipsAt(
  db: ReadDb,
  commit: number,
  ledgers: readonly string[],
): { id: string; version: Uint8Array }[] {
  return db.all(sql`select record_id as id, version from (
    select record_id, id as version,
      row_number() over (partition by record_id order by depth desc, id) as place
    from record_version where commit_number <= ${commit} and ledger in (${join(ledgers)})
  ) where place = 1`);
}

export function joinIds(ids: readonly string[]): Buffer {
  return Buffer.concat(ids.map((one) => Buffer.from(one, 'hex')));
}

export function splitIds(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('hex');
  return text.match(/.{64}/g) ?? [];
}

/**
 * Rebuilds a record backwards from what stands and recomputes every version id.
 * Returns the first version that does not fit, or null.
 */
export function firstWrongVersion(record: StoredRecord, versions: readonly VersionRow[]): string | null {
  let stored: Stored = { unitId: record.unitId, state: record.state, content: record.content };
  let expected = record.version;
  for (const version of versions) {
    if (version.id !== expected) return version.id;
    if (versionId(record.ledger, record.id, stored, version.parents) !== version.id) return version.id;
    stored = applyPatch(stored, version.patch);
    expected = version.parents[0] ?? '';
  }
  return expected === '' ? null : expected;
}

/** A record as it was when it was first saved. */
export function firstSaved(db: ReadDb, record: StoredRecord): { stored: Stored; version: string } {
  let stored: Stored = { unitId: record.unitId, state: record.state, content: record.content };
  let version = record.version;
  for (const { id, parents, patch } of versionsOf(db, record.id)) {
    version = id;
    if (parents.length > 0) stored = applyPatch(stored, patch);
  }
  return { stored, version };
}
