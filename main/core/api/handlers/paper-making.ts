import { attachedPieces } from '#core/documents/attached.ts';
import {
  type Bindable,
  copiesToBind,
  type Dossier,
  makeDossier,
  type OwnPages,
  ownKey,
  wholeFileOf,
} from '#core/documents/dossier.ts';
import { writeHtml } from '#core/documents/html.ts';
import { type KeptContent, keepIssue } from '#core/documents/issued.ts';
import { blankPlaces, placesOf } from '#core/documents/own-places.ts';
import {
  findPaper,
  type InForce,
  readTemplate,
  type TemplateContent,
  templatesInForce,
} from '#core/documents/own-store.ts';
import type { FilledTemplate } from '#core/documents/own-template.ts';
import { paperBook } from '#core/documents/paper-book.ts';
import { partsWithPapers } from '#core/documents/paper-parts.ts';
import {
  blanksOf,
  type CasePapers,
  type Copy,
  copiesOf,
  fits,
  makePaper,
  papersOf,
  together,
} from '#core/documents/papers.ts';
import { officialPage } from '#core/documents/templates.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';
import { AppError } from '#shared/api/errors.ts';
import type { BlankText, Printable } from '#shared/api/types.ts';
import type { Paper, Volume } from '#shared/document/papers.ts';
import type { PlaceData } from '#shared/document/places.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import { blanksIn } from '#shared/domain/phrase.ts';
import type { CommandContext, Kit, QueryContext } from '../context.ts';
import { isSeen } from '../scope.ts';
import { picturesOf, printedScans } from './bound-scans.ts';

/** Making papers: in the house wording, or from the bureau's template where there is one. */

export type Reading = Pick<QueryContext, 'db' | 'kit' | 'scope'>;
/** With the key, for what is attached. */
export type Opening = Reading & Pick<QueryContext, 'key'>;
export type Wish = {
  id: string;
  kind: string;
  copy?: string | undefined;
  template?: string | undefined;
};

/** A paper settled; `file` is there already where it was made from a template. */
export type Made = {
  paper: Paper;
  content: KeptContent;
  document: ResolvedDocument;
  file: Uint8Array | null;
  templateVersion: number;
  /** The paper again where its texts still have blanks. */
  blanks: BlankText[];
};

export function readPapers(context: Reading, id: string): CasePapers {
  const { db, kit } = context;
  const record = findRecord(db, kit.registry, id);
  return papersOf({ db, labels: kit.labels(db), record, person: personOf(context, record) });
}

/** The same with the papers of every record that is part of it. */
export function readFile(context: Reading, id: string): CasePapers {
  const { db, kit, scope } = context;
  const record = findRecord(db, kit.registry, id);
  const labels = kit.labels(db);
  const parts = partsWithPapers(db, kit.registry, record, scope.ledgers);
  return papersOf(
    { db, labels, record, person: personOf(context, record) },
    parts.map((part) => papersOf({ db, labels, record: part, person: record, isPart: true })),
  );
}

/** The person whom a record is a part of, for an account that sees that one too. */
function personOf({ db, kit, scope }: Reading, { ledger, content }: StoredRecord): StoredRecord | null {
  const id = ledger.partOf === 'personId' ? content.personId : null;
  if (typeof id !== 'string' || !isSeen(kit, db, scope, id)) return null;
  return readRecord(db, kit.registry.find('correction'), id);
}

export async function toDocx(context: Opening, document: ResolvedDocument): Promise<Uint8Array> {
  const pictures = await picturesOf(context, document);
  return (await context.kit.env.helper('document.docx', { document, pictures })) as Uint8Array;
}

export function printable(document: ResolvedDocument): Printable {
  const sections = document.blocks.flatMap((block) =>
    block.block === 'section'
      ? [{ name: block.name, isNumbered: block.isNumbered, start: block.start ?? null }]
      : [],
  );
  return {
    html: writeHtml(document, officialPage(), 'print'),
    title: document.title,
    sections,
    scans: printedScans(document),
    isUnnumbered: document.isUnnumbered === true,
  };
}

const templateLimitMs = 120_000;

/** Runs a task on a template in a helper that ends at its limit. Throws `own-template-unread`. */
export async function onTemplate<T>(kit: Kit, task: string, input: unknown, title: string): Promise<T> {
  try {
    return (await kit.env.helper(task, input, { ms: templateLimitMs })) as T;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('own-template-unread', { title }, { cause: error });
  }
}

