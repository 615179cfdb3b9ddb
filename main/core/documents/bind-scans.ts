import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFStream,
} from '@cantoo/pdf-lib';
import { type PageSetup, points } from '#shared/document/page-setup.ts';

/** A PDF among the attachments: in the made file `pages` sheets from `at` (counted from 0) are kept for its pages. */
export type ScanToBind = { at: number; pages: number; content: Uint8Array };

/** Room at the edges of a sheet for what was scanned; below, the number of the page stands free. */
const edgeMm = 12;

/**
 * Puts the pages of scans in the places kept for them, each on an A4 sheet of its own orientation, made smaller where it
 * would reach under the page number, never larger. What a reader shows of annotations (seals, signatures) is drawn into
 * the page; what could run or lead elsewhere stays behind. `unbound`: places that keep their sheet, because the PDF may
 * be read but not taken apart.
 */
export async function bindScans(
  pdf: Uint8Array,
  page: PageSetup,
  scans: readonly ScanToBind[],
): Promise<{ pdf: Uint8Array; unbound: number[] }> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  const unbound: number[] = [];
  for (const scan of scans) {
    const source = await openScan(scan);
    if (!source) {
      unbound.push(scan.at);
      continue;
    }
    for (const sheet of source.getPages()) drawAnnotations(sheet);
    const copies = await file.copyPages(source, source.getPageIndices());
    for (const [index, copy] of copies.entries()) {
      fitOnSheet(copy, page);
      file.removePage(scan.at + index);
      file.insertPage(scan.at + index, copy);
    }
  }
  return { pdf: await file.save(), unbound };
}

async function openScan({ content, pages }: ScanToBind): Promise<PDFDocument | null> {
  try {
    const source = await PDFDocument.load(content, { updateMetadata: false, password: '' });
    // What the attachment was counted as is what the sheets are kept for.
    return source.getPageCount() === pages ? source : null;
  } catch {
    return null;
  }
}

type Matrix = readonly [number, number, number, number, number, number];

const numbersOf = (array: unknown): number[] =>
  array instanceof PDFArray
    ? array.asArray().map((_, at) => {
        const value = array.lookup(at);
        return value instanceof PDFNumber ? value.asNumber() : 0;
      })
    : [];

/** `first`, then `second`. */
function times(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [m, n, o, p, q, r] = second;
  return [a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r];
}

const written = (numbers: readonly number[]) =>
  numbers.map((one) => String(Math.round(one * 1e5) / 1e5)).join(' ');

/** As the page is turned for the eye: its lower left corner to (0, 0). */
function upright(turn: number, { x, y, width, height }: Box): Matrix {
  const toCorner: Matrix = [1, 0, 0, 1, -x, -y];
  if (turn === 90) return times(toCorner, [0, -1, 1, 0, 0, width]);
  if (turn === 180) return times(toCorner, [-1, 0, 0, -1, width, height]);
  if (turn === 270) return times(toCorner, [0, 1, -1, 0, height, 0]);
  return toCorner;
}

type Box = { x: number; y: number; width: number; height: number };

function fitOnSheet(sheet: PDFPage, { paper, margins }: PageSetup): void {
  const { node } = sheet;
  const box = sheet.getCropBox();
  const turn = ((sheet.getRotation().angle % 360) + 360) % 360;
  const isTurned = turn === 90 || turn === 270;
  const [width, height] = isTurned ? [box.height, box.width] : [box.width, box.height];
  const [short, long] = [points(paper.width.mm), points(paper.height.mm)];
  const [sheetWidth, sheetHeight] = width > height ? [long, short] : [short, long];
  const edge = points(edgeMm);
  const below = points(margins.bottom.mm);
  const room = { width: sheetWidth - 2 * edge, height: sheetHeight - edge - below };
  const scale = Math.min(1, room.width / width, room.height / height);
  const left = (sheetWidth - width * scale) / 2;
  const bottom = below + (room.height - height * scale) / 2;
  const matrix = times(upright(turn, box), [scale, 0, 0, scale, left, bottom]);

  const { context } = node;
  node.normalize();
  const clip = `${written([box.x, box.y, box.width, box.height])} re W n`;
  node.wrapContentStreams(
    context.register(context.stream(`q ${written(matrix)} cm ${clip}\n`)),
    context.register(context.stream('\nQ\n')),
  );
  for (const name of leftBehind) node.delete(PDFName.of(name));
  node.set(PDFName.of('MediaBox'), context.obj([0, 0, sheetWidth, sheetHeight]));
  node.set(PDFName.of('Rotate'), context.obj(0));
  node.set(PDFName.of('Annots'), context.obj([]));
}

