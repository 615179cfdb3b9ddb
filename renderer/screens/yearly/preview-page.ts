/** The print page for a frame: it inherits the window's rules, so its style element needs the window's nonce. */
export function previewPage(html: string, nonce = pageNonce()): string {
  return nonce === '' ? html : html.replace(/<style(?=[\s>])/g, `<style nonce="${nonce}"`);
}

function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}
