import type { ResolvedBlock } from '#shared/document/resolved.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import type { AttachedPiece } from './attached.ts';

/** Scans in a document: which there are, and what stands where one cannot be shown. */

export type Scan = Extract<ResolvedBlock, { block: 'scan' }>;

export const isPicture = (type: MediaType): boolean => type !== 'application/pdf';

/** A sheet for each page of what was attached. */
export const scanBlocks = ({ id, title, pages, mediaType }: AttachedPiece): Scan[] =>
  Array.from({ length: pages }, (_, at) => ({
    block: 'scan',
    attachment: id,
    mediaType,
    title,
    page: at + 1,
    of: pages,
  }));

/** What a sheet says that is not the scan itself: what belongs here. `whole`: one sheet for all its pages. */
export function sheetLines(scan: Scan, kept: 'preview' | 'page' | 'whole'): string[] {
  const { title, page, of, mediaType } = scan;
  const which = of === 1 ? [] : [kept === 'whole' ? words.scanPages(of) : words.scanPage(page, of)];
  const why = kept === 'preview' ? words.scanHere : isPicture(mediaType) ? words.scanBeside : words.scanPdf;
  return [title, ...which, why];
}

/** The attachments of a document, each once, in order. */
export function scansIn(blocks: readonly ResolvedBlock[]): Scan[] {
  return blocks.filter((block): block is Scan => block.block === 'scan' && block.page === 1);
}

/** A picture that a .docx can hold. */
export type Picture = {
  content: Uint8Array;
  type: 'jpg' | 'png' | 'bmp';
  width: number;
  height: number;
  /** As it must be turned to stand upright (Exif 2.32, 4.6.4, Orientation). */
  turn: 0 | 90 | 180 | 270;
  isMirrored: boolean;
};
