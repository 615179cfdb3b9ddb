import type { Scalar } from '#shared/api/types.ts';
import type { Day } from '#shared/domain/day.ts';
import { applies, isEmpty } from '#shared/kinds/conditions.ts';
import type { FieldSpecs } from '#shared/kinds/kind.ts';
import { askedFor } from '#shared/ledgers/check.ts';
import type { LedgerSpec } from '#shared/ledgers/describe.ts';
import type { PersonSpec } from '#shared/ledgers/persons.ts';
import type { FormState } from './form-state.ts';
import { followed } from './record-begin.ts';
import { type FormContent, type FormRow, filledFromIdentity, numberField, saidBy } from './record-content.ts';

// What the program wrote into a form by itself and whose it is: a person's data that were taken over, and what an
// identity number says of its holder. Only what somebody typed himself stays when that changes.

/** Whose data stand in a row. */
export type Taken = {
  /** The person's key and name in the index. */
  key: string;
  name: string;
  /** The row's name when they were taken, which may be written otherwise. */
  as: string;
  /** What was filled in; a value that is another one now is the clerk's. */
  values: FormRow;
};

/** By the child and the key of its row, so that it goes with the row when that moves. */
export type TakenRows = Readonly<Record<string, Taken>>;

type Keyed = Pick<FormState, 'rowKeys'>;
const keyOf = ({ rowKeys }: Keyed, child: string, index: number) =>
  `${child}.${rowKeys[child]?.[index] ?? index}`;

export const takenIn = (state: FormState, child: string, index: number): Taken | null =>
  state.taken[keyOf(state, child, index)] ?? null;

/** The rows as a draft names them: by their place. */
export function takenByPlace({ taken, content, rowKeys }: FormState): TakenRows {
  const rows = Object.entries(rowKeys).flatMap(([child, keys]) =>
    keys.map((_, index) => [`${child}.${index}`, taken[keyOf({ rowKeys }, child, index)]] as const),
  );
  const isThere = (place: string) => Array.isArray(content[place.split('.')[0] ?? '']);
  return Object.fromEntries(rows.flatMap(([place, one]) => (one && isThere(place) ? [[place, one]] : [])));
}

export function takenAt(places: TakenRows, rowKeys: FormState['rowKeys']): TakenRows {
  return Object.fromEntries(
    Object.entries(places).map(([place, one]) => {
      const [child = '', index] = place.split('.');
      return [keyOf({ rowKeys }, child, Number(index)), one];
    }),
  );
}

const rowAt = (content: FormContent, child: string, index: number): FormRow => {
  const rows = content[child];
  return (Array.isArray(rows) ? rows[index] : undefined) ?? {};
};

const nameIn = (state: FormState, child: string, index: number, spec: PersonSpec) =>
  String(rowAt(state.content, child, index)[spec.fields.name] ?? '').trim();

/** Whether the row was given another name than the one under which its data were taken. */
export function isRenamed(state: FormState, child: string, index: number, spec: PersonSpec): boolean {
  const taken = takenIn(state, child, index);
  const name = nameIn(state, child, index, spec);
  return taken !== null && name !== '' && name !== taken.as;
}

/** The fields that still hold what was taken. */
export function stillTaken(state: FormState, child: string, index: number): string[] {
  const taken = takenIn(state, child, index);
  const row = rowAt(state.content, child, index);
  return Object.entries(taken?.values ?? {}).flatMap(([field, value]) =>
    row[field] === value ? [field] : [],
  );
}

/** Which person of a form is meant. */
export type RowPlace = { child: string; index: number; spec: PersonSpec };

type Changed = Pick<FormState, 'content' | 'taken'>;

const withRow = (state: FormState, child: string, index: number, row: FormRow): FormContent => {
  const rows = (state.content[child] ?? []) as FormRow[];
  return { ...state.content, [child]: rows.map((one, at) => (at === index ? row : one)) };
};

/**
 * A row with what is known of a person in its empty fields. Two are no words of the clerk's and give way: the kind that
 * a row begins with, and letters typed for a name to be found by.
 */
export function withPerson(fields: FieldSpecs, spec: PersonSpec, row: FormRow, values: FormRow): FormRow {
  const next = { ...row };
  for (const [field, value] of Object.entries(values)) {
    const isShort = field === spec.fields.name && /^[A-Za-z\s]+$/.test(String(next[field] ?? ''));
    const own = fields[field];
    if (own && applies(own, next) && (isEmpty(next[field]) || isShort || field === spec.fields.kind))
      next[field] = value;
  }
  return next;
}

