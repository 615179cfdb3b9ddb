import bookSeed from '#seeds/templates/places.json' with { type: 'json' };
import { AppError } from '#shared/api/errors.ts';
import type { Paper } from '#shared/document/papers.ts';
import { type PlaceBook, type PlaceData, placeBookSchema } from '#shared/document/places.ts';
import type { Fields } from '#shared/document/resolve.ts';
import { documentText } from '#shared/text/document.ts';
import { paperWords as words } from '#shared/text/papers.ts';
import { partiesOn } from './mediation-papers.ts';
import { paperBook } from './paper-book.ts';
import { partiesInOrder } from './paper-fields.ts';
import type { CasePapers, Copy } from './paper-types.ts';
import { fieldsOf } from './papers.ts';
import { blankRegisterPlaces, registerPlaceData, registerPlaces } from './register-places.ts';

let book: PlaceBook | null = null;

/** The places that a bureau's own template may name. Throws `seed-invalid`. */
export function placeBook(): PlaceBook {
  if (book) return book;
  const parsed = placeBookSchema.safeParse(bookSeed);
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new AppError('seed-invalid', { file: 'seeds/templates/places.json', at });
  }
  book = parsed.data;
  return book;
}

type PlaceNames = {
  /** Of a case of mediation, whose lists are those of its parties. */
  isOfCase: boolean;
  /** Wherever they stand. */
  values: ReadonlySet<string>;
  /** Between `{{#name}}` and `{{/name}}`. */
  lists: ReadonlySet<string>;
  /** Inside a list, or of the party that the paper is about. */
  party: ReadonlySet<string>;
};

/** The names that a template for a kind of paper may use; null for a kind that the bureau adds, of mediation. */
export function placeNames(kind: string | null): PlaceNames {
  const paper = paperBook().papers.find((one) => one.kind === kind);
  return paper && paper.ledger !== 'mediation' ? registerNames(paper) : caseNames();
}

function registerNames(paper: Paper): PlaceNames {
  const { groups, lists } = registerPlaces(paper);
  return {
    isOfCase: false,
    values: new Set(groups.flatMap(({ places }) => places.map(({ name }) => name))),
    lists: new Set(lists.map(({ name }) => name)),
    party: new Set(lists.flatMap(({ places }) => places.map(({ name }) => name))),
  };
}

function caseNames(): PlaceNames {
  const { groups, lists, party } = placeBook();
  const listNames = lists.map(({ name }) => name);
  const ofFirst = lists
    .filter(({ of }) => of !== 'all')
    .flatMap(({ name }) => party.map((one) => name + one.name));
  return {
    isOfCase: true,
    values: new Set([
      ...groups.flatMap(({ places }) => places.map(({ name }) => name)),
      ...listNames,
      ...ofFirst,
    ]),
    lists: new Set(listNames),
    party: new Set(party.map(({ name }) => name)),
  };
}

type Lists = Readonly<Record<PlaceBook['lists'][number]['of'], readonly Fields[]>>;

/** What the places of one paper hold. */
export function placesOf(papers: CasePapers, paper: Paper, copy: Copy): PlaceData {
  if (paper.ledger !== 'mediation') return registerPlaceData(papers, paper, copy);
  const parties = partiesOn(papers, paper);
  const sides = partiesInOrder(papers.source.record).map(({ side }) => side);
  const of = (isWanted: (side: string) => boolean) => parties.filter((_one, at) => isWanted(sides[at] ?? ''));
  const { fields, reasons } = fieldsOf(papers, copy);
  // How much room there is in a form that somebody else made, nobody knows: the reason stands in every one.
  const reasoned = Object.entries(reasons).map(([name, reason]) => [
    name,
    documentText.reasoned(fields[name] ?? '', reason ?? ''),
  ]);
  return settle(
    { ...fields, ...Object.fromEntries(reasoned) },
    {
      all: parties,
      applicants: of((side) => side === 'applicant'),
      respondents: of((side) => side !== 'applicant'),
    },
    paper.perAgent === true,
  );
}

/** Places of a form to be filled in by hand. */
export function blankPlaces(paper: Paper, number: string | undefined, isUnit: boolean): PlaceData {
  if (paper.ledger !== 'mediation') return blankRegisterPlaces(paper);
  const unit = isUnit ? { isUnit: 'yes' } : {};
  const applicants = [{ side: words.applicant }];
  const respondents = [{ side: words.respondent, ...unit }];
  return settle({ caseNo: number }, { all: [...applicants, ...respondents], applicants, respondents }, false);
}

function settle(fields: Fields, parties: Lists, hasOwnParty: boolean): PlaceData {
  const { groups, lists, party } = placeBook();
  const entry = (one: Fields, index: number) =>
    Object.fromEntries(
      party.map(({ name, field }) => [name, field === 'order' ? String(index + 1) : (one[field] ?? '')]),
    );
  const values: Record<string, string> = {};
  for (const { places } of groups) for (const { name, field } of places) values[name] = fields[field] ?? '';
  for (const { name: list, of } of lists) {
    const entries = parties[of].map(entry);
    const named = parties[of].flatMap(({ name }) => name || []).join(words.comma);
    values[list] = named;
    if (of === 'all') continue;
    for (const { name, field } of party)
      values[list + name] = field === 'name' ? named : (entries[0]?.[name] ?? '');
  }
  if (hasOwnParty) Object.assign(values, entry(fields, 0));
  return {
    values,
    lists: Object.fromEntries(lists.map(({ name, of }) => [name, parties[of].map(entry)])),
  };
}
