import type { Paper } from '#shared/document/papers.ts';
import type { Fields } from '#shared/document/resolve.ts';
import type { CaseNote } from '#shared/ledgers/case-note.ts';
import type { PaperSource } from './paper-fields.ts';

/** One paper of a kind: a kind may come several times, for each 笔录, each agent or each row of a child. */
export type Copy = {
  /** Tells copies of a kind apart: id of the 笔录, place of the party or row, or `case`. */
  key: string;
  /** What tells it apart to people; '' where there is only one. */
  label: string;
  fields: Fields;
  /** What was declared 不适用 of it, with the reason; besides what was of the case. */
  waived?: Fields;
};

export type Lists = Readonly<Record<string, readonly Fields[]>>;

export type CasePapers = {
  source: PaperSource;
  maker: PaperMaker;
  fields: Fields;
  notes: readonly { id: string; note: CaseNote }[];
  /** Every kind of paper there is for such a record, in the order in which a file is bound. */
  book: readonly Paper[];
  /** Kinds that were issued for this record. */
  issued: ReadonlySet<string>;
  /** The same of every record that is part of this one, in the order of their days. */
  parts: readonly CasePapers[];
};

/** Pieces and pages, for papers that speak of the whole file. */
export type WholeFile = { fields: Fields; pieces: readonly Fields[] };

/** A form to be filled in by hand. `isUnit`: whether the other side of a dispute is a unit. */
export type Blank = { number?: string | undefined; isUnit: boolean };

/** What the papers of one register are made of; everything else is the same for all. */
export type PaperMaker = {
  /** What every paper of the record can say. */
  fields(source: PaperSource, parts: readonly CasePapers[]): Fields;
  /** The papers of a kind that a record has; never none for one that fits. */
  copies(papers: CasePapers, paper: Paper): Copy[];
  /** What was declared 不适用 of the record, with the reason. */
  waived(source: PaperSource): Fields;
  /** What blocks and rows are repeated for. */
  lists(papers: CasePapers, paper: Paper): Lists;
  /** Whether a field that is empty is none that is missing. */
  mayBeEmpty(papers: CasePapers, paper: Paper, fields: Fields): (field: string) => boolean;
  blank(blank: Blank): { fields: Fields; lists: Lists };
};
