import { attachmentOrigin } from './decisions.ts';

/**
 * Content policy of the program's page: its own files, and inline styles only with this answer's nonce.
 * Nothing is fetched by the page (all data comes through the preload script), so there is no `connect-src`. Attachments
 * are shown as pictures and nothing else. `sandbox` takes from the page what no element of it needs: its own printing
 * (which the log would not know of), downloads, forms, windows, going elsewhere.
 */
export function windowPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: blob: ${attachmentOrigin}`,
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "worker-src 'none'",
    'sandbox allow-scripts allow-same-origin',
  ].join('; ');
}

/**
 * Policy of a document to be printed. It comes whole from the core, carries its styles in itself and runs in a
 * window where JavaScript is off; inline styles are all it may have.
 */
export const printPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  // its own scheme and host: the attachments that wait with it
  "img-src data: 'self'",
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const nothing = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"];

/** A picture, a script, a style or a refusal needs nothing of its own and is in no frame. */
export const picturePolicy = [...nothing, "frame-ancestors 'none'"].join('; ');

/** A PDF stands in an element and a frame that Chromium's viewer makes for it. */
export const pdfPolicy = [
  ...nothing,
  "object-src 'self'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self' chrome-extension:",
].join('; ');

/** Sent with every answer of the app scheme; a page has a wider policy of its own. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': picturePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // a cached copy would be one more place where pages stand
  'cache-control': 'no-store',
};
