import type { Day } from '#shared/domain/day.ts';
import { day as dayKind } from '#shared/kinds/day.ts';

/** A day as people type it; null where nothing is typed, or nothing that can be read. */
export function typedDay(text: string, label: string): { day: Day | null; isBad: boolean } {
  if (text.trim() === '') return { day: null, isBad: false };
  const read = dayKind.fromText(text, { kind: 'day', label });
  return read.ok ? { day: read.value as Day, isBad: false } : { day: null, isBad: true };
}
