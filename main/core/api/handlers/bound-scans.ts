import { isPicture, type Picture, scansIn } from '#core/documents/scans.ts';
import { anyAttachment } from '#core/ledgers/attachments.ts';
import { AppError } from '#shared/api/errors.ts';
import type { PrintedScan } from '#shared/api/types.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { jpegOrientation, sniff } from '#shared/domain/media-type.ts';
import type { QueryContext } from '../context.ts';
import { contentOf } from './attachment-content.ts';

/** What is attached, on its way into a file. */

/** Everything bound into one file is in memory at once, several times over. */
const mostMegabytes = 300;

/** Scans of a document with the section that each begins. */
export function printedScans({ blocks }: ResolvedDocument): PrintedScan[] {
  const scans: PrintedScan[] = [];
  let section = '';
  for (const block of blocks) {
    if (block.block === 'section') section = block.name;
    if (block.block !== 'scan' || block.page > 1) continue;
    const { attachment: id, title, of: pages, mediaType } = block;
    scans.push({ id, title, section, pages, isPicture: isPicture(mediaType) });
  }
  return scans;
}

/** Throws `scans-too-large`: told before anything is made. */
export function checkScans({ db }: Pick<QueryContext, 'db'>, { blocks }: ResolvedDocument): void {
  const scans = scansIn(blocks);
  const bytes = scans.reduce((sum, { attachment }) => sum + anyAttachment(db, attachment).bytes, 0);
  const megabytes = Math.ceil(bytes / 2 ** 20);
  if (megabytes > mostMegabytes) {
    throw new AppError('scans-too-large', { count: scans.length, megabytes, most: mostMegabytes });
  }
}

/** What Word shows of pictures. */
const wordTypes: Readonly<Record<string, Picture['type']>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/bmp': 'bmp',
};
/** By Exif's Orientation 1 to 8: mirrored first, then turned. */
const turns: readonly Picture['turn'][] = [0, 0, 180, 180, 270, 90, 90, 270];
const mirrored: ReadonlySet<number> = new Set([2, 4, 5, 7]);

/** Pictures that a .docx can hold, by attachment. Throws `attachment-lost`, `attachment-damaged`. */
export async function picturesOf(
  { db, kit, key }: Pick<QueryContext, 'db' | 'kit' | 'key'>,
  document: ResolvedDocument,
): Promise<Map<string, Picture>> {
  checkScans({ db }, document);
  const pictures = new Map<string, Picture>();
  for (const { attachment, mediaType } of scansIn(document.blocks)) {
    const type = wordTypes[mediaType];
    if (type === undefined) continue;
    const content = await contentOf(kit, key, anyAttachment(db, attachment));
    const size = sniff(content)?.size;
    if (!size) continue;
    const orientation = type === 'jpg' ? jpegOrientation(content) : 1;
    pictures.set(attachment, {
      content,
      type,
      ...size,
      turn: turns[orientation - 1] ?? 0,
      isMirrored: mirrored.has(orientation),
    });
  }
  return pictures;
}
