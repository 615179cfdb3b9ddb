import { attachmentsOf } from '#core/ledgers/attachments.ts';
import type { MediaType } from '#shared/domain/media-type.ts';
import type { CasePapers } from './paper-types.ts';

/**
 * What parties hand in and is bound into the file as it is: copies of identity cards, evidence, receipts. Its pages
 * count in the catalogue, and the numbers go on after them.
 */
export type AttachedPiece = {
  /** Of the attachment. */
  id: string;
  mediaType: MediaType;
  /** The kind of paper of the book that it stands as. */
  paper: string;
  title: string;
  pages: number;
};

/**
 * Scanned pieces of a record and its parts, in the order in which they were put. Where each kind of attachment is bound in,
 * the book says (`attachments`). Scans of papers that the file has anyway (signed agreement, records, letter of authority,
 * application) are copies of those, not pieces of their own.
 */
export function attachedPieces(papers: CasePapers): AttachedPiece[] {
  const paperOf = new Map(
    papers.book.flatMap(({ kind, attachments = [] }) => attachments.map((one) => [one, kind] as const)),
  );
  return [papers, ...papers.parts].flatMap(({ source: { db, record } }) =>
    attachmentsOf(db, record.id).flatMap(({ id, kind, title, pages, mediaType }) => {
      const paper = paperOf.get(kind);
      return paper === undefined ? [] : [{ id, mediaType, paper, title, pages }];
    }),
  );
}
