import { useEffect, useRef } from 'react';

/** What can be done now: one object for the button, the key and the command palette. */
export type Action = {
  id: string;
  label: string;
  /** As shown: 'Ctrl+S', 'Insert'. */
  shortcut?: string;
  isEnabled: boolean;
  run(): void;
};

const groups = new Map<string, { current: readonly Action[] }>();

/** Offers actions as long as the component is there; those of the newest group come first. */
export function useActions(group: string, actions: readonly Action[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    groups.set(group, latest);
    return () => {
      if (groups.get(group) === latest) groups.delete(group);
    };
  }, [group]);
}

export function currentActions(): Action[] {
  return [...groups.values()].reverse().flatMap(({ current }) => current);
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** 'Ctrl+Shift+S' for a key event; a Mac's command key counts as Ctrl. */
export function shortcutOf(event: Keys): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const held = [
    ...(event.ctrlKey || event.metaKey ? ['Ctrl'] : []),
    ...(event.altKey ? ['Alt'] : []),
    ...(event.shiftKey ? ['Shift'] : []),
  ];
  return [...held, key].join('+');
}

export function actionFor(event: Keys): Action | null {
  const wanted = shortcutOf(event);
  return currentActions().find(({ shortcut, isEnabled }) => isEnabled && shortcut === wanted) ?? null;
}
