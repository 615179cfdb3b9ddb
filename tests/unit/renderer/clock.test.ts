import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { localInstant, today } from '#renderer/state/clock.ts';

const zone = process.env.TZ;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test.each(['America/New_York', 'Asia/Shanghai', 'Asia/Urumqi', 'Pacific/Auckland'])(
  'a form begins on the legal day, also on a PC set to %s',
  (name) => {
    process.env.TZ = name;
    vi.setSystemTime(new Date('2025-12-31T15:59:59Z'));
    expect(today()).toBe('2025-12-31');
    vi.setSystemTime(new Date('2025-12-31T16:00:00Z'));
    expect(today()).toBe('2026-01-01');
  },
);

test.each(['America/New_York', 'UTC', 'Asia/Shanghai'])(
  'an instant is shown by the clock of the country, also on a PC set to %s',
  (name) => {
    process.env.TZ = name;
    expect(localInstant('2025-12-31T15:59:59Z')).toBe('2025-12-31 23:59');
    expect(localInstant('2025-12-31T16:00:00Z')).toBe('2026-01-01 00:00');
    expect(localInstant('kein Zeitpunkt')).toBe('kein Zeitpunkt');
  },
);
