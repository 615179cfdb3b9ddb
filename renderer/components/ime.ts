import type { KeyboardEvent as ReactKeyboardEvent } from 'react';

/**
 * Keys that belong to an input method are nobody else's. Three signs are needed: `isComposing`; key code 229, which
 * Chromium gives the key that starts a composition; and the time since the last `compositionend`, because some input
 * methods end the composition first and then let the same Enter through as an ordinary key.
 * Every keydown handler of the window goes through `onKeys` (a test looks for those that do not).
 */

type AnyKeyEvent = KeyboardEvent | ReactKeyboardEvent;

const raceMs = 30;
let endedAt = Number.NEGATIVE_INFINITY;

if (typeof document !== 'undefined') {
  document.addEventListener('compositionend', (event) => (endedAt = event.timeStamp), true);
}

export function isImeKey(event: AnyKeyEvent, lastEnd: number = endedAt): boolean {
  const native = 'nativeEvent' in event ? event.nativeEvent : event;
  if (native.isComposing || native.keyCode === 229) return true;
  const isEnder =
    native.key === 'Enter' || native.key === ' ' || native.key === 'Escape' || native.key === 'Tab';
  return isEnder && native.timeStamp - lastEnd < raceMs;
}

/** Wraps a keydown handler so that it never sees a key of an input method. */
export function onKeys<E extends AnyKeyEvent>(handler: (event: E) => void): (event: E) => void {
  return (event) => {
    if (!isImeKey(event)) handler(event);
  };
}
