import { id, sql } from '#core/db/sql.ts';
import { readRecord, type StoredRecord } from '#core/ledgers/table.ts';
import { AppError } from '#shared/api/errors.ts';
import type { Paper } from '#shared/document/papers.ts';
import { type Fields, holds, resolveDocument } from '#shared/document/resolve.ts';
import { type ResolvedBlock, type ResolvedDocument, runsOf, textOf } from '#shared/document/resolved.ts';
import { asDay, type Day, isDay } from '#shared/domain/day.ts';
import { blanksIn } from '#shared/domain/phrase.ts';
import { type CaseNote, caseNote } from '#shared/ledgers/case-note.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import { bookOf } from './own-store.ts';
import { paperBook } from './paper-book.ts';
import {
  caseFields,
  contentOf,
  dayText,
  type PaperSource,
  partiesInOrder,
  partyFields,
  sourceMarks,
  waivedFields,
  withWaived,
} from './paper-fields.ts';

/** One paper of a kind: a kind may come several times, for each 笔录 or each agent. */
export type Copy = {
  /** Tells copies of a kind apart: id of the 笔录, place of the party, or `case`. */
  key: string;
  /** What tells it apart to people; '' where there is only one. */
  label: string;
  fields: Fields;
  /** What was declared 不适用 of it, with the reason; besides what was of the case. */
  waived?: Fields;
};

export type CasePapers = {
  source: PaperSource;
  fields: Fields;
  notes: readonly { id: string; note: CaseNote }[];
  /** Every kind of paper there is here, in the order in which a file is bound. */
  book: readonly Paper[];
  /** Kinds that were issued for this case. */
  issued: ReadonlySet<string>;
};

/** A case with what its papers are made of. Throws `paper-no-case`. */
export function papersOf(source: PaperSource): CasePapers {
  const { db, record } = source;
  if (record.ledger.name !== 'mediation') throw new AppError('paper-no-case', { title: record.title });
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
  return { source, fields: caseFields(source), notes, book: bookOf(db), issued: new Set(issued) };
}

export const fits = (papers: CasePapers, paper: Paper): boolean =>
  paper.when === undefined || holds(paper.when, { fields: papers.fields, figures: new Map() });

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

/** The papers of a kind that a case has; never none for one that fits. */
export function copiesOf(papers: CasePapers, paper: Paper): Copy[] {
  if (paper.perAgent) return agentCopies(papers, paper);
  const notes = papers.notes.filter(({ note }) => note.kind === paper.notes);
  if (paper.perNote) {
    const own = ofCase(papers, paper);
    const copies = notes.map(({ id: key, note }) => noteCopy(papers, paper, key, note));
    const visitedOn = paper.kind === 'visit' ? contentOf(papers.source.record).followUpOn : null;
    const isFurther = visitedOn && notes.every(({ note }) => note.heldOn !== visitedOn);
    return copies.length === 0 || isFurther ? [own, ...copies] : copies;
  }
  const text = notes.at(-1)?.note.text ?? undefined;
  const more = paper.notes === undefined ? {} : { text, requests: inOrder(text) };
  return [{ key: 'case', label: '', fields: { paperDay: dayText(dayOf(papers, paper)), ...more } }];
}

function inOrder(text: string | undefined): string | undefined {
  const lines = text?.split('\n').filter((line) => line.trim() !== '');
  return lines
    ?.map((line, index) =>
      words.isNumbered.test(line.trim()) ? line.trim() : words.numbered(index, line.trim()),
    )
    .join('\n');
}

/** The day that stands on a paper: the first of its days that the case knows. */
function dayOf({ source }: CasePapers, paper: Paper): string | undefined {
  const content = source.record.content;
  return paper.day?.map((field) => content[field]).find((day): day is string => isDay(day));
}

function agentCopies(papers: CasePapers, paper: Paper): Copy[] {
  const day = dayOf(papers, paper);
  const parties = partyFields(papers.source, ageDay(papers, day));
  return parties.flatMap((party, index): Copy[] => {
    if (party.agentName === undefined) return [];
    const otherNames = parties
      .filter((other) => other !== party)
      .map(({ name }) => name)
      .join(words.comma);
    const fields = { ...party, otherNames, paperDay: dayText(day) };
    return [{ key: String(index), label: party.name ?? '', fields }];
  });
}

function noteCopy({ source, fields }: CasePapers, paper: Paper, key: string, note: CaseNote): Copy {
  const { labels } = source;
  const label = (list: string, code: string | null | undefined) =>
    code ? (labels.labelOf(list, code) ?? code) : undefined;
  const day = dayText(note.heldOn);
  return {
    key,
    label: day ?? '',
    fields: {
      paperDay: day,
      heldAt: note.time ? `${day}${note.time}` : day,
      place: note.place ?? undefined,
      topic: note.topic,
      subject: note.subject ?? undefined,
      present: note.present ?? undefined,
      visitedBy: note.conductedBy ?? undefined,
      form: label('followUpForm', note.form),
      performance: label('performance', note.performance) ?? fields.performance,
      satisfaction: label('satisfaction', note.satisfaction),
      text: note.text ?? undefined,
      result: paper.kind === 'mediation' ? (note.result ?? undefined) : undefined,
    },
  };
}

/** What the case itself says for a paper whose 笔录 was not written. */
function ofCase(papers: CasePapers, paper: Paper): Copy {
  const { source, fields } = papers;
  const content = contentOf(source.record);
  const day = dayText(dayOf(papers, paper));
  const common = { paperDay: day, heldAt: day, topic: fields.fileTitle };
  const label = (list: string, code: string | null | undefined) =>
    code ? (source.labels.labelOf(list, code) ?? code) : undefined;
  const own: Record<string, Fields> = {
    mediation: {
      place: content.mediationPlace ?? undefined,
      present: content.helpers ?? undefined,
      result: resultText(content.outcome, content.agreementForm, fields.outcomeReason),
    },
    visit: {
      form: label('followUpForm', content.followUpForm),
      visitedBy: content.followUpBy ?? undefined,
      text: content.followUpNote ?? undefined,
    },
  };
  const said = { ...common, ...own[paper.kind] };
  return { key: 'case', label: '', fields: said, waived: waivedFields(source.record, paper.kind) };
}

