import { attachedPieces } from '#core/documents/attached.ts';
import { type Dossier, makeDossier, wholeFileOf } from '#core/documents/dossier.ts';
import { writeHtml } from '#core/documents/html.ts';
import { fileHashOf, issuedOf, keepIssue, readIssue } from '#core/documents/issued.ts';
import { paperBook } from '#core/documents/paper-book.ts';
import {
  blankPaper,
  type CasePapers,
  type Copy,
  copiesOf,
  fits,
  isFiled,
  makePaper,
  missingIn,
  papersOf,
  together,
} from '#core/documents/papers.ts';
import { officialPage } from '#core/documents/templates.ts';
import { findRecord } from '#core/ledgers/registry.ts';
import { AppError } from '#shared/api/errors.ts';
import type { DossierPiece, PaperLine, Printable } from '#shared/api/types.ts';
import type { Paper } from '#shared/document/papers.ts';
import type { ResolvedDocument } from '#shared/document/resolved.ts';
import type { CommandContext, HandlersOf, JobContext, QueryContext } from '../context.ts';

type Reading = Pick<QueryContext, 'db' | 'kit'>;
type Wish = { id: string; kind: string; copy?: string | undefined };

function readPapers({ db, kit }: Reading, id: string): CasePapers {
  return papersOf({ db, labels: kit.labels(db), record: findRecord(db, kit.registry, id) });
}

function paperOf(
  papers: CasePapers,
  { kind, copy: key }: Wish,
): { paper: Paper; document: ResolvedDocument } {
  const { record, db } = papers.source;
  const paper = paperBook().find(kind);
  if (paper.isAttached) throw new AppError('paper-attached', { title: paper.title });
  const copies = fits(papers, paper) ? copiesOf(papers, paper) : [];
  if (copies.length === 0) throw new AppError('paper-unfit', { title: paper.title, record: record.title });
  const chosen = key === undefined ? copies : copies.filter((copy) => copy.key === key);
  if (chosen.length === 0) throw new AppError('paper-copy-missing', { title: paper.title });
  const whole = paper.isOfFile ? wholeFileOf(papers, { attached: attachedPieces(db, record.id) }) : undefined;
  const make = (copy: Copy) => makePaper(papers, paper, copy, whole);
  return { paper, document: together(chosen.map(make)) };
}

function printable(document: ResolvedDocument): Printable {
  const sections = document.blocks.flatMap((block) =>
    block.block === 'section'
      ? [{ name: block.name, isNumbered: block.isNumbered, start: block.start ?? null }]
      : [],
  );
  return {
    html: writeHtml(document, officialPage(), 'print'),
    title: document.title,
    sections,
    isUnnumbered: document.isUnnumbered === true,
  };
}

const toDocx = async ({ kit }: Reading, document: ResolvedDocument): Promise<Uint8Array> =>
  (await kit.env.helper('document.docx', document)) as Uint8Array;

type DossierWish = { id: string; kinds?: string[] | undefined; pages?: Record<string, number> | undefined };

function dossierOf(
  context: Reading,
  { id, kinds, pages }: DossierWish,
): { papers: CasePapers; made: Dossier } {
  const papers = readPapers(context, id);
  const attached = attachedPieces(context.db, id);
  const wanted = kinds?.map((kind) => {
    const paper = paperBook().find(kind);
    if (!fits(papers, paper)) {
      throw new AppError('paper-unfit', { title: paper.title, record: papers.source.record.title });
    }
    return paper.kind;
  });
  return { papers, made: makeDossier(papers, { attached, kinds: wanted, measured: pages }) };
}

function lineOf(papers: CasePapers, paper: Paper, issued: ReturnType<typeof issuedOf>): PaperLine {
  const isFit = fits(papers, paper);
  return {
    kind: paper.kind,
    title: paper.title,
    need: paper.need,
    fits: isFit,
    isFiled: !paper.isAttached && isFiled(papers, paper),
    isAttached: paper.isAttached === true,
    templateVersion: paperBook().templateOf(paper)?.version ?? null,
    notes: paper.notes ?? null,
    copies:
      isFit && !paper.isAttached
        ? copiesOf(papers, paper).map((copy) => ({
            key: copy.key,
            label: copy.label,
            missing: missingIn(papers, paper, copy),
          }))
        : [],
    issued: issued.filter(({ kind }) => kind === paper.kind),
  };
}

type Staged = {
  recordId: string;
  recordVersion: string;
  ledger: string;
  kind: string;
  copy: string;
  templateVersion: number;
  document: ResolvedDocument;
  file: Uint8Array;
};

async function stage(context: JobContext, wish: Wish): Promise<Staged> {
  const papers = readPapers(context, wish.id);
  const { paper, document } = paperOf(papers, wish);
  const { record } = papers.source;
  return {
    recordId: record.id,
    recordVersion: record.version,
    ledger: record.ledger.name,
    kind: paper.kind,
    copy: wish.copy ?? 'all',
    templateVersion: paperBook().templateOf(paper)?.version ?? 0,
    document,
    file: await toDocx(context, document),
  };
}

