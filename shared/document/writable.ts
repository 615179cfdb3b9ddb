/**
 * Texts as a file may hold them. What is no character of XML (XML 1.0, 2.2: NUL and other controls, U+FFFE, U+FFFF, half
 * of a surrogate pair) makes a .docx that Word does not open; it comes from imports and from pasted texts.
 */

const halves = /\p{Surrogate}/gu;
const breaks = /[\v\f\u2028\u2029]/g;
// Control characters but tab, line feed and carriage return, and what is no character at all.
const unwritable = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;

/** Breaks of other kinds become line feeds, half of a pair the mark for what cannot be shown, the rest goes. */
export function writableText(text: string): string {
  return text.replace(halves, '\ufffd').replace(breaks, '\n').replace(unwritable, '');
}

/** Every text in a document or in the data of a template, however deep; what has nothing to clean stays as it is. */
export function writable<T>(value: T): T {
  if (typeof value === 'string') return writableText(value) as T;
  if (Array.isArray(value)) return value.map(writable) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, writable(one)])) as T;
}