const leftBehind =
  'CropBox BleedBox TrimBox ArtBox UserUnit AA B Thumb Metadata PieceInfo StructParents Tabs'.split(' ');

const isHidden = (flags: number) => (flags & 2) !== 0 || (flags & 32) !== 0;

/** Draws the appearance of each annotation into the page (ISO 32000-2, 12.5.5) and takes the annotations off. */
function drawAnnotations({ node }: PDFPage): void {
  const { context } = node;
  const all = node.lookupMaybe(PDFName.of('Annots'), PDFArray);
  node.normalize();
  const marks: string[] = [];
  for (let at = 0; at < (all?.size() ?? 0); at += 1) {
    const annotation = all?.lookup(at);
    if (!(annotation instanceof PDFDict)) continue;
    const appearance = appearanceOf(annotation);
    if (!appearance) continue;
    const placed = placeOf(annotation, appearance.stream);
    if (!placed) continue;
    appearance.stream.dict.set(PDFName.of('Type'), PDFName.of('XObject'));
    appearance.stream.dict.set(PDFName.of('Subtype'), PDFName.of('Form'));
    const name = node.newXObject(
      'Seal',
      context.getObjectRef(appearance.stream) ?? context.register(appearance.stream),
    );
    marks.push(`q ${written(placed)} cm ${name.toString()} Do Q`);
  }
  if (marks.length > 0) {
    node.addContentStream(context.register(context.stream(`\n${marks.join('\n')}\n`)));
  }
  node.delete(PDFName.of('Annots'));
}

function appearanceOf(annotation: PDFDict): { stream: PDFStream } | null {
  const kind = annotation.lookup(PDFName.of('Subtype'));
  if (kind === PDFName.of('Popup') || kind === PDFName.of('Link')) return null;
  const flags = annotation.lookup(PDFName.of('F'));
  if (flags instanceof PDFNumber && isHidden(flags.asNumber())) return null;
  const looks = annotation.lookup(PDFName.of('AP'));
  const normal: PDFObject | undefined = looks instanceof PDFDict ? looks.lookup(PDFName.of('N')) : undefined;
  if (normal instanceof PDFStream) return { stream: normal };
  if (!(normal instanceof PDFDict)) return null;
  const state = annotation.lookup(PDFName.of('AS'));
  const chosen = state instanceof PDFName ? normal.lookup(state) : undefined;
  return chosen instanceof PDFStream ? { stream: chosen } : null;
}

/** From the appearance's own box to the place of the annotation; null where either has no extent. */
function placeOf(annotation: PDFDict, look: PDFStream): Matrix | null {
  const rect = numbersOf(annotation.lookup(PDFName.of('Rect')));
  const box = numbersOf(look.dict.lookup(PDFName.of('BBox')));
  if (rect.length !== 4 || box.length !== 4) return null;
  const own = numbersOf(look.dict.lookup(PDFName.of('Matrix')));
  const [a, b, c, d, e, f] = own.length === 6 ? (own as unknown as Matrix) : ([1, 0, 0, 1, 0, 0] as const);
  const [left = 0, bottom = 0, right = 0, top = 0] = box;
  const corners = [left, right].flatMap((x) =>
    [bottom, top].map((y) => [a * x + c * y + e, b * x + d * y + f]),
  );
  const xs = corners.map(([x = 0]) => x);
  const ys = corners.map(([, y = 0]) => y);
  const from = { x: Math.min(...xs), y: Math.min(...ys), width: spread(xs), height: spread(ys) };
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rect;
  if (from.width === 0 || from.height === 0) return null;
  const across = Math.abs(x2 - x1) / from.width;
  const up = Math.abs(y2 - y1) / from.height;
  if (across === 0 || up === 0) return null;
  return [across, 0, 0, up, Math.min(x1, x2) - from.x * across, Math.min(y1, y2) - from.y * up];
}

const spread = (numbers: readonly number[]) => Math.max(...numbers) - Math.min(...numbers);
