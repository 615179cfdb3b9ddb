import { actionFor } from '#renderer/commands/actions.ts';
import { onKeys } from '#renderer/components/ime.ts';

/** Keys of the actions that are offered now. What a dialog or a list has open keeps Escape for itself. */
export function listenToKeys(): void {
  window.addEventListener(
    'keydown',
    onKeys((event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat) return;
      const action = actionFor(event);
      if (!action) return;
      if (event.key === 'Escape' && hasOverlay()) return;
      if (!event.ctrlKey && !event.metaKey && event.key !== 'Escape' && isTyping(event.target)) return;
      event.preventDefault();
      action.run();
    }),
  );
}

function hasOverlay(): boolean {
  return [...document.querySelectorAll('[role=dialog], .ant-select-dropdown')].some(
    (overlay) => overlay instanceof HTMLElement && overlay.offsetParent !== null,
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;
}
