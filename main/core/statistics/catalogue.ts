import annual from '#seeds/indicators/annual-2023.json' with { type: 'json' };
import correction from '#seeds/indicators/correction.json' with { type: 'json' };
import mediation from '#seeds/indicators/mediation.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import { catalogueSchema, type IndicatorCatalogue } from '#shared/domain/figures.ts';

let parsedAnnual: IndicatorCatalogue | null = null;

/**
 * The indicators of the annual report (version 1 covers all 151 figures of a report of 2023) with the supporting ones
 * of the statistics of people's mediation and of community correction, which no sentence of the report prints. Parsed once.
 */
export function annualCatalogue(): IndicatorCatalogue {
  parsedAnnual ??= joined([
    parseCatalogue(annual, 'seeds/indicators/annual-2023.json'),
    parseCatalogue(mediation, 'seeds/indicators/mediation.json'),
    parseCatalogue(correction, 'seeds/indicators/correction.json'),
  ]);
  return parsedAnnual;
}

/** Catalogues as one, named by the first; no code may stand in two. */
function joined(catalogues: readonly [IndicatorCatalogue, ...IndicatorCatalogue[]]): IndicatorCatalogue {
  const indicators = catalogues.flatMap((catalogue) => catalogue.indicators);
  return parseCatalogue({ ...catalogues[0], indicators }, 'seeds/indicators');
}

/** Parses a catalogue; a wrong one is refused with the place that is wrong. */
export function parseCatalogue(json: unknown, file: string): IndicatorCatalogue {
  const parsed = catalogueSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', { file, at: parsed.error.issues[0]?.path.join('.') ?? '' });
}
