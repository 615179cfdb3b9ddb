import annual from '#seeds/indicators/annual-2023.json' with { type: 'json' };
import correction from '#seeds/indicators/correction.json' with { type: 'json' };
import mediation from '#seeds/indicators/mediation.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import {
  catalogueSchema,
  type IndicatorCatalogue,
  type IndicatorDefinition,
} from '#shared/domain/figures.ts';

let parsedAnnual: IndicatorCatalogue | null = null;

/**
 * The indicators of the annual report (version 1 covers all 151 figures of a report of 2023) with the supporting ones
 * of the statistics of people's mediation and of community correction, which no sentence of the report prints. Parsed once.
 */
export function annualCatalogue(): IndicatorCatalogue {
  // Checked as one: an indicator may rest on those of another file, and no code may stand in two
  parsedAnnual ??= parseCatalogue({ ...annual, indicators: everyIndicator() }, 'seeds/indicators');
  return parsedAnnual;
}

const everyIndicator = (): unknown[] =>
  [annual, mediation, correction].flatMap((catalogue): unknown[] => catalogue.indicators);

/** Throws `indicator-unknown`. */
export function findDefinition(code: string): IndicatorDefinition {
  const definition = annualCatalogue().indicators.find((one) => one.code === code);
  if (!definition) throw new AppError('indicator-unknown', { code });
  return definition;
}

/** Parses a catalogue; a wrong one is refused with the place that is wrong. */
export function parseCatalogue(json: unknown, file: string): IndicatorCatalogue {
  const parsed = catalogueSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('seed-invalid', { file, at: parsed.error.issues[0]?.path.join('.') ?? '' });
}
