import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { type PageSetup, points } from '#shared/document/page-setup.ts';

/**
 * Stamps page numbers `— 1 —` on a PDF whose pages have none: right on odd pages, left on even ones, one character
 * in from the edge of the text block, the dash's upper side 7 mm under it (GB/T 9704 7.5). The browser's footer
 * template cannot change sides, hence this pass. Digits and dashes need no Chinese font; Times comes with every
 * PDF reader.
 */
export async function stampPageNumbers(pdf: Uint8Array, page: PageSetup, first = 1): Promise<Uint8Array> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  const font = await file.embedFont(StandardFonts.TimesRoman);
  const size = page.typefaces.pageNumber.points;
  const inset = page.pageNumber.inset.count * size;
  // The dash of Times stands a quarter of the size above the baseline.
  const baseline = points(page.margins.bottom.mm - page.pageNumber.below.mm) - size * 0.25;
  for (const [index, sheet] of file.getPages().entries()) {
    const number = first + index;
    const text = `${page.pageNumber.dash} ${number} ${page.pageNumber.dash}`;
    const right =
      sheet.getWidth() - points(page.margins.right.mm) - inset - font.widthOfTextAtSize(text, size);
    const x = number % 2 === 1 ? right : points(page.margins.left.mm) + inset;
    sheet.drawText(text, { x, y: baseline, size, font });
  }
  return file.save();
}

/** Also of one that may be read but not changed: many scanners lock theirs so. */
export const countPages = async (pdf: Uint8Array): Promise<number> =>
  (await PDFDocument.load(pdf, { updateMetadata: false, ignoreEncryption: true })).getPageCount();
