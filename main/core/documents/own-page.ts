import type { Align } from '#shared/document/model.ts';
import type { ResolvedBlock, ResolvedCell } from '#shared/document/resolved.ts';

/**
 * What a .docx says, a paragraph a line and tables as tables: enough to read it over and to count about how many pages
 * it takes. How it looks is shown by Word or WPS alone.
 */

type Table = { rows: ResolvedCell[][]; cell: { lines: string[]; span: number } | null };
type Line = { text: string; align: Align };

const token =
  /<w:(tbl|tr|tc|p)(?:\s[^>]*)?(\/)?>|<\/w:(tbl|tr|tc|p)>|<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:(br|tab|cr)(?:\s[^>]*)?\/>|<w:jc w:val="(\w+)"\/>|<w:gridSpan w:val="(\d+)"\/>/g;

const aligns: Readonly<Record<string, Align>> = { center: 'center', right: 'end', end: 'end' };
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = (text: string) =>
  text.replace(/&(lt|gt|quot|apos|amp);/g, (_all, name) => entities[name] ?? '');

export function readPage(xml: string): ResolvedBlock[] {
  const blocks: ResolvedBlock[] = [];
  const tables: Table[] = [];
  let line: Line | null = null;

  const begin = (name: string) => {
    if (name === 'p') line = { text: '', align: 'start' };
    else if (name === 'tbl') tables.push({ rows: [], cell: null });
    else if (name === 'tr') tables.at(-1)?.rows.push([]);
    else if (tables.length > 0) (tables.at(-1) as Table).cell = { lines: [], span: 1 };
  };
  const put = (one: Line) => {
    const cell = tables.at(-1)?.cell;
    if (cell) cell.lines.push(one.text);
    else if (tables.length === 0) blocks.push(lineBlock(one));
  };
  const end = (name: string) => {
    if (name === 'p' && line) {
      put(line);
      line = null;
    } else if (name === 'tc') {
      const table = tables.at(-1);
      if (table?.cell) table.rows.at(-1)?.push(cellOf(table.cell));
      if (table) table.cell = null;
    } else if (name === 'tbl') {
      const table = tables.pop();
      if (!table) return;
      const outer = tables.at(-1)?.cell;
      // A table in a cell is read as its lines.
      if (outer) outer.lines.push(...table.rows.map((row) => row.map(textOfCell).join('　')));
      else if (tables.length === 0) blocks.push(...tableBlock(table.rows));
    }
  };

  for (const [, opened, isEmpty, closed, text, space, align, span] of xml.matchAll(token)) {
    if (opened) {
      begin(opened);
      if (isEmpty) end(opened);
    } else if (closed) end(closed);
    else if (text !== undefined && line) (line as Line).text += plain(text);
    else if (space && line) (line as Line).text += space === 'tab' ? '　' : '\n';
    else if (align && line) (line as Line).align = aligns[align] ?? 'start';
    else if (span && tables.at(-1)?.cell) (tables.at(-1)?.cell as { span: number }).span = Number(span);
  }
  return blocks;
}

const textOfCell = ({ runs }: ResolvedCell) => runs.map(({ text }) => text).join('');

const cellOf = ({ lines, span }: { lines: string[]; span: number }): ResolvedCell => ({
  runs: [{ text: lines.join('\n') }],
  span: Math.min(Math.max(span, 1), 60),
  align: 'start',
  lines: 1,
});

const lineBlock = ({ text, align }: Line): ResolvedBlock =>
  text.trim() === ''
    ? { block: 'blank', lines: 1 }
    : { block: 'line', runs: [{ text }], indent: 0, align, keep: false };

function tableBlock(rows: readonly ResolvedCell[][]): ResolvedBlock[] {
  const widthOf = (row: readonly ResolvedCell[]) => row.reduce((sum, { span }) => sum + span, 0);
  const width = Math.max(0, ...rows.map(widthOf));
  if (width === 0) return [];
  const filled = rows
    .filter((row) => row.length > 0)
    .map((row) => {
      const missing = width - widthOf(row);
      return row.map((cell, index) =>
        index === row.length - 1 ? { ...cell, span: cell.span + missing } : cell,
      );
    });
  const columns = Array.from({ length: width }, () => ({ share: 1, align: 'start' as const }));
  return [{ block: 'table', caption: [], columns, head: [], rows: filled }];
}
