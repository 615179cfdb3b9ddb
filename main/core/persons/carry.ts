import { id, sql } from '#core/db/sql.ts';
import type { Derivation, WriteContext } from '#core/ledgers/store.ts';
import { AppError, type FieldProblems } from '#shared/api/errors.ts';
import { type PersonRow, partOf, personsOf } from '#shared/ledgers/persons.ts';
import {
  clusterOf,
  type Decision,
  decide,
  decisionsAbout,
  forgetDecisions,
  moveDecisions,
  putBackDecisions,
  standingAbout,
} from './decisions.ts';
import { lookFrom, rowsOfKey, sameName } from './find.ts';
import { identityOf, numbersOf } from './identity.ts';
import { forgetSeen, putBackSeen, type SeenRow, seenAround } from './seen.ts';

type Row = PersonRow & { key: string };
type Move = { from: Row; to: Row };

/**
 * What was decided of somebody is said of his identity key, and an edit may give his row another one (the number that
 * was missing, a phone put right): standing decisions go with the row, under the same id, so that they can be taken
 * back as before. Where other rows still bear the old key, the decisions stay with them and the two keys are joined by
 * one of their own. What cannot be kept together any more is said with the save.
 */
export const carriedDecisions: Derivation = {
  name: 'decisions',
  put(context, record, before, warnings) {
    if (!before || !record.ledger.persons) return;
    const rowsOf = (content: typeof record.content): Row[] =>
      personsOf(record.ledger, content).map((row) => ({ ...row, key: identityOf(row.values, record.id) }));
    for (const { from, to } of movesBetween(rowsOf(before.content), rowsOf(record.content))) {
      if (!carry(context, from.key, to.key)) Object.assign(warnings, parted(to));
    }
  },
  /**
   * An identity key says a number or a name: where nobody bears it any more, what was decided of it goes too. What
   * somebody saw of the record at the intake of another goes as well; it holds its names.
   */
  drop(context, record) {
    for (const row of personsOf(record.ledger, record.content)) {
      const key = identityOf(row.values, record.id);
      if (!isBorne(context, key)) forgetDecisions(context.db, key);
    }
    forgetSeen(context.db, record.id);
  },
  pack({ db }, record): Packed {
    const keys = personsOf(record.ledger, record.content).map((row) => identityOf(row.values, record.id));
    return { decisions: decisionsAbout(db, keys), seen: seenAround(db, record.id) };
  },
  /** Of keys that somebody bears: a name that left the ledger meanwhile does not come back with a decision. */
  unpack(context, _record, packed) {
    const { db, registry } = context;
    const { decisions, seen } = packed as Packed;
    putBackDecisions(
      db,
      decisions.filter(({ left, right }) => isBorne(context, left) && isBorne(context, right)),
    );
    const isThere = (recordId: string) =>
      registry.all.some(
        ({ table }) => db.value(sql`select 1 from ${id(table)} where id = ${recordId}`) !== undefined,
      );
    putBackSeen(db, seen, isThere);
  },
};

type Packed = { decisions: Decision[]; seen: SeenRow[] };

function parted({ spec, ordinal }: Row): FieldProblems {
  const path = spec.child === undefined ? '' : `${spec.child}.${ordinal}.`;
  return { [path + spec.fields.name]: { problem: 'person-parted' } };
}

/** Rows whose key another one took the place of. Rows may have changed their order, come and gone beside that. */
function movesBetween(before: readonly Row[], after: readonly Row[]): Move[] {
  const left = [...before];
  const come: Row[] = [];
  for (const row of after) {
    const same = left.filter(({ key }) => key === row.key);
    const kept = same.find((old) => isSamePlace(old, row)) ?? same[0];
    if (kept) left.splice(left.indexOf(kept), 1);
    else come.push(row);
  }
  return come.flatMap((to) => {
    const alike = left.filter((from) => partOf(from.spec) === partOf(to.spec) && isAlike(from, to));
    const from = alike.find((old) => isSamePlace(old, to)) ?? alike[0];
    if (!from) return [];
    left.splice(left.indexOf(from), 1);
    return [{ from, to }];
  });
}

const isSamePlace = (one: Row, other: Row) =>
  one.ordinal === other.ordinal && partOf(one.spec) === partOf(other.spec);

/** Whether an edit may have made one row of the other: somebody else written over it has nothing in common with it. */
function isAlike({ values: one }: Row, { values: other }: Row): boolean {
  if (sameName(one.name, other.name)) return true;
  const [left, right] = [numbersOf(one), numbersOf(other)];
  const isEqual = (key: 'citizen' | 'other' | 'doubtful' | 'credit') =>
    left[key] !== null && left[key] === right[key];
  return (
    isEqual('citizen') ||
    isEqual('other') ||
    isEqual('doubtful') ||
    isEqual('credit') ||
    left.phones.some((phone) => right.phones.includes(phone))
  );
}

/** False where some who were one person by decision are it no longer. */
function carry(context: WriteContext, from: string, to: string): boolean {
  const { db } = context;
  if (standingAbout(db, from).length === 0) return true;
  const act = { at: context.at, by: context.account };
  const together = new Set([...clusterOf(db, from), ...clusterOf(db, to)]);
  if (isBorne(context, from)) {
    try {
      decide(db, [from, to], 'same', act);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'person-decided-otherwise') throw error;
    }
  } else {
    together.delete(from);
    moveDecisions(db, from, to, act);
  }
  const now = new Set(clusterOf(db, to));
  return [...together].every((key) => now.has(key));
}

/** Whether a row anywhere in the ledger still has the key. */
function isBorne({ db, registry, labels, names, unitCodeOf }: WriteContext, key: string): boolean {
  const look = lookFrom({ db, registry, labels, reader: names, unitCodeOf, unitCode: '', ledgers: null });
  return rowsOfKey(look, key, 1).length > 0;
}
