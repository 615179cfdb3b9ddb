import { randomUUID } from 'node:crypto';
import { commonHeaders, printPolicy } from '../security/content-policy.ts';
import { printOrigin } from '../security/decisions.ts';

/** Documents that wait to be printed; they stand in memory only, each under an address used once. */
export type PrintPages = {
  put(html: string): { url: string; remove: () => void };
  answer(request: { url: string; method: string }): Response;
};

export function createPrintPages(): PrintPages {
  const pages = new Map<string, string>();
  return {
    put(html) {
      const url = `${printOrigin}/${randomUUID()}`;
      pages.set(url, html);
      return { url, remove: () => void pages.delete(url) };
    },
    answer({ url, method }) {
      const html = method === 'GET' ? pages.get(url) : undefined;
      if (html === undefined) return new Response(null, { status: 404, headers: commonHeaders });
      const headers = {
        ...commonHeaders,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': printPolicy,
      };
      return new Response(html, { headers });
    },
  };
}
