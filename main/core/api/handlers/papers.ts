import { fileHashOf, issuedOf, type Kept, readIssue } from '#core/documents/issued.ts';
import {
  bookOf,
  findPaper,
  type InForce,
  mayHaveOwn,
  readTemplate,
  templatesInForce,
} from '#core/documents/own-store.ts';
import { paperBook } from '#core/documents/paper-book.ts';
import {
  blankPaper,
  type CasePapers,
  copiesOf,
  fits,
  isFiled,
  missingIn,
  together,
} from '#core/documents/papers.ts';
import { formNumber } from '#core/ledgers/number-blocks.ts';
import { readSetting } from '#core/settings/settings.ts';
import { AppError } from '#shared/api/errors.ts';
import type { PartPapers } from '#shared/api/paper-types.ts';
import type { DossierPage, DossierPiece, PaperLine } from '#shared/api/types.ts';
import type { Paper } from '#shared/document/papers.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import type { HandlersOf, JobContext, QueryContext } from '../context.ts';
import { isRead } from '../scope.ts';
import { checkScans } from './bound-scans.ts';
import {
  blankFrom,
  blankTexts,
  type DossierInHand,
  type DossierWish,
  dossierOf,
  fill,
  keep,
  type Made,
  makeWanted,
  placesWhere,
  printable,
  type Reading,
  readFile,
  type Staged,
  staged,
  toDocx,
  type Wish,
} from './paper-making.ts';

function lineOf(
  papers: CasePapers,
  paper: Paper,
  issued: ReturnType<typeof issuedOf>,
  own: InForce | undefined,
): PaperLine {
  const isFit = fits(papers, paper);
  const isMade = isFit && !paper.isAttached && (own !== undefined || !paper.isOwn);
  return {
    kind: paper.kind,
    title: paper.title,
    need: paper.need,
    fits: isFit,
    isFiled: !paper.isAttached && isFiled(papers, paper),
    isAttached: paper.isAttached === true,
    isInBody: paper.place === 'body',
    templateVersion: paperBook().templateOf(paper)?.version ?? null,
    own: own ? { id: own.id, version: own.version } : null,
    isOwnKind: paper.isOwn === true,
    numbers:
      paper.number && isMade ? copiesOf(papers, paper).map(({ fields }) => fields.paperNo ?? '') : null,
    notes: paper.notes ?? null,
    copies: isMade
      ? copiesOf(papers, paper).map((copy) => ({
          key: copy.key,
          label: copy.label,
          blanks: blankTexts(papers, paper, [copy]).flatMap(({ labels }) => labels),
          missing: paper.isOwn
            ? placesWhere(papers, paper, copy, own, (text) => text.trim() === '')
            : missingIn(papers, paper, copy),
        }))
      : [],
    issued: issued.filter(({ kind }) => kind === paper.kind),
  };
}

/** A part of a record, where it has a paper. */
function partOf(papers: CasePapers, own: ReadonlyMap<string, InForce>): PartPapers[] {
  const { db, record } = papers.source;
  const issued = issuedOf(db, record.id);
  const lines = papers.book
    .map((paper) => lineOf(papers, paper, issued, own.get(paper.kind)))
    .filter(({ copies }) => copies.length > 0);
  const { ledger, content } = record;
  return lines.length === 0
    ? []
    : [{ id: record.id, ledger: ledger.name, day: String(content[ledger.day] ?? ''), papers: lines }];
}

async function stage(context: JobContext, wish: Wish): Promise<Staged & Pick<Made, 'document' | 'blanks'>> {
  const papers = readFile(context, wish.id);
  const { paper, content, document, file, templateVersion, blanks } = await makeWanted(context, papers, wish);
  const issue = staged(papers, {
    kind: paper.kind,
    copy: wish.copy ?? 'all',
    templateVersion,
    content,
    file: file ?? (await toDocx(context, document)),
  });
  return { ...issue, document, blanks };
}

type BlankWish = {
  kind: string | string[];
  numbers?: string[] | undefined;
  isUnit?: boolean | undefined;
  template?: string | undefined;
};

const mostForms = 600;

