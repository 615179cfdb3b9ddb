import { useMemo } from 'react';
import { type CodeItem, type CodeList, createCodeBook } from '#shared/domain/code-list.ts';
import type { Day } from '#shared/domain/day.ts';
import { useQuery } from './queries.ts';

/** The published lists, as forms, lists and checks look into them. */
export type Codes = {
  isReady: boolean;
  items(list: string, on: Day): CodeItem[];
  label(list: string, code: string): string | null;
  has(list: string, code: string, on: Day): boolean;
};

export function useCodes(): Codes {
  const { value } = useQuery('codes.lists', {});
  return useMemo(() => codesFrom(value), [value]);
}

export function codesFrom(lists: readonly CodeList[] | null): Codes {
  const { items, label } = createCodeBook(lists ?? []);
  return {
    isReady: lists !== null,
    items,
    label,
    // Before the lists have come nothing is called wrong; the core checks at save in any case.
    has: (name, code, on) => lists === null || items(name, on).some((item) => item.code === code),
  };
}
