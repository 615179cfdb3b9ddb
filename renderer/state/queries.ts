import { useCallback, useSyncExternalStore } from 'react';
import type { Failure } from '#shared/api/errors.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/api/methods.ts';
import { failureFrom, read } from './bureau.ts';

/** What a screen sees of a query: the last good answer stays while a newer one is on its way. */
export type QueryState<O> = { value: O | null; failure: Failure | null; isLoading: boolean };

type Entry = {
  method: MethodName;
  input: Record<string, unknown>;
  state: QueryState<unknown>;
  /** Counts the runs; the answer of an older run is dropped. */
  run: number;
  isFresh: boolean;
  listeners: Set<() => void>;
};

const nothing: QueryState<never> = { value: null, failure: null, isLoading: false };
const waiting: QueryState<never> = { value: null, failure: null, isLoading: true };
const mostEntries = 100;
const entries = new Map<string, Entry>();

/** Rows of the core, kept by method and input and read again when the core says that they changed. */
export function useQuery<M extends MethodName>(method: M, input: InputOf<M> | null): QueryState<OutputOf<M>> {
  const key = input === null ? null : `${method} ${JSON.stringify(input)}`;
  const subscribe = useCallback(
    (listener: () => void) => {
      if (key === null) return () => {};
      const entry = entryOf(key);
      entry.listeners.add(listener);
      // Nobody announces a change of drafts: they are read whenever a screen opens that shows them.
      if (!entry.isFresh || entry.method === 'draft.list') void run(entry);
      return () => entry.listeners.delete(listener);
    },
    [key],
  );
  const read = () => (key === null ? nothing : (entries.get(key)?.state ?? waiting));
  return useSyncExternalStore(subscribe, read) as QueryState<OutputOf<M>>;
}

/** Reads again what may have changed; what no screen looks at is forgotten. */
export function refresh(ledgers?: readonly string[]): void {
  for (const [key, entry] of entries) {
    const { ledger } = entry.input;
    if (ledgers && typeof ledger === 'string' && !ledgers.includes(ledger)) continue;
    entry.isFresh = false;
    if (entry.listeners.size > 0) void run(entry);
    else entries.delete(key);
  }
}

/** Nobody else announces a draft that was written. */
export function refreshDrafts(): void {
  for (const entry of entries.values())
    if (entry.method === 'draft.list' && entry.listeners.size > 0) void run(entry);
}

/** Nothing read by one account is shown to the next. */
export function forgetQueries(): void {
  for (const entry of entries.values()) entry.run += 1;
  entries.clear();
}

function entryOf(key: string): Entry {
  const known = entries.get(key);
  if (known) {
    entries.delete(key);
    entries.set(key, known);
    return known;
  }
  const space = key.indexOf(' ');
  const entry: Entry = {
    method: key.slice(0, space) as MethodName,
    input: JSON.parse(key.slice(space + 1)) as Record<string, unknown>,
    state: waiting,
    run: 0,
    isFresh: false,
    listeners: new Set(),
  };
  entries.set(key, entry);
  for (const [other, old] of entries) {
    if (entries.size <= mostEntries) break;
    if (old.listeners.size === 0 && old !== entry) entries.delete(other);
  }
  return entry;
}

async function run(entry: Entry): Promise<void> {
  entry.run += 1;
  entry.isFresh = true;
  const mine = entry.run;
  publish(entry, { ...entry.state, isLoading: true });
  try {
    const value = await read(entry.method, entry.input as never);
    if (mine === entry.run) publish(entry, { value, failure: null, isLoading: false });
  } catch (caught) {
    if (mine !== entry.run) return;
    entry.isFresh = false;
    publish(entry, { value: entry.state.value, failure: failureFrom(caught), isLoading: false });
  }
}

function publish(entry: Entry, state: QueryState<unknown>): void {
  entry.state = state;
  for (const listener of entry.listeners) listener();
}
