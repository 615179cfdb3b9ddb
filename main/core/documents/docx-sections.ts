/** What the docx library does not write of sections: a mark at their last page, and an end that takes no line. */

export const endMark = (section: string): string => `${section}End`;

/** Above every number that the writer gives. */
const firstMark = 1_000_000;

/** Marks the last paragraph of every section whose last page a field asks for; in a table that is one of its last cell. */
export function markedEnds(xml: string): string {
  const asked = new Set([...xml.matchAll(/w:instr="PAGEREF (\w+)End"/g)].map(([, name = '']) => name));
  let marked = xml;
  for (const [index, name] of [...asked].entries()) {
    const begins = marked.indexOf(`<w:bookmarkStart w:name="${name}"`);
    const last = begins < 0 ? -1 : marked.lastIndexOf('</w:p>', marked.indexOf('<w:sectPr', begins));
    if (last < begins) throw new Error(`no section ${name} to end`);
    const id = firstMark + index;
    const mark = `<w:bookmarkStart w:name="${endMark(name)}" w:id="${id}"/><w:bookmarkEnd w:id="${id}"/>`;
    marked = marked.slice(0, last) + mark + marked.slice(last);
  }
  return marked;
}

const ownParagraph = /<w:p><w:pPr>(<w:sectPr(?:(?!<\/w:sectPr>).)*<\/w:sectPr>)<\/w:pPr><\/w:p>/gs;

/**
 * The library ends a section with an empty paragraph, which on a full page makes one more: the last paragraph of the section
 * carries the end itself (ECMA-376, 17.6.18), and behind a table the paragraph is as low as one can be.
 */
export function closedSections(xml: string): string {
  let closed = '';
  let after = 0;
  for (const found of xml.matchAll(ownParagraph)) {
    closed += closedBy(xml.slice(after, found.index), found[1] ?? '');
    after = found.index + found[0].length;
  }
  return closed + xml.slice(after);
}

function closedBy(content: string, end: string): string {
  const at = content.lastIndexOf('<w:p>');
  if (at < 0 || !content.endsWith('</w:p>')) {
    const low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>';
    return `${content}<w:p><w:pPr>${low}${end}</w:pPr></w:p>`;
  }
  const paragraph = content.slice(at);
  const carrying = paragraph.startsWith('<w:p><w:pPr>')
    ? paragraph.replace('</w:pPr>', () => `${end}</w:pPr>`)
    : paragraph.replace('<w:p>', () => `<w:p><w:pPr>${end}</w:pPr>`);
  return content.slice(0, at) + carrying;
}
