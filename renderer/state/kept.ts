import { useLayoutEffect, useRef, useState } from 'react';

// The lock takes every screen away, whatever is open on it. What stood typed there outside the record forms (those
// have their drafts) waits here for the same person to unlock, and is shown again in the same place.

const kept = new Map<string, unknown>();
let isLocked = false;

/** Told before the screens go: what is unmounted from now on is unmounted by the lock, and its typing is kept. */
export function lockTyping(): void {
  if (!isLocked) {
    kept.clear();
    // What a field that chooses from a list gives to its form only when it is left
    const at = document.activeElement;
    if (at instanceof HTMLInputElement && at.role === 'combobox') at.blur();
  }
  isLocked = true;
}

export function unlockTyping(): void {
  isLocked = false;
}

/** Somebody else may sit down now. */
export function forgetTyping(): void {
  isLocked = false;
  kept.clear();
}

/**
 * State that comes through a lock. `name` is one of the whole window's; a screen that is left, or a dialog that is
 * closed, forgets it as any other state.
 */
export function useKept<T>(name: string, first: T | (() => T)) {
  const [value, setValue] = useState<T>(() => {
    if (kept.has(name)) return kept.get(name) as T;
    return first instanceof Function ? first() : first;
  });
  const latest = useRef(value);
  latest.current = value;
  useLayoutEffect(() => {
    kept.delete(name);
    return () => {
      if (isLocked) kept.set(name, latest.current);
    };
  }, [name]);
  return [value, setValue] as const;
}

/** A question about something that asks for a reason: what it is about and what is typed come through a lock. */
export type Asking<T> = {
  about: T | null;
  reason: string;
  ask(about: T): void;
  type(reason: string): void;
  close(): void;
};

export function useAsking<T>(name: string): Asking<T> {
  const [about, setAbout] = useKept<T | null>(name, null);
  const [reason, type] = useKept(`${name} reason`, '');
  const put = (next: T | null) => {
    type('');
    setAbout(() => next);
  };
  return { about, reason, ask: put, type, close: () => put(null) };
}
