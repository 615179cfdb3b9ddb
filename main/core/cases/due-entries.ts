import { createHash } from 'node:crypto';
import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { Derivation, WriteContext } from '#core/ledgers/store.ts';
import { contentOf, readRecord, recordFrom, type StoredRecord, type TableRow } from '#core/ledgers/table.ts';
import type { Day } from '#shared/domain/day.ts';
import { type Due, deadlineOf } from '#shared/domain/deadline.ts';
import { type DeadlineRule, namesOf, needsCalendar } from '#shared/domain/deadline-rule.ts';
import type { WorkCalendar } from '#shared/domain/working-days.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { holds, uncountedStates } from '#shared/ledgers/workflow.ts';
import { seedYears, workCalendar } from './calendars.ts';
import { activeRules, seedRules } from './rules.ts';

/**
 * What is still to be done by a day: one row a record and rule, derived from the record, the rules and the calendar.
 * What is met, paused or out of its states has no row (decision in main/core/README.md).
 */

/** Rules and calendar as one transaction finds them; the calendar is read only when a rule looks into it. */
type Book = {
  rulesOf(ledger: string): readonly DeadlineRule[];
  /** Rules of other registers that begin with the last record of this one. */
  renewedBy(ledger: string): readonly DeadlineRule[];
  calendar(): WorkCalendar;
  /** What a rule looks at: the record, with the day of what last happened for its trigger. */
  seenBy(rule: DeadlineRule, record: Record): Record;
};

export function openBook(
  db: ReadDb,
  registry: Registry,
  rules: readonly DeadlineRule[] = activeRules(db),
): Book {
  const byLedger = new Map<string, DeadlineRule[]>();
  const due = rules.filter(({ isLimit }) => !isLimit);
  for (const rule of due) byLedger.set(rule.ledger, [...(byLedger.get(rule.ledger) ?? []), rule]);
  let calendar: WorkCalendar | null = null;
  return {
    rulesOf: (ledger) => byLedger.get(ledger) ?? [],
    renewedBy: (ledger) => due.filter(({ lastOf }) => lastOf?.ledger === ledger),
    seenBy(rule, record) {
      const last = rule.lastOf && lastDayOf(db, registry, rule.lastOf, record.id);
      const trigger = rule.trigger[0];
      return !last || trigger === undefined
        ? record
        : { ...record, content: { ...record.content, [trigger]: last } };
    },
    calendar() {
      calendar ??= workCalendar(db);
      return calendar;
    },
  };
}

type LastOf = NonNullable<DeadlineRule['lastOf']>;
/** The last of its kind is nearly always among the newest few; somebody may have hundreds. */
const newest = 20;

/** The day of the last record of a register that names this one, and counts. */
function lastDayOf(db: ReadDb, registry: Registry, lastOf: LastOf, recordId: string): string | null {
  const ledger = registry.find(lastOf.ledger);
  const wanted = fieldsOfLast(ledger, lastOf);
  for (let offset = 0; ; offset += newest) {
    const rows = db.all<TableRow>(lastOfQuery(ledger, lastOf, recordId, offset));
    const last = rows
      .map((row) => contentOf(wanted, row))
      .find((content) => lastOf.when.every((one) => holds(content, one)));
    if (last) return typeof last[lastOf.on] === 'string' ? String(last[lastOf.on]) : null;
    if (rows.length < newest) return null;
  }
}

const fieldsOfLast = ({ fields }: LedgerSpec, { on, when }: LastOf) =>
  Object.fromEntries(
    Object.entries(fields).filter(([field]) => field === on || when.some((one) => one.field === field)),
  );

/** Exported for its plan. */
export function lastOfQuery(ledger: LedgerSpec, lastOf: LastOf, recordId: string, offset = 0): Sql {
  const { table, workflow } = ledger;
  const columnsOfLast = Object.keys(fieldsOfLast(ledger, lastOf)).map((field) => id(columnOf(field)));
  return sql`select ${join(columnsOfLast)} from ${id(table)}
    where ${id(columnOf(lastOf.by))} = ${recordId} and state not in (${join(uncountedStates(workflow))})
    order by ${id(columnOf(lastOf.on))} desc limit ${newest} offset ${offset}`;
}

type Record = Pick<StoredRecord, 'id' | 'unitId' | 'state' | 'content'> & { ledger: { name: string } };

/** What is open of one rule for one record, as a row of `due_entry`. */
export type DueEntry = {
  record_id: string;
  rule: string;
  ledger: string;
  unit_id: string;
  person: string;
  due_on: Day;
  due_time: string | null;
  started_on: Day;
  basis: string;
  is_extended: number;
  is_estimated: number;
  is_lapsing: number;
  unknown_years: string;
};

