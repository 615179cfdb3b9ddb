import { asDay, type Day } from '#shared/domain/day.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** The calendar day where the clerk sits. The only place of the window that asks the clock. */
export function today(): Day {
  const now = new Date();
  return asDay(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`);
}

/** '2025-03-01 09:30' in local time for an instant of the core. */
export function localInstant(at: string): string {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return at;
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day} ${two(instant.getHours())}:${two(instant.getMinutes())}`;
}
