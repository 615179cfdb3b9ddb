import { isEmpty } from '#shared/kinds/conditions.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { FormState } from './form-state.ts';
import { type PastedInto, withPasted } from './pasted-rows.ts';
import { mayWriteIn } from './reach.ts';
import { type FormContent, type FormRow, newRow } from './record-content.ts';
import { mayChange } from './record-fields.ts';
import { clearing, keeping, type RowPlace, taking } from './record-taken.ts';

/** Keys of child rows for drawing. */
export type RowKeys = Readonly<Record<string, readonly number[]>>;

let lastKey = 0;

/** Rows that stand where they stood keep their keys, so that the field in which somebody types stays the same. */
export function keysFor(content: FormContent, ledger: LedgerSpec, before: RowKeys = {}): RowKeys {
  const keys: Record<string, number[]> = {};
  for (const name of Object.keys(ledger.children)) {
    const rows = content[name];
    keys[name] = Array.isArray(rows) ? rows.map((_, at) => before[name]?.[at] ?? ++lastKey) : [];
  }
  return keys;
}

/** What can be done with the child rows of a form. */
export function rowActions(
  get: () => FormState,
  change: (content: FormContent, more?: Partial<FormState>) => void,
) {
  /** Rows that are only read, as those of a closed record, stay as they are. */
  const isFixed = (name: string) => !mayChange(get(), mayWriteIn(get().ledger), name);
  const changeRows = (
    name: string,
    rows: FormRow[],
    keys: readonly number[],
    more: Partial<FormState> = {},
  ) => {
    const { content, rowKeys } = get();
    change({ ...content, [name]: rows }, { rowKeys: { ...rowKeys, [name]: keys }, found: {}, ...more });
  };
  /** Whoever a row means is looked for again, as if its field had been left. */
  const looksAgain = (child: string, index: number): Pick<FormState, 'left'> => ({
    left: { path: `${child}.${index}.` },
  });
  const rowsOf = (name: string) => (get().content[name] ?? []) as FormRow[];
  const keysOf = (name: string) => get().rowKeys[name] ?? [];
  return {
    addRow(name: string): void {
      const { ledger, codes, today } = get();
      const child = ledger.children[name];
      if (!child || isFixed(name)) return;
      const rows = rowsOf(name);
      lastKey += 1;
      changeRows(name, [...rows, newRow(child, rows, codes, today)], [...keysOf(name), lastKey]);
    },
    /** Persons who were pasted at a row: it and as many new ones after it as there are. */
    pasteRows({ child: name, index, spec }: RowPlace, pasted: readonly FormRow[]): void {
      const { ledger, codes, today } = get();
      const child = ledger.children[name];
      if (!child || isFixed(name)) return;
      const into: PastedInto = { child, person: spec, codes, today };
      const fresh = pasted.slice(1).map(() => ++lastKey);
      const keys = [...keysOf(name)];
      keys.splice(index + 1, 0, ...fresh);
      changeRows(name, withPasted(rowsOf(name), index, pasted, into), keys, looksAgain(name, index));
    },
    /** Takes a row out; false where its kind needs at least as many. A filled one can be put back. */
    removeRow(name: string, index: number): boolean {
      const { ledger, codes, today, removed: before } = get();
      const child = ledger.children[name];
      const rows = rowsOf(name);
      const row = rows[index];
      if (!child || !row || isFixed(name) || rows.length <= child.min) return false;
      const begun = newRow(child, rows.slice(0, index), codes, today);
      const isFilled = Object.entries(row).some(
        ([field, value]) => !isEmpty(value) && value !== begun[field],
      );
      const key = keysOf(name)[index] ?? ++lastKey;
      const keep = <T>(list: readonly T[]) => list.filter((_, at) => at !== index);
      const left = keep(rows);
      const removed = isFilled ? { child: name, index, row, key, left } : before;
      changeRows(name, left, keep(keysOf(name)), { removed });
      return true;
    },
    /** Puts the row back that was taken out last; its place, or null where there is none. */
    putRowBack(name: string): number | null {
      const { removed } = get();
      if (removed?.child !== name || isFixed(name)) return null;
      const { row, key } = removed;
      const index = Math.min(removed.index, rowsOf(name).length);
      const insert = <T>(list: readonly T[], item: T) => list.toSpliced(index, 0, item);
      const more = { removed: null, ...looksAgain(name, index) };
      changeRows(name, insert(rowsOf(name), row), insert(keysOf(name), key), more);
      return index;
    },
    moveRow(name: string, index: number, step: 1 | -1): void {
      const rows = rowsOf(name);
      if (!rows[index + step] || isFixed(name)) return;
      changeRows(name, swapped(rows, index, index + step), swapped(keysOf(name), index, index + step));
    },
    /** What is known of a person goes into a row. */
    takePerson(place: RowPlace, values: FormRow, person: { key: string; name: string }): void {
      const { content, taken } = taking(get(), place, values, person);
      change(content, { taken, found: {} });
    },
    clearTaken(name: string, index: number): void {
      const { content, taken } = clearing(get(), name, index);
      change(content, { taken, found: {}, ...looksAgain(name, index) });
    },
    keepTaken(name: string, index: number): void {
      const { content, taken } = keeping(get(), name, index);
      change(content, { taken, ...looksAgain(name, index) });
    },
  };
}

function swapped<T>(list: readonly T[], left: number, right: number): T[] {
  const copy = [...list];
  const [first, second] = [copy[left], copy[right]];
  if (first === undefined || second === undefined) return copy;
  copy[left] = second;
  copy[right] = first;
  return copy;
}