const columns = [
  'record_id',
  'rule',
  'ledger',
  'unit_id',
  'person',
  'due_on',
  'due_time',
  'started_on',
  'basis',
  'is_extended',
  'is_estimated',
  'is_lapsing',
  'unknown_years',
] as const satisfies readonly (keyof DueEntry)[];

export function entryOf(rule: DeadlineRule, record: Record, due: Due): DueEntry {
  return {
    record_id: record.id,
    rule: rule.code,
    ledger: rule.ledger,
    unit_id: record.unitId,
    person: personOf(rule, record.content),
    due_on: due.dueOn,
    due_time: due.dueTime,
    started_on: due.startedOn,
    basis: due.basis,
    is_extended: Number(due.isExtended),
    is_estimated: Number(due.isEstimated),
    is_lapsing: Number(due.isLapsing),
    unknown_years: due.unknownYears.join(' '),
  };
}

export function entriesOf(book: Book, record: Record): DueEntry[] {
  return book.rulesOf(record.ledger.name).flatMap((rule) => {
    const found = deadlineOf(rule, book.seenBy(rule, record), book.calendar);
    return found.is === 'open' ? [entryOf(rule, record, found.due)] : [];
  });
}

/** The period of a record under one rule as it stands here, met or not, from a day that stands in too; null where it does not run. */
export function periodOf(
  db: ReadDb,
  code: string,
  content: Record['content'],
  isUnextended = false,
): { field: string; day: Day; until: Day } | null {
  const rule = activeRules(db).find((one) => one.code === code);
  if (!rule) return null;
  const calendar = () => workCalendar(db);
  const state = rule.states[0] ?? '';
  const { within: _within, metInTimeBy: _metInTimeBy, ...period } = rule;
  const asked = { ...period, when: [], metBy: [], ...(isUnextended ? { extendedBy: [] } : {}) };
  const found = deadlineOf(asked, { state, content }, calendar);
  if (found.is !== 'open') return null;
  const { basis, startedOn, dueOn } = found.due;
  return { field: basis, day: startedOn, until: dueOn };
}

