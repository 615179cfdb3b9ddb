import type { ReadDb } from '#core/db/connection.ts';
import { numberKey } from '#core/db/number-key.ts';
import { id, type Sql, sql } from '#core/db/sql.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import type { Paper } from '#shared/document/papers.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { columnOf, type LedgerSpec } from '#shared/ledgers/describe.ts';
import { paperBook } from './paper-book.ts';

/**
 * A series of numbers of papers (文号). It is numbered like a register of its own: under the name of the paper, by the day
 * that the paper's number goes by; so the counter, the blocks of other installations and the patterns are those of every
 * number. Two papers that print one field in one way (审批表 and 准假证明) have one series.
 */
export type PaperSeries = { name: string; title: string; ledger: LedgerSpec };

let known: ReadonlyMap<string, PaperSeries> | null = null;

const keyOf = ({ ledger, perRow = '', number }: Paper): string =>
  `${ledger} ${perRow} ${number?.field} ${number?.pattern}`;

function allSeries(): ReadonlyMap<string, PaperSeries> {
  if (known) return known;
  const found = new Map<string, PaperSeries>();
  for (const paper of paperBook().papers) {
    const ledger = ledgers.find(({ name }) => name === paper.ledger);
    const key = keyOf(paper);
    if (!ledger || !paper.number || found.has(key)) continue;
    const { field, pattern, on } = paper.number;
    const numbered: LedgerSpec = { ...ledger, name: paper.kind, day: on, number: { field, pattern } };
    found.set(key, { name: paper.kind, title: paper.title, ledger: numbered });
  }
  known = found;
  return found;
}

/** Every series, in the order in which papers are bound. */
export const paperSeries = (): readonly PaperSeries[] => [...allSeries().values()];

/** The series that a paper draws its number from; null for one that has none. */
export const seriesOf = (paper: Paper): PaperSeries | null => allSeries().get(keyOf(paper)) ?? null;

type Holder = Pick<StoredRecord, 'ledger' | 'id'>;

/** Whether somebody typed this number into another record already, as it stood on a paper that was taken over. */
export const isTyped = (db: ReadDb, paper: Paper, record: Holder, number: string): boolean =>
  db.value(typedQuery(paper, record, number)) !== undefined;

/** Exported for its plan. A row of the record itself counts too: it is another paper. */
export function typedQuery(paper: Paper, { ledger, id: own }: Holder, number: string): Sql {
  const column = id(columnOf(paper.number?.field ?? ''));
  const child = paper.perRow === undefined ? undefined : ledger.children[paper.perRow];
  const others = child ? sql`` : sql`and id <> ${own}`;
  return sql`select 1 from ${id((child ?? ledger).table)}
    where ${column} is not null and ${numberKey(column)} = ${numberKey(sql`${number}`)} ${others} limit 1`;
}
