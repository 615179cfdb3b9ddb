import { countPages } from '#shared/document/paginate.ts';
import type { Paper } from '#shared/document/papers.ts';
import type { Fields } from '#shared/document/resolve.ts';
import type { ResolvedBlock, ResolvedDocument } from '#shared/document/resolved.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import type { AttachedPiece } from './attached.ts';
import type { CasePapers, Copy, WholeFile } from './paper-types.ts';
import { copiesOf, isFiled, makePaper } from './papers.ts';
import { scanBlocks } from './scans.ts';
import { officialPage } from './templates.ts';

/** The 案卷: cover, catalogue and every paper in order, in one document with numbers that run through. */

export type DossierWish = {
  attached: readonly AttachedPiece[];
  /** Kinds of the body to bind in, instead of those that belong in it anyway. */
  kinds?: readonly string[] | undefined;
  /** The pieces that are files of their own (`ownKey`), made from the bureau's templates. */
  own?: ReadonlyMap<string, OwnPages> | undefined;
  /** Pages of pieces as a layout measured them, by section name; the others are counted. */
  measured?: Readonly<Record<string, number>> | undefined;
};

/** How many pages a file of its own has: an estimate, or what somebody counted. */
export type OwnPages = { pages: number; isCounted: boolean };

export type Piece = {
  /** Name of the section in the document. */
  section: string;
  title: string;
  note: string;
  first: number;
  pages: number;
  /** Bound in as the parties brought it. */
  isAttached: boolean;
  /** The piece is a file of its own; null for the others. */
  own: ({ key: string } & OwnPages) | null;
};

export const ownKey = (paper: Paper, copy: Copy): string => `${paper.kind} ${copy.key}`;

export type Dossier = {
  document: ResolvedDocument;
  pieces: Piece[];
  /** Titles of what every file must hold and this one does not. */
  missing: string[];
};

type Bound = { paper: Paper; copy: Copy | null; attached: AttachedPiece | null; own: OwnPages | null };

export function makeDossier(papers: CasePapers, wish: DossierWish): Dossier {
  const bound = bind(papers, wish);
  const pieces = layOut(papers, bound, wish);
  const whole = wholeFile(pieces);
  const sheets = (place: Paper['place']) =>
    papers.book
      .filter((paper) => paper.place === place)
      .flatMap((paper): ResolvedBlock[] => {
        const [copy] = copiesOf(papers, paper);
        if (!copy) return [];
        const { blocks } = makePaper(papers, paper, copy, whole);
        return [{ block: 'section', name: paper.kind, isNumbered: false }, ...blocks];
      });
  const body = bound.flatMap((one, index): ResolvedBlock[] => {
    const piece = pieces[index];
    if (!piece) return [];
    // Numbers run on by themselves; behind a scan they are set: in .docx one sheet may stand for all its pages.
    const isBehindScan = bound[index - 1]?.attached != null;
    const start = index === 0 || isBehindScan ? { start: piece.first } : {};
    const section = { block: 'section', name: piece.section, isNumbered: true, ...start } as const;
    return [section, ...contentOf(papers, one, piece, whole)];
  });
  const title = words.dossier(papers.fields.fileTitle ?? '');
  return {
    document: { title, page: 'official', blocks: [...sheets('front'), ...body, ...sheets('back')] },
    pieces,
    missing: missingPieces(papers, bound),
  };
}

/** Papers that belong in the file of such a case by law or form, what the parties bring among them. */
function missingPieces(papers: CasePapers, bound: readonly Bound[]): string[] {
  const there = new Set(bound.map(({ paper }) => paper.kind));
  return papers.book
    .filter(({ place, need }) => place === 'body' && need === 'required')
    .filter((paper) => isFiled(papers, paper) && !there.has(paper.kind))
    .map(({ title }) => title);
}

