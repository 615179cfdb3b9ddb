// What a file is, by its bytes: real beginnings of each kind, near misses, and anything at all.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sniff } from '#shared/domain/media-type.ts';
import { aPdf, aPicture } from '#tests/fixtures/scans.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

/** As a camera writes it: an APP1 segment whose content looks like a frame header, then tables, then the frame. */
const jpeg = (frame: number, width: number, height: number) =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe1, 0, 12, 0xff, 0xc0, 0, 17, 8, 0, 9, 0, 9, 0],
    [0xff, 0xdb, 0, 4, 0, 0, 0xff, 0xff, 0xc4, 0, 3, 0],
    [0xff, frame, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3],
    new Array<number>(20).fill(0),
  );
const riff = (...parts: (string | number[])[]) =>
  bytes('RIFF', [99, 0, 0, 0], 'WEBP', ...parts, new Array<number>(20).fill(0));

test('pictures and PDF, with the size of a picture', async () => {
  expect(sniff(aPicture({ width: 31, height: 17 }))).toEqual({
    type: 'image/png',
    size: { width: 31, height: 17 },
  });
  for (const frame of [0xc0, 0xc1, 0xc2, 0xcf])
    expect(sniff(jpeg(frame, 4032, 3024))).toEqual({
      type: 'image/jpeg',
      size: { width: 4032, height: 3024 },
    });
  expect(sniff(riff('VP8X', [10, 0, 0, 0, 0, 0, 0, 0], [0xcf, 0x0f, 0], [0xb7, 0x0b, 0]))).toEqual({
    type: 'image/webp',
    size: { width: 4048, height: 3000 },
  });
  expect(
    sniff(riff('VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a], [0x40, 0x01, 0xf0, 0x00]))?.size,
  ).toEqual({
    width: 320,
    height: 240,
  });
  // 320 − 1 in the lower fourteen bits, 240 − 1 in the next.
  const bits = 319 | (239 << 14);
  const lossless = [0, 8, 16, 24].map((shift) => (bits >>> shift) & 255);
  expect(sniff(riff('VP8L', [0, 0, 0, 0, 0x2f], lossless))?.size).toEqual({ width: 320, height: 240 });
  const bitmap = bytes(
    'BM',
    new Array<number>(12).fill(0),
    [40, 0, 0, 0, 0x80, 2, 0, 0, 0x20, 0xfe, 0xff, 0xff, 1, 0],
  );
  expect(sniff(bitmap)).toEqual({ type: 'image/bmp', size: { width: 640, height: 480 } });
  expect(sniff(await aPdf(1))).toEqual({ type: 'application/pdf', size: null });
  expect(sniff(bytes([0xef, 0xbb, 0xbf], '\r\n%PDF-1.4'))?.type).toBe('application/pdf');
});

test('a JPEG whose frame lies far behind is taken without its size', () => {
  expect(sniff(jpeg(0xc0, 10, 10).subarray(0, 20))).toEqual({ type: 'image/jpeg', size: null });
});

test.each([
  'MZ\x90\0',
  '\x7fELF',
  'PK\x03\x04',
  'GIF89a',
  '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '<html>',
  '{\\rtf1',
  'RIFF\0\0\0\0WAVEfmt ',
  'BM is how a letter may begin, too',
  'MZ…\n%PDF-1.7',
  '\x89PNG',
  '%PDX-',
  '',
])('%j is none of them', (text) => {
  expect(sniff(Buffer.from(text, 'latin1'))).toBeNull();
});

test('anything at all, cut anywhere, is answered', async () => {
  const whole = [aPicture(), await aPdf(1), jpeg(0xc2, 5, 5), riff('VP8X', new Array<number>(20).fill(255))];
  for (const one of whole)
    for (let length = 0; length < Math.min(one.length, 80); length++) sniff(one.subarray(0, length));
  for (let turn = 0; turn < 3000; turn++) {
    const head = Buffer.concat([(whole[turn % 4] as Buffer).subarray(0, turn % 16), randomBytes(turn % 200)]);
    expect(() => sniff(head)).not.toThrow();
  }
});
