import { escapeMarkup, pagePolicy } from '#shared/document/markup.ts';

/** Widths are in characters: a full-width one is one. */
type ListColumn = {
  label: string;
  weight: number;
  isAmount: boolean;
  /** Numbers, days and amounts: as wide as the longest of them and never broken. */
  isFixed?: boolean;
};

/**
 * A list for paper: A4 landscape, the heading of the table on every page, texts that wrap instead of being cut. Where
 * the columns need it the letters are smaller, and what is too many even then stands in further tables behind, each
 * with the order and the first column again.
 */
type ListPage = {
  title: string;
  /** Facts above the table, left and right. */
  facts: readonly string[];
  columns: readonly ListColumn[];
  rows: readonly (readonly string[])[];
  empty: string;
  /** Labels of the lines below the table on which somebody signs. */
  signatures?: readonly string[];
  /** To be read from where one works: larger letters, for what is short. */
  isForWall?: boolean;
};

/** Room is left below for the page numbers, which are stamped as on every document (page-numbers.ts). */
const style = `@page{size:A4 landscape;margin:10mm 12mm 33mm 14mm}
*{box-sizing:border-box}
body{margin:0;font:9pt/1.25 "Noto Sans CJK SC","Microsoft YaHei",SimHei,sans-serif;color:#000}
body.wall{font-size:12.5pt;line-height:1.4}
body.size8{font-size:8pt;line-height:1.2}
body.size7{font-size:7pt;line-height:1.2}
table.further{break-before:page}
h1{margin:0 0 2mm;font-size:16pt;line-height:1.3;text-align:center;font-weight:600}
.facts{display:flex;flex-wrap:wrap;gap:0 6mm;margin:0 0 2mm;padding:0;list-style:none}
.signed{display:flex;flex-wrap:wrap;gap:9mm 0;margin:7mm 0 0;padding:0;list-style:none;break-inside:avoid}
.signed li{flex:0 0 33%;min-width:60mm}
table{width:100%;border-collapse:collapse;table-layout:fixed}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:0.3mm solid #000;padding:0.5mm 1mm;vertical-align:top;text-align:left;overflow-wrap:anywhere;
  white-space:pre-line}
th{background:#eee;text-align:center;font-weight:600;vertical-align:middle}
td.order,td.amount,td.fixed{white-space:nowrap;font-variant-numeric:tabular-nums}
td.order,td.amount{text-align:right}`;

/** The order, up to 9,999. */
const orderWeight = 3.6;
/** A text column with less than this breaks words that should stay whole. */
const tightest = 4.6;
/** What a line of the page holds at each size of letters, with the lines of the table taken off. */
const sizes = [
  { size: 9, room: 83 },
  { size: 8, room: 94 },
  { size: 7, room: 107 },
] as const;

const sumOf = (widths: readonly number[]) => widths.reduce((sum, one) => sum + one, 0);
const leastOf = ({ weight, isFixed }: ListColumn) => (isFixed ? weight : Math.min(weight, tightest));

/** Where a line has too little room, the widest columns of text give way, so that short words stay whole. */
function fitted(columns: readonly ListColumn[], room: number): number[] {
  let most = Math.max(...columns.map(({ weight }) => weight));
  const widths = () => columns.map((one) => (one.isFixed ? one.weight : Math.min(one.weight, most)));
  while (sumOf(widths()) > room && most > tightest) most -= 0.2;
  return widths();
}

/** With this a column is read at ease. */
const easyOf = (column: ListColumn) => Math.max(leastOf(column), column.weight * 0.7);

/** The largest letters with which nothing is squeezed; else the smallest, and as many tables as it takes. */
function laidOut(columns: readonly ListColumn[]): { room: number; size: number; blocks: number[][] } {
  const all = columns.map((_column, at) => at);
  const needs = (block: readonly number[]) =>
    orderWeight + sumOf(block.map((at) => easyOf(columns[at] as ListColumn)));
  const fit = sizes.find(({ room }) => needs(all) <= room);
  if (fit) return { ...fit, blocks: [all] };
  const smallest = sizes[sizes.length - 1] as (typeof sizes)[number];
  const [first = 0, ...others] = all;
  const blocks: number[][] = [];
  for (const at of others) {
    const block = blocks.at(-1);
    if (block && needs([...block, at]) <= smallest.room) block.push(at);
    else blocks.push([first, at]);
  }
  return { ...smallest, blocks };
}

export function listHtml(
  { title, facts, columns, rows, empty, signatures = [], isForWall = false }: ListPage,
  orderLabel: string,
): string {
  const { size, room, blocks } = laidOut(columns);
  const tables = blocks.map((block, at) => {
    const shown = block.flatMap((index) => columns[index] ?? []);
    return tableHtml(
      shown,
      rows.map((row) => block.map((index) => row[index] ?? '')),
      {
        room,
        empty,
        orderLabel,
        isFurther: at > 0,
      },
    );
  });
  return (
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">${pagePolicy()}<title>${escapeMarkup(title)}</title>` +
    `<style>${style}</style></head><body class="${isForWall ? 'wall' : `size${size}`}"><h1>${escapeMarkup(title)}</h1>` +
    `<ul class="facts">${facts.map((fact) => `<li>${escapeMarkup(fact)}</li>`).join('')}</ul>` +
    `${tables.join('\n')}${signedHtml(signatures)}</body></html>`
  );
}

/** Room to write beside each label; never parted from one another. */
function signedHtml(labels: readonly string[]): string {
  if (labels.length === 0) return '';
  return `<ul class="signed">${labels.map((label) => `<li>${escapeMarkup(label)}</li>`).join('')}</ul>`;
}

type TableOf = { room: number; empty: string; orderLabel: string; isFurther: boolean };

function tableHtml(
  columns: readonly ListColumn[],
  rows: readonly (readonly string[])[],
  { room, empty, orderLabel, isFurther }: TableOf,
): string {
  const widths = [orderWeight, ...fitted(columns, room - orderWeight)];
  const all = sumOf(widths);
  const width = (weight: number) => `<col style="width:${((100 * weight) / all).toFixed(2)}%">`;
  const kinds = columns.map(({ isAmount, isFixed }) =>
    isAmount ? ' class="amount"' : isFixed ? ' class="fixed"' : '',
  );
  const cells = (row: readonly string[]) =>
    row.map((text, at) => `<td${kinds[at] ?? ''}>${escapeMarkup(text)}</td>`).join('');
  const body = rows.map((row, at) => `<tr><td class="order">${at + 1}</td>${cells(row)}</tr>`).join('\n');
  const none = `<tr><td colspan="${columns.length + 1}">${escapeMarkup(empty)}</td></tr>`;
  return (
    `<table${isFurther ? ' class="further"' : ''}><colgroup>${widths.map(width).join('')}</colgroup>` +
    `<thead><tr><th scope="col">${escapeMarkup(orderLabel)}</th>` +
    `${columns.map(({ label }) => `<th scope="col">${escapeMarkup(label)}</th>`).join('')}</tr></thead>` +
    `<tbody>${rows.length === 0 ? none : body}</tbody></table>`
  );
}
