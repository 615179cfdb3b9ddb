import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { escapeMarkup } from '#shared/document/markup.ts';

const main = 'word/document.xml';
const relations = 'word/_rels/document.xml.rels';
const header = 'demo-header.xml';
const relation = 'rIdDemoMark';
const words = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const paragraph = (text: string) =>
  '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="CC0000"/></w:rPr>' +
  `<w:t>${escapeMarkup(text)}</w:t></w:r></w:p>`;
const kinds = ['default', 'even', 'first'] as const;

/**
 * A finished document with a line above every page, where it moves nothing; one that has a head of its own gets it as its
 * first line. What is no document of Word stays as it is.
 */
export function markedDocx(bytes: Uint8Array, said: string): Uint8Array {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b || bytes[2] !== 3) return bytes;
  const line = paragraph(said);
  const parts = unzipSync(bytes);
  const textOf = (name: string) => (parts[name] ? strFromU8(parts[name]) : '');
  const text = textOf(main);
  const types = textOf('[Content_Types].xml');
  if (text === '' || types === '') return bytes;
  const hasOwn = text.includes('<w:headerReference') || !text.includes('</w:sectPr>');
  const changed = hasOwn
    ? { [main]: text.replace(/<w:body[^>]*>/, (body) => `${body}${line}`) }
    : {
        [main]: text.replace(/<w:sectPr(?:\s[^>]*)?(?<!\/)>/g, (section) => section + references),
        [`word/${header}`]: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:hdr xmlns:w="${words}">${line}</w:hdr>`,
        [relations]: textOf(relations).replace(
          '</Relationships>',
          `<Relationship Id="${relation}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="${header}"/></Relationships>`,
        ),
        '[Content_Types].xml': types.replace(
          '</Types>',
          `<Override PartName="/word/${header}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>`,
        ),
      };
  const written = Object.fromEntries(Object.entries(changed).map(([name, one]) => [name, strToU8(one)]));
  // The earliest day a zip can hold: the same document gives the same bytes.
  return zipSync({ ...parts, ...written }, { mtime: '1980-01-01T00:00:00' });
}

const references = kinds
  .map(
    (kind) =>
      `<w:headerReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" w:type="${kind}" r:id="${relation}"/>`,
  )
  .join('');
