import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';

/** Text of a .docx, a paragraph a line; full-width blanks stay. */
export function textOf(file: string): string {
  return strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array())
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** What no paper may ever show: a hole of the program instead of room to write in. */
export const holes = /undefined|null|NaN|\[object|\{\{|\}\}|[{}]|【待填/;
