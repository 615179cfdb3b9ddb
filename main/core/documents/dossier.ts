import { countPages } from '#shared/document/paginate.ts';
import type { Paper, Volume } from '#shared/document/papers.ts';
import type { Fields } from '#shared/document/resolve.ts';
import type { ResolvedBlock, ResolvedDocument } from '#shared/document/resolved.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import type { AttachedPiece } from './attached.ts';
import { dayText } from './paper-fields.ts';
import type { CasePapers, Copy, WholeFile } from './paper-types.ts';
import { copiesOf, fits, isFiled, makePaper } from './papers.ts';
import { scanBlocks } from './scans.ts';
import { officialPage } from './templates.ts';

/**
 * The 案卷: cover, catalogue and every paper in order, in one document with numbers that run through. Of a register whose
 * records have parts (社区矫正) the papers of the parts are bound in too, and there are several files (`Volume`).
 */

export type DossierWish = {
  /** Which of the files, where there are several. */
  volume?: Volume | undefined;
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

/** A paper to be bound in, of the record itself or of one that is part of it. */
export type Bindable = { papers: CasePapers; paper: Paper; copy: Copy };

export const ownKey = ({ papers, paper, copy }: Bindable): string =>
  `${paper.kind} ${copy.key}${papers.source.isPart ? ` ${papers.source.record.id}` : ''}`;

export type Dossier = {
  document: ResolvedDocument;
  pieces: Piece[];
  /** Titles of what every file must hold and this one does not. */
  missing: string[];
};

type Place = { papers: CasePapers; paper: Paper };
type Bound = Place & { copy: Copy | null; attached: AttachedPiece | null; own: OwnPages | null };

/** Every paper that could be bound in, in the order of the file. */
function placesIn(papers: CasePapers, volume: Volume | undefined): Place[] {
  const body = papers.book.filter(({ place }) => place === 'body');
  if (volume === undefined) return body.map((paper) => ({ papers, paper }));
  const { kinds } = volume;
  const partKinds = new Map(papers.parts.flatMap(({ book }) => book.map((paper) => [paper.kind, paper])));
  const places: Place[] = [];
  for (let at = 0; at < kinds.length; ) {
    const own = body.find(({ kind }) => kind === kinds[at]);
    const first = partKinds.get(kinds[at] ?? '');
    let end = at + 1;
    if (own) places.push({ papers, paper: own });
    else if (first) {
      // Kinds of one register stay together for each of its records: an application beside what was decided on it
      const isOfIt = (kind = '') => partKinds.get(kind)?.ledger === first.ledger;
      while (isOfIt(kinds[end])) end += 1;
      const block = kinds.slice(at, end).flatMap((kind) => partKinds.get(kind) ?? []);
      for (const part of papers.parts.filter(({ source }) => source.record.ledger.name === first.ledger))
        places.push(...block.map((paper) => ({ papers: part, paper })));
    }
    at = end;
  }
  return places;
}

export function makeDossier(papers: CasePapers, wish: DossierWish): Dossier {
  const { volume } = wish;
  const bound = bind(papers, wish);
  const pieces = layOut(bound, wish);
  const whole = wholeFile(pieces, volume);
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
    return [section, ...contentOf(one, piece, whole)];
  });
  const title = volume
    ? words.volume(papers.fields.fileTitle ?? '', volume.title)
    : words.dossier(papers.fields.fileTitle ?? '');
  return {
    document: { title, page: 'official', blocks: [...sheets('front'), ...body, ...sheets('back')] },
    pieces,
    missing: missingPieces(placesIn(papers, volume), bound),
  };
}

/** Papers that belong in the file of such a case by law or form, what the parties bring among them. */
function missingPieces(places: readonly Place[], bound: readonly Bound[]): string[] {
  const isThere = ({ papers, paper }: Place) =>
    bound.some((one) => one.paper === paper && (one.papers === papers || one.attached !== null));
  const missing = places
    .filter(({ paper }) => paper.need === 'required')
    .filter((place) => isFiled(place.papers, place.paper) && !isThere(place));
  return [...new Set(missing.map(({ paper }) => paper.title))];
}

function contentOf(
  { papers, paper, copy, attached, own }: Bound,
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
  return wholeFile(layOut(bind(papers, wish), wish), wish.volume);
}

/** The papers of the body that go into a file, in the order of the book; what the parties brought not among them. */
export function copiesToBind(
  papers: CasePapers,
  { kinds, volume }: Pick<DossierWish, 'kinds' | 'volume'>,
): Bindable[] {
  return placesIn(papers, volume)
    .filter(({ paper }) => !paper.isAttached)
    .filter(({ papers: of, paper }) =>
      kinds ? kinds.includes(paper.kind) && fits(of, paper) : isFiled(of, paper),
    )
    .flatMap(({ papers: of, paper }) => copiesOf(of, paper).map((copy) => ({ papers: of, paper, copy })));
}

/** What goes into the file, in the order of the book. */
function bind(papers: CasePapers, wish: DossierWish): Bound[] {
  const made = copiesToBind(papers, wish);
  return placesIn(papers, wish.volume).flatMap((place): Bound[] => {
    const { paper } = place;
    if (paper.isAttached) {
      return wish.attached
        .filter((piece) => piece.paper === paper.kind)
        .map((piece) => ({ ...place, copy: null, attached: piece, own: null }));
    }
    return made
      .filter((one) => one.paper === paper && one.papers === place.papers)
      .map((one) => ({ ...one, attached: null, own: wish.own?.get(ownKey(one)) ?? null }));
  });
}

function layOut(bound: readonly Bound[], { measured }: DossierWish): Piece[] {
  const page = officialPage();
  let next = 1;
  return bound.map(({ papers, paper, copy, attached, own }, index): Piece => {
    const section = `piece${index + 1}`;
    const counted = () => (copy ? countPages(makePaper(papers, paper, copy, wholeFile([])).blocks, page) : 0);
    // A file of its own has one sheet here; its own pages lie behind it.
    const pages = attached?.pages ?? (own ? 1 : (measured?.[section] ?? counted()));
    const label = copy ? noteOf({ papers, paper, copy }) : '';
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
      own: copy && own !== null ? { key: ownKey({ papers, paper, copy }), ...own } : null,
    };
    next += pages;
    return piece;
  });
}

/** What tells a piece from others of its title: its own label, and the day of the record where that is a part. */
function noteOf({ papers: { source }, copy }: Bindable): string {
  const { isPart, record } = source;
  const day = isPart ? dayText(String(record.content[record.ledger.day] ?? '')) : undefined;
  return [...new Set([day, copy.label])].filter((one) => one !== undefined && one !== '').join(words.comma);
}

/** One sheet stands in the .docx for several pages of a PDF: what they are is known, where they end is not in the file. */
const endsInSheet = (pieces: readonly Piece[]) => {
  const last = pieces.at(-1);
  return last?.isAttached === true && last.pages > 1;
};

function wholeFile(pieces: readonly Piece[], volume?: Volume): WholeFile {
  const pages = pieces.reduce((sum, piece) => sum + piece.pages, 0);
  const counts = { pieceCount: String(pieces.length), pageCount: String(pages) };
  const fields: Fields = {
    ...(pieces.length === 0 ? {} : counts),
    ...(pieces.length === 0 || endsInSheet(pieces) ? {} : { lastSection: pieces.at(-1)?.section }),
    ...(volume ? { volumeTitle: volume.title } : {}),
  };
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
