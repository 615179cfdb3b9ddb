import { actionFor } from '#renderer/commands/actions.ts';
import { onKeys } from '#renderer/components/ime.ts';

/** Keys of the actions that are offered now. A dialog has all keys for itself but that of locking; a list, Escape. */
export function listenToKeys(): void {
  window.addEventListener(
    'keydown',
    onKeys((event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const action = actionFor(event);
      if (!action) return;
      if (hasDialog() && action.id !== 'lock') return;
      if (event.key === 'Escape' && hasList()) return;
      if (!event.ctrlKey && !event.metaKey && !isNoText.test(event.key) && isTyping(event.target)) return;
      event.preventDefault();
      action.run();
    }),
  );
}

/** Keys that type nothing, wherever they are pressed. */
const isNoText = /^(Escape|F\d+)$/;

/** A `dialog` of the page's own has its role without an attribute, and is drawn above everything (no offset parent). */
const hasDialog = () => document.querySelector('dialog[open]') !== null || isShown('[role=dialog]');
const hasList = () => isShown('.ant-select-dropdown');

const isShown = (selector: string) =>
  [...document.querySelectorAll<HTMLElement>(selector)].some((overlay) => overlay.offsetParent !== null);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}
