import type { ReadDb } from '#core/db/connection.ts';
import { join, type Sql, sql } from '#core/db/sql.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import type { Board, BoardPart, DueRow, PartCounts, RecordDeadlines } from '#shared/api/deadline-types.ts';
import { addDays, type Day } from '#shared/domain/day.ts';
import { deadlineOf } from '#shared/domain/deadline.ts';
import { boardText } from '#shared/text/deadlines.ts';
import { type DueEntry, entryOf, openBook } from './due-entries.ts';
import { createNames, rowOf } from './due-rows.ts';
import { knownRules } from './rules.ts';

export type BoardQuestion = {
  on: Day;
  person?: string | undefined;
  unit?: string | undefined;
  /** The units that the asker sees; null or absent for all. */
  within?: readonly string[] | null;
  /** What else he sees of other units: parts of the records of his own, by register. */
  parts?: readonly { ledger: string; isSeen: Sql }[];
  /** The registers that the asker sees; null or absent for all. */
  ledgers?: readonly string[] | null;
  rule?: string | undefined;
  /** Rows of this part only. */
  part?: BoardPart | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
};

const parts = ['overdue', 'today', 'week'] as const;
const daysAhead = 7;
const pageSize = 200;

type Group = { person: string; unit: string; rule: string } & PartCounts;

/** How much of what does not lapse is open, by who, where and under which rule: kept with every save. */
const tallyQuery = sql`select person, unit_id as unit, rule, count as overdue, 0 as today, 0 as week from due_tally
  where count > 0`;

type Ahead = Omit<Group, 'overdue'> & { all: number };

/** What is due on the day or later, from the index by day alone. */
export function aheadQuery(on: Day, isLapsing: boolean): Sql {
  const until = addDays(on, daysAhead);
  // What does not lapse is taken from the tally, so all of it that is not overdue must be known; of the rest the week.
  const end = isLapsing ? sql`and due_on <= ${until}` : sql``;
  return sql`select person, unit_id as unit, rule, sum(due_on = ${on}) as today,
      sum(due_on > ${on} and due_on <= ${until}) as week, count(*) as "all"
    from due_entry where is_lapsing = ${Number(isLapsing)} and due_on >= ${on} ${end}
    group by person, unit_id, rule`;
}

/**
 * Everything on the board, counted. What is overdue is what is open less what is still ahead: years of it gather, while
 * what lies ahead is a few weeks (decision in main/core/README.md).
 */
function groupsOn(db: ReadDb, on: Day): Group[] {
  const groups = new Map<string, Group>();
  const keyOf = ({ person, unit, rule }: Omit<Group, keyof PartCounts>) => [person, unit, rule].join('\n');
  for (const group of db.all<Group>(tallyQuery)) groups.set(keyOf(group), group);
  for (const isLapsing of [false, true]) {
    for (const { all, today, week, ...ahead } of db.all<Ahead>(aheadQuery(on, isLapsing))) {
      const group = groups.get(keyOf(ahead)) ?? { ...ahead, overdue: 0, today: 0, week: 0 };
      group.overdue -= isLapsing ? 0 : all;
      group.today += today;
      group.week += week;
      groups.set(keyOf(ahead), group);
    }
  }
  return [...groups.values()].filter(({ overdue, today, week }) => overdue + today + week > 0);
}

/** That a row is of the units asked about, or of a part of one of their records. */
function isWithin(within: readonly string[], parts: BoardQuestion['parts'] = []): Sql {
  const own = sql`unit_id in (${join(within)})`;
  return parts.length === 0 ? own : sql`(${own} or ${ofParts(parts)})`;
}

const ofParts = (parts: NonNullable<BoardQuestion['parts']>): Sql =>
  sql`(${join(
    parts.map(({ ledger, isSeen }) => sql`(ledger = ${ledger} and record_id in (${isSeen}))`),
    ' or ',
  )})`;

/** What of other units is seen as part of one's own records, counted: no tally tells it, and it is little. */
function groupsOfParts(db: ReadDb, { on, within, parts = [] }: BoardQuestion): Group[] {
  if (!within || parts.length === 0) return [];
  const until = addDays(on, daysAhead);
  return db
    .all<Group>(sql`select person, unit_id as unit, rule, sum(is_lapsing = 0 and due_on < ${on}) as overdue,
        sum(due_on = ${on}) as today, sum(due_on > ${on} and due_on <= ${until}) as week
      from due_entry where unit_id not in (${join(within)}) and ${ofParts(parts)} group by person, unit_id, rule`)
    .filter(({ overdue, today, week }) => overdue + today + week > 0);
}

/** Rows of one part, the longest overdue and the soonest due first. */
export function partQuery(part: BoardPart, question: BoardQuestion): Sql {
  const { on, person, unit, rule, within, parts: others, ledgers, offset = 0, limit = pageSize } = question;
  const conditions: Sql[] = [];
  if (person !== undefined) conditions.push(sql`person = ${person}`);
  if (unit !== undefined) conditions.push(sql`unit_id = ${unit}`);
  if (within) conditions.push(isWithin(within, others));
  if (ledgers) conditions.push(sql`ledger in (${join(ledgers)})`);
  // '+': the rule is tested along the way; the index by rule would have every row of it put in order.
  if (rule !== undefined) conditions.push(sql`+rule = ${rule}`);
  if (part === 'overdue') conditions.push(sql`is_lapsing = 0`, sql`due_on < ${on}`);
  else conditions.push(sql`is_lapsing in (0, 1)`);
  if (part === 'today') conditions.push(sql`due_on = ${on}`);
  if (part === 'week') conditions.push(sql`due_on > ${on}`, sql`due_on <= ${addDays(on, daysAhead)}`);
  return sql`select * from due_entry where ${join(conditions, ' and ')}
    order by due_on limit ${limit} offset ${offset}`;
}

