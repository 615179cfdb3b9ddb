import { AppError } from '#shared/api/errors.ts';
import type { IndicatorDefinition } from '#shared/domain/figures.ts';
import { type FigureColumn, figureColumnWords } from '#shared/text/figure-table.ts';

/** Rows of a table of figures and the indicators they mean: pure, wherever the table came from. */

/** A data row; absent columns are ''. `line` counts from 1, the headings included. */
export type FigureRow = { line: number } & Record<FigureColumn, string>;

export type MatchedRow = { row: FigureRow; definition: IndicatorDefinition };

const columns = Object.keys(figureColumnWords) as FigureColumn[];

/** Where each known column stands; null where the headings do not name a value and what it is the value of. */
export function findColumns(headings: readonly string[]): Map<FigureColumn, number> | null {
  const found = new Map<FigureColumn, number>();
  headings.forEach((heading, index) => {
    const written = comparable(heading).replace(/[_()-]/g, '');
    const column = columns.find((one) => figureColumnWords[one].includes(written));
    if (column !== undefined && !found.has(column)) found.set(column, index);
  });
  return found.has('printed') && (found.has('code') || found.has('name')) ? found : null;
}

/** Cells of a record as a row. */
export function rowFrom(
  at: ReadonlyMap<FigureColumn, number>,
  cells: readonly string[],
  line: number,
): FigureRow {
  const cell = (column: FigureColumn) => cells[at.get(column) ?? -1]?.trim() ?? '';
  return {
    line,
    code: cell('code'),
    section: cell('section'),
    topic: cell('topic'),
    name: cell('name'),
    unit: cell('unit'),
    printed: cell('printed'),
  };
}

/**
 * Finds the indicator of every row that has a value: by code, else by section, topic and name, else, where the table
 * has neither section nor topic, by a name that only one indicator bears. Spaces, quotes and full-width forms make no
 * difference. Throws `csv-duplicate` for two rows of one indicator; rows that mean none are named in `unknown`.
 */
export function matchRows(
  rows: readonly FigureRow[],
  definitions: readonly IndicatorDefinition[],
): { matched: MatchedRow[]; unknown: string[] } {
  const find = finder(definitions);
  const seen = new Map<string, number>();
  const matched: MatchedRow[] = [];
  const unknown: string[] = [];
  for (const row of rows) {
    if (row.printed === '') continue;
    const definition = find(row);
    if (definition === undefined) {
      unknown.push(row.name || row.code);
      continue;
    }
    const first = seen.get(definition.code);
    if (first !== undefined) {
      throw new AppError('csv-duplicate', { name: definition.name, first, second: row.line });
    }
    seen.set(definition.code, row.line);
    matched.push({ row, definition });
  }
  return { matched, unknown };
}

/** Text as it is compared: without what differs from hand to hand. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s"'“”‘’「」『』]/g, '')
    .toLowerCase();
}

function finder(
  definitions: readonly IndicatorDefinition[],
): (row: FigureRow) => IndicatorDefinition | undefined {
  const byCode = new Map(definitions.map((one) => [one.code, one]));
  const byPlace = new Map(definitions.map((one) => [placeOf(one), one]));
  const byName = new Map<string, IndicatorDefinition | undefined>();
  for (const one of definitions) {
    const name = comparable(one.name);
    byName.set(name, byName.has(name) ? undefined : one);
  }
  return (row) =>
    byCode.get(row.code) ??
    (row.section === '' && row.topic === '' ? byName.get(comparable(row.name)) : byPlace.get(placeOf(row)));
}

function placeOf(one: { section: string; topic: string; name: string }): string {
  return [one.section, one.topic, one.name].map(comparable).join('\n');
}
