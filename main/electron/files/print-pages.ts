import { randomUUID } from 'node:crypto';
import type { Pictures } from '#shared/document/print-layout.ts';
import { commonHeaders, printPolicy } from '../security/content-policy.ts';
import { printOrigin } from '../security/decisions.ts';

/** Documents that wait to be printed; they stand in memory only, each under an address used once. */
export type PrintPages = {
  /** `pictures` stand where the page keeps a place for them, each under an address of its own. */
  put(html: string, pictures?: Pictures): { url: string; remove: () => void };
  answer(request: { url: string; method: string }): Response;
};

const place = /<figure class="scan" data-picture="([^"]+)">.*?<\/figure>/gs;

export function createPrintPages(): PrintPages {
  const waiting = new Map<string, { content: string | Uint8Array; type: string }>();
  const keep = (content: string | Uint8Array, type: string): string => {
    const url = `${printOrigin}/${randomUUID()}`;
    waiting.set(url, { content, type });
    return url;
  };
  return {
    put(html, pictures = new Map()) {
      const urls: string[] = [];
      // What somebody wrote is escaped: it cannot look like a place.
      const page = html.replace(place, (sheet, id: string) => {
        const picture = pictures.get(id);
        if (!picture) return sheet;
        const url = keep(picture.content, picture.type);
        urls.push(url);
        return `<figure class="scan"><img src="${url}" alt=""></figure>`;
      });
      const url = keep(page, 'text/html; charset=utf-8');
      return { url, remove: () => [...urls, url].forEach((one) => void waiting.delete(one)) };
    },
    answer({ url, method }) {
      const found = method === 'GET' ? waiting.get(url) : undefined;
      if (found === undefined) return new Response(null, { status: 404, headers: commonHeaders });
      const headers = {
        ...commonHeaders,
        'content-type': found.type,
        'content-security-policy': printPolicy,
      };
      const { content } = found;
      return new Response(typeof content === 'string' ? content : new Uint8Array(content), { headers });
    },
  };
}
