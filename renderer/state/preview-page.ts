/** The text of a sheet is 156 mm wide (590 px): a frame too narrow for it shows the sheet smaller, not cut off. */
const wholeWidth = [
  [640, 0.88],
  [560, 0.77],
  [480, 0.65],
  [400, 0.54],
]
  .map(([width, zoom]) => `@media (max-width:${width}px){html{zoom:${zoom}}}`)
  .join('\n');

/**
 * The print page for a frame of the window. The frame inherits the window's rules: a style element needs the window's
 * nonce, and style attributes are refused, so each becomes a rule of one more style element.
 */
export function previewPage(html: string, nonce = pageNonce()): string {
  if (nonce === '') return html;
  const rules: string[] = [];
  const page = html
    .replace(/<style(?=[\s>])/g, `<style nonce="${nonce}"`)
    .replace(/(<[a-z][^<>]*?) style="([^"]*)"/g, (_match, tag: string, rule: string) => {
      rules.push(`[data-rule="${rules.length}"]{${rule.replaceAll('&quot;', '"').replaceAll('&amp;', '&')}}`);
      return `${tag} data-rule="${rules.length - 1}"`;
    });
  const added = [...rules, wholeWidth].join('\n');
  return page.replace('</head>', () => `<style nonce="${nonce}">${added}</style></head>`);
}

function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}
