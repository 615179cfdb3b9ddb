import type { MediaType } from './media-type.ts';

/**
 * Whether a file goes on to its end, as a photo that was cut short on its way does not: such a one shows its upper part
 * or nothing, and nobody sees that before it is needed. Looks at what the format itself says of its end, not at every
 * pixel. Sources as in media-type.ts.
 */
export function isWhole(file: Uint8Array, type: MediaType): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  switch (type) {
    case 'image/png':
      return hasPngEnd(view);
    case 'image/jpeg':
      return hasJpegEnd(file);
    case 'image/webp':
      return view.byteLength >= 12 && view.getUint32(4, true) + 8 <= view.byteLength;
    case 'image/bmp':
      return hasBmpRows(view);
    case 'application/pdf':
      return hasPdfEnd(file);
  }
}

/** Chunk by chunk up to IEND (ISO/IEC 15948, 5.3). */
function hasPngEnd(view: DataView): boolean {
  const iend = 0x49454e44;
  for (let at = 8; at + 12 <= view.byteLength; ) {
    if (view.getUint32(at + 4) === iend) return true;
    at += 12 + view.getUint32(at);
  }
  return false;
}

/** Segment by segment, over the data of each scan, up to EOI (T.81, B.1); what a telephone adds behind it is its own. */
function hasJpegEnd(file: Uint8Array): boolean {
  const [scan, end] = [0xda, 0xd9];
  let at = 2;
  while (at + 1 < file.length) {
    if (file[at] !== 0xff) {
      // Data of a scan: the next marker that is no stuffed zero and no restart.
      at = file.indexOf(0xff, at);
      if (at < 0) return false;
    }
    const marker = file[at + 1] ?? 0;
    if (marker === end) return true;
    if (marker === 0xff) at += 1;
    else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
      if (length < 2 || at + 2 + length > file.length) return false;
      at += 2 + length;
      if (marker === scan && at >= file.length) return false;
    }
  }
  return false;
}

/** Rows of an uncompressed picture, each filled up to four bytes; else the size that the file says itself. */
function hasBmpRows(view: DataView): boolean {
  if (view.byteLength < 34) return false;
  const [said, pixels] = [view.getUint32(2, true), view.getUint32(10, true)];
  const [width, height] = [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  const isPlain = compression === 0 || compression === 3 || compression === 6;
  if (!isPlain) return said <= view.byteLength;
  return pixels + Math.ceil((width * bits) / 32) * 4 * height <= view.byteLength;
}

const endBytes = 4096;

/** `startxref` or `%%EOF` near the end (ISO 32000-2, 7.5.5); readers take either, and so do scanners' programs. */
function hasPdfEnd(file: Uint8Array): boolean {
  const end = String.fromCharCode(...file.subarray(Math.max(0, file.length - endBytes)));
  return end.includes('%%EOF') || end.includes('startxref');
}
