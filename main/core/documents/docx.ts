import {
  AlignmentType,
  BorderStyle,
  BuilderElement,
  Document,
  DocumentGridType,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { finishDocx } from '#core/documents/docx-file.ts';
import { measuresOf, officialStyles, runStyle, styleNames } from '#core/documents/docx-styles.ts';
import {
  type PageSetup,
  signatureInsets,
  type TypefaceName,
  textBlock,
  twips,
} from '#shared/document/page-setup.ts';
import { type ResolvedBlock, type ResolvedDocument, type Run, textOf } from '#shared/document/resolved.ts';
import { documentText } from '#shared/text/document.ts';

interface Writer {
  page: PageSetup;
  /** Content control ids, unique in the file. */
  nextId(): number;
}

const headingStyles = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const;
const alignments = {
  start: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  end: AlignmentType.RIGHT,
} as const;

/**
 * Writes a settled document as .docx, laid out to the page set-up (GB/T 9704). Every figure is a content
 * control whose tag is the indicator's code, so that an edited file can be read back figure by figure. The
 * same document gives the same bytes.
 */
export async function writeDocx(document: ResolvedDocument, page: PageSetup): Promise<Uint8Array> {
  let id = 0;
  const writer: Writer = { page, nextId: () => ++id };
  const { paper, margins } = page;
  const { line } = measuresOf(page);
  const file = new Document({
    title: document.title,
    creator: '',
    lastModifiedBy: '',
    evenAndOddHeaderAndFooters: true,
    styles: officialStyles(page),
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(paper.width.mm), height: twips(paper.height.mm) },
            margin: {
              top: twips(margins.top.mm),
              bottom: twips(margins.bottom.mm),
              left: twips(margins.left.mm),
              right: twips(margins.right.mm),
              header: twips(15),
              footer: footerDistance(page),
              gutter: 0,
            },
          },
          grid: { type: DocumentGridType.LINES, linePitch: line },
        },
        footers: { default: pageFooter(page, 'odd'), even: pageFooter(page, 'even') },
        children: document.blocks.flatMap((block, index) =>
          blockElements(block, writer, document.blocks[index + 1]?.block === 'signature'),
        ),
      },
    ],
  });
  return finishDocx(await Packer.toBuffer(file), page);
}

/**
 * The dash's upper side stands 7 mm under the text block (GB/T 9704 7.5). In a line of exactly its own size
 * the baseline of a 14 pt dash is a fifth of the size above the line's lower edge and the dash a third of the size
 * above the baseline.
 */
function footerDistance(page: PageSetup): number {
  const { points } = page.typefaces.pageNumber;
  return twips(page.margins.bottom.mm - page.pageNumber.below.mm) - Math.round(points * 20 * (0.2 + 0.34));
}

function pageFooter(page: PageSetup, side: 'odd' | 'even'): Footer {
  const { dash, inset } = page.pageNumber;
  const twipsIn = inset.count * page.typefaces.pageNumber.points * 20;
  const run = new TextRun({
    ...runStyle(page, 'pageNumber'),
    children: [`${dash} `, PageNumber.CURRENT, ` ${dash}`],
  });
  return new Footer({
    children: [
      new Paragraph({
        style: styleNames.pageNumber,
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: twipsIn } : { left: twipsIn },
        children: [run],
      }),
    ],
  });
}

/** `signed`: the signature follows, and must not stand on a page without text of the document. */
function blockElements(block: ResolvedBlock, writer: Writer, signed: boolean): (Paragraph | Table)[] {
  const { page } = writer;
  switch (block.block) {
    case 'letterhead':
      return letterhead(block, writer);
    case 'title':
      return [new Paragraph({ heading: HeadingLevel.TITLE, children: runs(block.runs, 'title', writer) })];
    case 'addressee':
      return [new Paragraph({ style: styleNames.addressee, children: runs(block.runs, 'body', writer) })];
    case 'heading': {
      const typeface = `heading${block.level}` as const;
      const children = [plain(block.mark, typeface, page), ...runs(block.runs, typeface, writer)];
      return [new Paragraph({ heading: headingStyles[block.level], children })];
    }
    case 'paragraph': {
      const lead = block.lead.map((run): Run => ({ emphasis: 'strong', ...run }));
      return [
        new Paragraph({
          style: styleNames.body,
          keepNext: signed,
          children: runs([...lead, ...block.runs], 'body', writer),
        }),
      ];
    }
    case 'table':
      return table(block, writer);
    case 'attachments':
      return attachments(block.names, writer);
    case 'signature':
      return signature(block, writer);
    case 'note':
      return [new Paragraph({ style: styleNames.body, children: runs(block.runs, 'body', writer) })];
    case 'blank':
      return Array.from({ length: block.lines }, () => blankLine(page));
    case 'pageBreak':
      return [new Paragraph({ style: styleNames.body, pageBreakBefore: true, children: [] })];
  }
}

