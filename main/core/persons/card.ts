import { AppError } from '#shared/api/errors.ts';
import type { PersonCard, PersonDecision, PersonFact } from '#shared/api/persons.ts';
import type { PersonRole, PersonValues } from '#shared/ledgers/persons.ts';
import { type Decision, decisionsAbout } from './decisions.ts';
import {
  countRecords,
  type Look,
  lookFrom,
  matterOf,
  newestValues,
  type PersonContext,
  personOf,
} from './find.ts';
import { likelyFor } from './match.ts';
import type { Found } from './places.ts';

const mostMatters = 500;

/** Everything the registers know of a person. Throws `person-missing` where no record has the key any more. */
export function cardOf(context: PersonContext, key: string): PersonCard {
  const look = lookFrom(context);
  const { keys, rows } = personOf(look, key);
  if (rows.length === 0) throw new AppError('person-missing', {});
  const values = newestValues(rows);
  return {
    key,
    keys,
    name: values.name ?? '',
    values,
    names: factsOf(rows, 'name'),
    formerNames: factsOf(rows, 'formerName'),
    numbers: [...factsOf(rows, 'idNumber'), ...factsOf(rows, 'creditCode')],
    phones: factsOf(rows, 'phone'),
    addresses: factsOf(rows, 'address'),
    matters: rows.slice(0, mostMatters).map((row) => matterOf(look, row)),
    total: countRecords(rows),
    likely: likelyFor(context, values, keys),
    decisions: decisionsAbout(look.db, keys).map((one) => decisionShown(look, one)),
  };
}

/** The values that a form may take over. Throws `person-missing`. */
export function valuesOfPerson(context: PersonContext, key: string): PersonValues {
  const { rows } = personOf(lookFrom(context), key);
  if (rows.length === 0) throw new AppError('person-missing', {});
  return newestValues(rows);
}

/** Whether any record has the key. */
export function isKnownPerson(context: PersonContext, key: string): boolean {
  return personOf(lookFrom(context), key, 1).rows.length > 0;
}

export function showDecision(context: PersonContext, decision: Decision): PersonDecision {
  return decisionShown(lookFrom(context), decision);
}

function decisionShown(look: Look, { seq, ...decision }: Decision): PersonDecision {
  const nameOf = (key: string) =>
    personOf(look, key, 1).rows.find((row) => row.key === key)?.values.name ?? '';
  return { id: seq, ...decision, names: [nameOf(decision.left), nameOf(decision.right)] };
}

/** Each value that was ever seen, the newest first, with how often and when last. */
function factsOf(rows: readonly Found[], role: PersonRole): PersonFact[] {
  const facts = new Map<string, PersonFact>();
  for (const { values, day } of rows) {
    const value = values[role];
    if (value === undefined) continue;
    const known = facts.get(value);
    if (known) known.records += 1;
    else facts.set(value, { value, records: 1, last: day });
  }
  return [...facts.values()];
}
