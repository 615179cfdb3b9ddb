import { escapeMarkup, pagePolicy } from '#shared/document/markup.ts';

/** A list for paper: A4 landscape, the heading of the table on every page, texts that wrap instead of being cut. */
type ListPage = {
  title: string;
  /** Facts above the table, left and right. */
  facts: readonly string[];
  columns: readonly { label: string; weight: number; isAmount: boolean }[];
  rows: readonly (readonly string[])[];
  empty: string;
  /** Smaller letters, for many columns. */
  isDense?: boolean;
};

/** Room is left below for the page numbers, which are stamped as on every document (page-numbers.ts). */
const style = `@page{size:A4 landscape;margin:10mm 12mm 33mm 14mm}
*{box-sizing:border-box}
body{margin:0;font:9pt/1.25 "Noto Sans CJK SC","Microsoft YaHei",SimHei,sans-serif;color:#000}
body.dense{font-size:8pt;line-height:1.2}
h1{margin:0 0 2mm;font-size:16pt;line-height:1.3;text-align:center;font-weight:600}
.facts{display:flex;flex-wrap:wrap;gap:0 6mm;margin:0 0 2mm;padding:0;list-style:none}
table{width:100%;border-collapse:collapse;table-layout:fixed}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:0.3mm solid #000;padding:0.5mm 1mm;vertical-align:top;text-align:left;overflow-wrap:anywhere;
  white-space:pre-line}
th{background:#eee;text-align:center;font-weight:600;vertical-align:middle}
td.order,td.amount{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}`;

/** In characters, as the weights of the columns. */
const orderWeight = 3.2;

/** Where a line has too little room (in characters), the widest columns give way, so that short words stay whole. */
function fitted(widths: readonly number[], room: number): number[] {
  let most = Math.max(...widths);
  const within = () => widths.reduce((sum, one) => sum + Math.min(one, most), 0);
  while (within() > room && most > orderWeight) most -= 0.25;
  return widths.map((one) => Math.min(one, most));
}

export function listHtml(
  { title, facts, columns, rows, empty, isDense = false }: ListPage,
  orderLabel: string,
): string {
  const widths = fitted([orderWeight, ...columns.map(({ weight }) => weight)], isDense ? 94 : 83);
  const all = widths.reduce((sum, one) => sum + one, 0);
  const width = (weight: number) => `<col style="width:${((100 * weight) / all).toFixed(2)}%">`;
  const cells = (row: readonly string[]) =>
    row
      .map((text, at) => `<td${columns[at]?.isAmount ? ' class="amount"' : ''}>${escapeMarkup(text)}</td>`)
      .join('');
  const body = rows.map((row, at) => `<tr><td class="order">${at + 1}</td>${cells(row)}</tr>`).join('\n');
  const none = `<tr><td colspan="${columns.length + 1}">${escapeMarkup(empty)}</td></tr>`;
  return (
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">${pagePolicy()}<title>${escapeMarkup(title)}</title>` +
    `<style>${style}</style></head><body${isDense ? ' class="dense"' : ''}><h1>${escapeMarkup(title)}</h1>` +
    `<ul class="facts">${facts.map((fact) => `<li>${escapeMarkup(fact)}</li>`).join('')}</ul>` +
    `<table><colgroup>${widths.map(width).join('')}</colgroup>` +
    `<thead><tr><th scope="col">${escapeMarkup(orderLabel)}</th>` +
    `${columns.map(({ label }) => `<th scope="col">${escapeMarkup(label)}</th>`).join('')}</tr></thead>` +
    `<tbody>${rows.length === 0 ? none : body}</tbody></table></body></html>`
  );
}
