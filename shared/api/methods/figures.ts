import { z } from 'zod';
import type { Figure } from '#shared/domain/figures.ts';
import { command, job, output, query } from '../define.ts';
import { grant, nothing, year } from '../inputs.ts';
import type * as T from '../types.ts';

/** Figures of a year and the report. */
export const figureMethods = {
  'indicator.list': query(
    z.strictObject({ year, unit: z.string().max(12).optional(), isOutside: z.boolean().optional() }),
    output<T.Figures>(),
    {
      rights: 'figures.read',
    },
  ),
  'indicator.records': query(
    z.strictObject({
      year,
      code: z.string().max(80),
      offset: z.int().min(0).optional(),
      limit: z.int().min(1).max(100_000).optional(),
    }),
    output<T.RecordsBehind>(),
    { rights: 'figures.read', audited: 'view' },
  ),
  /** A table of the figures of a section; for `isOutside` without cells of one or two persons. */
  'indicator.print': query(
    z.strictObject({ year, section: z.string().max(40), isOutside: z.boolean().optional() }),
    output<T.PrintedPage>(),
    { rights: 'figures.read', audited: true },
  ),
  'indicator.years': query(nothing, output<number[]>(), { rights: 'figures.read' }),
  'indicator.enter': command(
    z.strictObject({ year, code: z.string().max(80), printed: z.string().max(60).nullable() }),
    output<Figure>(),
    { rights: 'figures.write', wide: true, audited: true },
  ),
  'indicator.chooseBase': command(
    z.strictObject({ code: z.string().max(80), base: z.string().max(80) }),
    output<{ code: string; base: string }>(),
    { rights: 'figures.write', wide: true, audited: true },
  ),
  'indicator.import': job(z.strictObject({ year, file: grant }), output<T.FiguresImported>(), {
    rights: 'figures.write',
    wide: true,
    audited: true,
  }),
  'report.preview': query(z.strictObject({ year }), output<T.ReportPreview>(), {
    rights: 'report.make',
    wide: true,
  }),
  'report.make': query(
    z.strictObject({ year, out: grant, overwrite: z.boolean().optional() }),
    output<T.ReportMade>(),
    { rights: 'report.make', wide: true, audited: true },
  ),
} as const;
