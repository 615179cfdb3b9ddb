import {
  linePitch,
  type PageSetup,
  textBlock,
  twips,
  widthInCharacters,
} from '#shared/document/page-setup.ts';
import {
  holdsNext,
  type ResolvedBlock,
  type ResolvedCell,
  tallCell,
  textOf,
} from '#shared/document/resolved.ts';

/**
 * How many pages a document takes. Every line has an exact pitch and every Chinese character one width, so the lines of
 * a page can be counted without a typesetter; what is left open is where a reader's own rules for Latin words and marks
 * put one line more or less. The catalogue of a file is numbered with this, and its page fields put it right.
 * Lengths in twips.
 */

/** A line, or a row that stays whole; `holds`: what follows stays on the same page. */
type Piece = { height: number; holds: boolean };

export function countPages(blocks: readonly ResolvedBlock[], page: PageSetup): number {
  const room = twips(textBlock(page).height);
  let pages = 1;
  let used = 0;
  for (const group of groupsOf(blocks, page)) {
    if (group === 'break') {
      pages += 1;
      used = 0;
      continue;
    }
    const height = group.reduce((sum, piece) => sum + piece.height, 0);
    if (used > 0 && used + height > room) {
      pages += 1;
      used = 0;
    }
    used += height;
    // Longer than a page: nothing holds it together.
    while (used > room) {
      pages += 1;
      used -= room;
    }
  }
  return pages;
}

function groupsOf(blocks: readonly ResolvedBlock[], page: PageSetup): (Piece[] | 'break')[] {
  const groups: (Piece[] | 'break')[] = [];
  let open: Piece[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.block === 'pageBreak') {
      if (open.length > 0) groups.push(open);
      groups.push('break');
      open = [];
      continue;
    }
    for (const piece of piecesOf(block, holdsNext(block, blocks[index + 1]), page)) {
      open.push(piece);
      if (piece.holds) continue;
      groups.push(open);
      open = [];
    }
  }
  return open.length > 0 ? [...groups, open] : groups;
}

function piecesOf(block: ResolvedBlock, holdsLast: boolean, page: PageSetup): Piece[] {
  const line = linePitch(page);
  const { count } = page.characters;
  const lines = (number: number, holdsLast = false): Piece[] =>
    Array.from({ length: number }, (_, at) => ({ height: line, holds: holdsLast && at === number - 1 }));
  switch (block.block) {
    case 'title': {
      const { points } = page.typefaces.title;
      const width = twips(textBlock(page).width) / (points * 20);
      const height = Math.max(line, points * 25);
      return wrapped(textOf(block.runs), width).map(() => ({ height, holds: false }));
    }
    case 'paragraph': {
      const text = textOf([...block.lead, ...block.runs]);
      const number = wrapped(text, count, page.indent.count).length;
      return block.keep
        ? Array.from({ length: number }, () => ({ height: line, holds: true }))
        : lines(number, holdsLast);
    }
    case 'line':
      return lines(wrapped(textOf(block.runs), count - block.indent).length, block.keep || holdsLast);
    case 'heading':
      return lines(wrapped(block.mark + textOf(block.runs), count, page.indent.count).length);
    case 'ruled':
      return Array.from({ length: block.lines }, () => ({ height: line + 2 * border, holds: false }));
    case 'blank':
      return lines(block.lines);
    case 'addressee':
    case 'note':
      return lines(wrapped(textOf(block.runs), count).length);
    case 'attachments':
      return lines(1 + block.names.length);
    case 'signature':
      return [
        ...Array.from({ length: block.sealed ? 3 : 2 }, () => ({ height: line, holds: true })),
        ...lines(1, holdsLast || block.keep === true),
      ];
    case 'table':
      return [
        ...(block.caption.length > 0 ? lines(1, true) : []),
        ...(block.head.length > 0 ? [{ height: rowHeight(1, page), holds: true }] : []),
        ...block.rows.flatMap((row) => rowPieces(row, block.columns, page)),
      ];
    case 'letterhead':
      return lines(5);
    case 'scan':
      return [{ height: twips(textBlock(page).height), holds: false }];
    case 'section':
    case 'pageBreak':
      return [];
  }
}

/** Borders add a little to every row. */
const border = 10;
/** What Word leaves free at the sides of a cell. */
const cellMargin = 108;

const rowHeight = (lines: number, page: PageSetup) => lines * page.typefaces.table.points * 28 + border;

function rowPieces(
  row: readonly ResolvedCell[],
  columns: readonly { share: number }[],
  page: PageSetup,
): Piece[] {
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const width = twips(textBlock(page).width);
  let column = 0;
  const heights = row.map(({ runs, span, lines }) => {
    const share = columns.slice(column, column + span).reduce((sum, one) => sum + one.share, 0);
    column += span;
    const room = ((width * share) / total - 2 * cellMargin) / (page.typefaces.table.points * 20);
    return Math.max(lines, wrapped(textOf(runs), room).length);
  });
  const lines = Math.max(...heights);
  if (Math.max(...row.map((cell) => cell.lines)) < tallCell) {
    return [{ height: rowHeight(lines, page), holds: false }];
  }
  return Array.from({ length: lines }, () => ({ height: rowHeight(lines, page) / lines, holds: false }));
}

const mayNotBegin = /^[，。、；：！？”’）》〉」』】〕…—,.;:!?)\]}]/u;
const mayNotEnd = /[“‘（《〈「『【〔([{]$/u;

/** The lines of a text by the width of its characters; a mark that may not begin a line takes the last one with it. */
function wrapped(text: string, width: number, indent = 0): string[] {
  return text.split('\n').flatMap((part, at) => wrapOne(part, width, at === 0 ? indent : 0));
}

function wrapOne(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = indent;
  // Numbers and Latin words stay whole, as far as a line is long enough.
  for (const unit of text.match(/[!-~]+|[\s\S]/gu) ?? []) {
    const size = widthInCharacters(unit);
    if (used + size <= width + 0.001 || line === '') {
      line += unit;
      used += size;
      continue;
    }
    const carried = carriedOver(line, unit);
    lines.push(line.slice(0, line.length - carried.length));
    line = carried + unit;
    used = widthInCharacters(line);
  }
  return [...lines, line];
}

/** What goes down to the next line with a unit. */
function carriedOver(line: string, unit: string): string {
  let at = line.length;
  if (mayNotBegin.test(unit)) at -= 1;
  while (
    at > 1 &&
    (mayNotEnd.test(line.slice(0, at)) || (at < line.length && mayNotBegin.test(line.slice(at))))
  ) {
    at -= 1;
  }
  return at <= 1 ? '' : line.slice(at);
}
