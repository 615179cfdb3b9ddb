import { z } from 'zod';

/**
 * A page set-up as data: lengths in millimetres, sizes in points, each value with the clause of the standard
 * it comes from. The values of GB/T 9704 stand in `seeds/templates/official-page.json`.
 */

const clause = z.string().min(1);
const length = z.strictObject({ mm: z.number().positive(), clause });
const count = z.strictObject({ count: z.int().positive(), clause });
const typeface = z.strictObject({
  font: z.string().min(1),
  /** In order of preference, where the first is not installed. */
  alternatives: z.array(z.string()).min(1),
  points: z.number().positive(),
  clause,
});

export const pageSetupSchema = z.strictObject({
  name: z.string().min(1),
  standard: z.string().min(1),
  language: z.string().min(2),
  paper: z.strictObject({ width: length, height: length }),
  margins: z.strictObject({ top: length, bottom: length, left: length, right: length }),
  lines: count,
  characters: count,
  typefaces: z.strictObject({
    letterhead: typeface,
    title: typeface,
    body: typeface,
    heading1: typeface,
    heading2: typeface,
    heading3: typeface,
    heading4: typeface,
    kai: typeface,
    hei: typeface,
    table: typeface,
    pageNumber: typeface,
  }),
  /** First line of a paragraph, in characters. */
  indent: count,
  pageNumber: z.strictObject({ below: length, inset: count, dash: z.string(), clause }),
  letterhead: z.strictObject({ organTop: length, lineBelow: length }),
});
export type PageSetup = z.infer<typeof pageSetupSchema>;
export type TypefaceName = keyof PageSetup['typefaces'];

const pointsPerMm = 72 / 25.4;

/** Twentieths of a point, the unit of Word. */
export function twips(mm: number): number {
  return Math.round(mm * pointsPerMm * 20);
}

export function points(mm: number): number {
  return mm * pointsPerMm;
}

/** Height and width of the text block in millimetres. */
export function textBlock(page: PageSetup): { width: number; height: number } {
  const { paper, margins } = page;
  return {
    width: paper.width.mm - margins.left.mm - margins.right.mm,
    height: paper.height.mm - margins.top.mm - margins.bottom.mm,
  };
}

/** The line pitch in twips, rounded down: one twip too many on each line and the last line leaves the page. */
export function linePitch(page: PageSetup): number {
  return Math.floor((points(textBlock(page).height) * 20) / page.lines.count);
}

/** The character pitch in points; a 16 pt character is a little wider and is moved closer by the difference. */
export function characterPitch(page: PageSetup): number {
  return points(textBlock(page).width) / page.characters.count;
}

/**
 * How far characters of the body are moved together, in whole twips (a negative number): rounded away from
 * zero, so that the full line still fits.
 */
export function characterSpacing(page: PageSetup): number {
  return Math.floor((characterPitch(page) - page.typefaces.body.points) * 20);
}

/** Width of a text in characters: Chinese characters and full-width marks count one, ASCII a half. */
export function widthInCharacters(text: string): number {
  let width = 0;
  for (const char of text) width += (char.codePointAt(0) ?? 0) < 0x100 ? 0.5 : 1;
  return width;
}

/**
 * Blank characters to the right of the issuing organ and of the date (GB/T 9704 7.3.5.1, 7.3.5.2).
 * With a seal the date ends four characters in and the organ is centred over it (a very long organ touches
 * the edge and the date is centred under it). Without, the organ ends two
 * characters in and the date begins two characters right of the organ's first, or, where the date is longer,
 * the date ends two characters in and the organ moves left.
 */
export function signatureInsets(unit: string, date: string, sealed: boolean): { unit: number; date: number } {
  const [unitWidth, dateWidth] = [widthInCharacters(unit), widthInCharacters(date)];
  if (sealed) {
    const middle = 4 + dateWidth / 2;
    const unitInset = middle - unitWidth / 2;
    return unitInset >= 0 ? { unit: unitInset, date: 4 } : { unit: 0, date: (unitWidth - dateWidth) / 2 };
  }
  if (dateWidth > unitWidth) return { unit: 4 + dateWidth - unitWidth, date: 2 };
  return { unit: 2, date: unitWidth - dateWidth };
}
