import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import type { Hits } from '#shared/api/types.ts';
import {
  foldForSearch,
  holds,
  ledgerToken,
  matchFor,
  soughtIn,
  unitToken,
  unitTokens,
  wholeToken,
  withScope,
} from '#shared/domain/search-text.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import { type FoundDoc, type HitContext, hitsOf } from './hits.ts';
import type { Registry } from './registry.ts';
import { recentEntries } from './search-index.ts';

const cap = 1001;
const usualLimit = 50;

export type FindInput = Omit<HitContext, 'labels'> & {
  text: string;
  limit?: number | undefined;
  unitCode: string;
  /** Registers looked through; null for all. */
  ledgers: readonly string[] | null;
  /** Registers of whose records parts are found that another unit made. */
  wholes?: readonly string[];
  clock(): number;
};

/**
 * Whether every unit of the ledger is the caller's or below it, so that the unit says nothing: its token stands in every
 * record, and each of fifty rare hits was looked for in a list of 300,000, half of the time of such a search.
 */
function seesAll(db: ReadDb, own: string): boolean {
  return db.column<string>(sql`select code from unit`).every((code) => unitTokens(code).includes(own));
}

/** Newest records in which every word stands, any part of any searchable field; counts stop at 1,000. */
export function findRecords(db: ReadDb, registry: Registry, labels: LabelContext, input: FindInput): Hits {
  const start = input.clock();
  const typed = soughtIn(input.text);
  if (typed.length === 0) return { hits: [], total: 0, capped: false, ms: 0 };
  // Every register is searched. Naming them all would say nothing and cost as much as the words themselves.
  const own = unitToken(input.unitCode);
  const groups = [
    ...(seesAll(db, own)
      ? []
      : [[own, ...(input.wholes ?? []).map((whole) => wholeToken(whole, input.unitCode))]]),
    ...(input.ledgers === null ? [] : [input.ledgers.map(ledgerToken)]),
  ];
  const sought = groups.length === 0 ? typed : withScope(typed, ...groups);
  const match = matchFor(sought);
  const limit = input.limit ?? usualLimit;
  // What was saved a moment ago stands beside the index, which knows at most what it was before.
  const late = recentEntries(db).filter(({ text }) => holds(text, sought));
  const lateDocs = JSON.stringify(late.map(({ doc }) => doc));
  const settled = sql`from search where search match ${match} and rowid not in (select doc from search_recent)`;
  // The newest are taken inside the index, before anything is joined: ordering afterwards takes a hundred times longer.
  const docs = db.all<FoundDoc>(sql`
    select d.ledger, d.record_id from
      (select doc from (select rowid as doc ${settled} order by rowid desc limit ${limit})
        union all select value from json_each(${lateDocs}) order by doc desc limit ${limit}) h
    join search_doc d on d.doc = h.doc order by h.doc desc`);
  // Fewer than were asked for are all there are.
  const total =
    docs.length < limit
      ? docs.length
      : late.length + (db.value<number>(sql`select count(*) from (select 1 ${settled} limit ${cap})`) ?? 0);
  const words = foldForSearch(input.text).split(' ').filter(Boolean);
  const hits = hitsOf(db, registry, docs, words, { ...input, labels });
  return { hits, total: Math.min(total, cap - 1), capped: total >= cap, ms: input.clock() - start };
}