function resultText(
  outcome: string | null | undefined,
  form: string | null | undefined,
  reason: string | undefined,
): string | undefined {
  if (!outcome) return undefined;
  if (outcome === 'agreed') return form === 'oral' ? words.agreedOral : words.agreedWritten;
  return words.notAgreed(reason ?? '');
}

/** The parties as a paper names them: the age is that of its day. */
export const partiesOn = (papers: CasePapers, paper: Paper): Fields[] =>
  partyFields(papers.source, ageDay(papers, dayOf(papers, paper)));

const ageDay = ({ source }: CasePapers, day: string | undefined): Day =>
  asDay(day ?? String(source.record.content.acceptedOn));

/** Pieces and pages, for papers that speak of the whole file. */
export type WholeFile = { fields: Fields; pieces: readonly Fields[] };

/** What one paper says of the case and of itself, 不适用 included. */
export function fieldsOf(papers: CasePapers, copy: Copy): { fields: Fields; reasons: Fields } {
  const waived = { ...waivedFields(papers.source.record), ...copy.waived };
  return withWaived({ ...papers.fields, ...copy.fields }, waived);
}

/** Settles one paper. */
export function makePaper(papers: CasePapers, paper: Paper, copy: Copy, whole?: WholeFile): ResolvedDocument {
  const template = paperBook().templateOf(paper);
  if (template === null) throw withoutWording(paper);
  const parties = partiesOn(papers, paper);
  const { fields, reasons } = fieldsOf(papers, copy);
  const { document } = resolveDocument(template, {
    figures: new Map(),
    fields: { ...fields, ...whole?.fields },
    reasons,
    lists: {
      parties,
      applicants: applicantsOf(parties, papers.source.record),
      jointParties: jointly(parties),
      pieces: whole?.pieces ?? [],
    },
  });
  return titled(document, paper);
}

/** The paper to be filled in by hand: every field is room to write in. `second`: whether the other side is a unit. */
export function blankPaper(
  paper: Paper,
  { number, isUnit }: { number?: string | undefined; isUnit: boolean },
): ResolvedDocument {
  const template = paperBook().templateOf(paper);
  if (template === null) throw withoutWording(paper);
  const unit = isUnit ? { isUnit: 'yes' } : {};
  const { document } = resolveDocument(template, {
    figures: new Map(),
    fields: {
      caseNo: number,
      showsAmount: 'yes',
      citesAgreement: 'yes',
      sourceMarks: sourceMarks(null, null),
      ...unit,
    },
    lists: {
      parties: [
        { side: words.applicant, isUnit: undefined },
        { side: words.respondent, isUnit: undefined, ...unit },
      ],
      applicants: [{ side: words.applicant }],
      jointParties: jointly([{ isUnit: undefined }, { isUnit: undefined, ...unit }]),
      pieces: Array.from({ length: 12 }, () => ({})),
    },
  });
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

/** Who signs an application; where nobody is called applicant, whoever there is. */
function applicantsOf(parties: readonly Fields[], record: StoredRecord): readonly Fields[] {
  const sides = partiesInOrder(record).map(({ side }) => side);
  const own = parties.filter((_party, index) => sides[index] === 'applicant');
  return own.length > 0 ? own : parties.slice(0, 1);
}

/** Before the court all of them apply together (人民调解法 art. 33). */
function jointly(parties: readonly Fields[]): Fields[] {
  return parties.map((party, index) => ({
    ...party,
    side: words.side(words.applicant, index, parties.length),
  }));
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
  const parties = partiesOn(papers, paper);
  const { fields } = fieldsOf(papers, copy);
  const ofUnits = ['creditCode', 'legalRepresentative'];
  const ofPersons = ['sex', 'nation', 'age', 'idNumber'];
  const isSaid = (field: string): boolean => {
    if (isFilled(fields[field])) return true;
    if (ofReferral.has(field)) return fields.source !== 'courtReferral';
    if (paper.perAgent) return fields.isUnit ? ofPersons.includes(field) : ofUnits.includes(field);
    if (field === 'legalRepresentative' || field === 'creditCode')
      return parties.every((party) => !party.isUnit || isFilled(party[field]));
    if (field.startsWith('agent'))
      return parties.every((party) => !party.agentName || isFilled(party[field]));
    if (!partyNames.has(field)) return false;
    return parties.every((party) => (party.isUnit && ofPersons.includes(field)) || isFilled(party[field]));
  };
  const book = paperBook();
  return paper.fields
    .filter((field) => !ofFile.has(field) && !isSaid(field))
    .map((field) => book.labelOf(field));
}

/** What is printed in a paper and still has blanks (＿＿) in it, by what people call it. */
export function blanksOf(papers: CasePapers, paper: Paper, copy: Copy): string[] {
  const { fields } = fieldsOf(papers, copy);
  const parties = partiesOn(papers, paper);
  const book = paperBook();
  return paper.fields
    .filter((name) => [fields, ...parties].some((said) => blanksIn(said[name] ?? '') > 0))
    .map((name) => book.labelOf(name));
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
const ofReferral = new Set(['referringCourt', 'referralKind', 'referralNo', 'referredDay']);
const partyNames = new Set(
  'side name sex nation age idNumber phone address sexAge identityText addressAndPhone'.split(' '),
);
