import type { FigureRow } from '#shared/domain/csv.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';

/**
 * What throw-away helpers can be asked for; inputs and answers can be cloned. Each loads its libraries only when it
 * runs, so that the long-lived threads start without them.
 */
export const helperTasks = {
  'figures.readTable': async (input: { bytes: Uint8Array; file: string }): Promise<FigureRow[]> =>
    (await import('#core/statistics/figure-table.ts')).readFigureTable(input),
  'report.docx': async (document: ResolvedDocument): Promise<Uint8Array> =>
    (await import('#core/reports/annual.ts')).toDocx(document),
};
