import { escapeMarkup, pagePolicy } from '#shared/document/markup.ts';

/**
 * For paper, where no finished PDF can be stamped: page numbers as margin boxes, outside on odd and even pages
 * (GB/T 9704-2012, 7.5: 4号 half-width Arabic numerals between dashes, one character in from the edge). Sections of the
 * class `unnumbered` have none; `before` is how many pages stand before the one that is number one.
 */
export function paperPage(
  html: string,
  { isNumbered, before }: { isNumbered: boolean; before: number },
): string {
  if (!isNumbered) return html;
  const style = paperNumbers(before);
  const end = html.indexOf('</head>');
  return end < 0 ? style + html : html.slice(0, end) + style + html.slice(end);
}

const paperNumbers = (before: number) => `<style>
${before === 0 ? '' : `html { counter-reset: page ${-before} }`}
@page { @bottom-right { content: "— " counter(page) " —"; font: 14pt serif; padding-right: 14pt } }
@page :left { @bottom-right { content: none } @bottom-left { content: "— " counter(page) " —"; font: 14pt serif; padding-left: 14pt } }
@page unnumbered { @bottom-right { content: none } @bottom-left { content: none } }
@page unnumbered:left { @bottom-right { content: none } @bottom-left { content: none } }
</style>`;

/** A sheet of plain lines under a title; long lines break anywhere, spaces are kept. */
export function textSheet(title: string, lines: readonly string[]): string {
  const style =
    '@page{size:A4;margin:30mm 26mm}body{font:14pt/1.8 serif}h1{font-size:20pt;text-align:center}' +
    'p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;min-height:1.8em}';
  const body = lines.map((line) => `<p>${escapeMarkup(line)}</p>`).join('');
  return (
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">${pagePolicy()}<title>${escapeMarkup(title)}</title>` +
    `<style>${style}</style></head><body><h1>${escapeMarkup(title)}</h1>${body}</body></html>`
  );
}
