import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { IndicatorDefinition } from '#shared/domain/figures.ts';

/** What the bureau divides a rate by, where no text settles it: the indicator's code by the rate's. */
export type ChosenBases = Readonly<Record<string, string>>;

export function chosenBases(db: ReadDb): ChosenBases {
  return JSON.parse(readSetting(db, 'indicatorBases') ?? '{}') as ChosenBases;
}

/** The denominator of a rate: as chosen, as long as the catalogue offers it; null for what is no rate. */
export function baseOf(chosen: ChosenBases, { code, source }: IndicatorDefinition): string | null {
  if (source.kind !== 'ratio') return null;
  const wanted = chosen[code];
  return wanted !== undefined && source.choices?.includes(wanted) ? wanted : source.denominator;
}

/** Throws `indicator-base` for what the catalogue does not offer. */
export function chooseBase(db: WriteDb, definition: IndicatorDefinition, base: string): void {
  const { code, name, source } = definition;
  if (source.kind !== 'ratio' || source.choices?.includes(base) !== true)
    throw new AppError('indicator-base', { name });
  writeSetting(db, 'indicatorBases', JSON.stringify({ ...chosenBases(db), [code]: base }));
}