/** Keeps what is issued, in the one transaction in which its file is written. */
function keep(context: CommandContext, staged: Staged): { id: string; isNew: boolean } {
  const { ledger, recordId, recordVersion, kind, copy, document } = staged;
  const by = {
    id: context.write.newId(),
    accountId: context.session.accountId,
    at: context.write.at,
  };
  const kept = keepIssue(context.db, { ...staged, title: document.title }, by);
  context.note({ ledger, recordId, version: recordVersion, detail: { kind, copy, issued: kept.id } });
  context.changed(ledger);
  return kept;
}

type BlankWish = { kind: string; numbers?: string[] | undefined; isUnit?: boolean | undefined };

/** One form, or one for each number that was given out beforehand. */
function blankOf({ kind, numbers = [], isUnit = false }: BlankWish): ResolvedDocument {
  const paper = paperBook().find(kind);
  const wanted = numbers.length === 0 ? [undefined] : numbers;
  return together(wanted.map((number) => blankPaper(paper, { number, isUnit })));
}

type Names =
  | 'paper.list'
  | 'paper.preview'
  | 'paper.make'
  | 'paper.issue'
  | 'paper.blank'
  | 'paper.makeBlank'
  | 'issued.preview'
  | 'issued.make'
  | 'dossier.preview'
  | 'dossier.issue'
  | 'dossier.make';

export const paperHandlers: HandlersOf<Names> = {
  'paper.list': (context, { id }) => {
    const papers = readPapers(context, id);
    const { record } = papers.source;
    const issued = issuedOf(context.db, id);
    const dossier = issued.filter(({ kind }) => kind === dossierKind);
    return {
      title: papers.fields.fileTitle ?? record.title,
      caseNo: papers.fields.caseNo ?? null,
      version: record.version,
      papers: paperBook().papers.map((paper) => lineOf(papers, paper, issued)),
      dossiers: dossier,
    };
  },
  'paper.preview': (context, wish) => {
    const papers = readPapers(context, wish.id);
    const { paper, document } = paperOf(papers, wish);
    noteView(context, papers, paper.kind);
    return printable(document);
  },
  'paper.make': {
    stage,
    commit(context, staged: Staged, { out, overwrite = false }) {
      const kept = keep(context, staged);
      const file = context.files.write(out, staged.file, { overwrite });
      return { file, issued: kept.id, isNew: kept.isNew };
    },
  },
  'paper.issue': {
    stage,
    commit(context, staged: Staged) {
      keep(context, staged);
      return printable(staged.document);
    },
  },
  'paper.blank': (_context, input) => printable(blankOf(input)),
  'paper.makeBlank': async (context, { out, overwrite = false, ...input }) => {
    const bytes = await toDocx(context, blankOf(input));
    return { file: context.files.write(out, bytes, { overwrite }) };
  },
  'issued.preview': (context, { issued }) => {
    const kept = readIssue(context.db, issued, context.kit.folder());
    context.note({ recordId: kept.recordId, detail: { kind: kept.kind, issued } });
    return printable(kept.document);
  },
  'issued.make': async (context, { issued, out, overwrite = false }) => {
    const kept = readIssue(context.db, issued, context.kit.folder());
    const bytes = await toDocx(context, kept.document);
    const isSame = fileHashOf(bytes) === kept.fileHash;
    context.note({ recordId: kept.recordId, detail: { kind: kept.kind, issued, isSame } });
    return { file: context.files.write(out, bytes, { overwrite }), isSame };
  },
  'dossier.preview': (context, wish) => {
    const { papers, made } = dossierOf(context, wish);
    noteView(context, papers, dossierKind);
    return printable(made.document);
  },
  'dossier.issue': {
    stage: stageDossier,
    commit(context, { staged }: StagedDossier, { pages }) {
      if (pages !== undefined) keep(context, staged);
      return printable(staged.document);
    },
  },
  'dossier.make': {
    stage: stageDossier,
    commit(context, { staged, pieces }: StagedDossier, { out, overwrite = false }) {
      const kept = keep(context, staged);
      const file = context.files.write(out, staged.file, { overwrite });
      const told = pieces.map(
        ({ title, note, first, pages }): DossierPiece => ({ title, note, first, pages }),
      );
      const pages = told.reduce((sum, piece) => sum + piece.pages, 0);
      return { file, issued: kept.id, pages, pieces: told };
    },
  },
};

type StagedDossier = { staged: Staged; pieces: Dossier['pieces'] };

async function stageDossier(context: JobContext, wish: DossierWish): Promise<StagedDossier> {
  const { papers, made } = dossierOf(context, wish);
  const { record } = papers.source;
  const staged: Staged = {
    recordId: record.id,
    recordVersion: record.version,
    ledger: record.ledger.name,
    kind: dossierKind,
    copy: 'all',
    templateVersion: 1,
    document: made.document,
    file: await toDocx(context, made.document),
  };
  return { staged, pieces: made.pieces };
}

const dossierKind = 'dossier';

function noteView({ note }: QueryContext, { source: { record } }: CasePapers, kind: string): void {
  note({ ledger: record.ledger.name, recordId: record.id, version: record.version, detail: { kind } });
}