export const fill = (
  kit: Kit,
  { content, title }: TemplateContent,
  data: PlaceData,
): Promise<FilledTemplate> => onTemplate(kit, 'template.fill', { bytes: content, title, data }, title);

/** The template that a paper is made from; null for the house wording. Throws `own-template-unfit`, `paper-own-only`. */
function templateFor({ db }: Reading, paper: Paper, wanted: string | undefined): TemplateContent | null {
  const inForce = templatesInForce(db).get(paper.kind);
  const id = wanted === undefined ? inForce?.id : wanted;
  if (id === undefined || id === 'house') {
    if (paper.isOwn) throw new AppError('paper-own-only', { title: paper.title });
    return null;
  }
  const template = readTemplate(db, id);
  if (template.kind !== paper.kind)
    throw new AppError('own-template-unfit', { title: template.title, paper: paper.title });
  return template;
}

export async function makeWanted(context: Reading, papers: CasePapers, wish: Wish): Promise<Made> {
  const { record, db } = papers.source;
  const paper = findPaper(db, wish.kind);
  if (paper.isAttached) throw new AppError('paper-attached', { title: paper.title });
  const copies = fits(papers, paper) ? copiesOf(papers, paper) : [];
  if (copies.length === 0)
    throw new AppError('paper-unfit', { title: paper.title, ledger: record.ledger.name });
  const chosen = wish.copy === undefined ? copies : copies.filter(({ key }) => key === wish.copy);
  const [first] = chosen;
  if (!first) throw new AppError('paper-copy-missing', { title: paper.title });
  const template = templateFor(context, paper, wish.template);
  if (template) {
    if (chosen.length > 1)
      throw new AppError('own-template-copies', { title: paper.title, count: chosen.length });
    return fromTemplate(context, papers, paper, first, template);
  }
  const whole = paper.isOfFile
    ? wholeFileOf(papers, {
        attached: attachedPieces(papers),
        own: pagesOf(await ownPieces(context, papers, {})),
        volume: volumeOf(papers, undefined),
      })
    : undefined;
  const document = together(chosen.map((copy) => makePaper(papers, paper, copy, whole)));
  const templateVersion = paperBook().templateOf(paper)?.version ?? 0;
  const blanks = blankTexts(papers, paper, chosen);
  return { paper, content: document, document, file: null, templateVersion, blanks };
}

/** Copies of a paper with what in them still has blanks (＿＿); none where nothing has. */
export function blankTexts(papers: CasePapers, paper: Paper, copies: readonly Copy[]): BlankText[] {
  const own = paper.isOwn ? templatesInForce(papers.source.db).get(paper.kind) : undefined;
  const of = (copy: Copy) =>
    paper.isOwn
      ? placesWhere(papers, paper, copy, own, (text) => blanksIn(text) > 0)
      : blanksOf(papers, paper, copy);
  const labels = [...new Set(copies.flatMap(of))];
  return labels.length === 0 ? [] : [{ title: paper.title, labels }];
}

/** Places of a bureau's own paper that hold such a text. */
export function placesWhere(
  papers: CasePapers,
  paper: Paper,
  copy: Copy,
  own: InForce | undefined,
  isWanted: (text: string) => boolean,
): string[] {
  const { values } = placesOf(papers, paper, copy);
  return (own?.places ?? []).filter((name) => isWanted(values[name] ?? ' '));
}

async function fromTemplate(
  { kit }: Reading,
  papers: CasePapers,
  paper: Paper,
  copy: Copy,
  template: TemplateContent,
): Promise<Made & { pages: number; file: Uint8Array }> {
  const data = placesOf(papers, paper, copy);
  const { file, document, pages } = await fill(kit, template, data);
  return {
    paper,
    content: { title: paper.title, own: data, template: template.id },
    document: { ...document, title: paper.title },
    file,
    templateVersion: template.version,
    blanks: blankTexts(papers, paper, [copy]),
    pages: Math.max(pages, template.pages, 1),
  };
}

/** A form from a bureau's template. */
export async function blankFrom(
  context: Reading,
  kind: string,
  { number, isUnit, template: wanted }: { number?: string; isUnit: boolean; template?: string | undefined },
): Promise<FilledTemplate | null> {
  const paper = findPaper(context.db, kind);
  // In the house wording unless another is named: a set of forms is one document.
  const template = templateFor(context, paper, paper.isOwn ? wanted : (wanted ?? 'house'));
  return template && fill(context.kit, template, blankPlaces(paper, number, isUnit));
}

