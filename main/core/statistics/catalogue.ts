import annual from '#seeds/indicators/annual-2023.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import { catalogueSchema, type IndicatorCatalogue } from '#shared/domain/figures.ts';

let parsedAnnual: IndicatorCatalogue | null = null;

/** The indicators of the annual report: version 1 covers all 151 figures of a report of 2023. Parsed once. */
export function annualCatalogue(): IndicatorCatalogue {
  parsedAnnual ??= parseCatalogue(annual, 'seeds/indicators/annual-2023.json');
  return parsedAnnual;
}

/** Parses a catalogue; a wrong one is refused with the place that is wrong. */
export function parseCatalogue(json: unknown, file: string): IndicatorCatalogue {
  const parsed = catalogueSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', { file, at: parsed.error.issues[0]?.path.join('.') ?? '' });
}
