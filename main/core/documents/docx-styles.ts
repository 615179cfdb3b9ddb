import { AlignmentType, type IRunStylePropertiesOptions, type IStylesOptions, LineRuleType } from 'docx';
import {
  characterSpacing,
  linePitch,
  type PageSetup,
  type TypefaceName,
} from '#shared/document/page-setup.ts';

/** Paragraph styles of an official document, made from the page set-up. Lengths in twips. */

export interface Measures {
  line: number;
  /** Advance of one body character, after moving characters together. */
  character: number;
}

export function measuresOf(page: PageSetup): Measures {
  return {
    line: linePitch(page),
    character: page.typefaces.body.points * 20 + characterSpacing(page),
  };
}

/** Line pitch inside a table, in twips. */
export const tableLine = (page: PageSetup): number => page.typefaces.table.points * 28;

/**
 * Run properties with all four font slots named and no theme font: Word picks the East Asian slot for Chinese
 * text and would fall back to the theme's font otherwise. The hint keeps quotation marks and dashes full-width.
 */
export function runStyle(page: PageSetup, name: TypefaceName): IRunStylePropertiesOptions {
  const { font, points } = page.typefaces[name];
  const size = points * 2;
  return {
    font: { ascii: font, hAnsi: font, eastAsia: font, cs: font, hint: 'eastAsia' },
    size,
    sizeComplexScript: size,
    // Only body-sized characters are moved together: 28 of them fill the line (GB/T 9704 5.2.4).
    ...(points === page.typefaces.body.points ? { characterSpacing: characterSpacing(page) } : {}),
  };
}

export const styleNames = {
  body: 'OfficialBody',
  addressee: 'OfficialAddressee',
  organ: 'OfficialOrgan',
  number: 'OfficialNumber',
  signature: 'OfficialSignature',
  table: 'OfficialTable',
  pageNumber: 'OfficialPageNumber',
} as const;

export function officialStyles(page: PageSetup): IStylesOptions {
  const { line, character } = measuresOf(page);
  const exactly = (twips: number) => ({ line: twips, lineRule: LineRuleType.EXACT, before: 0, after: 0 });
  const firstLine = page.indent.count * character;
  const heading = (name: TypefaceName, level: number) => ({
    run: { ...runStyle(page, name), bold: false, color: '000000' },
    paragraph: {
      spacing: exactly(line),
      indent: { firstLine },
      alignment: AlignmentType.BOTH,
      outlineLevel: level,
      overflowPunctuation: true,
      keepNext: false,
      keepLines: false,
    },
  });
  const own = (id: string, name: string, typeface: TypefaceName, paragraph: object) => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    run: runStyle(page, typeface),
    // Word's own default, said aloud: LibreOffice 7 otherwise hangs marks into the margin and loses some.
    paragraph: { spacing: exactly(line), overflowPunctuation: true, ...paragraph },
  });
  return {
    default: {
      // Chinese as the language of Latin text would let numbers break anywhere, 2|00 at the end of a line.
      document: {
        run: { ...runStyle(page, 'body'), language: { value: 'en-US', eastAsia: page.language } },
        paragraph: { spacing: exactly(line) },
      },
      title: {
        run: { ...runStyle(page, 'title'), bold: false, color: '000000' },
        paragraph: {
          spacing: exactly(Math.max(line, page.typefaces.title.points * 25)),
          alignment: AlignmentType.CENTER,
        },
      },
      heading1: heading('heading1', 0),
      heading2: heading('heading2', 1),
      heading3: heading('heading3', 2),
      heading4: heading('heading4', 3),
    },
    paragraphStyles: [
      own(styleNames.body, 'Official Body', 'body', { alignment: AlignmentType.BOTH, indent: { firstLine } }),
      own(styleNames.addressee, 'Official Addressee', 'body', { alignment: AlignmentType.BOTH }),
      own(styleNames.organ, 'Official Organ', 'letterhead', {
        alignment: AlignmentType.CENTER,
        spacing: exactly(page.typefaces.letterhead.points * 28),
      }),
      own(styleNames.number, 'Official Number', 'body', {}),
      own(styleNames.signature, 'Official Signature', 'body', { alignment: AlignmentType.RIGHT }),
      own(styleNames.table, 'Official Table', 'table', {
        spacing: exactly(tableLine(page)),
      }),
      own(styleNames.pageNumber, 'Official Page Number', 'pageNumber', {
        spacing: exactly(page.typefaces.pageNumber.points * 20),
      }),
    ],
  };
}
