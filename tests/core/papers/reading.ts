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

/** A character of XML (XML 1.0, production 2); `u` keeps halves of a pair apart from whole ones. */
const character = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const tag =
  /<(?:\?[\s\S]*?\?|!--[\s\S]*?--|(\/?)([\w:.-]+)((?:\s+[\w:.-]+=(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?))>/g;

/** What keeps a part from being well-formed XML: characters, entities, marks that do not end in order. */
export function xmlFaults(text: string): string[] {
  const faults: string[] = [];
  if (!character.test(text)) faults.push('a character that is none');
  for (const [entity] of text.matchAll(/&[^;\s]{0,10};?/g))
    if (!/^&(?:lt|gt|amp|quot|apos|#x?[0-9a-f]+);$/i.test(entity)) faults.push(`entity ${entity}`);
  for (const [, hex, decimal] of text.matchAll(/&#(?:x([0-9a-f]+)|(\d+));/gi)) {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (code > 0x10ffff || !character.test(String.fromCodePoint(code))) faults.push(`reference to ${code}`);
  }
  const open: string[] = [];
  let after = 0;
  for (const found of text.matchAll(tag)) {
    if (text.slice(after, found.index).includes('<'))
      faults.push(`a broken mark before ${found[0].slice(0, 40)}`);
    after = found.index + found[0].length;
    const [, closes, name, , isEmpty] = found;
    if (name === undefined) continue;
    if (closes && open.pop() !== name) faults.push(`${name} ends what it does not begin`);
    if (!closes && !isEmpty) open.push(name);
  }
  if (open.length > 0 || text.slice(after).includes('<')) faults.push(`not ended: ${open.join(' ')}`);
  return faults;
}
