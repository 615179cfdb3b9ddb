import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { Related } from '#shared/api/types.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import type { Rival, Shared, Sharing } from '#shared/ledgers/rules.ts';
import { uncountedStates } from '#shared/ledgers/workflow.ts';
import type { Registry } from './registry.ts';
import { contentOf, fromColumn, readRecord, type StoredRecord, type TableRow } from './table.ts';

const shown = 20;
const cap = 1001;

/** Fields of other registers that point at records of this one, as the descriptions say. */
function fieldsPointingAt(registry: Registry, target: string): { ledger: LedgerSpec; field: string }[] {
  return registry.all.flatMap((ledger) =>
    Object.entries(ledger.fields)
      .filter(([, spec]) => spec.kind === 'ref' && spec.ref === target)
      .map(([field]) => ({ ledger, field })),
  );
}

/**
 * The records within the units and registers given that point at a record, by register and field, newest first; counts stop
 * at 1,000. Whoever sees a record sees its parts, by whichever unit they are.
 */
export function relatedTo(
  db: ReadDb,
  registry: Registry,
  { unitIds, ledgers }: { unitIds: readonly string[] | null; ledgers: readonly string[] | null },
  { ledger: target, id: recordId }: { ledger: string; id: string },
): Related[] {
  const seen = fieldsPointingAt(registry, target).filter(
    ({ ledger }) => ledgers === null || ledgers.includes(ledger.name),
  );
  return seen.map(({ ledger, field }) => {
    const isOpen = unitIds === null || ledger.partOf === field;
    const within = isOpen ? sql`` : ofUnits(unitIds);
    const [table, column] = [id(ledger.table), id(columnOf(field))];
    const more = ledger.beside ?? [];
    const found = db.all<TableRow & Omit<Related['rows'][number], 'beside'>>(
      relatedQuery(ledger, field, recordId, within),
    );
    const rows = found.map((row) => ({
      id: row.id,
      title: row.title,
      state: row.state,
      day: row.day,
      number: row.number,
      beside: Object.fromEntries(
        more.map((name) => [name, fromColumn(row[columnOf(name)], ledger.fields[name]?.kind === 'flag')]),
      ),
    }));
    const total =
      rows.length < shown
        ? rows.length
        : (db.value<number>(
            sql`select count(*) from (select 1 from ${table} where ${column} = ${recordId} ${within} limit ${cap})`,
          ) ?? 0);
    const open = Object.keys(ledger.workflow.states).filter((state) => ledger.workflow.states[state]?.isOpen);
    const holding =
      total > 0 && ledger.fields[field]?.holds
        ? (db.value<number>(sql`select count(*) from ${table}
            where ${column} = ${recordId} ${within} and state in (${join(open)})`) ?? 0)
        : 0;
    const capped = total >= cap;
    return { ledger: ledger.name, field, rows, total: Math.min(total, cap - 1), capped, holding };
  });
}

/** Tested, never looked for: what points at one record is found by it, in its order. Exported for its plan. */
export const ofUnits = (unitIds: readonly string[]): Sql => sql`and +unit_id in (${join(unitIds)})`;

/** The newest records that point at one. Exported for its plan. */
export function relatedQuery(ledger: LedgerSpec, field: string, recordId: string, within: Sql): Sql {
  const [table, column, day] = [id(ledger.table), id(columnOf(field)), id(columnOf(ledger.day))];
  const number = ledger.number ? id(columnOf(ledger.number.field)) : sql`null`;
  const columns = (ledger.beside ?? [])
    .map((name) => sql`, ${id(columnOf(name))}`)
    .reduce((all, one) => sql`${all}${one}`, sql``);
  return sql`select id, title, state, ${day} as day, ${number} as number ${columns} from ${table}
      where ${column} = ${recordId} ${within} order by ${day} desc, seq desc limit ${shown}`;
}

/** Registers with records in some of their states that point at a record, with how many. */
export function pointingIn(
  db: ReadDb,
  registry: Registry,
  { ledger: target, id: recordId }: { ledger: string; id: string },
  statesOf: (ledger: LedgerSpec) => readonly string[],
): { ledger: LedgerSpec; count: number }[] {
  return fieldsPointingAt(registry, target).flatMap(({ ledger, field }) => {
    const states = statesOf(ledger);
    if (states.length === 0) return [];
    const count = db.value<number>(sql`select count(*) from ${id(ledger.table)}
      where ${id(columnOf(field))} = ${recordId} and state in (${join(states)})`);
    return count ? [{ ledger, count }] : [];
  });
}

type Sees = (recordId: string) => boolean;

/** The other records of a small register that count; those that are not seen without their titles. */
export function rivalsOf(db: ReadDb, ledger: LedgerSpec, own: StoredRecord | null, sees: Sees): Rival[] {
  return db
    .column<string>(
      sql`select id from ${id(ledger.table)} where state not in (${join(uncountedStates(ledger.workflow))})`,
    )
    .flatMap((recordId) => {
      const rival = recordId === own?.id ? null : readRecord(db, ledger, recordId);
      return rival ? { title: sees(recordId) ? rival.title : null, content: rival.content } : [];
    });
}

/** Of the other records that count and have a value in an indexed field, what was asked for: no more is read. */
export function sharingOf(
  db: ReadDb,
  ledger: LedgerSpec,
  own: StoredRecord | null,
  asked: Sharing,
  sees: Sees,
): Shared[] {
  const { needs } = asked;
  const fields = Object.fromEntries(Object.entries(ledger.fields).filter(([name]) => needs.includes(name)));
  // The index that answers has no id: it is read only where a record is named.
  const idOf = (seq: number) =>
    db.value<string>(sql`select id from ${id(ledger.table)} where seq = ${seq}`) ?? '';
  return db.all<TableRow>(sharingQuery(ledger, own, asked)).map((row) => ({
    content: contentOf(fields, row),
    isSeen: () => sees(idOf(Number(row.seq))),
  }));
}

/** Exported for its plan. */
export function sharingQuery(
  ledger: LedgerSpec,
  own: Pick<StoredRecord, 'seq'> | null,
  { field, value, needs, meets }: Sharing,
): Sql {
  const column = (name: string) => id(columnOf(name));
  const met = meets
    ? sql`and coalesce(${column(meets.from)}, '') < ${meets.last}
        and coalesce(${join([...meets.to.map(column), sql`'9999-12-31'`])}) > ${meets.first}`
    : sql``;
  return sql`select ${join(['seq', ...new Set(needs)].map(column))} from ${id(ledger.table)}
    where ${column(field)} = ${value} and seq <> ${own?.seq ?? 0}
      and state not in (${join(uncountedStates(ledger.workflow))}) ${met}`;
}
