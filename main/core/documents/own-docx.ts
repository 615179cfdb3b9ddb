import { strFromU8, unzipSync, zipSync } from 'fflate';
import { AppError } from '#shared/api/errors.ts';
import type { TemplateFault } from '#shared/document/places.ts';

/** A .docx that somebody else made: opened within limits, refused where it is more than text on pages. */

export type Parts = Record<string, Uint8Array>;

const mostParts = 1000;
const mostUnpacked = 60 * 2 ** 20;
/** A part that is read as text; a thousand pages have less. */
const mostText = 15 * 2 ** 20;
/** The earliest time a zip entry can carry: the same paper must be the same bytes. */
const fixedTime = '1980-01-01T00:00:00';
const mainPart = 'word/document.xml';
const mainType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

export const refuse = (file: string, fault: TemplateFault, at = ''): AppError<'own-template-refused'> =>
  new AppError('own-template-refused', { file, fault, at: at.trim().slice(0, 80) });

/** The parts of the file. Throws `own-template-refused`. */
export function openDocx(bytes: Uint8Array, file: string): Parts {
  if (isOldWord(bytes)) throw refuse(file, 'old-word');
  if (bytes.length < 4 || bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw refuse(file, 'not-docx');
  const parts = unpack(bytes, file);
  if (Object.keys(parts).some((name) => /vbaProject|\.bin$/i.test(name) && !isPrinter(name)))
    throw refuse(file, 'macros');
  const types = parts['[Content_Types].xml'];
  if (!types || !parts[mainPart]) throw refuse(file, 'not-docx');
  const typeText = strFromU8(types);
  if (/macroEnabled/i.test(typeText)) throw refuse(file, 'macros');
  if (!typeText.includes(mainType)) throw refuse(file, 'not-docx');
  // A part in another encoding is not whole as UTF-8, and refused with the rest.
  for (const [name, content] of Object.entries(parts)) if (isXml(name)) refuseForeign(name, content, file);
  return parts;
}

const isXml = (name: string) => /\.(xml|rels)$/i.test(name);
/** Settings of a printer, kept by Word and run by nobody. */
const isPrinter = (name: string) => /printerSettings/i.test(name);

/** OLE: Word before 2007, and any .docx with a password. */
const isOldWord = (bytes: Uint8Array) =>
  bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

function unpack(bytes: Uint8Array, file: string): Parts {
  let [count, packed, unpacked] = [0, 0, 0];
  const parts: Parts = {};
  try {
    const entries = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        count += 1;
        packed += size;
        unpacked += originalSize;
        // Entries that lie over each other would be unpacked as often as they are named.
        const isTooMuch = count > mostParts || unpacked > mostUnpacked || packed > bytes.length;
        if (isTooMuch || (isXml(name) && originalSize > mostText)) throw refuse(file, 'too-big');
        if (/^[\\/]|\.\.|:/.test(name)) throw refuse(file, 'not-docx');
        return !name.endsWith('/');
      },
    });
    for (const [name, content] of Object.entries(entries)) parts[name] = content;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refuse(file, 'not-docx');
  }
  return parts;
}

const foreignFields = /\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|DATABASE|MACROBUTTON|IMPORT|EMBED)\b/i;
const embedded = /\/(oleObject|package|control|aFChunk|subDocument|activeXControlBinary)["']/;

/** Nothing in a paper may reach outside of it, run, or be unfolded by a reader. */
function refuseForeign(name: string, content: Uint8Array, file: string): void {
  const text = strFromU8(content);
  if (/<!(DOCTYPE|ENTITY)/i.test(text) || !isWhole(text)) throw refuse(file, 'broken-xml', name);
  if (name.endsWith('.rels')) {
    for (const [relation] of text.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
      const target = /\bTarget\s*=\s*["']([^"']*)/.exec(relation)?.[1] ?? '';
      if (/\bTargetMode\s*=\s*["']External/i.test(relation)) throw refuse(file, 'external', target);
      if (embedded.test(relation)) throw refuse(file, 'embedded', target);
    }
    return;
  }
  const instructions = [...text.matchAll(/<w:instrText[^>]*>([^<]*)<|w:instr="([^"]*)"/g)];
  const instruction = instructions.map(([, one, other]) => one ?? other ?? '').join('');
  const foreign = foreignFields.exec(instruction)?.[0];
  if (foreign) throw refuse(file, 'field', foreign);
}

const mark =
  /<(?:!--[\s\S]*?--|\?[\s\S]*?\?|!\[CDATA\[[\s\S]*?\]\]|(\/?)([^\s<>/!?]+)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?))>/g;

/** Whether every mark that begins ends, in order: the library fills in what is torn, and Word then opens nothing. */
function isWhole(text: string): boolean {
  const open: string[] = [];
  let [after, hasRoot] = [0, false];
  for (const found of text.matchAll(mark)) {
    const [whole, closes, name, isEmpty] = found;
    if (text.slice(after, found.index).includes('<')) return false;
    after = found.index + whole.length;
    if (name === undefined) continue;
    hasRoot = true;
    if (closes) {
      if (open.pop() !== name) return false;
    } else if (!isEmpty) open.push(name);
  }
  return hasRoot && open.length === 0 && !text.slice(after).includes('<');
}

/** The list of content types comes first, as readers that stream the file expect. */
export function packDocx(parts: Readonly<Parts>): Uint8Array {
  const rank = (name: string) => (name === '[Content_Types].xml' ? 0 : name.startsWith('_rels/') ? 1 : 2);
  const names = Object.keys(parts).sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
  const entries = Object.fromEntries(names.map((name) => [name, parts[name] as Uint8Array]));
  return zipSync(entries, { mtime: fixedTime, level: 6 });
}
