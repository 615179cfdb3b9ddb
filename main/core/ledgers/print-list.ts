import type { z } from 'zod';
import type { ReadDb } from '#core/db/connection.ts';
import { id, join, type Sql, sql } from '#core/db/sql.ts';
import { AppError } from '#shared/api/errors.ts';
import type { ListInput } from '#shared/api/inputs.ts';
import type { Published } from '#shared/api/mapping-types.ts';
import { type DecidedMapping, mappingTitle } from '#shared/domain/code-mapping.ts';
import { yuanTableText } from '#shared/domain/money.ts';
import { kindOf } from '#shared/kinds/all.ts';
import type { FieldSpec, LabelContext } from '#shared/kinds/kind.ts';
import { columnOf, type LedgerSpec, orderColumnOf } from '#shared/ledgers/describe.ts';
import { mappingText } from '#shared/text/mappings.ts';
import { numberingText } from '#shared/text/numbering.ts';
import { listText } from '#shared/text/records.ts';
import { sortFields } from './list-page.ts';
import { type Part, whereAll } from './list-parts.ts';
import { mostInYear } from './numbering.ts';
import { fieldsBehind, publishedOfRow } from './published.ts';
import { fromColumn, type TableRow } from './table.ts';
import type { Veil } from './veil.ts';

const mostPrinted = 10_000;

export type PrintedColumn = { label: string; weight: number; isAmount: boolean; isFixed: boolean };
export type PrintedList = { columns: PrintedColumn[]; rows: string[][] };
/** `veil`: for a session that sees no names. */
type Around = { labels: LabelContext; veil: Veil | null };
type Asked = Pick<z.infer<typeof ListInput>, 'filter' | 'sort'>;

/** Fields of the list as the screen shows it, its headline before them and the state after them. */
const listedFields = (ledger: LedgerSpec) =>
  Object.keys(ledger.fields).filter((name) => ledger.fields[name]?.list !== undefined);

/** Fields of the register of a year: those of the list, what a simple record needs, and what the description adds. */
function bookFields(ledger: LedgerSpec): string[] {
  const brief = new Set([...(ledger.brief ?? []), ...(ledger.book ?? [])]);
  return Object.entries(ledger.fields)
    .filter(([name, { list, kind }]) => list !== undefined || (brief.has(name) && kind !== 'note'))
    .map(([name]) => name);
}

function headlineLabel(ledger: LedgerSpec): string {
  const { headline } = ledger;
  return 'children' in headline
    ? (listText.headline[ledger.name] ?? ledger.children[headline.children]?.title ?? ledger.noun)
    : (ledger.fields[headline.field]?.label ?? ledger.noun);
}

/** The list as filtered and in its order. Throws `list-too-long`. */
export function printedList(
  db: ReadDb,
  ledger: LedgerSpec,
  around: Around,
  asked: Pick<Asked, 'sort'> & { parts: readonly Part[] },
  mappings: readonly DecidedMapping[] = [],
): PrintedList {
  const sort = asked.sort ?? { field: ledger.day, descending: true };
  if (!sortFields(ledger).includes(sort.field)) throw new AppError('filter-unknown', { field: sort.field });
  const { headline } = ledger;
  const fields = listedFields(ledger).filter((name) => !('field' in headline) || headline.field !== name);
  const direction = sort.descending ? sql`desc` : sql`asc`;
  const order = [...new Set([sort.field, ledger.day])].map(
    (field) => sql`${id(orderColumnOf(ledger, field))} ${direction}`,
  );
  const rows =
    db.all<TableRow>(sql`select ${columnsFor([...fields, ...fieldsBehind(mappings)])} from ${id(ledger.table)}
    ${whereAll(asked.parts.map(({ lead }) => lead))} order by ${join(order)}, seq ${direction} limit ${mostPrinted + 1}`);
  return printed(ledger, rows, around, ['title', ...fields], mappings);
}

/** The register of a year: every record that has a number, void ones too, in the order of the numbers. */
export function printedBook(
  db: ReadDb,
  ledger: LedgerSpec,
  around: Around,
  { year, isSeen }: { year: number; isSeen: Sql | null },
  mappings: readonly DecidedMapping[] = [],
): PrintedList {
  const { number } = ledger;
  if (!number) throw new AppError('filter-unknown', { field: 'year' });
  const fields = bookFields(ledger);
  // A number belongs to the year that stands in it, whatever became of the day since.
  const inOrder = id(orderColumnOf(ledger, number.field));
  const rows =
    db.all<TableRow>(sql`select ${columnsFor([...fields, ...fieldsBehind(mappings)])} from ${id(ledger.table)}
    where ${inOrder} >= ${year * mostInYear} and ${inOrder} < ${(year + 1) * mostInYear}
    ${isSeen === null ? sql`` : sql`and ${isSeen}`}
    order by ${inOrder}, seq limit ${mostPrinted + 1}`);
  const [first = '', ...others] = [number.field, ...fields.filter((name) => name !== number.field)];
  return printed(ledger, rows, around, [first, 'title', ...others], mappings);
}

