/**
 * What a file is, by its first bytes and never by its name. Only what a page can show and nothing can run: pictures
 * and PDF. Sources: JPEG (ITU-T T.81), PNG (ISO/IEC 15948), WebP (RFC 9649), BMP, PDF (ISO 32000-2, 7.5.2).
 */
export const mediaTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'application/pdf'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** How the name of a file of a kind ends. */
export const extensionOf: Readonly<Record<MediaType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'application/pdf': 'pdf',
};

export type Sniffed = {
  type: MediaType;
  /** Width and height in pixels where the first bytes say them; null for a PDF. */
  size: { width: number; height: number } | null;
};

/** From the first bytes (a mebibyte is plenty); null for anything that is not one of the kinds. */
export function sniff(head: Uint8Array): Sniffed | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    if (head.length < 24) return null;
    return { type: 'image/png', size: { width: view.getUint32(16), height: view.getUint32(20) } };
  }
  if (startsWith(head, [0xff, 0xd8, 0xff])) return { type: 'image/jpeg', size: jpegSize(view) };
  if (textAt(head, 0, 4) === 'RIFF' && textAt(head, 8, 12) === 'WEBP')
    return { type: 'image/webp', size: webpSize(head, view) };
  // BM alone is two letters of any text; the size of the header after it is one of a few.
  if (
    textAt(head, 0, 2) === 'BM' &&
    head.length >= 26 &&
    [40, 52, 56, 64, 108, 124].includes(view.getUint32(14, true))
  )
    return {
      type: 'image/bmp',
      size: { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) },
    };
  return startsAsPdf(head) ? { type: 'application/pdf', size: null } : null;
}

/** `%PDF-` at the very start, after blanks or the mark of UTF-8 at most: elsewhere it may follow a program. */
function startsAsPdf(head: Uint8Array): boolean {
  let at = startsWith(head, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (at < 64 && [0x09, 0x0a, 0x0c, 0x0d, 0x20].includes(head[at] ?? -1)) at++;
  return textAt(head, at, at + 5) === '%PDF-';
}

/** Walks the segments up to the frame header; null where it lies beyond what was read or is broken. */
function jpegSize(view: DataView): Sniffed['size'] {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(head: Uint8Array, view: DataView): Sniffed['size'] {
  if (head.length < 30) return null;
  const form = textAt(head, 12, 16);
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  if (form === 'VP8X') return { width: three(24) + 1, height: three(27) + 1 };
  if (form === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return null;
}

const startsWith = (head: Uint8Array, bytes: readonly number[]) =>
  bytes.every((byte, at) => head[at] === byte);
const textAt = (head: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...head.subarray(from, to));

/**
 * How a JPEG must be turned to stand upright, 1 to 8 (Exif 2.32, 4.6.4: Orientation, tag 0x0112 of the first directory);
 * 1 where it does not say.
 */
export function jpegOrientation(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let at = 2;
  while (at + 10 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return 1;
    if (marker === 0xe1 && textAt(head, at + 4, at + 8) === 'Exif') {
      return orientationIn(view, at + 10, Math.min(view.byteLength, at + 2 + view.getUint16(at + 2)));
    }
    at += 2 + view.getUint16(at + 2);
  }
  return 1;
}

/** In a TIFF header and its first directory, between two places. */
function orientationIn(view: DataView, start: number, end: number): number {
  if (start + 8 > end) return 1;
  const isLittle = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittle);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, isLittle);
  for (let index = 0; index < entries; index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > end) return 1;
    if (view.getUint16(entry, isLittle) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
