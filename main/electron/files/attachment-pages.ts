import { randomUUID } from 'node:crypto';
import type { Envelope } from '#shared/api/envelope.ts';
import type { AttachmentContent, AttachmentView } from '#shared/api/types.ts';
import { type MediaType, mediaTypes } from '#shared/domain/media-type.ts';
import { commonHeaders, pdfPolicy, picturePolicy } from '../security/content-policy.ts';
import { attachmentOrigin } from '../security/decisions.ts';

/**
 * Contents of attachments on their way to a page: in memory only, each under an address that answers once. The page
 * gets the address; the bytes go past it to the picture element or the PDF window.
 */
export type AttachmentPages = {
  put(content: Uint8Array, type: MediaType): string;
  /** Keeps the content that an answer of `attachment.view` carries and puts an address in its place. */
  takeFrom(method: string, envelope: Envelope<unknown>): Envelope<unknown>;
  answer(request: { url: string; method: string }): Response;
  /** The session was locked or has ended: what was not fetched by then is not given out. */
  clear(): void;
};

/** A page asks for one picture and fetches it; what waits beyond this was never fetched. */
const mostWaiting = 4;

export function createAttachmentPages(): AttachmentPages {
  const waiting = new Map<string, { content: Uint8Array; type: MediaType }>();

  function put(content: Uint8Array, type: MediaType): string {
    // The header says what the core found in the bytes; it can be nothing else.
    if (!mediaTypes.includes(type)) throw new Error('not a kind of attachment');
    const address = `${attachmentOrigin}/${randomUUID()}`;
    waiting.set(address, { content, type });
    for (const [oldest] of waiting) {
      if (waiting.size <= mostWaiting) break;
      waiting.delete(oldest);
    }
    return address;
  }

  return {
    put,
    takeFrom(method, envelope) {
      if (method !== 'attachment.view' || !envelope.ok) return envelope;
      const { attachment, content } = envelope.value as AttachmentContent;
      const view: AttachmentView = { attachment, address: put(content, attachment.mediaType) };
      return { ok: true, value: view };
    },
    answer({ url, method }) {
      // What the PDF viewer is told to show of it stands behind the address.
      const [address = ''] = url.split('#');
      const found = method === 'GET' ? waiting.get(address) : undefined;
      if (!found) return new Response(null, { status: 404, headers: commonHeaders });
      // The viewer of a PDF may ask for it once more; what is kept goes with the next ones and with the session.
      if (found.type !== 'application/pdf') waiting.delete(address);
      const headers = {
        ...commonHeaders,
        // The program's page is of another origin of the same scheme, and shows it in a picture element.
        'cross-origin-resource-policy': 'cross-origin',
        'content-type': found.type,
        'content-length': String(found.content.length),
        'content-security-policy': found.type === 'application/pdf' ? pdfPolicy : picturePolicy,
      };
      return new Response(new Uint8Array(found.content), { headers });
    },
    clear: () => waiting.clear(),
  };
}
