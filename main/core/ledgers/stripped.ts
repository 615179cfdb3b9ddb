import type { ReadDb, WriteDb } from '#core/db/connection.ts';
import { id, sql } from '#core/db/sql.ts';
import { readSetting, writeSetting } from '#core/settings/settings.ts';
import { strippedWords } from '#shared/text/words.ts';
import type { Registry } from './registry.ts';
import { splitIds } from './versions.ts';

/** What is left of records whose content was taken out (strip.ts): ids, number, state, version; never content. */
export type StripWhy = 'sealed' | 'destroyed';

export type Stripped = {
  id: string;
  ledger: string;
  unitId: string;
  number: string | null;
  state: string;
  version: string;
  depth: number;
  /** The record it was a part of and went with; null for one that was taken out itself. */
  partOf: string | null;
  why: StripWhy;
};

type Row = Omit<Stripped, 'version'> & { version: Uint8Array };

const columns = sql`record_id as id, ledger, unit_id as unitId, number, state, version, depth, part_of as partOf, why`;

const fromRow = ({ version, ...row }: Row): Stripped => ({
  ...row,
  version: Buffer.from(version).toString('hex'),
});

export function strippedOf(db: ReadDb, recordId: string): Stripped | null {
  const row = db.get<Row>(sql`select ${columns} from stripped_record where record_id = ${recordId}`);
  return row ? fromRow(row) : null;
}

export const everyStripped = (db: ReadDb): Stripped[] =>
  db.all<Row>(sql`select ${columns} from stripped_record order by record_id`).map(fromRow);

export const isStripped = (db: ReadDb, recordId: string): boolean =>
  db.value(sql`select 1 from stripped_record where record_id = ${recordId}`) !== undefined;

/** Whether a record, typed or stored, is a part of one whose content was taken out. */
export function isOfStripped(
  db: ReadDb,
  partOf: string | undefined,
  content: Record<string, unknown>,
): boolean {
  const whole = partOf === undefined ? null : content[partOf];
  return typeof whole === 'string' && isStripped(db, whole);
}

/**
 * How often a record was taken out or came back. It only rises: one that is sealed and opened again stands under another
 * row number, while what is taken out now is the same as before.
 */
export const strippedMark = (db: ReadDb): number => Number(readSetting(db, 'takenOut') ?? 0);

/** Said by whoever takes a record out or puts it back, in the same transaction. */
export const raiseStrippedMark = (db: WriteDb): void =>
  writeSetting(db, 'takenOut', String(strippedMark(db) + 1));

/** What stands for the title of such a record where another one names it; null for any other. */
export function strippedTitle(db: ReadDb, recordId: string): string | null {
  const why = db.value<StripWhy>(sql`select why from stripped_record where record_id = ${recordId}`);
  return why === undefined ? null : strippedWords[why];
}

/** Ids and versions, for the content hash. A ledger of before there were any has none. */
export const strippedTips = (db: ReadDb): { id: string; version: Uint8Array }[] =>
  db.value(sql`select 1 from sqlite_schema where name = 'stripped_record'`) === undefined
    ? []
    : db.all(sql`select record_id as id, version from stripped_record`);

/**
 * What is wrong with what stayed of a record; null where nothing is. Its content cannot be worked out again: its
 * versions must still lead from the one it had back to the first, none of them with content, and nothing of it may be
 * left in its register or the index.
 */
export function strippedFault(
  db: ReadDb,
  registry: Registry,
  one: Stripped,
): 'row' | 'index' | 'content' | 'version' | null {
  const { table } = registry.find(one.ledger);
  if (db.value(sql`select 1 from ${id(table)} where id = ${one.id}`) !== undefined) return 'row';
  if (db.value(sql`select 1 from search_doc where record_id = ${one.id}`) !== undefined) return 'index';
  const versions = db.all<{ id: Uint8Array; parents: Uint8Array; bare: number }>(sql`
    select id, parents, patch = '{}' and whole is null as bare from record_version where record_id = ${one.id}`);
  if (versions.some(({ bare }) => bare === 0)) return 'content';
  const parentsOf = new Map(
    versions.map((version) => [Buffer.from(version.id).toString('hex'), splitIds(version.parents)]),
  );
  for (let at: string | undefined = one.version; at !== undefined; ) {
    const parents = parentsOf.get(at);
    if (!parents) return 'version';
    at = parents[0];
  }
  return null;
}
