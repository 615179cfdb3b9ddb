import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { closedSections, markedEnds } from '#core/documents/docx-sections.ts';
import { escapeMarkup } from '#shared/document/markup.ts';
import type { PageSetup } from '#shared/document/page-setup.ts';

/** The earliest time a zip entry can carry; a moving time would change the bytes of the same document. */
const fixedTime = '1980-01-01T00:00:00';

/**
 * Defaults of every paragraph that the library cannot write, in the order of the schema: widow control off (a page
 * holds exactly its 22 lines), no space between Chinese text and figures (28 characters fill the line), and lines
 * by their own exact pitch, not by the grid (a 2号 title would take two grid lines).
 */
const paragraphDefaults = ['widowControl', 'autoSpaceDE', 'autoSpaceDN', 'snapToGrid']
  .map((name) => `<w:${name} w:val="0"/>`)
  .join('');

/**
 * Makes the file of the docx library the same for the same document, and adds what the library does not write:
 * alternatives for fonts that a machine may not have (`w:altName`).
 */
export function finishDocx(file: Uint8Array, page: PageSetup): Uint8Array {
  const entries = unzipSync(file);
  const rewritten: Record<string, Uint8Array> = {};
  for (const name of Object.keys(entries).sort(byPackageOrder)) {
    const content = entries[name];
    if (content === undefined || name.endsWith('/')) continue;
    rewritten[name] = rewrite(name, content, page);
  }
  return zipSync(rewritten, { mtime: fixedTime, level: 6 });
}

/** The list of content types comes first, as readers that stream the file expect. */
function byPackageOrder(left: string, right: string): number {
  const rank = (name: string) => (name === '[Content_Types].xml' ? 0 : name.startsWith('_rels/') ? 1 : 2);
  return rank(left) - rank(right) || (left < right ? -1 : 1);
}

function rewrite(name: string, content: Uint8Array, page: PageSetup): Uint8Array {
  if (name === 'docProps/core.xml') {
    const timeless = /<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g;
    return strToU8(strFromU8(content).replace(timeless, ''));
  }
  if (name === 'word/styles.xml') {
    return strToU8(
      replaceOnce(strFromU8(content), '<w:pPrDefault><w:pPr>', (found) => found + paragraphDefaults),
    );
  }
  if (name === 'word/document.xml')
    return strToU8(closedSections(markedEnds(turnedPictures(strFromU8(content)))));
  return name === 'word/fontTable.xml' ? strToU8(fontTable(page)) : content;
}

/**
 * A picture turned by a quarter reaches over its frame above and below (or at the sides): `effectExtent` says by how
 * much, so that the line has room for it (ECMA-376, 20.4.2.6). The library writes nought.
 */
function turnedPictures(xml: string): string {
  return xml.replace(/<wp:inline .*?<\/wp:inline>/gs, (inline) => {
    if (!/<a:xfrm[^>]* rot="(?:5400000|16200000)"/.test(inline)) return inline;
    const [, cx = '0', cy = '0'] = /<wp:extent cx="(\d+)" cy="(\d+)"/.exec(inline) ?? [];
    const over = Math.round((Number(cx) - Number(cy)) / 2);
    const [aside, above] = [Math.max(0, -over), Math.max(0, over)];
    return inline.replace(
      /<wp:effectExtent [^>]*>/,
      `<wp:effectExtent l="${aside}" t="${above}" r="${aside}" b="${above}"/>`,
    );
  });
}

function replaceOnce(text: string, what: string, make: (found: string) => string): string {
  if (text.split(what).length !== 2)
    throw new Error(`the docx library writes styles differently: no ${what}`);
  return text.replace(what, make);
}

function fontTable(page: PageSetup): string {
  const fonts = new Map(Object.values(page.typefaces).map(({ font, alternatives }) => [font, alternatives]));
  const entries = [...fonts].map(([font, alternatives]) => {
    const alternative = `<w:altName w:val="${escapeMarkup(alternatives.join(','))}"/>`;
    return `<w:font w:name="${escapeMarkup(font)}">${alternative}<w:charset w:val="86"/></w:font>`;
  });
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return `${head}<w:fonts xmlns:w="${namespace}">${entries.join('')}</w:fonts>`;
}
