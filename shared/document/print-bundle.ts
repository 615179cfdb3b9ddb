import { type MediaType, mediaTypes } from '#shared/domain/media-type.ts';
import type { Pictures } from './print-layout.ts';

/**
 * A page with its pictures as one stream, for the program that prints it hidden: the length of a heading, the heading as
 * JSON, the page, each picture. Nothing of it lies in a file.
 */

type Heading = { page: number; pictures: { id: string; type: MediaType; bytes: number }[] };

const lengthBytes = 4;

/** `encode`: to UTF-8, which is the affair of whoever has it. */
export function packPage(
  html: string,
  pictures: Pictures,
  encode: (text: string) => Uint8Array,
): Uint8Array[] {
  const page = encode(html);
  const heading: Heading = {
    page: page.length,
    pictures: [...pictures].map(([id, { content, type }]) => ({ id, type, bytes: content.length })),
  };
  const head = encode(JSON.stringify(heading));
  const length = new Uint8Array(lengthBytes);
  new DataView(length.buffer).setUint32(0, head.length);
  return [length, head, page, ...[...pictures.values()].map(({ content }) => content)];
}

/** Throws where the stream is not what its heading says: a page that is cut short must not be printed. */
export function unpackPage(
  stream: Uint8Array,
  decode: (bytes: Uint8Array) => string,
): { html: string; pictures: Pictures } {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = lengthBytes + (stream.length < lengthBytes ? 0 : view.getUint32(0));
  const heading = JSON.parse(decode(stream.subarray(lengthBytes, at))) as Heading;
  const next = (bytes: number): Uint8Array => {
    const part = stream.subarray(at, at + bytes);
    if (part.length !== bytes) throw new Error('the page is cut short');
    at += bytes;
    return part;
  };
  const html = decode(next(heading.page));
  const pictures = heading.pictures.map(({ id, type, bytes }) => {
    if (!mediaTypes.includes(type)) throw new Error('not a kind of picture');
    return [id, { type, content: next(bytes) }] as const;
  });
  if (at !== stream.length) throw new Error('the page is longer than it says');
  return { html, pictures: new Map(pictures) };
}
