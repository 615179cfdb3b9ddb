import { escapeMarkup, pagePolicy } from '#shared/document/markup.ts';
import {
  characterPitch,
  type PageSetup,
  signatureInsets,
  type TypefaceName,
  textBlock,
} from '#shared/document/page-setup.ts';
import {
  hasLongNumber,
  type ResolvedBlock,
  type ResolvedDocument,
  type Run,
  runsOf,
  tallCell,
  textOf,
} from '#shared/document/resolved.ts';
import { writable } from '#shared/document/writable.ts';
import { documentText } from '#shared/text/document.ts';
import { isPicture, type Scan, sheetLines } from './scans.ts';

/** `print`: laid out to the page set-up, for PDF. `web`: the same text as a page to publish, without letterhead. */
type HtmlVariant = 'print' | 'web';

/** Writes a settled document as one HTML file: no scripts, no outside resources, every text escaped. */
export function writeHtml(settled: ResolvedDocument, page: PageSetup, variant: HtmlVariant): string {
  const document = writable(settled);
  const style = variant === 'print' ? printStyle(page) : webStyle(page);
  const body = document.blocks
    .map((block, at) => {
      const html = blockHtml(block, variant, at > 0);
      // A seal and the line under it: browsers keep what is one box together, not always what follows a box
      if (isKept(block) && at + 1 < document.blocks.length) return `<div class="signed">${html}`;
      return isKept(document.blocks[at - 1]) ? `${html}</div>` : html;
    })
    .filter((html) => html !== '');
  return [
    '<!doctype html>',
    `<html lang="${escapeMarkup(page.language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    pagePolicy({ hasPictures: document.blocks.some(({ block }) => block === 'scan') }),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(document.title)}</title>`,
    `<style>\n${style}\n</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...(variant === 'print' ? placesHtml(document) : []),
    ...body,
    // Sections begin with the first block or not at all.
    ...(document.blocks[0]?.block === 'section' ? ['</section>'] : []),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/**
 * A link to every section, seen by nobody: a PDF keeps the page of what is linked to, and so tells where sections begin.
 */
function placesHtml({ blocks }: ResolvedDocument): string[] {
  const links = blocks.flatMap((block) =>
    block.block === 'section' ? [`<a href="#${escapeMarkup(block.name)}">.</a>`] : [],
  );
  return links.length === 0 ? [] : [`<nav class="places" aria-hidden="true">${links.join('')}</nav>`];
}

const isKept = (block: ResolvedBlock | undefined): boolean =>
  block?.block === 'signature' && block.keep === true;

/** `isFurther`: something stands before it, so that a section begins a new page. */
function blockHtml(block: ResolvedBlock, variant: HtmlVariant, isFurther: boolean): string {
  switch (block.block) {
    case 'letterhead':
      return variant === 'web' ? '' : letterheadHtml(block);
    case 'title':
      return `<h1>${runsHtml(block.runs)}</h1>`;
    case 'addressee':
      return `<p class="addressee">${runsHtml(block.runs)}</p>`;
    case 'heading': {
      const tag = `h${block.level + 1}`;
      return `<${tag}>${escapeMarkup(block.mark)}${runsHtml(block.runs)}</${tag}>`;
    }
    case 'paragraph': {
      const lead = block.lead.length === 0 ? '' : `<strong>${runsHtml(block.lead)}</strong>`;
      const classes = [
        ...(block.keep ? ['keep', 'whole'] : []),
        ...(hasLongNumber(runsOf(block)) ? ['start'] : []),
      ];
      const named = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
      return `<p${named}>${lead}${runsHtml(block.runs)}</p>`;
    }
    case 'table':
      return tableHtml(block);
    case 'line': {
      const left = block.indent === 0 ? '' : ` style="margin-left:calc(${block.indent} * var(--character))"`;
      const kept = block.keep ? ' keep' : '';
      return `<p class="line ${block.align}${kept}"${left}>${runsHtml(block.runs)}</p>`;
    }
    case 'ruled':
      return '<p class="ruled">&#160;</p>'.repeat(block.lines);
    case 'section': {
      const kinds = [block.isNumbered ? 'numbered' : 'unnumbered', ...(isFurther ? ['further'] : [])];
      const end = isFurther ? '</section>' : '';
      return `${end}<section id="${escapeMarkup(block.name)}" class="section ${kinds.join(' ')}">`;
    }
    case 'scan':
      return scanHtml(block);
    case 'attachments':
      return attachmentsHtml(block.names);
    case 'signature': {
      const insets = signatureInsets(textOf(block.unit), textOf(block.date), block.sealed);
      const line = (runs: readonly Run[], inset: number) =>
        `<p style="margin-right:calc(${inset} * var(--character))">${runsHtml(runs)}</p>`;
      const blanks = blankHtml.repeat(block.sealed ? 2 : 1);
      return `<div class="signature">${blanks}${line(block.unit, insets.unit)}${line(block.date, insets.date)}</div>`;
    }
    case 'note':
      return `<p class="note">${runsHtml(block.runs)}</p>`;
    case 'blank':
      return variant === 'web' ? '' : blankHtml.repeat(block.lines);
    case 'pageBreak':
      return '<div class="page-break"></div>';
  }
}

/**
 * A sheet that says what belongs there. On its way to a printer a picture takes its place (`pictureMark`), and in a PDF
 * the page of a PDF does.
 */
function scanHtml(scan: Scan): string {
  const { attachment, mediaType } = scan;
  const lines = sheetLines(scan, isPicture(mediaType) ? 'preview' : 'page');
  const text = lines.map((line) => `<p>${escapeMarkup(line)}</p>`).join('');
  const mark = isPicture(mediaType) ? ` data-picture="${escapeMarkup(attachment)}"` : '';
  return `<figure class="scan"${mark}>${text}</figure>`;
}

const blankHtml = '<p class="blank">&#160;</p>';

function runsHtml(runs: readonly Run[]): string {
  return runs.map(runHtml).join('');
}

function runHtml(run: Run): string {
  const text = escapeMarkup(run.text).replaceAll('\n', '<br>');
  if (run.pageOf !== undefined && !run.isEnd) return `<a href="#${escapeMarkup(run.pageOf)}">${text}</a>`;
  if (run.isRoom) return `<span class="room">${text}</span>`;
  const marked = run.missing ? `<mark>${text}</mark>` : text;
  const figure = run.figure;
  const tagged =
    figure === undefined
      ? marked
      : `<span data-figure="${escapeMarkup(figure.code)}" title="${escapeMarkup(figure.name)}">${marked}</span>`;
  if (run.emphasis === 'strong') return `<strong>${tagged}</strong>`;
  return run.emphasis === undefined ? tagged : `<span class="${run.emphasis}">${tagged}</span>`;
}

function letterheadHtml(block: Extract<ResolvedBlock, { block: 'letterhead' }>): string {
  const signer = `${escapeMarkup(documentText.signer)}<span class="kai">${runsHtml(block.signer)}</span>`;
  return `<header><p class="organ">${runsHtml(block.organ)}</p>${blankHtml.repeat(2)}<p class="number"><span>${runsHtml(
    block.number,
  )}</span><span>${signer}</span></p></header>`;
}

function attachmentsHtml(names: readonly Run[][]): string {
  const items = names.map((name, index) => {
    const label = index === 0 ? documentText.attachment : '\u3000\u3000\u3000';
    const mark = names.length > 1 ? `${index + 1}.` : '';
    return `<p class="attachment">${escapeMarkup(label + mark)}${runsHtml(name)}</p>`;
  });
  return blankHtml + items.join('\n');
}

function tableHtml(block: Extract<ResolvedBlock, { block: 'table' }>): string {
  const total = block.columns.reduce((sum, column) => sum + column.share, 0);
  const columns = block.columns.map(
    ({ share }) => `<col style="width:${((share / total) * 100).toFixed(2)}%">`,
  );
  const head = block.head.map((cell) => `<th scope="col">${runsHtml(cell)}</th>`);
  const rows = block.rows.map((row) => {
    const cells = row.map(({ runs, span, align }) => {
      const spanned = span > 1 ? ` colspan="${span}"` : '';
      return `<td class="${align}"${spanned}>${runsHtml(runs)}</td>`;
    });
    const lines = Math.max(...row.map((cell) => cell.lines));
    const kind = lines < tallCell ? '' : ' class="tall"';
    const height = lines > 1 ? ` style="height:calc(${lines} * var(--table-line))"` : '';
    return `<tr${kind}${height}>${cells.join('')}</tr>`;
  });
  const caption = block.caption.length === 0 ? '' : `<caption>${runsHtml(block.caption)}</caption>`;
  const heading = head.length === 0 ? '' : `<thead><tr>${head.join('')}</tr></thead>\n`;
  const body = `${heading}<tbody>\n${rows.join('\n')}\n</tbody>`;
  return `<table>${caption}<colgroup>${columns.join('')}</colgroup>${body}</table>`;
}

function fontFamily(page: PageSetup, name: TypefaceName): string {
  const { font, alternatives } = page.typefaces[name];
  const generic = name === 'heading1' || name === 'hei' ? 'sans-serif' : 'serif';
  return [...[font, ...alternatives].map((one) => `"${one.replaceAll('"', '')}"`), generic].join(', ');
}

function fontRule(page: PageSetup, name: TypefaceName): string {
  return `font-family: ${fontFamily(page, name)}; font-size: ${page.typefaces[name].points}pt; font-weight: normal;`;
}

/** Line and character pitch come from the text block, so that 22 lines of 28 characters fill it. */
function printStyle(page: PageSetup): string {
  const { paper, margins } = page;
  const { height, width } = textBlock(page);
  const line = Math.floor((height / page.lines.count) * 1000) / 1000;
  const closer = Math.floor((characterPitch(page) - page.typefaces.body.points) * 1000) / 1000;
  return [
    `@page { size: ${paper.width.mm}mm ${paper.height.mm}mm;`,
    `  margin: ${margins.top.mm}mm ${margins.right.mm}mm ${margins.bottom.mm}mm ${margins.left.mm}mm; }`,
    `:root { --line: ${line}mm; --character: ${(width / page.characters.count).toFixed(4)}mm;`,
    `  --table-line: ${page.typefaces.table.points * 1.4}pt; }`,
    '* { margin: 0; padding: 0; box-sizing: border-box; }',
    `body { ${fontRule(page, 'body')} line-height: var(--line); letter-spacing: ${closer}pt; color: #000; }`,
    '@media screen { main { width: calc(28 * var(--character)); margin: 20mm auto; } }',
    sharedRules(page),
    `h1 { ${fontRule(page, 'title')} text-align: center; line-height: var(--line); letter-spacing: 0; }`,
    `header { margin-top: ${page.letterhead.organTop.mm}mm; }`,
    `.organ { ${fontRule(page, 'letterhead')} color: #f00; text-align: center; text-indent: 0; line-height: 1.2;`,
    '  letter-spacing: 0; }',
    `.number { display: flex; justify-content: space-between; text-indent: 0; padding: 0 var(--character)`,
    `  ${page.letterhead.lineBelow.mm}mm; border-bottom: 0.5mm solid #f00; }`,
  ].join('\n');
}

function webStyle(page: PageSetup): string {
  return [
    ':root { --line: 2; --character: 1em; --table-line: 1.8; }',
    '* { margin: 0; padding: 0; box-sizing: border-box; }',
    `body { ${fontRule(page, 'body')} line-height: 2; color: #000; background: #fff; }`,
    'main { max-width: 48em; margin: 2em auto; padding: 0 1em; }',
    sharedRules(page),
    `h1 { ${fontRule(page, 'title')} text-align: center; line-height: 1.6; margin-bottom: 1em; }`,
  ].join('\n');
}

function sharedRules(page: PageSetup): string {
  const indent = `text-indent: calc(${page.indent.count} * var(--character));`;
  return [
    `p { ${indent} text-align: justify; orphans: 1; widows: 1; overflow-wrap: break-word; }`,
    `h2 { ${fontRule(page, 'heading1')} ${indent} }`,
    `h3 { ${fontRule(page, 'heading2')} ${indent} }`,
    `h4 { ${fontRule(page, 'heading3')} ${indent} }`,
    `h5 { ${fontRule(page, 'heading4')} ${indent} }`,
    `.kai { font-family: ${fontFamily(page, 'kai')}; }`,
    `.hei { font-family: ${fontFamily(page, 'hei')}; }`,
    '.addressee, .blank { text-indent: 0; }',
    '.attachment { text-indent: -3em; padding-left: calc(5 * var(--character)); }',
    '.signature, .signed { break-inside: avoid; break-before: avoid; }',
    '.signature + .line { break-before: avoid; }',
    '.signature p { text-align: right; text-indent: 0; }',
    '.page-break { break-after: page; } .section.further { break-before: page; }',
    '.unnumbered { page: unnumbered; }',
    '.scan { display: flex; flex-direction: column; align-items: center; justify-content: center; margin: 0;',
    `  height: ${textBlock(page).height - 1}mm; overflow: hidden; } .scan + .scan { break-before: page; }`,
    '.scan p { text-indent: 0; text-align: center; } .scan img { max-width: 100%; max-height: 100%; }',
    '.line, .ruled { text-indent: 0; } .line.end { text-align: right; } .line.center { text-align: center; }',
    '.keep { break-after: avoid; } .whole { break-inside: avoid; } .ruled { border-bottom: 0.2mm solid #000; }',
    '.room { text-decoration: underline; text-decoration-thickness: 0.2mm; white-space: break-spaces; }',
    'a { color: inherit; text-decoration: none; }',
    '.places { position: absolute; top: 0; left: 0; width: 1px; height: 1px; overflow: hidden; opacity: 0;',
    '  font-size: 1px; }',
    'mark { background: #ff0; color: inherit; }',
    'table { width: 100%; border-collapse: collapse; table-layout: fixed; }',
    `caption { ${fontRule(page, 'hei')} }`,
    `th, td { ${fontRule(page, 'table')} border: 0.25mm solid #000; padding: 0 1mm; letter-spacing: 0;`,
    // A number wider than its cell, in whatever font stands in for 仿宋, stood over the next cell
    '  line-height: var(--table-line); overflow-wrap: anywhere; }',
    'th { font-weight: bold; } tr { break-inside: avoid; } tr.tall { break-inside: auto; }',
    '.start { text-align: left; } .center { text-align: center; } .end { text-align: right; }',
  ].join('\n');
}
