import { type Day, dayInChina } from '#shared/domain/day.ts';
import { shortInstant } from '#shared/text/words.ts';

/** The legal day, as the core counts it. The only place of the window that asks the clock. */
export const today = (): Day => dayInChina(Date.now());

/** '2025-03-01 09:30' by the clock of the country: beside a legal day no other one will do, whatever the PC is set to. */
export const localInstant = (at: string): string => shortInstant(at);