/** What is known of a person goes into a row, and is known there as that person's. */
export function taking(
  state: FormState,
  place: RowPlace,
  values: FormRow,
  person: { key: string; name: string },
): Changed {
  const { child, index, spec } = place;
  const before = rowAt(state.content, child, index);
  const fields = state.ledger.children[child]?.fields ?? {};
  const known = withPerson(fields, spec, before, values);
  const row = filledFromIdentity(fields, known, numberField(fields) ?? '', state.today);
  const isOwn = (field: string) => field === spec.fields.name || field === spec.fields.kind;
  const filled = Object.entries(row).filter(([field, value]) => before[field] !== value && !isOwn(field));
  const taken: Taken = {
    ...person,
    as: String(row[spec.fields.name] ?? '').trim(),
    values: Object.fromEntries(filled),
  };
  return {
    content: withRow(state, child, index, row),
    taken: { ...state.taken, [keyOf(state, child, index)]: taken },
  };
}

const without = ({ taken }: FormState, key: string): TakenRows =>
  Object.fromEntries(Object.entries(taken).filter(([one]) => one !== key));

/** What was taken belongs to somebody else: it goes, unless somebody changed it since. */
export function clearing(state: FormState, child: string, index: number): Changed {
  const row = { ...rowAt(state.content, child, index) };
  for (const field of stillTaken(state, child, index)) row[field] = null;
  const fields = state.ledger.children[child]?.fields ?? {};
  const filled = filledFromIdentity(fields, row, numberField(fields) ?? '', state.today);
  return {
    content: withRow(state, child, index, filled),
    taken: without(state, keyOf(state, child, index)),
  };
}

/** It is the same person under another name, or the clerk has looked at it. */
export const keeping = (state: FormState, child: string, index: number): Changed => ({
  content: state.content,
  taken: without(state, keyOf(state, child, index)),
});

/** The form with a value put at `field` or `children.0.field`, and with what follows from it. */
export function putting(
  state: FormState,
  path: string,
  value: Scalar,
): Pick<FormState, 'content' | 'byHand'> {
  const { ledger, content, today } = state;
  const [name = '', index, field] = path.split('.');
  const rows = content[name];
  if (index !== undefined && field !== undefined && Array.isArray(rows)) {
    const at = Number(index);
    const fields = ledger.children[name]?.fields ?? {};
    const row = rows[at] ?? {};
    const place = keyOf(state, name, at);
    const byHand = withHand(state.byHand, `${place}.${field}`, fields, field, value);
    const isByHand = (one: string) => byHand.has(`${place}.${one}`);
    const next = numberFollowed(fields, row, { ...row, [field]: value }, field, today, isByHand);
    return { content: withRow(state, name, at, next), byHand };
  }
  const byHand = withHand(state.byHand, name, ledger.fields, name, value);
  return { content: putOwn(ledger, content, name, value, today, byHand), byHand };
}

function putOwn(
  ledger: LedgerSpec,
  content: FormContent,
  name: string,
  value: Scalar,
  today: Day,
  byHand: FormState['byHand'],
): FormContent {
  const after = { ...content, [name]: value };
  const filled = numberFollowed(
    ledger.fields,
    content as FormRow,
    after as FormRow,
    name,
    today,
    (one: string) => byHand.has(one),
  );
  return followed(ledger, content, { ...after, ...filled, ...asked(ledger, content, after) });
}

/** Where a record gets so far, the day that stood in for its own does no longer: its own is asked for. */
function asked(ledger: LedgerSpec, before: FormContent, after: FormContent): FormContent {
  return Object.fromEntries(
    Object.entries(ledger.fields).flatMap(([name, spec]) => {
      const { standIn } = spec;
      if (!standIn || askedFor(name, spec, before) === name || askedFor(name, spec, after) !== name)
        return [];
      return after[name] === after[standIn.field] ? [[name, null] as const] : [];
    }),
  );
}

/** What an identity number would say is the clerk's own once he typed it himself, until he empties it. */
function withHand(
  byHand: FormState['byHand'],
  place: string,
  fields: FieldSpecs,
  field: string,
  value: Scalar,
): FormState['byHand'] {
  if (numberField(fields) === null || !saidBy.some((one) => one === field)) return byHand;
  const next = new Set(byHand);
  if (isEmpty(value)) next.delete(place);
  else next.add(place);
  return next;
}

/** What the number that stood there said of its holder goes with it; what the new one says comes. */
function numberFollowed(
  fields: FieldSpecs,
  before: FormRow,
  after: FormRow,
  changed: string,
  today: Day,
  isByHand: (field: string) => boolean,
): FormRow {
  if (changed !== numberField(fields) || before[changed] === after[changed]) return after;
  const said = filledFromIdentity(fields, { [changed]: before[changed] ?? null }, changed, today);
  const next = { ...after };
  for (const field of saidBy) {
    if (!isByHand(field) && !isEmpty(said[field]) && next[field] === said[field]) next[field] = null;
  }
  return filledFromIdentity(fields, next, changed, today);
}
