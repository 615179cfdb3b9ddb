import type { StoredRecord } from '#core/ledgers/table.ts';
import type { Paper } from '#shared/document/papers.ts';
import type { Fields } from '#shared/document/resolve.ts';
import { asDay, type Day } from '#shared/domain/day.ts';
import type { CaseNote } from '#shared/ledgers/case-note.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import {
  caseFields,
  contentOf,
  dayOf,
  dayText,
  partiesInOrder,
  partyFields,
  sourceMarks,
  waivedFields,
} from './paper-fields.ts';
import type { CasePapers, Copy, PaperMaker } from './paper-types.ts';

/** Papers of a case of mediation: its parties, its 笔录, its agents. */
export const mediationPapers: PaperMaker = {
  fields: caseFields,
  copies: copiesOf,
  waived: ({ record }) => waivedFields(record),
  lists(papers, paper) {
    const parties = partiesOn(papers, paper);
    return {
      parties,
      applicants: applicantsOf(parties, papers.source.record),
      jointParties: jointly(parties),
    };
  },
  mayBeEmpty(papers, paper, fields) {
    const parties = partiesOn(papers, paper);
    const ofUnits = ['creditCode', 'legalRepresentative'];
    const ofPersons = ['sex', 'nation', 'age', 'idNumber'];
    return (field) => {
      if (ofReferral.has(field)) return fields.source !== 'courtReferral';
      if (paper.perAgent) return fields.isUnit ? ofPersons.includes(field) : ofUnits.includes(field);
      if (field === 'legalRepresentative' || field === 'creditCode')
        return parties.every((party) => !party.isUnit || isFilled(party[field]));
      if (field.startsWith('agent'))
        return parties.every((party) => !party.agentName || isFilled(party[field]));
      if (!partyNames.has(field)) return false;
      return parties.every((party) => (party.isUnit && ofPersons.includes(field)) || isFilled(party[field]));
    };
  },
  blank({ number, isUnit }) {
    const unit = isUnit ? { isUnit: 'yes' } : {};
    return {
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
    };
  },
};

const ofReferral = new Set(['referringCourt', 'referralKind', 'referralNo', 'referredDay']);
const partyNames = new Set(
  'side name sex nation age idNumber phone address sexAge identityText addressAndPhone'.split(' '),
);
const isFilled = (text: string | undefined) => text !== undefined && text.trim() !== '';

/** The papers of a kind that a case has; never none for one that fits. */
function copiesOf(papers: CasePapers, paper: Paper): Copy[] {
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
  return [
    { key: 'case', label: '', fields: { paperDay: dayText(dayOf(papers.source.record, paper)), ...more } },
  ];
}

function inOrder(text: string | undefined): string | undefined {
  const lines = text?.split('\n').filter((line) => line.trim() !== '');
  return lines
    ?.map((line, index) =>
      words.isNumbered.test(line.trim()) ? line.trim() : words.numbered(index, line.trim()),
    )
    .join('\n');
}

function agentCopies(papers: CasePapers, paper: Paper): Copy[] {
  const day = dayOf(papers.source.record, paper);
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
      // The case says how things stood on the day of its own visit.
      performance:
        label('performance', note.performance) ??
        (note.heldOn === contentOf(source.record).followUpOn ? fields.performance : undefined),
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
  const day = dayText(dayOf(papers.source.record, paper));
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
  partyFields(papers.source, ageDay(papers, dayOf(papers.source.record, paper)));

const ageDay = ({ source }: CasePapers, day: string | undefined): Day =>
  asDay(day ?? String(source.record.content.acceptedOn));

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