function runs(content: readonly Run[], typeface: TypefaceName, writer: Writer): ParagraphChild[] {
  return content.flatMap((run): ParagraphChild[] => {
    const chosen = run.emphasis === 'kai' || run.emphasis === 'hei' ? run.emphasis : typeface;
    const bold = run.emphasis === 'strong';
    if (run.figure === undefined) {
      return run.text
        .split('\n')
        .map((text, at) => plain(text, chosen, writer.page, bold, at > 0, run.missing));
    }
    return [
      figureControl(run.figure, plain(run.text, chosen, writer.page, bold, false, run.missing), writer),
    ];
  });
}

function plain(
  text: string,
  typeface: TypefaceName,
  page: PageSetup,
  bold = false,
  broken = false,
  missing?: true,
): TextRun {
  return new TextRun({
    ...runStyle(page, typeface),
    text,
    ...(bold ? { bold, boldComplexScript: true } : {}),
    ...(broken ? { break: 1 } : {}),
    ...(missing ? { highlight: 'yellow' as const } : {}),
  });
}

/** `w:sdt` around one run. The library has no class for it; its child order is that of the schema. */
function figureControl(figure: { code: string; name: string }, run: TextRun, writer: Writer): ParagraphChild {
  const value = (name: string, val: string | number) =>
    new BuilderElement<{ val: string | number }>({ name, attributes: { val: { key: 'w:val', value: val } } });
  const properties = new BuilderElement({
    name: 'w:sdtPr',
    children: [
      value('w:alias', figure.name),
      value('w:tag', figure.code),
      value('w:id', writer.nextId()),
      new BuilderElement({ name: 'w:text' }),
    ],
  });
  const content = new BuilderElement({ name: 'w:sdtContent', children: [run] });
  const control = new BuilderElement({ name: 'w:sdt', children: [properties, content] });
  // The library's list of paragraph children is closed and has no content control; any XML component is written.
  return control as unknown as ParagraphChild;
}

function blankLine(page: PageSetup, keepNext = false): Paragraph {
  return new Paragraph({ style: styleNames.body, keepNext, children: [plain('', 'body', page)] });
}

function signature(block: Extract<ResolvedBlock, { block: 'signature' }>, writer: Writer): Paragraph[] {
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
  return [...blanks, line(block.unit, insets.unit, true), line(block.date, insets.date, false)];
}

function attachments(names: readonly Run[][], writer: Writer): Paragraph[] {
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

function letterhead(block: Extract<ResolvedBlock, { block: 'letterhead' }>, writer: Writer): Paragraph[] {
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

function table(block: Extract<ResolvedBlock, { block: 'table' }>, writer: Writer): (Paragraph | Table)[] {
  const total = block.columns.reduce((sum, column) => sum + column.share, 0);
  const width = twips(textBlock(writer.page).width);
  const widths = block.columns.map((column) => Math.floor((width * column.share) / total));
  const cell = (content: readonly Run[], column: number, head: boolean) =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      children: [
        new Paragraph({
          style: styleNames.table,
          alignment: head ? AlignmentType.CENTER : alignments[block.columns[column]?.align ?? 'start'],
          children: runs(
            content.map((run) => (head ? { emphasis: 'hei', ...run } : run)),
            'table',
            writer,
          ),
        }),
      ],
    });
  const row = (cells: readonly Run[][], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: cells.map((one, at) => cell(one, at, head)),
    });
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
  const rows = [row(block.head, true), ...block.rows.map((cells) => row(cells, false))];
  return [...caption, new Table({ width: { size: width, type: WidthType.DXA }, columnWidths: widths, rows })];
}
