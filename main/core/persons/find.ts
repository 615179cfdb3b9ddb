import type { ReadDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import type { NameReader } from '#core/ledgers/name-reader.ts';
import type { Registry } from '#core/ledgers/registry.ts';
import type { PersonMatter } from '#shared/api/persons.ts';
import { foldName } from '#shared/domain/names.ts';
import type { LabelContext } from '#shared/kinds/kind.ts';
import type { PersonValues } from '#shared/ledgers/persons.ts';
import { clusterOf } from './decisions.ts';
import { numbersOf } from './identity.ts';
import { keyOf } from './keys.ts';
import { type Found, packPlace, readPlace, readSources, type Source } from './places.ts';

/** What looking for persons needs around the database. */
export type PersonContext = {
  db: ReadDb;
  registry: Registry;
  reader: NameReader;
  labels: LabelContext;
  /** The unit that asks; only its records and those of the units below are looked at. */
  unitCode: string;
  /** The registers it sees; null for all. */
  ledgers: readonly string[] | null;
  unitCodeOf(unitId: string): string;
};

/** A context with what is read once for a call. */
export type Look = PersonContext & { sources: readonly Source[] };

export const lookFrom = (context: PersonContext): Look => ({
  ...context,
  sources: readSources(context.db, context.registry),
});

const isWithin = (look: Look, found: Found) =>
  look.unitCodeOf(found.unitId).startsWith(look.unitCode) &&
  (look.ledgers === null || look.ledgers.includes(found.source.ledger.name));

const mostRows = 2000;

/** Everybody of the index at a place, if the caller may see the record. */
export function at(look: Look, place: number): Found | null {
  const found = readPlace(look.db, look.sources, place);
  return found && isWithin(look, found) ? found : null;
}

export function placesOf(db: ReadDb, key: number, limit: number): number[] {
  return db.column<number>(
    sql`select place from person_entry where key = ${key} order by place desc limit ${limit}`,
  );
}

/** Every row that is this identity key, newest first; a number has rows of its own, of which `most` are enough. */
export function rowsOfKey(look: Look, key: string, most: number): Found[] {
  return placesOfKey(look, key, most).flatMap((place) => {
    const found = at(look, place);
    return found?.key === key ? [found] : [];
  });
}

function placesOfKey(look: Look, key: string, most: number): number[] {
  const kind = key.slice(0, 1);
  const value = key.slice(2);
  if (isNumber(kind)) return placesOf(look.db, keyOf(kindOf(kind), value), most);
  const [first = '', name = ''] = value.split('|');
  if (kind === 'r') return placesOfRecord(look, first);
  const places = placesOf(look.db, keyOf(kindOf(kind), first), mostRows);
  if (kind === 'q' || places.length < 4) return places;
  // Many are born on one day: only those of the name are read.
  const sound = look.reader.heard(name).sounds[0]?.near ?? '';
  const named = new Set(placesOf(look.db, keyOf('sound', sound), mostRows));
  return places.filter((place) => named.has(place));
}

const isNumber = (kind: string) => kind === 'i' || kind === 'd' || kind === 'c';

function kindOf(kind: string) {
  if (kind === 'c') return 'credit';
  if (kind === 'p') return 'phone';
  return kind === 'b' ? 'birth' : 'number';
}

/** All places of a record. */
function placesOfRecord({ db, sources }: Look, recordId: string): number[] {
  return sources.flatMap(({ seq: source, ledger, spec }) => {
    const recordSeq = db.value<number>(sql`select seq from ${id(ledger.table)} where id = ${recordId}`);
    if (recordSeq === undefined) return [];
    const child = spec.child === undefined ? undefined : ledger.children[spec.child];
    const ordinals = child
      ? db.column<number>(sql`select ordinal from ${id(child.table)} where record_seq = ${recordSeq}`)
      : [0];
    return ordinals.flatMap((ordinal) => packPlace({ source, recordSeq, ordinal }) ?? []);
  });
}

export type Person = { keys: string[]; rows: Found[] };

/** A person with all that decisions joined, newest row first. */
export function personOf(look: Look, key: string, most = mostRows): Person {
  const keys = clusterOf(look.db, key);
  const rows = keys.flatMap((one) => rowsOfKey(look, one, most));
  rows.sort((one, other) => ((one.day ?? '') < (other.day ?? '') ? 1 : -1));
  return { keys, rows };
}

export const countRecords = (rows: readonly Found[]) => new Set(rows.map(({ recordId }) => recordId)).size;

export function matterOf({ labels }: Look, found: Found): PersonMatter {
  const { ledger, spec } = found.source;
  const sideField = spec.side === undefined ? undefined : spec.side;
  const fields = spec.child === undefined ? ledger.fields : ledger.children[spec.child]?.fields;
  const list = sideField === undefined ? undefined : fields?.[sideField]?.codes;
  const side = list && found.side !== null ? labels.labelOf(list, found.side) : null;
  const isOwnName =
    spec.fields.name === (ledger.persons?.find((one) => one.child === spec.child)?.fields.name ?? '');
  return {
    ledger: ledger.name,
    id: found.recordId,
    title: found.title,
    number: found.number,
    day: found.day,
    state: ledger.workflow.states[found.state]?.label ?? found.state,
    as: isOwnName ? (side ?? spec.as) : [side, spec.as].filter(Boolean).join('·'),
    name: found.values.name ?? '',
    key: found.key,
  };
}

/** The newest of each value that the rows know; a number of eighteen goes before one of fifteen. */
export function newestValues(rows: readonly Found[]): PersonValues {
  const values: PersonValues = {};
  for (const { values: row } of rows) {
    for (const [role, value] of Object.entries(row) as [keyof PersonValues, string][]) values[role] ??= value;
  }
  const citizen = values.idNumber === undefined ? null : numbersOf({ idNumber: values.idNumber }).citizen;
  const modern = rows.find(({ values: row }) => row.idNumber?.length === 18 && row.idNumber === citizen);
  if (modern?.values.idNumber) values.idNumber = modern.values.idNumber;
  return values;
}

/** Rows of one name in a record are two persons only when something tells them apart. */
export const sameName = (left: string | undefined, right: string | undefined) =>
  left !== undefined && right !== undefined && foldName(left) === foldName(right);
