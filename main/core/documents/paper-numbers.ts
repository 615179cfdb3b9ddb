import type { Paper } from '#shared/document/papers.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
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
