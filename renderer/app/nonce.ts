/** The nonce that the `app://` handler gave this page; '' where there is no such rule. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
}

/**
 * antd passes the nonce to its own style elements, but the package under it measures scroll bars with one that it
 * makes without. Every style element made by a script of ours gets the nonce.
 */
export function nonceStyles(nonce: string): void {
  if (nonce === '') return;
  const create = document.createElement.bind(document);
  document.createElement = ((tag: string, options?: ElementCreationOptions) => {
    const element = create(tag, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
