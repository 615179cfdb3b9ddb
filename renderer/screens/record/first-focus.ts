import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { focusField } from '#renderer/components/focus.ts';
import { useKept } from '#renderer/state/kept.ts';

/** Where the keys were in a form: the field, and how far its text had been written. */
type Place = { path: string | null; caret: number | null };

type Field = HTMLInputElement | HTMLTextAreaElement;
const isField = (target: unknown): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/**
 * The first field gets the focus when a form starts, not at every change. A form that comes back through a lock goes on
 * where it was, with nothing selected: who unlocks types on, and what stands in a field must not give way to that.
 */
export function useFirstFocus(
  body: RefObject<HTMLElement | null>,
  opened: number,
  { isLoading, started }: { isLoading: boolean; started: number },
) {
  const [place] = useKept<Place>(`record ${opened} focus`, () => ({ path: null, caret: null }));
  const comesBack = useRef(place.path !== null);
  useLayoutEffect(() => {
    if (isLoading) return;
    const isBack = comesBack.current;
    comesBack.current = false;
    const first = body.current?.querySelector<HTMLElement>('input:not([disabled]), textarea');
    if (!isBack) {
      if (first) focusField(first);
      return;
    }
    const { path, caret } = place;
    const field = body.current?.querySelector(`[data-path="${CSS.escape(path ?? '')}"]`) ?? first;
    if (!isField(field)) return;
    field.focus();
    field.scrollIntoView({ block: 'nearest' });
    const at = Math.min(caret ?? field.value.length, field.value.length);
    field.setSelectionRange(at, at);
  }, [isLoading, started]);
  // The lock takes the form away as it stands, the caret in its field
  useLayoutEffect(() => {
    return () => {
      const { activeElement: now } = document;
      if (isField(now) && now.dataset.path === place.path) place.caret = now.selectionEnd;
    };
  }, [place]);
  return {
    onFocus: ({ target }: FocusEvent) => {
      if (!isField(target) || target.dataset.path === undefined) return;
      place.path = target.dataset.path;
      place.caret = null;
    },
    onBlur: ({ target }: FocusEvent) => {
      if (isField(target) && target.dataset.path === place.path) place.caret = target.selectionEnd;
    },
  };
}
