import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { indexText } from '#shared/domain/search-text.ts';

/**
 * Whether the search index holds exactly the words of its entries, each at its place. A contentless index cannot be read
 * back by entry, and asking it for every word of an entry takes milliseconds; so all words are added up, once as the
 * entries say and once as the index goes through them in its own order (`search_term`), and the sums are compared by
 * groups of words. Only where a group differs are its words looked at one by one.
 */
export type WordCheck = {
  /** An entry that must stand in the index. */
  expect(doc: number, text: string): void;
  /** Goes through the index, in steps; each gives the share that is done. Afterwards `isSound` is known. */
  compare(db: ReadDb): Generator<number>;
  isSound(): boolean;
  /** Goes through what differs, in steps; afterwards `isWrong` and `strays` are known. */
  trace(db: ReadDb): Generator<void>;
  /** Whether the index holds other words for an entry. Asked of every entry, it leaves the strays. */
  isWrong(doc: number, text: string): boolean;
  /** Documents that have words in the index and were not asked for. */
  strays(): number[];
};

const groups = 2 ** 20;
/** Of the index in one step; most words stand in few entries. */
const termsAtOnce = 1000;

/** Words of entries that stand beside the index: what it holds of them may be what they were before. */
const settled = sql`temp.search_term where doc not in (select doc from search_recent)`;
type Term = { term: string; sum: number; count: number };

export function createWordCheck(): WordCheck {
  const sums = new Int32Array(groups);
  const traced = new Map<number, number>();
  let expected = 0;

  function* terms(db: ReadDb): Generator<Term[]> {
    for (let last = ''; ; ) {
      // The sum is that of `placeOf`, and no larger than a number can hold exactly.
      const found = db.all<Term>(sql`
        select term, count(*) as count,
          sum((doc % 33554393 + offset * 31) * (doc % 16777213 + offset) & 4294967295) & 4294967295 as sum
        from ${settled} and term > ${last} group by term limit ${termsAtOnce}`);
      const end = found.at(-1);
      if (!end) return;
      last = end.term;
      yield found;
    }
  }

  const differs = (hash: number) => sums[groupOf(hash)] !== 0;

  return {
    expect(doc, text) {
      eachWord(doc, text, (hash, value) => {
        const group = groupOf(hash);
        sums[group] = ((sums[group] ?? 0) + value) | 0;
        expected += 1;
      });
    },
    *compare(db) {
      let seen = 0;
      for (const some of terms(db)) {
        for (const { term, sum, count } of some) {
          const hash = hashOf(term);
          const group = groupOf(hash);
          sums[group] = ((sums[group] ?? 0) - Math.imul(factorOf(hash), sum | 0)) | 0;
          seen += count;
        }
        yield Math.min(1, seen / Math.max(1, expected));
      }
    },
    isSound: () => sums.every((sum) => sum === 0),
    *trace(db) {
      for (const some of terms(db)) {
        for (const { term } of some) {
          const hash = hashOf(term);
          if (!differs(hash)) continue;
          for (const { doc, offset } of db.all<{ doc: number; offset: number }>(
            sql`select doc, offset from ${settled} and term = ${term}`,
          ))
            traced.set(doc, ((traced.get(doc) ?? 0) + Math.imul(factorOf(hash), placeOf(doc, offset))) | 0);
        }
        yield;
      }
    },
    isWrong(doc, text) {
      let left = traced.get(doc) ?? 0;
      traced.delete(doc);
      eachWord(doc, text, (hash, value) => {
        if (differs(hash)) left = (left - value) | 0;
      });
      return left !== 0;
    },
    strays: () => [...traced.keys()],
  };
}

/** Every word of an entry as the index holds it: its hash, and what it adds to the sum of its group. */
function eachWord(doc: number, text: string, use: (hash: number, value: number) => void): void {
  let offset = 0;
  for (const word of indexText(text).split(' ')) {
    if (word === '') continue;
    const hash = hashOf(word);
    use(hash, Math.imul(factorOf(hash), placeOf(doc, offset)));
    offset += 1;
  }
}

/**
 * A document and the place of a word in it, as 32 bits. Not a sum of both: one entry too few and one too many must not
 * make up for each other. The remainders keep the product below 2^53.
 */
const placeOf = (doc: number, offset: number): number =>
  (((doc % 33554393) + offset * 31) * ((doc % 16777213) + offset)) | 0;

/** FNV-1a over the word's UTF-16 units, its bits mixed once more. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 15);
}

const groupOf = (hash: number) => hash >>> 12;
/** Odd, so that no place is lost by it; another one for each word of a group. */
const factorOf = (hash: number) => Math.imul(hash, 0x9e3779b1) | 1;
