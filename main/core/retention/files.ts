import { findRule } from '#core/cases/rules.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import { pointingIn } from '#core/ledgers/related.ts';
import { allUnits } from '#core/settings/settings.ts';
import type { FileGroup, FileRow, Obstacle, Review, ReviewWhat } from '#shared/api/retention-types.ts';
import { addDays, type Day } from '#shared/domain/day.ts';
import { type FileKind, filedBefore, keptUntil } from '#shared/domain/retention.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { isVoid } from '#shared/ledgers/workflow.ts';
import { retentionText } from '#shared/text/retention.ts';
import { countOf, isOfKind, type KnownKind, knownKinds, seedKinds } from './kinds.ts';

/** Files by their periods: whose is over on a day, and which have come to the time of the archive. */

/** Files of one kind under one period, filed within days that both belong to it. */
type Part = { kind: FileKind; years: number | 'permanent'; from: Day | null; to: Day };

const earlier = (one: Day | null, other: Day): Day => (one !== null && one < other ? one : other);
const later = (one: Day | null, other: Day): Day => (one !== null && one > other ? one : other);

function endedParts(kinds: readonly KnownKind[], on: Day): Part[] {
  return kinds.flatMap(({ kind, spans }) =>
    spans.flatMap(({ from, to, decision: { period } }) =>
      typeof period === 'number'
        ? [{ kind, years: period, from, to: earlier(to, filedBefore(on, period)) }]
        : [],
    ),
  );
}

/** What is kept longer than the years after which files are handed over, and has not come to its end. */
function archiveParts(kinds: readonly KnownKind[], on: Day, years: number): Part[] {
  const filed = filedBefore(on, years);
  return kinds.flatMap(({ kind, spans }) =>
    spans.flatMap(({ from, to, decision: { period } }): Part[] => {
      if (period === 'permanent') return [{ kind, years: period, from, to: earlier(to, filed) }];
      if (period === 'unset' || period <= years) return [];
      const begin = addDays(filedBefore(on, period), 1);
      return [{ kind, years: period, from: later(from, begin), to: earlier(to, filed) }];
    }),
  );
}

export type Asked = {
  on: Day;
  what: ReviewWhat;
  /** Years of the archive of this level. */
  handOverYears: number;
  kind?: string | undefined;
  unit?: string | undefined;
  year?: number | undefined;
  record?: string | undefined;
};

/** Row numbers of what is kept on after a review; few, and found once for all rows. */
const keptOn = (table: string, on: Day) => sql`(select r.seq from retention_hold h
  join ${id(table)} r on r.id = h.record_id
  where h.until >= ${on} and h.seq = (select max(l.seq) from retention_hold l where l.record_id = h.record_id))`;

/**
 * All files that are asked for, of every register, as one query; null where there can be none. It reads nothing that an
 * index does not hold: hundreds of thousands of rows are looked through for a year's files.
 */
function filesQuery(registry: Registry, kinds: readonly KnownKind[], asked: Asked): Sql | null {
  const { on, what, kind, unit, year, record } = asked;
  const parts = what === 'ended' ? endedParts(kinds, on) : archiveParts(kinds, on, asked.handOverYears);
  const queries = parts
    .filter((part) => kind === undefined || part.kind.code === kind)
    .map((part) => {
      const ledger = registry.find(part.kind.ledger);
      const day = sql`t.${id(columnOf(part.kind.from))}`;
      const conditions = [
        isOfKind(part.kind),
        sql`${day} <= ${part.to}`,
        ...(part.from === null ? [] : [sql`${day} >= ${part.from}`]),
        ...(unit === undefined ? [] : [sql`+t.unit_id = ${unit}`]),
        ...(year === undefined ? [] : [sql`${day} between ${`${year}-01-01`} and ${`${year}-12-31`}`]),
        ...(record === undefined ? [] : [sql`t.id = ${record}`]),
        ...(what === 'ended' ? [sql`t.seq not in ${keptOn(ledger.table, on)}`] : []),
      ];
      return sql`select ${part.kind.code} as kind, ${ledger.name} as ledger, t.seq, t.unit_id,
        ${day} as filed_on, ${part.years === 'permanent' ? 0 : part.years} as years
        from ${id(ledger.table)} t where ${join(conditions, ' and ')}`;
    });
  return queries.length === 0 ? null : join(queries, ' union all ');
}

type Found = { kind: string; ledger: string; seq: number; filed_on: Day; years: number };
type Row = { id: string; unit_id: string; title: string; version: Uint8Array; number: string | null };

/** The files asked for, in order of kind, day and registration; obstacles are looked for only where they are wanted. */
export function filesOf(
  db: ReadDb,
  registry: Registry,
  asked: Asked,
  page: { offset: number; limit: number } = { offset: 0, limit: 1 },
): FileRow[] {
  const kinds = knownKinds(db);
  const query = filesQuery(registry, kinds, asked);
  if (!query) return [];
  const rows = db.all<Found>(sql`select * from (${query}) order by kind, filed_on, seq
    limit ${page.limit} offset ${page.offset}`);
  const units = new Map(allUnits(db).map((unit) => [unit.id, unit.name]));
  return rows.map((found) => {
    const row = { ...found, ...rowOf(db, registry.find(found.ledger), found.seq) };
    const { kind = undefined } = kinds.find((one) => one.kind.code === row.kind) ?? {};
    if (!kind) throw new Error(`no kind ${row.kind}`);
    const kept = keptOf(db, row.id);
    const endedOn = row.years === 0 ? null : keptUntil(row.filed_on, row.years);
    return {
      ledger: row.ledger,
      id: row.id,
      title: row.title,
      kind: row.kind,
      kindTitle: kind.title,
      number: row.number,
      unitId: row.unit_id,
      unitName: units.get(row.unit_id) ?? '',
      version: Buffer.from(row.version).toString('hex'),
      filedOn: row.filed_on,
      period: row.years === 0 ? 'permanent' : row.years,
      endedOn: kept && endedOn && kept.until > endedOn ? kept.until : endedOn,
      kept,
      pages: pagesOf(db, row.id),
      obstacles: asked.what === 'ended' ? obstaclesOf(db, registry, kind, row.id, asked.on) : [],
    };
  });
}

