import { AlignmentType, ImageRun, LineRuleType, Paragraph } from 'docx';
import { named, plain, type Writer } from '#core/documents/docx-runs.ts';
import { styleNames } from '#core/documents/docx-styles.ts';
import { textBlock } from '#shared/document/page-setup.ts';
import { type Picture, type Scan, sheetLines } from './scans.ts';

/** A scan as a page: the picture itself, or one sheet that says what belongs there. */
export function scan(block: Scan, writer: Writer): Paragraph[] {
  const picture = writer.pictures.get(block.attachment);
  if (picture) return [pictureParagraph(block, picture, writer)];
  // One sheet stands for all pages of a PDF; the piece behind it begins with its own number.
  if (block.page > 1) return [];
  return sheetLines(block, 'whole').map((line, index) => {
    const children = [plain(line, 'body', writer.page)];
    return new Paragraph({
      style: styleNames.addressee,
      alignment: AlignmentType.CENTER,
      ...(index === 0 ? { spacing: { before: twipsAbove } } : {}),
      children: index === 0 ? named(children, writer) : children,
    });
  });
}

const twipsAbove = 4000;
/** An inch has 25.4 mm and 96 of the library's pixels. */
const pixelsPerMm = 96 / 25.4;
/** What a line needs besides the picture in it. */
const spareMm = 6;

function pictureParagraph({ title, page, of }: Scan, picture: Picture, writer: Writer): Paragraph {
  const block = textBlock(writer.page);
  const isTurned = picture.turn === 90 || picture.turn === 270;
  // Word turns a picture about its middle in the frame of its own width and height.
  const room = { width: block.width * pixelsPerMm, height: (block.height - spareMm) * pixelsPerMm };
  const [seenWidth, seenHeight] = isTurned
    ? [picture.height, picture.width]
    : [picture.width, picture.height];
  const scale = Math.min(1, room.width / seenWidth, room.height / seenHeight);
  const alt = of === 1 ? title : `${title} ${page}`;
  const run = new ImageRun({
    type: picture.type,
    data: picture.content,
    transformation: {
      width: Math.max(1, Math.round(picture.width * scale)),
      height: Math.max(1, Math.round(picture.height * scale)),
      ...(picture.turn === 0 ? {} : { rotation: picture.turn }),
      ...(picture.isMirrored ? { flip: { horizontal: true } } : {}),
    },
    // The library's own numbers run on from file to file, and the same document must give the same bytes.
    altText: { id: String(writer.nextId()), title: alt, description: alt, name: alt },
  });
  return new Paragraph({
    style: styleNames.addressee,
    alignment: AlignmentType.CENTER,
    // The lines of a document are of one exact height, which would cut a picture to that of a line.
    spacing: { line: 240, lineRule: LineRuleType.AUTO },
    children: named([run], writer),
  });
}
