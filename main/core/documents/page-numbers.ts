import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { type PageSetup, points } from '#shared/document/page-setup.ts';

/**
 * Stamps page numbers `— 1 —` on a PDF whose pages have none: right on odd pages, left on even ones, one character
 * in from the edge of the text block, the dash's upper side 7 mm under it (GB/T 9704 7.5). The browser's footer
 * template cannot change sides, hence this pass. Digits and dashes need no Chinese font; Times comes with every
 * PDF reader. `numbering` is the first number, or the number of each page, null for one without.
 */
export async function stampPageNumbers(
  pdf: Uint8Array,
  page: PageSetup,
  numbering: number | readonly (number | null)[] = 1,
): Promise<Uint8Array> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  const font = await file.embedFont(StandardFonts.TimesRoman);
  const size = page.typefaces.pageNumber.points;
  const inset = page.pageNumber.inset.count * size;
  // The dash of Times stands a quarter of the size above the baseline.
  const baseline = points(page.margins.bottom.mm - page.pageNumber.below.mm) - size * 0.25;
  for (const [index, sheet] of file.getPages().entries()) {
    const number = typeof numbering === 'number' ? numbering + index : (numbering[index] ?? null);
    if (number === null) continue;
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

/** On which page (from 0) each place begins that the document links to, and how many pages there are. */
export async function placesOf(pdf: Uint8Array): Promise<{ places: Record<string, number>; pages: number }> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  const order = new Map(file.getPages().map((page, index) => [page.ref.toString(), index]));
  const places: Record<string, number> = {};
  const keep = (name: string, target: unknown) => {
    const at = target instanceof PDFDict ? target.lookup(PDFName.of('D')) : target;
    const index = at instanceof PDFArray ? order.get(String(at.get(0))) : undefined;
    if (index !== undefined) places[name] = index;
  };
  const direct = file.catalog.lookup(PDFName.of('Dests'));
  if (direct instanceof PDFDict) {
    for (const [name] of direct.entries()) keep(name.decodeText(), direct.lookup(name));
  }
  // Newer browsers keep them in a tree of names.
  const names = file.catalog.lookup(PDFName.of('Names'));
  if (names instanceof PDFDict) walk(names.lookup(PDFName.of('Dests')), keep);
  return { places, pages: file.getPageCount() };
}

function walk(node: unknown, keep: (name: string, target: unknown) => void): void {
  if (!(node instanceof PDFDict)) return;
  const own = node.lookup(PDFName.of('Names'));
  if (own instanceof PDFArray) {
    for (let at = 0; at + 1 < own.size(); at += 2) {
      const name = own.lookup(at);
      if (name instanceof PDFString || name instanceof PDFHexString)
        keep(name.decodeText(), own.lookup(at + 1));
    }
  }
  const kids = node.lookup(PDFName.of('Kids'));
  if (kids instanceof PDFArray) for (let at = 0; at < kids.size(); at += 1) walk(kids.lookup(at), keep);
}
