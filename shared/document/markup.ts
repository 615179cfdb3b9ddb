import { writableText } from './writable.ts';

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it stands in HTML and XML, between tags and in attributes alike, without what no file may hold. */
export const escapeMarkup = (text: string): string =>
  writableText(text).replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

/**
 * In the head of every page that the program makes: no scripts, nothing from outside. Pictures that are put in on the
 * way to a printer wait beside the page.
 */
export const pagePolicy = ({ hasPictures = false } = {}): string =>
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${hasPictures ? "; img-src 'self'" : ''}">`;
