import { useEffect, useRef, useState } from 'react';
import type { PersonMatch, PersonWarning, SeenWarning } from '#shared/api/persons.ts';
import { type PersonRole, type PersonValues, valuesOf } from '#shared/ledgers/persons.ts';
import { read } from './bureau.ts';
import type { FormState } from './form-state.ts';
import { useMay } from './program.ts';
import { useQuery } from './queries.ts';
import { type FormContent, type FormRow, withoutIdleRows } from './record-content.ts';
import type { RowPlace } from './record-taken.ts';

/** What a person is looked for by. */
const asked: readonly PersonRole[] = [
  'name',
  'formerName',
  'idNumber',
  'creditCode',
  'phone',
  'birthOn',
  'sex',
];

function askedOf(state: FormState, { child, index, spec }: RowPlace): PersonValues {
  const rows = state.content[child];
  const row = (Array.isArray(rows) ? rows[index] : undefined) ?? ({} as FormRow);
  const all = valuesOf(spec, row, state.ledger.children[child]?.fields ?? {});
  return Object.fromEntries(asked.flatMap((role) => (all[role] === undefined ? [] : [[role, all[role]]])));
}

const hasMore = ({ name, idNumber, creditCode, phone }: PersonValues) =>
  Boolean(idNumber || creditCode || phone || (name && Array.from(name).length > 1));

/**
 * Whom a row may mean, asked when one of its fields is left and never while somebody types in it: an input method's
 * half words are nobody's name. Of a saved record only who is known by number is shown until then.
 */
export function useLikelyPersons(
  state: FormState,
  place: RowPlace,
): { shown: readonly PersonMatch[]; isSame: boolean } {
  const { left, id } = state;
  const prefix = `${place.child}.${place.index}.`;
  const [values, setValues] = useState<PersonValues | null>(() =>
    id === null ? null : askedOf(state, place),
  );
  const [isTyped, setTyped] = useState(false);
  const latest = useRef(state);
  latest.current = state;
  const { child, index, spec } = place;
  useEffect(() => {
    if (!left.path.startsWith(prefix)) return;
    setValues(askedOf(latest.current, { child, index, spec }));
    setTyped(true);
  }, [left, prefix, child, index, spec]);
  const input = values && hasMore(values) ? { values, ...(id === null ? {} : { exceptRecord: id }) } : null;
  const { value: answer } = useQuery('person.match', input);
  // A save asks again, without the record itself: what is shown of the same words stays until that is answered. While
  // the save is under way the answer would name the very record that is being saved.
  const last = useRef<{ words: string; answer: typeof answer }>({ words: '', answer: null });
  const words = JSON.stringify(values);
  if (answer && !state.isBusy) last.current = { words, answer };
  const kept = last.current.words === words ? last.current.answer : null;
  const value = state.isBusy ? kept : (answer ?? kept);
  if (!value || input === null) return { shown: [], isSame: false };
  if (value.same) return { shown: [value.same], isSame: true };
  return { shown: isTyped ? value.matches : [], isSame: false };
}

/** What stands against taking the record in, and who has read it. */
export function useWarnings(state: FormState): {
  warnings: readonly PersonWarning[];
  /** Null as long as it is not known. */
  seen: readonly SeenWarning[] | null;
} {
  const { ledger, id, left, whole, content } = state;
  const [asked, setAsked] = useState<FormContent | null>(null);
  const latest = useRef(content);
  latest.current = content;
  const children = ledger.persons?.flatMap(({ child }) => child ?? []) ?? [];
  const concerns = left.path === '' || children.some((child) => left.path.startsWith(`${child}.`));
  useEffect(() => {
    if (concerns) setAsked(withoutIdleRows(ledger, latest.current));
  }, [ledger, left, whole, concerns]);
  const isAsked = ledger.persons !== undefined && asked !== null;
  const { value: warnings } = useQuery(
    'person.warnings',
    isAsked ? { ledger: ledger.name, record: asked, ...(id === null ? {} : { id }) } : null,
  );
  const { value: seen } = useQuery('person.seen', id === null ? null : { id });
  return { warnings: warnings ?? [], seen: id === null ? [] : seen };
}

/** What stands before somebody's eyes, of a saved record, counts as read; what is folded away does not. */
export function useSeen({ id, whole, isDirty }: FormState, shown: readonly PersonWarning[]): void {
  const canWrite = useMay('person.see');
  const told = useRef(new Set<string>());
  const isSaved = whole !== null && !isDirty && canWrite;
  const keys = shown.map(({ key }) => key).join('\n');
  useEffect(() => {
    if (!isSaved || keys === '' || id === null) return;
    const unread = keys.split('\n').filter((key) => !told.current.has(`${id} ${key}`));
    if (unread.length === 0) return;
    for (const key of unread) told.current.add(`${id} ${key}`);
    // What could not be put on the file is tried again with the next look at the record.
    const forget = () => {
      for (const key of unread) told.current.delete(`${id} ${key}`);
    };
    void read('person.see', { id, warnings: unread }).catch(forget);
  }, [isSaved, keys, id]);
}