function rowOf(db: ReadDb, { table, number }: LedgerSpec, seq: number): Row {
  const shown = number ? id(columnOf(number.field)) : sql`null`;
  const row = db.get<Row>(
    sql`select id, unit_id, title, version, ${shown} as number from ${id(table)} where seq = ${seq}`,
  );
  if (!row) throw new Error('a file was not where the list said');
  return row;
}

function keptOf(db: ReadDb, recordId: string): FileRow['kept'] {
  return (
    db.get<NonNullable<FileRow['kept']>>(sql`select h.until, h.reason, h.at, a.name as account
      from retention_hold h join account a on a.seq = h.account_seq
      where h.record_id = ${recordId} order by h.seq desc limit 1`) ?? null
  );
}

const pagesOf = (db: ReadDb, recordId: string): number | null =>
  db.value<number | null>(
    sql`select sum(pages) from attachment where record_id = ${recordId} and removed_commit is null`,
  ) ?? null;

/** States of a register of files in which a record is none yet; what it points at is still needed. */
function unfiled({ name, workflow }: LedgerSpec): string[] {
  const kinds = seedKinds().filter(({ ledger }) => ledger === name);
  const filed = new Set(kinds.flatMap(({ states }) => states));
  if (kinds.length === 0) return [];
  return Object.keys(workflow.states).filter((state) => !filed.has(state) && !isVoid(workflow, state));
}

type State = { state: string; tips: number; mark: string | null };

/** Why a file may not be destroyed. `list`: the list it may stand on. */
export function obstaclesOf(
  db: ReadDb,
  registry: Registry,
  kind: FileKind,
  recordId: string,
  on: Day,
  list: number | null = null,
): Obstacle[] {
  const ledger = registry.find(kind.ledger);
  const mark = kind.mark === undefined ? sql`null` : id(columnOf(kind.mark));
  const row = db.get<State>(
    sql`select state, tips, ${mark} as mark from ${id(ledger.table)} where id = ${recordId}`,
  );
  if (!row) return [];
  const found: Obstacle[] = [];
  if (!kind.states.includes(row.state))
    found.push({ why: 'open', what: ledger.workflow.states[row.state]?.label ?? row.state });
  if (row.mark === 'permanent') found.push({ why: 'permanent', what: '' });
  if (row.tips > 1) found.push({ why: 'conflict', what: '' });
  const kept = keptOf(db, recordId);
  if (kept && kept.until >= on) found.push({ why: 'kept', what: kept.until });
  if (db.value(sql`select 1 from sealing where record_id = ${recordId} and state = 'pending'`) !== undefined)
    found.push({ why: 'sealing', what: '' });
  const due = db.column<string>(sql`select rule from due_entry
    where record_id = ${recordId} and (is_lapsing = 0 or due_on >= ${on})`);
  for (const rule of due) found.push({ why: 'deadline', what: findRule(db, rule).rule.title });
  for (const { ledger: other, count } of pointingIn(
    db,
    registry,
    { ledger: ledger.name, id: recordId },
    unfiled,
  ))
    found.push({ why: 'pointed', what: retentionText.counted(other.title, count) });
  const listed = db.get<{ seq: number; number: string }>(sql`select l.seq, l.number from destruction_item d
    join destruction_list l on l.seq = d.list_seq
    where d.record_id = ${recordId} and d.state = 'listed'`);
  if (listed && listed.seq !== list) found.push({ why: 'listed', what: listed.number });
  return found;
}

export type Paged = Asked & { offset: number; limit: number };

/** The list for review, by kind, unit and year, and the files of what is chosen of it. */
export function reviewOf(db: ReadDb, registry: Registry, asked: Paged): Review {
  const { on, what, handOverYears, offset, limit } = asked;
  const kinds = knownKinds(db);
  const all = filesQuery(registry, kinds, { on, what, handOverYears });
  const units = new Map(allUnits(db).map((unit) => [unit.id, unit.name]));
  type Group = { kind: string; unit_id: string; year: number; count: number };
  const groups = all
    ? db.all<Group>(sql`select kind, unit_id, cast(substr(filed_on, 1, 4) as integer) as year, count(*) as count
        from (${all}) group by 1, 2, 3 order by 1, 3, 2`)
    : [];
  const titles = new Map(kinds.map(({ kind }) => [kind.code, kind.title]));
  const shown = groups.map(
    ({ kind, unit_id: unitId, year, count }): FileGroup => ({
      kind,
      kindTitle: titles.get(kind) ?? kind,
      unitId,
      unitName: units.get(unitId) ?? '',
      year,
      count,
    }),
  );
  const isAsked = ({ kind, unitId, year }: FileGroup) =>
    (asked.kind ?? kind) === kind && (asked.unit ?? unitId) === unitId && (asked.year ?? year) === year;
  return {
    on,
    what,
    handOverYears,
    groups: shown,
    total: shown.filter(isAsked).reduce((sum, { count }) => sum + count, 0),
    rows: filesOf(db, registry, asked, { offset, limit }),
    unsettled: kinds
      .filter(({ spans }) => spans.every(({ decision }) => decision.period === 'unset'))
      .map(({ kind }) => ({ kindTitle: kind.title, files: countOf(db, registry, kind) }))
      .filter(({ files }) => files > 0),
  };
}
