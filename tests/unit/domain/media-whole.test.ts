import { expect, test } from 'vitest';
import { isWhole } from '#shared/domain/media-whole.ts';
import { aPdf, aPhoto, aPicture } from '#tests/fixtures/scans.ts';

/** A picture of Windows: 24 bits, two rows of three pixels, each row filled up to four bytes. */
function aBitmap(): Buffer {
  const file = Buffer.alloc(54 + 2 * 12, 7);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(3, 18);
  file.writeInt32LE(-2, 22);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(0, 30);
  return file;
}

function aWebp(): Buffer {
  const file = Buffer.alloc(60);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(52, 4);
  file.write('WEBPVP8X', 8, 'latin1');
  return file;
}

const pictures = async () =>
  [
    ['image/png', aPicture()],
    ['image/jpeg', aPhoto(6)],
    ['image/bmp', aBitmap()],
    ['image/webp', aWebp()],
    ['application/pdf', await aPdf(40)],
  ] as const;

test('a whole file is one, with what a telephone adds behind it too', async () => {
  for (const [type, file] of await pictures()) {
    expect(isWhole(file, type), type).toBe(true);
    if (type !== 'application/pdf')
      expect(isWhole(Buffer.concat([file, Buffer.from('added by the telephone')]), type), type).toBe(true);
  }
});

test('a file cut short is none, wherever it was cut', async () => {
  for (const [type, file] of await pictures()) {
    const tail = type === 'application/pdf' ? 4200 : 1;
    for (const part of [0.5, 0.9, 0.99]) {
      const cut = file.subarray(0, Math.min(Math.floor(file.length * part), file.length - tail));
      expect(isWhole(cut, type), `${type} ${part}`).toBe(false);
    }
  }
});

test('the picture in a picture does not end it: a preview in Exif has an end of its own', () => {
  const photo = aPhoto(1);
  const preview = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), photo]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(preview.length + 2);
  const withPreview = Buffer.concat([
    photo.subarray(0, 2),
    Buffer.from([0xff, 0xe1]),
    length,
    preview,
    photo.subarray(2),
  ]);
  expect(isWhole(withPreview, 'image/jpeg')).toBe(true);
  expect(isWhole(withPreview.subarray(0, withPreview.length - 4), 'image/jpeg')).toBe(false);
});
