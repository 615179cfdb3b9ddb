import type { BrowserWindow } from 'electron';

export const unseenMs = 10_000;

type Shown = Pick<BrowserWindow, 'show'> & {
  once(event: 'ready-to-show' | 'closed', act: () => void): unknown;
};

/**
 * Shows a window with its first picture. Where the driver of a display draws none, Chromium never tells of one, and a
 * program that nobody sees would keep every further start away: then the window is shown as it is, and can be closed.
 */
export function showOnce(window: Shown): void {
  let isOver = false;
  const over = (show: () => void) => () => {
    clearTimeout(limit);
    if (!isOver) show();
    isOver = true;
  };
  const limit = setTimeout(
    over(() => window.show()),
    unseenMs,
  );
  limit.unref();
  window.once(
    'ready-to-show',
    over(() => window.show()),
  );
  window.once(
    'closed',
    over(() => undefined),
  );
}
