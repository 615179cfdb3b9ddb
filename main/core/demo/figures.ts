import { annualCatalogue } from '#core/statistics/catalogue.ts';
import seed from '#seeds/demo/figures.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import { parsePrinted } from '#shared/domain/figures.ts';
import type { DemoPlan } from './plan.ts';
import { createRandom } from './random.ts';

export type DemoFigure = {
  year: number;
  code: string;
  value: number;
  qualifier: string | null;
  printed: string;
};

type Range = { code: string; low: number; high: number; decimals: number; printed: string; step?: number };

/** Hand-entered figures of the plan's last year for every indicator that no ledger holds, so that its report is whole. */
export function demoFigures(plan: DemoPlan): DemoFigure[] {
  const random = createRandom(plan.seed ^ 0x5f1f);
  const ranges = new Map((seed.figures as Range[]).map((range) => [range.code, range]));
  const figures: DemoFigure[] = [];
  for (const { code, unit, source } of annualCatalogue().indicators) {
    const range = ranges.get(code);
    if (source.kind !== 'manual' && !range) continue;
    if (!range) throw new AppError('seed-invalid', { file: 'demo/figures.json', at: code });
    const step = range.step ?? 10 ** -range.decimals;
    const steps = Math.round((range.high - range.low) / step);
    // Drawn for what a ledger gives by now too, so that the others stay those of their seed
    const number = (range.low + random.int(0, steps) * step).toFixed(range.decimals);
    if (source.kind !== 'manual') continue;
    const printed = range.printed.replace('#', number);
    const read = parsePrinted(printed, unit);
    if (!read.ok) throw new AppError('seed-invalid', { file: 'demo/figures.json', at: code });
    figures.push({ year: plan.years.to, code, value: read.value, qualifier: read.qualifier, printed });
  }
  return figures;
}
