import { useMemo } from 'react';
import { type CodeItem, type CodeList, editionOn, itemsOn, labelOf } from '#shared/domain/code-list.ts';
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
  const byName = new Map<string, CodeList[]>();
  for (const list of lists ?? []) byName.set(list.list, [...(byName.get(list.list) ?? []), list]);
  const edition = (name: string, on: Day) => editionOn(byName.get(name) ?? [], name, on);
  const items = (name: string, on: Day) => {
    // A day outside every edition still offers the newest one: the check then says what is wrong.
    const list = edition(name, on) ?? byName.get(name)?.at(-1);
    return list ? itemsOn(list, on) : [];
  };
  return {
    isReady: lists !== null,
    items,
    label(name, code) {
      for (const list of byName.get(name) ?? []) {
        const label = labelOf(list, code);
        if (label !== null) return label;
      }
      return null;
    },
    // Before the lists have come nothing is called wrong; the core checks at save in any case.
    has: (name, code, on) => lists === null || items(name, on).some((item) => item.code === code),
  };
}
