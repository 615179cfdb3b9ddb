import { type Day, dayInChina } from '#shared/domain/day.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** The legal day, as the core counts it. The only place of the window that asks the clock. */
export const today = (): Day => dayInChina(Date.now());

/** '2025-03-01 09:30' in local time for an instant of the core. */
export function localInstant(at: string): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day} ${two(instant.getHours())}:${two(instant.getMinutes())}`;
}
