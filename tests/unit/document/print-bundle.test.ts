import { expect, test } from 'vitest';
import { packPage, unpackPage } from '#shared/document/print-bundle.ts';
import type { Pictures } from '#shared/document/print-layout.ts';

const encode = (text: string) => Buffer.from(text, 'utf8');
const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

const pictures: Pictures = new Map([
  ['one', { type: 'image/png', content: new Uint8Array([1, 2, 3]) }],
  ['two', { type: 'image/webp', content: new Uint8Array(70_000).fill(9) }],
]);

test('a page comes out of the stream as it went in, with its pictures', () => {
  const html = `<p>案卷</p>${'字😀'.repeat(5000)}`;
  const stream = Buffer.concat(packPage(html, pictures, encode));
  const read = unpackPage(stream, decode);
  expect(read.html).toBe(html);
  expect([...read.pictures].map(([id, { type, content }]) => [id, type, Buffer.from(content)])).toEqual(
    [...pictures].map(([id, { type, content }]) => [id, type, Buffer.from(content)]),
  );
});

test('a stream that is cut short, or goes on, is not a page', () => {
  const stream = Buffer.concat(packPage('<p>x</p>', pictures, encode));
  for (const end of [0, 3, 10, 60, stream.length - 1])
    expect(() => unpackPage(stream.subarray(0, end), decode), String(end)).toThrow();
  expect(() => unpackPage(Buffer.concat([stream, Buffer.from('x')]), decode)).toThrow();
});
