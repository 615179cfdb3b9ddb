import type { ReadDb } from '#core/db/connection.ts';
import { attachmentsOf } from '#core/ledgers/attachments.ts';
import type { MediaType } from '#shared/domain/media-type.ts';

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
 * Where each kind of attachment is bound in. Scans of papers that the file has anyway (signed agreement, records,
 * letter of authority, application) are copies of those, not pieces of their own.
 */
const paperOfKind: Readonly<Record<string, string>> = {
  identity: 'identity',
  evidence: 'evidence',
  site: 'evidence',
  other: 'evidence',
  performance: 'performanceProof',
  court: 'courtPapers',
};

/** Scanned pieces of a case, in the order in which they were put. */
export function attachedPieces(db: ReadDb, recordId: string): AttachedPiece[] {
  return attachmentsOf(db, recordId).flatMap(({ id, kind, title, pages, mediaType }) => {
    const paper = paperOfKind[kind];
    return paper === undefined ? [] : [{ id, mediaType, paper, title, pages }];
  });
}