/** The wish with its numbers as they were reserved; what is printed under a number leaves an entry in the log. */
function checkedBlanks(context: QueryContext, wish: BlankWish): BlankWish & { numbers: string[] } {
  const { db, kit, note, scope } = context;
  const papers = [wish.kind].flat().map((one) => findPaper(db, one));
  const forms = Math.max(1, wish.numbers?.length ?? 0) * papers.length;
  if (forms > mostForms) throw new AppError('blank-too-many', { forms, most: mostForms });
  const ledger = kit.registry.find('mediation');
  const installation = readSetting(db, 'installationId') ?? '';
  const reads = (recordId: string) => isRead(kit, db, scope, recordId);
  const numbers: string[] = [];
  for (const one of wish.numbers ?? []) {
    const number = formNumber(db, ledger, one, { installation, reads });
    if (numbers.includes(number)) throw new AppError('form-number-refused', { number, why: 'twice', by: '' });
    numbers.push(number);
  }
  note({ ledger: ledger.name, detail: { kinds: papers.map(({ kind }) => kind), numbers } });
  return { ...wish, numbers };
}

/** One form, or a set of them for each number that was given out beforehand. */
function formsOf({ db }: Reading, { kind, numbers = [], isUnit = false }: BlankWish): ResolvedDocument {
  const papers = [kind].flat().map((one) => findPaper(db, one));
  const wanted = numbers.length === 0 ? [undefined] : numbers;
  return together(wanted.flatMap((number) => papers.map((paper) => blankPaper(paper, { number, isUnit }))));
}

/** A single form can be made from the bureau's template; null for the house wording. */
function ownBlank(context: Reading, { kind, numbers = [], isUnit = false, template }: BlankWish) {
  const [one, ...others] = [kind].flat();
  if (one === undefined || others.length > 0 || numbers.length > 1) return Promise.resolve(null);
  const [number] = numbers;
  return blankFrom(context, one, { ...(number === undefined ? {} : { number }), isUnit, template });
}

/** What was issued, for the eye and as a file: settled text as it is, a template filled again with what was kept. */
async function again(
  context: Reading,
  { content }: Kept,
): Promise<{ document: ResolvedDocument; file: Uint8Array | null }> {
  if (!('own' in content)) return { document: content, file: null };
  const { document, file } = await fill(context.kit, readTemplate(context.db, content.template), content.own);
  return { document: { ...document, title: content.title }, file };
}

type Names =
  | 'paper.list'
  | 'paper.preview'
  | 'paper.make'
  | 'paper.issue'
  | 'paper.kinds'
  | 'paper.blank'
  | 'paper.makeBlank'
  | 'issued.preview'
  | 'issued.make'
  | 'dossier.preview'
  | 'dossier.issue'
  | 'dossier.make';

