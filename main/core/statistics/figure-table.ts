import { AppError } from '#shared/api/errors.ts';
import { type FigureRow, findColumns, rowFrom } from '#shared/domain/csv.ts';
import { readTable } from './table-file.ts';

/**
 * Reads a CSV table of figures. `file` is the name that sentences give.
 * Throws `csv-encoding`, `csv-broken`, `csv-no-heading`, `csv-empty`. Runs in a helper.
 */
export function readFigureTable({ bytes, file }: { bytes: Uint8Array; file: string }): FigureRow[] {
  const [headings, ...records] = readTable(bytes, file);
  const columns = findColumns(headings?.cells ?? []);
  if (columns === null) throw new AppError('csv-no-heading', { file });
  if (records.length === 0) throw new AppError('csv-empty', { file });
  return records.map(({ cells, line }) => rowFrom(columns, cells, line));
}
