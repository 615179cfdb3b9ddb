import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx';
import { finishDocx } from '#core/documents/docx-file.ts';
import {
  attachments,
  formLine,
  letterhead,
  ruledLine,
  signature,
  table,
} from '#core/documents/docx-parts.ts';
import { blankLine, named, plain, runs, type Writer } from '#core/documents/docx-runs.ts';
import { scan } from '#core/documents/docx-scans.ts';
import { measuresOf, officialStyles, runStyle, styleNames } from '#core/documents/docx-styles.ts';
import type { Picture } from '#core/documents/scans.ts';
import { officialPage } from '#core/documents/templates.ts';
import { type PageSetup, twips } from '#shared/document/page-setup.ts';
import {
  hasLongNumber,
  holdsNext,
  type ResolvedBlock,
  type ResolvedDocument,
  type Run,
  runsOf,
} from '#shared/document/resolved.ts';
import { writable } from '#shared/document/writable.ts';

type Pictures = ReadonlyMap<string, Picture>;

const headingStyles = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const;

/**
 * Writes a settled document as .docx, laid out to the page set-up (GB/T 9704). Every figure is a content
 * control whose tag is the indicator's code, so that an edited file can be read back figure by figure. The
 * same document gives the same bytes.
 */
export async function writeDocx(
  settled: ResolvedDocument,
  page: PageSetup,
  pictures: Pictures = new Map(),
): Promise<Uint8Array> {
  const document = writable(settled);
  let id = 0;
  const writer: Writer = { page, pictures, nextId: () => ++id, section: null };
  const file = new Document({
    title: document.title,
    creator: '',
    lastModifiedBy: '',
    evenAndOddHeaderAndFooters: true,
    styles: officialStyles(page),
    sections: sectionsOf(document).map((section) => sectionOptions(section, writer)),
  });
  return finishDocx(await Packer.toBuffer(file), page);
}

type Section = { name: string | null; isNumbered: boolean; start?: number; blocks: ResolvedBlock[] };

/** A document is one section unless its blocks begin others. */
function sectionsOf({ blocks, isUnnumbered }: ResolvedDocument): Section[] {
  const sections: Section[] = [];
  for (const block of blocks) {
    const last = sections.at(-1);
    if (block.block === 'section') {
      const { name, isNumbered, start } = block;
      sections.push({ name, isNumbered, ...(start === undefined ? {} : { start }), blocks: [] });
    } else if (last) last.blocks.push(block);
    else sections.push({ name: null, isNumbered: isUnnumbered !== true, blocks: [block] });
  }
  return sections;
}

function sectionOptions(section: Section, writer: Writer): ISectionOptions {
  const { page } = writer;
  const { paper, margins } = page;
  const { blocks, isNumbered, name, start } = section;
  writer.section = name;
  const bare = () =>
    new Footer({ children: [new Paragraph({ style: styleNames.pageNumber, children: [] })] });
  return {
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
        ...(start === undefined ? {} : { pageNumbers: { start } }),
      },
      grid: { type: DocumentGridType.LINES, linePitch: measuresOf(page).line },
    },
    footers: isNumbered
      ? { default: pageFooter(page, 'odd'), even: pageFooter(page, 'even') }
      : { default: bare(), even: bare() },
    children: blocks.flatMap((block, index) =>
      blockElements(block, writer, holdsNext(block, blocks[index + 1])),
    ),
  };
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

/** `holds`: its end stays with what follows. */
function blockElements(block: ResolvedBlock, writer: Writer, holds: boolean): (Paragraph | Table)[] {
  const { page } = writer;
  switch (block.block) {
    case 'letterhead':
      return letterhead(block, writer);
    case 'title':
      return [
        new Paragraph({
          heading: HeadingLevel.TITLE,
          children: named(runs(block.runs, 'title', writer), writer),
        }),
      ];
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
          ...(hasLongNumber(runsOf(block)) ? { alignment: AlignmentType.LEFT } : {}),
          keepNext: holds || block.keep === true,
          keepLines: block.keep === true,
          children: runs([...lead, ...block.runs], 'body', writer),
        }),
      ];
    }
    case 'table':
      return table(block, writer);
    case 'line':
      return [formLine(block, writer, holds)];
    case 'ruled':
      return Array.from({ length: block.lines }, () => ruledLine(writer));
    case 'section':
      return [];
    case 'scan':
      return scan(block, writer);
    case 'attachments':
      return attachments(block.names, writer);
    case 'signature':
      return signature(block, writer, holds);
    case 'note':
      return [new Paragraph({ style: styleNames.body, children: runs(block.runs, 'body', writer) })];
    case 'blank':
      return Array.from({ length: block.lines }, () => blankLine(page));
    case 'pageBreak':
      return [new Paragraph({ style: styleNames.body, pageBreakBefore: true, children: [] })];
  }
}

/** On the page of official documents, which reports and papers share. */
export const writeOfficialDocx = (document: ResolvedDocument, pictures?: Pictures): Promise<Uint8Array> =>
  writeDocx(document, officialPage(), pictures);