export function boardOf(
  db: ReadDb,
  registry: Registry,
  question: BoardQuestion,
  clock: Board['clock'],
): Board {
  const { on, person, unit, rule } = question;
  const known = new Map(knownRules(db).map((one) => [one.rule.code, one]));
  const { within, ledgers } = question;
  const isOfRegisters = (group: Group) =>
    !ledgers || ledgers.includes(known.get(group.rule)?.rule.ledger ?? '');
  const ofUnits = groupsOn(db, on).filter((group) => !within || within.includes(group.unit));
  const groups = [...ofUnits, ...groupsOfParts(db, question)].filter(isOfRegisters);
  const matching = groups.filter(
    (group) =>
      (person === undefined || group.person === person) &&
      (unit === undefined || group.unit === unit) &&
      (rule === undefined || group.rule === rule),
  );
  const names = createNames(db, registry, known);
  const rowsOf = (part: BoardPart): DueRow[] => {
    if (question.part !== undefined && question.part !== part) return [];
    const rows = db.all<DueEntry>(partQuery(part, question));
    names.learn(rows);
    return rows.map((row) => rowOf(row, on, known.get(row.rule), registry, names));
  };
  const shown = { overdue: rowsOf('overdue'), today: rowsOf('today'), week: rowsOf('week') };
  const persons = tally(groups, ({ person: who }) => who);
  names.learnPersons([...persons.keys()]);
  const alike = tallyNames([...persons.keys()].map(names.personName));
  const nameOf = (who: string) => {
    const [name, place] = [names.personName(who), names.placeOf(who)];
    return place !== '' && (alike.get(name) ?? 0) > 1 ? boardText.namesake(name, place) : name;
  };
  const all = [...shown.overdue, ...shown.today, ...shown.week];
  return {
    on,
    clock,
    counts: tally(matching, () => '').get('') ?? { overdue: 0, today: 0, week: 0 },
    ...shown,
    persons: [...persons]
      .map(([who, counts]) => ({ person: who, name: nameOf(who), ...counts }))
      .sort((one, other) => other.overdue - one.overdue || (one.name < other.name ? -1 : 1)),
    units: [...tally(groups, (group) => group.unit)].map(([unitId, counts]) => ({
      unitId,
      name: names.unitName(unitId),
      ...counts,
    })),
    rules: [...tally(groups, (group) => group.rule)].map(([code, counts]) => ({
      rule: code,
      what: known.get(code)?.rule.title ?? code,
      isUnconfirmed: known.get(code)?.isConfirmed !== true,
      ...counts,
    })),
    unknownYears: [...new Set(all.flatMap(({ unknownYears }) => unknownYears))].sort(),
  };
}

function tallyNames(names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function tally(groups: readonly Group[], keyOf: (group: Group) => string): Map<string, PartCounts> {
  const found = new Map<string, PartCounts>();
  for (const group of groups) {
    const counts = found.get(keyOf(group)) ?? { overdue: 0, today: 0, week: 0 };
    for (const part of parts) counts[part] += group[part];
    found.set(keyOf(group), counts);
  }
  return found;
}

/** Deadlines of one record as they stand, worked out anew. */
export function deadlinesOf(db: ReadDb, registry: Registry, record: StoredRecord, on: Day): RecordDeadlines {
  const known = new Map(knownRules(db).map((one) => [one.rule.code, one]));
  const book = openBook(db, registry);
  const names = createNames(db, registry, known);
  const answer: RecordDeadlines = { on, deadlines: [], paused: [] };
  for (const rule of book.rulesOf(record.ledger.name)) {
    const found = deadlineOf(rule, book.seenBy(rule, record), book.calendar);
    const { code, title: what, law, article } = rule;
    if (found.is === 'paused')
      answer.paused.push({ rule: code, what, law, article, startedOn: found.startedOn });
    if (found.is !== 'open') continue;
    const { due } = found;
    const row = entryOf(rule, record, due);
    names.learn([row]);
    const isLapsed = due.isLapsing && due.dueOn < on;
    answer.deadlines.push({
      ...rowOf(row, on, known.get(row.rule), registry, names),
      isPaused: false,
      isLapsed,
    });
  }
  answer.deadlines.sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  return answer;
}

/** The first instant after the one given at which something was saved, and the last; null where there is none. */
export function instantsAfter(
  db: ReadDb,
  at: string,
): { first: string; last: string; isAll: boolean } | null {
  const first = db.value<string | null>(sql`select min(at) from commit_entry where at > ${at}`) ?? null;
  const last = db.value<string | null>(sql`select max(at) from commit_entry`) ?? null;
  if (first === null || last === null) return null;
  return { first, last, isAll: db.value<string>(sql`select min(at) from commit_entry`) === first };
}
