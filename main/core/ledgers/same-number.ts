import type { ReadDb } from '#core/db/connection.ts';
import { id, join, sql } from '#core/db/sql.ts';
import { caseNumberKey } from '#shared/domain/case-number.ts';
import { dayFrom, dayNumber } from '#shared/domain/day.ts';
import { holds, matchFor, soughtIn } from '#shared/domain/search-text.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { uncountedStates } from '#shared/ledgers/workflow.ts';
import { perDay, recentEntries } from './search-index.ts';

/** Far more than records that hold the digits of a number with a year; of a number like 5号 the newest are looked at. */
const mostLookedAt = 500;
/** A number of a year stands in a record that began up to three years before, or was dated into the next. */
const yearsBefore = 3;

type Doc = { doc: number };
type Candidate = { id: string; called: string; value: string | null };

/**
 * What another record of the register that counts and has this number is called, by its own number or title; null where
 * there is none. Numbers typed by hand have no index of their own: the search index names the records in which the
 * digits stand, and the numbers of these are compared as a person reads them.
 */
export function anotherWithNumber(
  db: ReadDb,
  ledger: LedgerSpec,
  own: string | null,
  field: string,
  value: string,
): Pick<Candidate, 'id' | 'called'> | null {
  const key = caseNumberKey(value);
  const words = soughtIn(key);
  const withDigits = words.filter((group) => group.some((word) => /\d/.test(word)));
  const sought = withDigits.length > 0 ? withDigits : words;
  if (sought.length === 0) return null;
  const { from, to } = documentsOf(key);
  const late = recentEntries(db).filter(({ text }) => holds(text, sought));
  const settled = db.all<Doc>(sql`select rowid as doc from search where search match ${matchFor(sought)}
    and rowid >= ${from} and rowid < ${to} order by rowid desc limit ${mostLookedAt}`);
  const docs = JSON.stringify([...late, ...settled].map(({ doc }) => doc));
  const number = ledger.number ? sql`r.${id(columnOf(ledger.number.field))}` : sql`null`;
  const rows = db.all<Candidate>(sql`
    select r.id, coalesce(${number}, r.title) as called, r.${id(columnOf(field))} as value
    from search_doc d join ${id(ledger.table)} r on r.id = d.record_id
    where d.doc in (select value from json_each(${docs})) and d.ledger = ${ledger.name}
      and r.id <> ${own ?? ''} and r.state not in (${join(uncountedStates(ledger.workflow))})`);
  return rows.find((row) => row.value !== null && caseNumberKey(row.value) === key) ?? null;
}

/** Documents are in the order of days: the years around the one in the number, all where it has none. */
function documentsOf(key: string): { from: number; to: number } {
  const year = Number(/(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(key)?.[0] ?? Number.NaN);
  const [first, end] = [dayFrom(year - yearsBefore, 1, 1), dayFrom(year + 2, 1, 1)];
  if (first === null || end === null) return { from: 0, to: Number.MAX_SAFE_INTEGER };
  return { from: dayNumber(first) * perDay, to: dayNumber(end) * perDay };
}
