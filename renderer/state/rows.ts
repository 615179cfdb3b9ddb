import { useEffect, useMemo, useReducer, useRef } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import type { InputOf } from '#shared/api/methods.ts';
import type { Page, Row } from '#shared/api/types.ts';
import { failureFrom, listen, read } from './bureau.ts';

const pageSize = 100;
const keptPages = 20;

type ListInput = InputOf<'ledger.list'>;
export type RowsQuery = Pick<ListInput, 'ledger' | 'filter' | 'sort'>;
export type Rows = {
  /** Null until the first answer. */
  total: number | null;
  failure: Failure | null;
  rowAt(index: number): Row | null;
  /** What a record is called that a row points at. */
  titleOf(id: string): string;
  /** Fetches the pages that hold these rows, if they are not there. */
  want(first: number, last: number): void;
  reload(): void;
};

type Pages = {
  total: number | null;
  failure: Failure | null;
  pages: Map<number, Pick<Page, 'rows' | 'titles'>>;
  pending: Set<number>;
  run: number;
};

/** Rows of a ledger, fetched a page at a time as they are looked at; pages of an older question are dropped. */
export function useRows(query: RowsQuery): Rows {
  const key = JSON.stringify(query);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const held = useRef<Pages>({ total: null, failure: null, pages: new Map(), pending: new Set(), run: 0 });
  const wanted = useRef<[number, number]>([0, pageSize - 1]);

  const actions = useMemo(() => {
    const question = JSON.parse(key) as RowsQuery;
    const fetchPage = async (page: number) => {
      const pages = held.current;
      const mine = pages.run;
      pages.pending.add(page);
      try {
        const answer = await read('ledger.list', { ...question, offset: page * pageSize, limit: pageSize });
        if (mine !== held.current.run) return;
        pages.pending.delete(page);
        pages.pages.set(page, answer);
        pages.total = answer.total;
        pages.failure = null;
        for (const old of pages.pages.keys()) {
          if (pages.pages.size <= keptPages) break;
          if (old !== page) pages.pages.delete(old);
        }
      } catch (caught) {
        if (mine !== held.current.run) return;
        pages.pending.delete(page);
        pages.failure = failureFrom(caught);
      }
      redraw();
    };
    const want = (first: number, last: number) => {
      wanted.current = [first, last];
      const { pages, pending, total } = held.current;
      const end = total === null ? last : Math.min(last, total - 1);
      for (let page = Math.floor(first / pageSize); page * pageSize <= end; page += 1) {
        if (!pages.has(page) && !pending.has(page)) void fetchPage(page);
      }
    };
    const reload = (keepShown: boolean) => {
      const { total, pages, run } = held.current;
      held.current = {
        total: keepShown ? total : null,
        failure: null,
        pages: keepShown ? pages : new Map(),
        pending: new Set(),
        run: run + 1,
      };
      if (!keepShown) wanted.current = [0, pageSize - 1];
      const [first, last] = wanted.current;
      for (let page = Math.floor(first / pageSize); page * pageSize <= last; page += 1) void fetchPage(page);
      if (keepShown) {
        // Rows on screen stay until the newer ones come; the others are read again when they are looked at.
        for (const page of pages.keys()) {
          if (page < Math.floor(first / pageSize) || page * pageSize > last) pages.delete(page);
        }
      }
      redraw();
    };
    return { question, want, reload };
  }, [key]);

  useEffect(() => {
    actions.reload(false);
    return listen((event) => {
      // Names are shown or masked now
      if (event.event === 'session' && event.state === 'signed-in') actions.reload(true);
      if (event.event === 'changed' && event.ledgers.includes(actions.question.ledger)) actions.reload(true);
    });
  }, [actions]);

  const { total, failure, pages } = held.current;
  return {
    total,
    failure,
    rowAt: (index) => pages.get(Math.floor(index / pageSize))?.rows[index % pageSize] ?? null,
    titleOf: (id) => {
      for (const { titles } of pages.values()) if (titles[id] !== undefined) return titles[id];
      return '';
    },
    want: actions.want,
    reload: () => actions.reload(true),
  };
}
