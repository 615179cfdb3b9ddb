import type { Paper } from '#shared/document/papers.ts';
import type { PlaceData } from '#shared/document/places.ts';
import type { FieldSpec, FieldSpecs } from '#shared/kinds/kind.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { contact } from '#shared/ledgers/correction/contact.ts';
import { correction } from '#shared/ledgers/correction/person.ts';
import { registerPlaceText as say } from '#shared/text/own-templates.ts';
import { paperBook } from './paper-book.ts';
import type { CasePapers, Copy } from './paper-types.ts';
import { fieldsOf } from './papers.ts';
import { personField, personLedgerOf, rowField } from './register-fields.ts';

/**
 * The places of a bureau's own template for a paper of a described register: everything that the paper can say, called as
 * the register calls it. Of two fields of one name the one put together stands first (矫正期限), then the record's own; the
 * person's is then called 对象…, that of the row which the paper is made for 本次….
 */

/** `spec`: of the field that it is, none where it is put together. */
type Place = { name: string; field: string; spec: FieldSpec | null };
type PlaceList = { name: string; list: string; places: readonly Place[] };
export type RegisterPlaces = {
  groups: readonly { title: string; places: readonly Place[] }[];
  lists: readonly PlaceList[];
};

/** What is put together of several fields, or is of the paper itself. */
const composed = [
  ...['paperNo', 'paperDay', 'organName', 'stationName'],
  ...['personPenaltyText', 'personTerm', 'personInjunctionTerm', 'personAge'],
];
const order: Place = { name: say.order, field: 'number', spec: null };

type Labelled = readonly [field: string, label: string, spec: FieldSpec | null];
const labelled = (specs: FieldSpecs): Labelled[] =>
  Object.entries(specs).flatMap(([field, spec]): Labelled[] =>
    spec.kind === 'ref' || spec.system ? [] : [[field, spec.label, spec]],
  );

export function registerPlaces(paper: Paper): RegisterPlaces {
  const ledger = ledgers.find(({ name }) => name === paper.ledger);
  if (!ledger) return { groups: [], lists: [] };
  const taken = new Set<string>();
  const named = (fields: readonly Labelled[], otherwise: ((label: string) => string) | null) =>
    fields.flatMap(([field, label, spec]): Place[] => {
      const name = taken.has(label) ? otherwise?.(label) : label;
      if (name === undefined || taken.has(name)) return [];
      taken.add(name);
      return [{ name, field, spec }];
    });
  const book = paperBook();
  const ofPaper = named(
    composed.map((field) => [field, field === 'paperNo' ? say.paperNo : book.labelOf(field, paper), null]),
    null,
  );
  const whose = personLedgerOf(ledger);
  const person = labelled(whose?.fields ?? {}).map(
    ([field, label, spec]): Labelled => [personField(field), label, spec],
  );
  const isPerson = whose?.name === ledger.name;
  // Of the record that the person is, the person's fields say the same, and the address whole
  const own = isPerson ? named(person, null) : named(labelled(ledger.fields), null);
  const ofPerson = isPerson ? [] : named(person, say.ofPerson);
  const row = ledger.children[paper.perRow ?? ''];
  const ofRow = row
    ? labelled(row.fields).map(([field, label, spec]) => ({
        name: say.ofRow(label),
        field: rowField(field),
        spec,
      }))
    : [];
  const lists = Object.entries(ledger.children).map(([list, { title, fields }]) =>
    listOf(title, list, fields),
  );
  return {
    groups: [
      { title: say.paper, places: ofPaper },
      { title: ledger.noun, places: own },
      { title: say.person, places: ofPerson },
      { title: say.row(row?.title ?? ''), places: ofRow },
    ].filter(({ places }) => places.length > 0),
    lists:
      ledger.name === correction.name ? [...lists, listOf(contact.noun, 'contacts', contact.fields)] : lists,
  };
}

const listOf = (name: string, list: string, fields: FieldSpecs): PlaceList => ({
  name,
  list,
  places: [order, ...labelled(fields).map(([field, label, spec]) => ({ name: label, field, spec }))],
});

const placesIn = ({ groups }: RegisterPlaces) => groups.flatMap(({ places }) => places);

/** What the places of one paper hold. */
export function registerPlaceData(papers: CasePapers, paper: Paper, copy: Copy): PlaceData {
  const places = registerPlaces(paper);
  const { fields } = fieldsOf(papers, copy);
  const entries = papers.maker.lists(papers, paper);
  return {
    values: Object.fromEntries(placesIn(places).map(({ name, field }) => [name, fields[field] ?? ''])),
    lists: Object.fromEntries(
      places.lists.map(({ name, list, places: within }) => [
        name,
        (entries[list] ?? []).map((entry, index) =>
          Object.fromEntries(
            within.map((place) => [
              place.name,
              place === order ? String(index + 1) : (entry[place.field] ?? ''),
            ]),
          ),
        ),
      ]),
    ),
  };
}

/** The same of a form to be filled in by hand: three rows of each list. */
export function blankRegisterPlaces(paper: Paper): PlaceData {
  const places = registerPlaces(paper);
  return {
    values: Object.fromEntries(placesIn(places).map(({ name }) => [name, ''])),
    lists: Object.fromEntries(
      places.lists.map(({ name, places: within }) => [
        name,
        Array.from({ length: 3 }, () => Object.fromEntries(within.map((place) => [place.name, '']))),
      ]),
    ),
  };
}
