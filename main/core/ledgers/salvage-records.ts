import { isDamage, type ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { RepairedRecord } from '#shared/api/care-types.ts';
import { applyPatch, type Patch, reversePatch, type Stored } from '#shared/ledgers/content.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Registry } from './registry.ts';
import { attempt, readableByKey, readableRows, readableWalk } from './salvage-read.ts';
import type { KeptVersion, TakenRecord } from './store.ts';
import { readRecord, recordFrom, type StoredRecord, type TableRow } from './table.ts';
import { splitIds, versionId } from './versions.ts';

/**
 * A record of the damaged file, or what is known of one that could not be read. `whole`: with all its versions; `content`:
 * as it stood, what it was in between is lost; `change`: it stays as the copy has it; `lost`: it is in no copy and cannot
 * be read. `at`, `account`: when and by whom it was last written, as far as that can be read.
 */
export type Found = RepairedRecord;

type Newer = KeptVersion & { ledger: string };
type Versions = Map<string, Newer[]>;

export type Salvage = { take: TakenRecord[]; found: Found[] };

/**
 * Records and versions of a damaged file that a copy does not have. A record is taken when its version id can be worked
 * out again from what was read; nothing is guessed. `copy` is the sound copy; both are of one line up to `commit`.
 */
export function salvageRecords(
  damaged: ReadDb,
  copy: ReadDb,
  registry: Registry,
  options: { commit: number; told(done: number, total: number): void },
): Salvage {
  const versions = newerVersions(damaged, copy, options.commit);
  const logged = loggedVersions(damaged, copy);
  const stripped = strippedIds(damaged);
  const salvage: Salvage = { take: [], found: [] };
  for (const [at, ledger] of registry.all.entries()) {
    options.told(at, registry.all.length);
    salvageLedger({ damaged, copy, ledger, versions, logged, stripped }, salvage);
  }
  return salvage;
}

type Scope = {
  damaged: ReadDb;
  copy: ReadDb;
  ledger: LedgerSpec;
  versions: Versions;
  logged: Map<string, string>;
  /** Taken out of the damaged file on purpose; nothing of them is lost. */
  stripped: Set<string>;
};

function salvageLedger(scope: Scope, { take, found }: Salvage): void {
  const { damaged, copy, ledger, versions, logged, stripped } = scope;
  const done = new Set<string>();
  const here = copy.value<number | null>(sql`select max(seq) from ${id(ledger.table)}`) ?? 0;
  const known = new Map(
    copy
      .all<{ id: string; version: Uint8Array }>(sql`select id, version from ${id(ledger.table)}`)
      .map(({ id: recordId, version }) => [recordId, Buffer.from(version)]),
  );
  const { unread } = readableRows(damaged, ledger.table, here, (row) => {
    const recordId = String(row.id);
    if (known.get(recordId)?.equals(row.version as Uint8Array)) {
      done.add(recordId);
      return;
    }
    const own = readRecord(copy, ledger, recordId);
    const record = wholeRecord(damaged, ledger, row);
    const proven = record && provenOf(record, own, versions.get(recordId) ?? []);
    if (!record || !proven) return;
    done.add(recordId);
    take.push(proven);
    found.push({ ...nameOf(record), what: proven.isWhole ? 'whole' : 'content', ...lastOf(damaged, proven) });
  });
  const names = namesOf(damaged, ledger, unread);
  for (const recordId of new Set([...versions.keys(), ...logged.keys(), ...names.ids])) {
    if (done.has(recordId) || stripped.has(recordId)) continue;
    const newer = versions.get(recordId)?.at(-1);
    if (newer ? newer.ledger !== ledger.name : !isOf(scope, recordId, names.ids)) continue;
    const own = readRecord(copy, ledger, recordId);
    const isChanged = newer !== undefined || logged.has(recordId);
    if (own && !isChanged) continue; // its row cannot be read, and nothing says that it is another than the copy's
    const name = own ? nameOf(own) : { ledger: ledger.name, id: recordId, ...names.of(recordId) };
    const last = newer ? commitOf(damaged, newer.commit) : { at: null, account: null };
    found.push({ ...name, what: own ? 'change' : 'lost', ...last });
  }
}

function isOf({ ledger, logged }: Scope, recordId: string, ids: readonly string[]): boolean {
  return logged.get(recordId) === ledger.name || ids.includes(recordId);
}

function nameOf(record: StoredRecord): Pick<Found, 'ledger' | 'id' | 'number' | 'title'> {
  const field = record.ledger.number?.field;
  const number = field === undefined ? null : ((record.content[field] as string | undefined) ?? null);
  return { ledger: record.ledger.name, id: record.id, number, title: record.title };
}

/** With its children; null where one of them cannot be read. */
function wholeRecord(db: ReadDb, ledger: LedgerSpec, row: TableRow): StoredRecord | null {
  return attempt(() => recordFrom(db, ledger, row));
}

type Proven = TakenRecord & { isWhole: boolean };

/** What proves the record: its versions back to the copy's, or at least its own. */
function provenOf(record: StoredRecord, own: StoredRecord | null, newer: readonly Newer[]): Proven | null {
  // Behind the copy, where a page went back to what it was long ago: the copy's is the newer.
  if (own && record.depth <= own.depth) return null;
  const chain = chainOf(record, own, newer);
  if (chain) return { record, versions: chain, isWhole: true };
  const stored: Stored = { unitId: record.unitId, state: record.state, content: record.content };
  const last = newer.find((version) => version.id === record.version);
  const guesses = last ? [last.parents] : [own ? [own.version] : []];
  const isProven = guesses.some(
    (parents) => versionId(record.ledger, record.id, stored, parents) === record.version,
  );
  if (!isProven) return null;
  const parents = own ? [own.version] : [];
  const version = versionId(record.ledger, record.id, stored, parents);
  const patch = own ? reversePatch(record.ledger, own, stored) : {};
  const depth = (own?.depth ?? 0) + 1;
  const rebased: KeptVersion = { id: version, parents, depth, commit: last?.commit ?? null, patch };
  return {
    record: { ...record, version, depth, tips: 1 },
    versions: [rebased],
    isWhole: version === record.version,
  };
}

/** The versions from the record's own back to the copy's, oldest first; null where one is missing or does not fit. */
function chainOf(
  record: StoredRecord,
  own: StoredRecord | null,
  newer: readonly Newer[],
): KeptVersion[] | null {
  const chain: KeptVersion[] = [];
  let stored: Stored = { unitId: record.unitId, state: record.state, content: record.content };
  let expected = record.version;
  while (expected !== (own?.version ?? '')) {
    const version = newer.find(({ id: one }) => one === expected);
    if (!version || versionId(record.ledger, record.id, stored, version.parents) !== expected) return null;
    chain.unshift(version);
    stored = applyPatch(stored, version.patch);
    expected = version.parents[0] ?? '';
  }
  return chain;
}

type VersionRow = {
  record_id: string;
  ledger: string;
  id: Uint8Array;
  parents: Uint8Array;
  depth: number;
  commit_number: number;
  patch: string;
};

function newerVersions(damaged: ReadDb, copy: ReadDb, commit: number) {
  const found: Versions = new Map();
  const here = copy.value<number | null>(sql`select max(seq) from record_version`) ?? 0;
  readableRows(damaged, 'record_version', here, (row) => {
    const version = row as unknown as VersionRow;
    if (version.commit_number <= commit) return;
    const list = found.get(version.record_id) ?? [];
    list.push({
      ledger: version.ledger,
      id: Buffer.from(version.id).toString('hex'),
      parents: splitIds(version.parents),
      depth: version.depth,
      commit: version.commit_number,
      patch: JSON.parse(version.patch) as Patch,
    });
    found.set(version.record_id, list);
  });
  for (const list of found.values()) list.sort((one, other) => one.depth - other.depth);
  return found;
}

function strippedIds(damaged: ReadDb): Set<string> {
  const found = new Set<string>();
  const isKnown = attempt(() =>
    damaged.value(sql`select 1 from sqlite_schema where name = 'stripped_record'`),
  );
  if (isKnown !== 1) return found;
  readableByKey(damaged, 'stripped_record', ['record_id'], (row) => void found.add(String(row.record_id)));
  return found;
}

/** Records that the log says were written since the copy, with their register. */
function loggedVersions(damaged: ReadDb, copy: ReadDb): Map<string, string> {
  const found = new Map<string, string>();
  const here = copy.value<number | null>(sql`select max(seq) from audit_entry`) ?? 0;
  readableRows(damaged, 'audit_entry', here, (row) => {
    if (Number(row.seq) > here && row.version !== null && row.record_id !== null && row.ledger !== null)
      found.set(String(row.record_id), String(row.ledger));
  });
  return found;
}

/** What the indexes still say of rows that cannot be read. */
function namesOf(db: ReadDb, ledger: LedgerSpec, unread: readonly number[]) {
  const lost = new Set(unread);
  const walk = (column: string): Map<number, string> => {
    const values = new Map<number, string>();
    if (lost.size === 0) return values;
    const [table, name] = [id(ledger.table), id(column)];
    readableWalk<{ seq: number; value: string | null }>(
      db,
      sql`select seq, ${name} as value from ${table} order by ${name}`,
      sql`select seq, ${name} as value from ${table} order by ${name} desc`,
      ({ seq, value }) => {
        if (lost.has(seq) && value !== null) values.set(seq, value);
      },
    );
    return values;
  };
  const ids = walk('id');
  const titles = walk('title');
  const numbers = ledger.number ? walk(columnOf(ledger.number.field)) : new Map<number, string>();
  const seqs = new Map([...ids].map(([seq, recordId]) => [recordId, seq]));
  return {
    ids: [...ids.values()],
    of(recordId: string): { number: string | null; title: string | null } {
      const seq = seqs.get(recordId) ?? -1;
      return { number: numbers.get(seq) ?? null, title: titles.get(seq) ?? null };
    },
  };
}

function lastOf(damaged: ReadDb, { versions }: TakenRecord) {
  return commitOf(damaged, versions.at(-1)?.commit ?? null);
}

function commitOf(db: ReadDb, commit: number | null): Pick<Found, 'at' | 'account'> {
  const row = attempt(() =>
    db.get<{ at: string; account: string }>(sql`select c.at, a.name as account from commit_entry c
      join account a on a.seq = c.account_seq where c.number = ${commit}`),
  );
  return { at: row?.at ?? null, account: row?.account ?? null };
}

/** Whether two files are one line up to a commit, as far as it can be told; an unreadable entry speaks for neither. */
export function isSameLine(damaged: ReadDb, copy: ReadDb, commit: number): boolean {
  const at = (db: ReadDb) => db.value<string>(sql`select at from commit_entry where number = ${commit}`);
  try {
    return at(damaged) === at(copy);
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}
