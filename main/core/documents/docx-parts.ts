import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { blankLine, named, plain, runs, type Writer } from '#core/documents/docx-runs.ts';
import { measuresOf, runStyle, styleNames, tableLine } from '#core/documents/docx-styles.ts';
import { signatureInsets, textBlock, twips } from '#shared/document/page-setup.ts';
import {
  hasLongNumber,
  type ResolvedBlock,
  type ResolvedCell,
  type Run,
  tallCell,
  textOf,
} from '#shared/document/resolved.ts';
import { documentText } from '#shared/text/document.ts';

/** The parts of an official document that are more than one paragraph of text. */

const alignments = {
  start: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  end: AlignmentType.RIGHT,
} as const;

export function letterhead(
  block: Extract<ResolvedBlock, { block: 'letterhead' }>,
  writer: Writer,
): Paragraph[] {
  const { page } = writer;
  const { character } = measuresOf(page);
  const { points } = page.typefaces.letterhead;
  const red = 'FF0000';
  const lineBelow = Math.round((page.letterhead.lineBelow.mm * 72) / 25.4);
  const organ = block.organ.map(
    (run) => new TextRun({ ...runStyle(page, 'letterhead'), text: run.text, color: red }),
  );
  return [
    new Paragraph({
      style: styleNames.organ,
      // Three tenths of the line stand above the characters.
      spacing: { before: twips(page.letterhead.organTop.mm) - Math.round(points * 28 * 0.3) },
      children: organ,
    }),
    blankLine(page),
    blankLine(page),
    new Paragraph({
      style: styleNames.number,
      tabStops: [{ type: TabStopType.RIGHT, position: twips(textBlock(page).width) - character }],
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, space: lineBelow, color: red } },
      children: [
        plain('\u3000', 'body', page),
        ...runs(block.number, 'body', writer),
        new TextRun({ ...runStyle(page, 'body'), text: '\t' }),
        plain(documentText.signer, 'body', page),
        ...runs(block.signer, 'kai', writer),
      ],
    }),
  ];
}

export function signature(
  block: Extract<ResolvedBlock, { block: 'signature' }>,
  writer: Writer,
  holds: boolean,
): Paragraph[] {
  const { character } = measuresOf(writer.page);
  const insets = signatureInsets(textOf(block.unit), textOf(block.date), block.sealed);
  const line = (content: readonly Run[], inset: number, keepNext: boolean) =>
    new Paragraph({
      style: styleNames.signature,
      keepNext,
      indent: { right: Math.round(inset * character) },
      children: runs(content, 'body', writer),
    });
  // Two empty lines leave room for the seal's upper half (its top within one line of the text, 7.3.5.1); one
  // where there is no seal (7.3.5.2). Kept together: a seal on a page without text is what the rule forbids.
  const blanks = Array.from({ length: block.sealed ? 2 : 1 }, () => blankLine(writer.page, true));
  const isHeld = holds || block.keep === true;
  return [...blanks, line(block.unit, insets.unit, true), line(block.date, insets.date, isHeld)];
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

export function attachments(names: readonly Run[][], writer: Writer): Paragraph[] {
  const { character } = measuresOf(writer.page);
  const several = names.length > 1;
  const hanging = several ? 4 : 3;
  return [
    blankLine(writer.page),
    ...names.map((name, index) => {
      const label = index === 0 ? documentText.attachment : '\u3000\u3000\u3000';
      const mark = several ? `${index + 1}.` : '';
      return new Paragraph({
        style: styleNames.addressee,
        indent: { left: (2 + hanging) * character, hanging: hanging * character },
        children: [plain(label + mark, 'body', writer.page), ...runs(name, 'body', writer)],
      });
    }),
  ];
}

/** `holds`: its end stays with what follows. */
export function formLine(
  block: Extract<ResolvedBlock, { block: 'line' }>,
  writer: Writer,
  holds: boolean,
): Paragraph {
  return new Paragraph({
    style: styleNames.addressee,
    alignment:
      block.align === 'start' && !hasLongNumber(block.runs) ? AlignmentType.BOTH : alignments[block.align],
    keepNext: block.keep || holds,
    indent: { left: block.indent * measuresOf(writer.page).character },
    children: named(runs(block.runs, 'body', writer), writer),
  });
}

/** An empty line to write on. */
export function ruledLine({ page }: Writer): Paragraph {
  const border = { style: BorderStyle.SINGLE, size: 4, space: 0, color: '000000' };
  return new Paragraph({
    style: styleNames.addressee,
    border: { bottom: border, between: border },
    children: [plain('', 'body', page)],
  });
}

export function table(
  block: Extract<ResolvedBlock, { block: 'table' }>,
  writer: Writer,
): (Paragraph | Table)[] {
  const total = sum(block.columns.map(({ share }) => share));
  const width = twips(textBlock(writer.page).width);
  const widths = block.columns.map((column) => Math.floor((width * column.share) / total));
  const cell = ({ runs: content, span, align }: ResolvedCell, column: number, head: boolean) =>
    new TableCell({
      width: { size: sum(widths.slice(column, column + span)), type: WidthType.DXA },
      ...(span > 1 ? { columnSpan: span } : {}),
      verticalAlign: VerticalAlign.CENTER,
      children: [
        new Paragraph({
          style: styleNames.table,
          alignment: alignments[align],
          children: runs(
            content.map((run) => (head ? { emphasis: 'hei', ...run } : run)),
            'table',
            writer,
          ),
        }),
      ],
    });
  const row = (cells: readonly ResolvedCell[], head: boolean) => {
    const lines = Math.max(...cells.map((one) => one.lines));
    let column = 0;
    const children = cells.map((one) => {
      column += one.span;
      return cell(one, column - one.span, head);
    });
    return new TableRow({
      tableHeader: head,
      // A tall cell is for long text, which may be longer than a page.
      cantSplit: lines < tallCell,
      ...(lines > 1 ? { height: { value: lines * tableLine(writer.page), rule: HeightRule.ATLEAST } } : {}),
      children,
    });
  };
  const caption =
    block.caption.length === 0
      ? []
      : [
          new Paragraph({
            style: styleNames.addressee,
            alignment: AlignmentType.CENTER,
            keepNext: true,
            children: runs(block.caption, 'hei', writer),
          }),
        ];
  const head = block.head.map(
    (content): ResolvedCell => ({ runs: content, span: 1, align: 'center', lines: 1 }),
  );
  const rows = [
    ...(head.length === 0 ? [] : [row(head, true)]),
    ...block.rows.map((cells) => row(cells, false)),
  ];
  return [...caption, new Table({ width: { size: width, type: WidthType.DXA }, columnWidths: widths, rows })];
}
