import { useLayoutEffect, useRef } from 'react';

const fields = 'input:not([disabled]):not([type=hidden]), textarea:not([disabled]), [data-enter-stop]';

/** Moves the focus to the next (or previous) field of the form around; false at its end. */
export function focusBeside(from: HTMLElement, step: 1 | -1): boolean {
  const form = from.closest('[data-form]');
  if (!form) return false;
  const all = [...form.querySelectorAll<HTMLElement>(fields)].filter((field) => field.offsetParent !== null);
  const next = all[all.indexOf(from) + step];
  if (!next) return false;
  focusField(next);
  return true;
}

export function focusField(field: HTMLElement): void {
  field.focus();
  field.scrollIntoView({ block: 'nearest' });
  if (field instanceof HTMLInputElement) field.select();
}

/** The field of a form at a path such as `parties.0.name`; false where it is not shown. */
export function focusPath(form: ParentNode | null, path: string): boolean {
  const field = form?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`);
  if (!field) return false;
  focusField(field);
  return true;
}

/**
 * Where nobody has the focus, or only the screen around, it goes to where the screen wants it (`data-home`: a list), or
 * to the screen itself: what was drawn under a question could not take it.
 */
export function focusScreen(): void {
  const content = document.getElementById('content');
  const { activeElement: now } = document;
  if (now !== document.body && now !== content) return;
  const home = content?.querySelector<HTMLElement>('[data-home]') ?? content;
  home?.focus();
}

/** After a question the keys go on where they were, whatever was answered. A dialog taken off the page does not see to it. */
export function useFocusBack(isOpen: boolean): void {
  const before = useRef<Element | null>(null);
  if (isOpen) before.current ??= document.activeElement;
  useLayoutEffect(() => {
    if (isOpen) return;
    const { current } = before;
    before.current = null;
    if (current instanceof HTMLElement && current.isConnected) current.focus();
  }, [isOpen]);
}