export const paperHandlers: HandlersOf<Names> = {
  'paper.list': (context, { id }) => {
    const papers = readFile(context, id);
    const { record } = papers.source;
    const issued = issuedOf(context.db, id);
    const own = templatesInForce(context.db);
    const dossier = issued.filter(({ kind }) => kind === dossierKind);
    return {
      title: papers.fields.fileTitle ?? record.title,
      caseNo: papers.fields.caseNo ?? null,
      version: record.version,
      papers: papers.book.map((paper) => lineOf(papers, paper, issued, own.get(paper.kind))),
      parts: papers.parts.flatMap((part) => partOf(part, own)),
      volumes: paperBook()
        .volumesOf(record.ledger.name)
        .map(({ name, title, kinds }) => ({ name, title, kinds })),
      hasFile: papers.book.some(({ place }) => place === 'front'),
      dossiers: dossier,
    };
  },
  'paper.preview': async (context, wish) => {
    const papers = readFile(context, wish.id);
    const { paper, document, file } = await makeWanted(context, papers, wish);
    noteView(context, papers, paper.kind);
    return { ...printable(document), isOwn: file !== null };
  },
  'paper.make': {
    stage,
    commit(context, issue: Staged & Pick<Made, 'blanks'>, { out, overwrite = false }) {
      const kept = keep(context, issue);
      const file = context.files.write(out, issue.file, { overwrite });
      return { file, issued: kept.id, isNew: kept.isNew, blanks: issue.blanks };
    },
  },
  'paper.issue': {
    // Word and WPS print what was made from a template: here its layout is not known.
    async stage(context, wish) {
      const issue = await stage(context, wish);
      if ('own' in issue.content) throw new AppError('own-template-print', { title: issue.content.title });
      return issue;
    },
    commit(context, issue: Staged & { document: ResolvedDocument }) {
      keep(context, issue);
      return printable(issue.document);
    },
  },
  'paper.kinds': ({ db }) => {
    const own = templatesInForce(db);
    const others = paperBook().papers.filter(({ ledger }) => ledger !== 'mediation');
    return [...bookOf(db, 'mediation'), ...others]
      .filter(({ isAttached, isOwn, kind }) => !isAttached && (!isOwn || own.has(kind)))
      .map((paper) => ({
        kind: paper.kind,
        ledger: paper.ledger,
        title: paper.title,
        isOwnKind: paper.isOwn === true,
        mayHaveOwn: mayHaveOwn(paper),
        isUsual: paper.need === 'required' && mayHaveOwn(paper),
      }));
  },
  'paper.blank': async (context, wish) => {
    const input = checkedBlanks(context, wish);
    const own = await ownBlank(context, input);
    return own ? { ...printable(own.document), isOwn: true } : printable(formsOf(context, input));
  },
  'paper.makeBlank': async (context, { out, overwrite = false, ...wish }) => {
    const input = checkedBlanks(context, wish);
    const own = await ownBlank(context, input);
    const bytes = own?.file ?? (await toDocx(context, formsOf(context, input)));
    return { file: context.files.write(out, bytes, { overwrite }) };
  },
  'issued.preview': async (context, { issued }) => {
    const kept = readIssue(context.db, issued, context.kit.folder());
    context.note({ recordId: kept.recordId, detail: { kind: kept.kind, issued } });
    const { document, file } = await again(context, kept);
    return { ...printable(document), isOwn: file !== null };
  },
  'issued.make': async (context, { issued, out, overwrite = false }) => {
    const kept = readIssue(context.db, issued, context.kit.folder());
    const { document, file } = await again(context, kept);
    const bytes = file ?? (await toDocx(context, document));
    const isSame = fileHashOf(bytes) === kept.fileHash;
    context.note({ recordId: kept.recordId, detail: { kind: kept.kind, issued, isSame } });
    return { file: context.files.write(out, bytes, { overwrite }), isSame };
  },
  'dossier.preview': async (context, wish) => {
    const { papers, made, blanks } = await dossierOf(context, wish);
    noteView(context, papers, dossierKind);
    checkScans(context, made.document);
    return dossierPage({ made, blanks });
  },
  'dossier.issue': {
    // A trial of the layout is not kept, and needs no file.
    stage: (context, wish) => stageDossier(context, wish, wish.pages !== undefined),
    commit(context, { issue, ...all }: StagedDossier, { pages }) {
      if (pages !== undefined) keep(context, issue);
      return dossierPage(all);
    },
  },
  'dossier.make': {
    stage: (context, wish) => stageDossier(context, wish, true),
    commit(context, { issue, made, own, blanks }: StagedDossier, { out, overwrite = false }) {
      const told = made.pieces.map((piece, index): DossierPiece => {
        const { title, note, first, pages } = piece;
        const staged = piece.own === null ? undefined : own.get(piece.own.key);
        if (!staged) return { title, note, first, pages, file: null };
        keep(context, staged);
        const beside = `${String(index + 1).padStart(2, '0')} ${title}`;
        return {
          title,
          note,
          first,
          pages,
          file: context.files.write(out, staged.file, { overwrite, beside }),
        };
      });
      const kept = keep(context, issue);
      const file = context.files.write(out, issue.file, { overwrite });
      const pages = told.reduce((sum, piece) => sum + piece.pages, 0);
      return { file, issued: kept.id, pages, pieces: told, missing: made.missing, blanks };
    },
  },
};

type StagedDossier = Pick<DossierInHand, 'made' | 'blanks'> & {
  issue: Staged;
  /** Pieces that are files of their own. */
  own: ReadonlyMap<string, Staged>;
};

async function stageDossier(context: JobContext, wish: DossierWish, isKept: boolean): Promise<StagedDossier> {
  const { papers, volume, made, own, blanks } = await dossierOf(context, wish);
  const { document } = made;
  const issue = staged(papers, {
    kind: dossierKind,
    copy: volume?.name ?? 'all',
    templateVersion: 1,
    content: document,
    file: isKept ? await toDocx(context, document) : new Uint8Array(),
  });
  const files = [...own].map(
    ([key, { papers: of, paper, copy, templateVersion, content, file }]): [string, Staged] => [
      key,
      staged(of, { kind: paper.kind, copy: copy.key, templateVersion, content, file }),
    ],
  );
  return { issue, made, blanks, own: new Map(files) };
}

const dossierPage = ({
  made: { document, pieces, missing },
  blanks,
}: Pick<DossierInHand, 'made' | 'blanks'>): DossierPage => ({
  ...printable(document),
  missing,
  blanks,
  own: pieces.flatMap(({ own, title, note }) => (own ? [{ ...own, title, note }] : [])),
});

const dossierKind = 'dossier';

function noteView({ note }: QueryContext, { source: { record } }: CasePapers, kind: string): void {
  note({ ledger: record.ledger.name, recordId: record.id, version: record.version, detail: { kind } });
}
