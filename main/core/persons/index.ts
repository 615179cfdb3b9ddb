import { createHash } from 'node:crypto';
import type { ReadDb } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { type NameReader, readingsSeed } from '#core/ledgers/name-reader.ts';
import type { Derivation, DerivationCheck, WriteContext } from '#core/ledgers/store.ts';
import type { StoredRecord } from '#core/ledgers/table.ts';
import { ledgers } from '#shared/ledgers/all.ts';
import { partOf } from '#shared/ledgers/persons.ts';
import { type Entry, entriesOf } from './entries.ts';
import { insertKey, removeKey, settleStep, tableFor } from './key-tables.ts';
import { sourceNumber } from './places.ts';
import { commitIndex, stageWhole } from './rebuild.ts';

/** Of the keys: raised by hand when they are made otherwise, or when pinyin-pro reads otherwise. */
const keysVersion = 1;

/** What the keys follow from besides the records: how they are made, the readings, which fields are whose. */
const stampOf = () =>
  createHash('sha256')
    .update(JSON.stringify([keysVersion, readingsSeed, ledgers.map(({ name, persons }) => [name, persons])]))
    .digest('hex')
    .slice(0, 16);

/** The index of persons, kept up to date with every write; only what a version changed is touched. */
export const personIndex: Derivation = {
  name: 'persons',
  put(context: WriteContext, record, before) {
    const { db, names: reader } = context;
    const { ledger } = record;
    if (!ledger.persons) return;
    if (before && !ledger.persons.some((spec) => isTouched(spec.child, record, before))) return;
    const numbers = new Map(ledger.persons.map((spec) => [partOf(spec), sourceNumber(db, ledger, spec)]));
    const numberOf = (part: string) => numbers.get(part) ?? 0;
    const now = entriesOf(record, reader, numberOf);
    const table = tableFor(context);
    if (!before) {
      for (const entry of now) insertKey(db, table, entry);
      return;
    }
    const old = entriesOf(before, reader, numberOf);
    const name = ({ key, place }: Entry) => `${key} ${place}`;
    const [kept, had] = [new Set(now.map(name)), new Set(old.map(name))];
    for (const entry of old) if (!kept.has(name(entry))) removeKey(db, entry);
    for (const entry of now) if (!had.has(name(entry))) insertKey(db, table, entry);
  },
  drop({ db, names: reader }, record) {
    const { ledger } = record;
    if (!ledger.persons) return;
    const numbers = new Map(ledger.persons.map((spec) => [partOf(spec), sourceNumber(db, ledger, spec)]));
    for (const entry of entriesOf(record, reader, (part) => numbers.get(part) ?? 0)) removeKey(db, entry);
  },
  settle: settleStep,
  stamp: stampOf,
  rebuild: (db, registry, { names }) => commitIndex(db, registry, names, stageWhole(db, registry, names)),
  verify: (db, { names }) => checkIndex(db, names),
};

/** Whether a version changed anything of the rows of this description. */
function isTouched(child: string | undefined, record: StoredRecord, before: StoredRecord): boolean {
  if (child === undefined) return true;
  return JSON.stringify(record.content[child]) !== JSON.stringify(before.content[child]);
}

function checkIndex(db: ReadDb, reader: NameReader): DerivationCheck {
  const sources = new Map(
    db
      .all<{ seq: number; ledger: string; part: string }>(sql`select seq, ledger, part from person_source`)
      .map(({ seq, ledger, part }) => [`${ledger} ${part}`, seq]),
  );
  let expected = 0;
  return {
    record(record) {
      const entries = entriesOf(record, reader, (part) => sources.get(`${record.ledger.name} ${part}`) ?? 0);
      expected += entries.length;
      const isThere = ({ key, place }: Entry) =>
        db.value(sql`select 1 from person_entry where key = ${key} and place = ${place}`) !== undefined;
      return entries.every(isThere) ? [] : ['missing'];
    },
    end() {
      const found = db.value<number>(sql`select count(*) from person_entry`) ?? 0;
      return found === expected ? [] : [`${found} / ${expected}`];
    },
  };
}
