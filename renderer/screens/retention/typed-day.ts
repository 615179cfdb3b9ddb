import { type Day, isDay } from '#shared/domain/day.ts';

/** What a field for days holds: a day, nothing, or something that cannot be read. */
export const typedDay = (text: string): { day: Day | null; isBad: boolean } => ({
  day: isDay(text) ? text : null,
  isBad: text.trim() !== '' && !isDay(text),
});
