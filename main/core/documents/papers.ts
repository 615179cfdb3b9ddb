import { id, sql } from '#core/db/sql.ts';
import { readRecord } from '#core/ledgers/table.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Paper } from '#shared/document/papers.ts';
import { type Fields, holds, resolveDocument } from '#shared/document/resolve.ts';
import { type ResolvedBlock, type ResolvedDocument, runsOf, textOf } from '#shared/document/resolved.ts';
import { blanksIn } from '#shared/domain/phrase.ts';
import { type CaseNote, caseNote } from '#shared/ledgers/case-note.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import { mediationPapers } from './mediation-papers.ts';
import { bookOf } from './own-store.ts';
import { paperBook } from './paper-book.ts';
import { type PaperSource, withWaived } from './paper-fields.ts';
import type { Blank, CasePapers, Copy, PaperMaker, WholeFile } from './paper-types.ts';
import { registerPapers } from './register-papers.ts';

export type { CasePapers, Copy } from './paper-types.ts';

const makerOf = (ledger: string): PaperMaker => (ledger === 'mediation' ? mediationPapers : registerPapers);

/** A record with what its papers are made of. Throws `paper-no-case` for one of a register that has none. */
export function papersOf(source: PaperSource, parts: readonly CasePapers[] = []): CasePapers {
  const { db, record } = source;
  const book = bookOf(db, record.ledger.name);
  if (book.length === 0) throw new AppError('paper-no-case', { title: record.title });
  const maker = makerOf(record.ledger.name);
  const notes = db
    .column<string>(sql`select id from ${id(caseNote.table)}
      where case_id = ${record.id} and state <> 'voided' order by held_on, seq`)
    .flatMap((noteId) => {
      const note = readRecord(db, caseNote, noteId);
      return note ? [{ id: noteId, note: note.content as unknown as CaseNote }] : [];
    });
  const issued = db.column<string>(
    sql`select distinct kind from issued_paper where record_id = ${record.id}`,
  );
  return { source, maker, fields: maker.fields(source, parts), notes, book, issued: new Set(issued), parts };
}

/** Whether the paper is one of such a record, and fits what the record says. */
export const fits = (papers: CasePapers, paper: Paper): boolean =>
  paper.ledger === papers.source.record.ledger.name &&
  (paper.when === undefined || holds(paper.when, { fields: papers.fields, figures: new Map() }));

/** Whether a paper is bound in without being asked for. */
export function isFiled(papers: CasePapers, paper: Paper): boolean {
  if (!fits(papers, paper)) return false;
  if (paper.isOwn) return papers.issued.has(paper.kind);
  const hasNote = papers.notes.some(({ note }) => note.kind === paper.notes);
  if (paper.filed !== undefined && holds(paper.filed, { fields: papers.fields, figures: new Map() }))
    return true;
  if (paper.need === 'required') return paper.filed === undefined;
  return hasNote || paper.perAgent === true;
}

/** The papers of a kind that a record has; never none for one that fits. */
export const copiesOf = (papers: CasePapers, paper: Paper): Copy[] => papers.maker.copies(papers, paper);

/** What one paper says of the record and of itself, 不适用 included. */
export function fieldsOf(papers: CasePapers, copy: Copy): { fields: Fields; reasons: Fields } {
  const waived = { ...papers.maker.waived(papers.source), ...copy.waived };
  return withWaived({ ...papers.fields, ...copy.fields }, waived);
}

/** Settles one paper. */
export function makePaper(papers: CasePapers, paper: Paper, copy: Copy, whole?: WholeFile): ResolvedDocument {
  const template = paperBook().templateOf(paper);
  if (template === null) throw withoutWording(paper);
  const { fields, reasons } = fieldsOf(papers, copy);
  const { document } = resolveDocument(template, {
    figures: new Map(),
    fields: { ...fields, ...whole?.fields },
    reasons,
    lists: { ...papers.maker.lists(papers, paper), pieces: whole?.pieces ?? [] },
  });
  return titled(document, paper);
}

/** The paper to be filled in by hand: every field is room to write in. */
export function blankPaper(paper: Paper, blank: Blank): ResolvedDocument {
  const template = paperBook().templateOf(paper);
  if (template === null) throw withoutWording(paper);
  const { number } = blank;
  const { fields, lists } = makerOf(paper.ledger).blank(blank);
  const { document } = resolveDocument(template, { figures: new Map(), fields, lists });
  return titled(number === undefined ? document : numbered(document, number), paper);
}

/** A form given out under a number bears it, also where the paper itself has no place for it. */
function numbered(document: ResolvedDocument, number: string): ResolvedDocument {
  const isBorne = document.blocks.some((block) => textOf(runsOf(block)).includes(number));
  if (isBorne) return document;
  const line: ResolvedBlock = {
    block: 'line',
    runs: [{ text: words.caseNo(number) }],
    indent: 0,
    align: 'end',
    keep: true,
  };
  return { ...document, blocks: [line, ...document.blocks] };
}

function titled(document: ResolvedDocument, paper: Paper): ResolvedDocument {
  return { ...document, title: paper.title, ...(paper.isUnnumbered ? { isUnnumbered: true } : {}) };
}

const withoutWording = ({ title, isOwn }: Paper) =>
  isOwn ? new AppError('paper-own-only', { title }) : new AppError('paper-attached', { title });

/** Several papers as one document, each on a page of its own. */
export function together(documents: readonly ResolvedDocument[]): ResolvedDocument {
  const [first, ...more] = documents;
  if (!first) throw new Error('no papers to put together');
  if (more.length === 0) return first;
  const blocks = documents.flatMap(({ blocks: own, isUnnumbered }, index): ResolvedBlock[] => [
    { block: 'section', name: `paper${index + 1}`, isNumbered: !isUnnumbered, start: 1 },
    ...own,
  ]);
  return { ...first, blocks };
}

/** Fields that must stand in a paper and have nothing to say yet, by what people call them. */
export function missingIn(papers: CasePapers, paper: Paper, copy: Copy): string[] {
  const { fields } = fieldsOf(papers, copy);
  const mayBeEmpty = papers.maker.mayBeEmpty(papers, paper, fields);
  const book = paperBook();
  return paper.fields
    .filter((field) => !ofFile.has(field) && !isFilled(fields[field]) && !mayBeEmpty(field))
    .map((field) => book.labelOf(field, paper));
}

/** What is printed in a paper and still has blanks (＿＿) in it, by what people call it. */
export function blanksOf(papers: CasePapers, paper: Paper, copy: Copy): string[] {
  const { fields } = fieldsOf(papers, copy);
  const entries = Object.values(papers.maker.lists(papers, paper)).flat();
  const book = paperBook();
  return paper.fields
    .filter((name) => [fields, ...entries].some((said) => blanksIn(said[name] ?? '') > 0))
    .map((name) => book.labelOf(name, paper));
}

const isFilled = (text: string | undefined) => text !== undefined && text.trim() !== '';
const ofFile = new Set([
  'number',
  'title',
  'page',
  'pieceNote',
  'pieceCount',
  'pageCount',
  'remark',
  'position',
]);