/** Who is in charge, as the record says: the id of one in a register, or a name; '' for nobody. */
function personOf(rule: DeadlineRule, content: Record['content']): string {
  for (const field of rule.person) {
    const value = content[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

const names = join(columns.map(id));

function insert(db: WriteDb, entry: DueEntry): void {
  db.run(sql`insert into due_entry (${names}) values (${join(columns.map((name) => entry[name]))})`);
}

type Tallied = Pick<DueEntry, 'person' | 'unit_id' | 'rule' | 'is_lapsing'>;

/** Keeps the count of what is open and does not lapse. Two plain statements: see `setCounter` in ledgers/numbering.ts. */
function tally(
  db: WriteDb,
  { person, unit_id: unit, rule, is_lapsing: isLapsing }: Tallied,
  by: 1 | -1,
): void {
  if (isLapsing === 1) return;
  const where = sql`person = ${person} and unit_id = ${unit} and rule = ${rule}`;
  if (db.run(sql`update due_tally set count = count + ${by} where ${where}`) > 0) return;
  db.run(
    sql`insert into due_tally (person, unit_id, rule, count) values (${person}, ${unit}, ${rule}, ${by})`,
  );
}

const countedAnew = sql`select person, unit_id, rule, count(*) as count from due_entry where is_lapsing = 0
  group by person, unit_id, rule`;

/** After many rows were made: counted once instead of row by row. */
function tallyAnew(db: WriteDb): void {
  db.run(sql`delete from due_tally`);
  db.run(sql`insert into due_tally (person, unit_id, rule, count) ${countedAnew}`);
}

const books = new WeakMap<WriteContext, Book>();

function bookOf(context: WriteContext): Book {
  const known = books.get(context);
  if (known) return known;
  const book = openBook(context.db, context.registry);
  books.set(context, book);
  return book;
}

function takeOut(db: WriteDb, recordId: string): void {
  const gone = db.all<Tallied>(
    sql`select person, unit_id, rule, is_lapsing from due_entry where record_id = ${recordId}`,
  );
  for (const entry of gone) tally(db, entry, -1);
  db.run(sql`delete from due_entry where record_id = ${recordId}`);
}

function put(context: WriteContext, record: StoredRecord, before: StoredRecord | null): void {
  renew(context, record, before);
  const book = bookOf(context);
  if (book.rulesOf(record.ledger.name).length === 0) return;
  const entries = entriesOf(book, record);
  if (before) {
    // What stands was derived by the same rules from what the record was: what renews it was settled with its own save.
    if (JSON.stringify(entriesOf(book, before)) === JSON.stringify(entries)) return;
    takeOut(context.db, record.id);
  } else if (book.rulesOf(record.ledger.name).some(({ lastOf }) => lastOf)) {
    // A record that names it may have been taken over before it
    takeOut(context.db, record.id);
  }
  for (const entry of entries) {
    insert(context.db, entry);
    tally(context.db, entry, 1);
  }
}

/** What recurs begins anew for the records that this one names, or named. */
function renew(context: WriteContext, record: StoredRecord, before: StoredRecord | null): void {
  const { db, registry } = context;
  const book = bookOf(context);
  const renewed = new Map(
    book.renewedBy(record.ledger.name).flatMap((rule) =>
      [record, before].flatMap((one) => {
        const named = one?.content[rule.lastOf?.by ?? ''];
        return typeof named === 'string' ? [[named, rule.ledger] as const] : [];
      }),
    ),
  );
  for (const [named, ledger] of renewed) {
    const whole = readRecord(db, registry.find(ledger), named);
    if (!whole) continue;
    takeOut(db, named);
    for (const entry of entriesOf(book, whole)) {
      insert(db, entry);
      tally(db, entry, 1);
    }
  }
}

const perPage = 2000;

/** Makes the rows of some rules (or of all) anew. Reads only the columns that the rules name. */
export function rebuildDue(db: WriteDb, registry: Registry, only?: readonly string[]): void {
  const isMeant = (rule: string) => only === undefined || only.includes(rule);
  if (only === undefined) db.run(sql`delete from due_entry`);
  else for (const rule of only) db.run(sql`delete from due_entry where rule = ${rule}`);
  const rules = activeRules(db).filter(({ code }) => isMeant(code));
  const book = openBook(db, registry, rules);
  for (const ledger of registry.all) {
    for (const record of recordsFor(db, ledger, book.rulesOf(ledger.name)))
      for (const entry of entriesOf(book, record)) insert(db, entry);
  }
  tallyAnew(db);
}

/** Rules whose rows must be made anew when the calendar changes. */
export const calendarRules = (db: ReadDb): string[] =>
  activeRules(db)
    .filter(needsCalendar)
    .map(({ code }) => code);

function* recordsFor(db: ReadDb, ledger: LedgerSpec, rules: readonly DeadlineRule[]): Generator<Record> {
  if (rules.length === 0) return;
  const named = rules.map(namesOf);
  const states = join([...new Set(named.flatMap((one) => one.states))]);
  const hasChildren = named.some(({ children }) => children.length > 0);
  const wanted = new Set(named.flatMap(({ fields }) => fields));
  const fields = Object.fromEntries(Object.entries(ledger.fields).filter(([name]) => wanted.has(name)));
  const chosen = hasChildren
    ? sql`*`
    : join(['seq', 'id', 'unit_id', 'state', ...Object.keys(fields).map(columnOf)].map(id));
  let last = 0;
  for (;;) {
    // '+': gone through by row number, page by page; the index by state would gather and sort for every page.
    const rows = db.all<TableRow>(sql`select ${chosen} from ${id(ledger.table)}
      where seq > ${last} and +state in (${states}) order by seq limit ${perPage}`);
    for (const row of rows) {
      if (hasChildren) yield recordFrom(db, ledger, row);
      else
        yield {
          ledger,
          id: String(row.id),
          unitId: String(row.unit_id),
          state: String(row.state),
          content: contentOf(fields, row),
        };
    }
    if (rows.length < perPage) return;
    last = Number(rows.at(-1)?.seq);
  }
}

/** Rows are compared as text in the order of the columns; rules in the order of their codes. */
const textOf = (entry: DueEntry) => columns.map((name) => entry[name]).join('\n');

/**
 * Of the rows: raised by hand when they are made otherwise from the same record, rules and calendar. A test holds it
 * against the rows of sample records.
 */
export const dueVersion = 2;

export const dueEntries: Derivation = {
  name: 'deadlines',
  put,
  drop(context, record) {
    takeOut(context.db, record.id);
    renew(context, record, null);
  },
  stamp: () =>
    createHash('sha256')
      .update(JSON.stringify([dueVersion, seedRules(), seedYears()]))
      .digest('hex')
      .slice(0, 16),
  rebuild: (db, registry) => rebuildDue(db, registry),
  verify(db, { registry }) {
    const book = openBook(db, registry);
    let known = 0;
    return {
      record(record) {
        const stored = db
          .all<DueEntry>(sql`select ${names} from due_entry where record_id = ${record.id} order by rule`)
          .map(textOf);
        const right = entriesOf(book, record).map(textOf);
        known += stored.length;
        return stored.join('\r') === right.sort().join('\r') ? [] : [`${stored.length} / ${right.length}`];
      },
      end() {
        const all = db.value<number>(sql`select count(*) from due_entry`) ?? 0;
        const counted = JSON.stringify(db.all(sql`${countedAnew} order by person, unit_id, rule`));
        const kept = JSON.stringify(
          db.all(sql`select person, unit_id, rule, count from due_tally where count <> 0
            order by person, unit_id, rule`),
        );
        return [...(all === known ? [] : [`${all} / ${known}`]), ...(counted === kept ? [] : ['due_tally'])];
      },
    };
  },
};