const columnsFor = (fields: readonly string[]) =>
  join([...new Set(['seq', 'id', 'title', 'state', ...fields.map(columnOf)])].map(id));

/** Widths in characters: what nine of ten texts of a column need, and no column squeezed or spread over the page. */
const fitting = 0.9;
const narrowest = 3.5;
const widest = 18;
const padding = 1.2;

const widthOf = (text: string) =>
  Array.from(text).reduce((sum, sign) => sum + (sign.charCodeAt(0) < 0x2000 ? 0.58 : 1), 0);

function weightOf(label: string, texts: readonly string[], isFixed: boolean): number {
  const widths = texts.map(widthOf).sort((one, other) => one - other);
  const share = isFixed ? 1 : fitting;
  const most = widths[Math.min(widths.length - 1, Math.floor(widths.length * share))] ?? 0;
  if (isFixed) return padding + Math.max(narrowest, most, widthOf(label) / 2);
  // A heading may stand on two lines.
  return padding + Math.min(widest, Math.max(narrowest, most, widthOf(label) / 2));
}

function printed(
  ledger: LedgerSpec,
  found: readonly TableRow[],
  { labels, veil }: Around,
  order: readonly string[],
  mappings: readonly DecidedMapping[],
): PrintedList {
  if (found.length > mostPrinted) throw new AppError('list-too-long', { most: mostPrinted });
  const rows = veil ? veil.tableRows(ledger, found) : found;
  const titles = new Map<string, string>();
  const kept: LabelContext = {
    ...labels,
    titleOf(register, recordId) {
      const known = titles.get(recordId);
      if (known !== undefined) return known;
      const title = labels.titleOf(register, recordId) ?? '';
      titles.set(recordId, title);
      return title;
    },
  };
  const texts = rows.map((row) => [
    ...order.map((name) => cell(ledger.fields[name], name, row, kept)),
    ledger.workflow.states[String(row.state)]?.label ?? String(row.state),
    ...mappings.map((mapping) => publishedText(publishedOfRow(ledger, mapping, row))),
  ]);
  const headings = [
    ...order.map((name) => ledger.fields[name]?.label ?? headlineLabel(ledger)),
    listText.state,
    ...mappings.map(mappingTitle),
  ];
  const columns = headings.map((label, at): PrintedColumn => {
    const name = order[at] ?? '';
    const kind = ledger.fields[name]?.kind;
    const isFixed = name === ledger.number?.field || kind === 'day' || kind === 'money' || kind === 'count';
    const weight = weightOf(
      label,
      texts.map((row) => row[at] ?? ''),
      isFixed,
    );
    return { label, weight, isAmount: kind === 'money', isFixed };
  });
  return { columns, rows: texts };
}

/** Code and name; a dash where the list has nothing for it, and a mark on what nobody has verified. */
function publishedText(published: Published): string {
  const text = 'code' in published ? mappingText.coded(published.code, published.label) : mappingText.dash;
  return published.isVerified ? text : `${text}${mappingText.mark}`;
}

function cell(spec: FieldSpec | undefined, name: string, row: TableRow, labels: LabelContext): string {
  if (!spec) return String(row[name] ?? '');
  const value = fromColumn(row[columnOf(name)], spec.kind === 'flag');
  if (value === null || value === '') return '';
  if (spec.kind === 'money') return yuanTableText(Number(value));
  return kindOf(spec.kind).toText(value, spec, labels);
}

/** The conditions of a list in words. */
export function conditionsText(
  ledger: LedgerSpec,
  asked: Asked,
  labels: LabelContext,
  units: LabelContext['areaOf'],
) {
  return Object.entries(asked.filter ?? {}).map(([field, wanted]) => {
    const spec = ledger.fields[field];
    const label = field === 'state' ? listText.state : (spec?.label ?? listText.unit);
    const text = (value: unknown): string => {
      if (value === null) return field === ledger.number?.field ? numberingText.pending : listText.blank;
      if (field === 'state') return ledger.workflow.states[String(value)]?.label ?? String(value);
      if (field === 'unitId') return units(String(value)) ?? String(value);
      return spec ? kindOf(spec.kind).toText(value, spec, labels) : String(value);
    };
    if (Array.isArray(wanted)) return listText.isOneOf(label, wanted.map(text));
    if (typeof wanted === 'object' && wanted !== null) return listText.between(label, wanted.from, wanted.to);
    return listText.isOneOf(label, [text(wanted)]);
  });
}