function contentOf(
  papers: CasePapers,
  { paper, copy, attached, own }: Bound,
  piece: Piece,
  whole: WholeFile,
): ResolvedBlock[] {
  if (attached) return scanBlocks(attached);
  if (own) return ownSheet(piece, own);
  return copy ? makePaper(papers, paper, copy, whole).blocks : [];
}

/** Stands in the place of a piece that is a file of its own: what it is and how many pages it has. */
function ownSheet({ title }: Piece, own: OwnPages): ResolvedBlock[] {
  const line = (text: string): ResolvedBlock => ({
    block: 'line',
    runs: [{ text }],
    indent: 0,
    align: 'center',
    keep: false,
  });
  const [what = '', how = ''] = words.ownSheet;
  return [
    { block: 'blank', lines: 6 },
    { block: 'title', runs: [{ text: title }] },
    { block: 'blank', lines: 2 },
    line(what),
    line(words.ownSheetPages(pagesText(own))),
    { block: 'blank', lines: 1 },
    line(how),
  ];
}

const pagesText = ({ pages, isCounted }: OwnPages) =>
  isCounted ? words.pages(pages) : words.aboutPages(pages);

/** For a paper that speaks of the whole file and is made alone. */
export function wholeFileOf(papers: CasePapers, wish: DossierWish): WholeFile {
  return wholeFile(layOut(papers, bind(papers, wish), wish));
}

/** The papers of the body that go into a file, in the order of the book; what the parties brought not among them. */
export function copiesToBind(
  papers: CasePapers,
  { kinds }: Pick<DossierWish, 'kinds'>,
): { paper: Paper; copy: Copy }[] {
  return papers.book
    .filter(({ place, isAttached }) => place === 'body' && !isAttached)
    .filter((paper) => (kinds ? kinds.includes(paper.kind) : isFiled(papers, paper)))
    .flatMap((paper) => copiesOf(papers, paper).map((copy) => ({ paper, copy })));
}

/** What goes into the file, in the order of the book. */
function bind(papers: CasePapers, wish: DossierWish): Bound[] {
  const made = copiesToBind(papers, wish);
  return papers.book.flatMap((paper): Bound[] => {
    if (paper.isAttached) {
      return wish.attached
        .filter((piece) => piece.paper === paper.kind)
        .map((piece) => ({ paper, copy: null, attached: piece, own: null }));
    }
    return made
      .filter((one) => one.paper === paper)
      .map(({ copy }) => ({ paper, copy, attached: null, own: wish.own?.get(ownKey(paper, copy)) ?? null }));
  });
}

function layOut(papers: CasePapers, bound: readonly Bound[], { measured }: DossierWish): Piece[] {
  const page = officialPage();
  let next = 1;
  return bound.map(({ paper, copy, attached, own }, index): Piece => {
    const section = `piece${index + 1}`;
    const counted = () => (copy ? countPages(makePaper(papers, paper, copy, wholeFile([])).blocks, page) : 0);
    // A file of its own has one sheet here; its own pages lie behind it.
    const pages = attached?.pages ?? (own ? 1 : (measured?.[section] ?? counted()));
    const label = copy?.label ?? '';
    const note = attached
      ? words.scanned(attached.pages)
      : own === null
        ? label
        : words.ownPiece(label, pagesText(own));
    const piece: Piece = {
      section,
      title: attached?.title ?? paper.title,
      note,
      first: next,
      pages,
      isAttached: attached !== null,
      own: copy && own !== null ? { key: ownKey(paper, copy), ...own } : null,
    };
    next += pages;
    return piece;
  });
}

function wholeFile(pieces: readonly Piece[]): WholeFile {
  const pages = pieces.reduce((sum, piece) => sum + piece.pages, 0);
  const fields: Fields =
    pieces.length === 0 ? {} : { pieceCount: String(pieces.length), pageCount: String(pages) };
  return {
    fields,
    pieces: pieces.map((piece, index) => ({
      number: String(index + 1),
      title: piece.title,
      page: String(piece.first),
      pieceNote: piece.note,
      section: piece.section,
    })),
  };
}