type OwnPiece = Made & Bindable & { pages: number; file: Uint8Array };

/** The pieces of a file that are made from the bureau's templates, by `ownKey`. */
async function ownPieces(
  context: Reading,
  papers: CasePapers,
  wish: { kinds?: readonly string[] | undefined; template?: string | undefined; volume?: Volume | undefined },
): Promise<ReadonlyMap<string, OwnPiece>> {
  const pieces = new Map<string, OwnPiece>();
  for (const one of copiesToBind(papers, wish)) {
    const { paper, copy } = one;
    if (paper.isOfFile) continue;
    const template = templateFor(context, paper, paper.isOwn ? undefined : wish.template);
    if (template === null) continue;
    const made = await fromTemplate(context, one.papers, paper, copy, template);
    pieces.set(ownKey(one), { ...made, ...one });
  }
  return pieces;
}

/** Estimates, or what somebody counted. */
const pagesOf = (
  pieces: ReadonlyMap<string, OwnPiece>,
  counted: Readonly<Record<string, number>> = {},
): Map<string, OwnPages> =>
  new Map(
    [...pieces].map(([key, { pages }]) => [
      key,
      { pages: counted[key] ?? pages, isCounted: counted[key] !== undefined },
    ]),
  );

export type DossierWish = {
  id: string;
  volume?: string | undefined;
  kinds?: string[] | undefined;
  pages?: Record<string, number> | undefined;
  template?: 'house' | undefined;
  /** Pages of files of their own as somebody counted them, by `own` of the pieces. */
  ownPages?: Record<string, number> | undefined;
};

export type DossierInHand = {
  papers: CasePapers;
  volume: Volume | undefined;
  made: Dossier;
  own: ReadonlyMap<string, OwnPiece>;
  blanks: BlankText[];
};

export async function dossierOf(
  context: Reading,
  { id, volume: name, kinds, pages, template, ownPages }: DossierWish,
): Promise<DossierInHand> {
  const papers = readFile(context, id);
  const volume = volumeOf(papers, name);
  const attached = attachedPieces(papers);
  const wanted = kinds?.map((kind) => {
    const paper = findPaper(context.db, kind);
    if (![papers, ...papers.parts].some((of) => fits(of, paper))) {
      throw new AppError('paper-unfit', { title: paper.title, ledger: papers.source.record.ledger.name });
    }
    return paper.kind;
  });
  const own = await ownPieces(context, papers, { kinds: wanted, template, volume });
  const wish = { attached, kinds: wanted, measured: pages, own: pagesOf(own, ownPages), volume };
  const blanks = copiesToBind(papers, wish).flatMap((one) => blankTexts(one.papers, one.paper, [one.copy]));
  return { papers, volume, made: makeDossier(papers, wish), own, blanks };
}

/** One of the files of a record by its name or title, the first without one. Throws `paper-unknown`. */
function volumeOf({ source }: CasePapers, name: string | undefined): Volume | undefined {
  const volumes = paperBook().volumesOf(source.record.ledger.name);
  const found = volumes.find((one) => name === undefined || one.name === name || one.title === name);
  if (!found && name !== undefined) throw new AppError('paper-unknown', { kind: name });
  return found;
}

export type Staged = {
  recordId: string;
  recordVersion: string;
  ledger: string;
  kind: string;
  copy: string;
  templateVersion: number;
  content: KeptContent;
  file: Uint8Array;
};

export function staged(
  { source: { record } }: CasePapers,
  paper: Omit<Staged, 'recordId' | 'recordVersion' | 'ledger'>,
): Staged {
  return { recordId: record.id, recordVersion: record.version, ledger: record.ledger.name, ...paper };
}

/** Keeps what is issued, in the one transaction in which its file is written. */
export function keep(context: CommandContext, issue: Staged): { id: string; isNew: boolean } {
  const { ledger, recordId, recordVersion, kind, copy, content } = issue;
  const by = {
    id: context.write.newId(),
    accountId: context.session.accountId,
    at: context.write.at,
  };
  const kept = keepIssue(context.db, { ...issue, title: content.title }, by);
  context.note({ ledger, recordId, version: recordVersion, detail: { kind, copy, issued: kept.id } });
  context.changed(ledger);
  return kept;
}
