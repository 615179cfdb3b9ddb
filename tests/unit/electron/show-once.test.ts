import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showOnce, unseenMs } from '#electron/show-once.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aWindow() {
  const events = new EventEmitter();
  const show = vi.fn();
  showOnce({ show, once: (event, act) => events.once(event, act) });
  return { show, tell: (event: string) => events.emit(event) };
}

test('a window is shown with its first picture, once', () => {
  const { show, tell } = aWindow();
  vi.advanceTimersByTime(unseenMs - 1);
  expect(show).not.toHaveBeenCalled();
  tell('ready-to-show');
  expect(show).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2 * unseenMs);
  expect(show).toHaveBeenCalledTimes(1);
});

test('a window of which no picture ever comes is shown as it is, and not raised again by a late one', () => {
  const { show, tell } = aWindow();
  vi.advanceTimersByTime(unseenMs);
  expect(show).toHaveBeenCalledTimes(1);
  tell('ready-to-show');
  expect(show).toHaveBeenCalledTimes(1);
});

test('a window that was closed meanwhile is left alone', () => {
  const { show, tell } = aWindow();
  tell('closed');
  vi.advanceTimersByTime(2 * unseenMs);
  expect(show).not.toHaveBeenCalled();
});
