import path from 'node:path';
import { createKit } from '#core/api/kit.ts';
import { type Connection, connect } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { id as named, sql } from '#core/db/sql.ts';
import { searchText } from '#core/ledgers/search-index.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { type BareSaves, bareSaves, type SavedRows } from './bare-save.ts';
import { account, copyOf, envOf, openCore, type Place, password, someCases } from './data-set.ts';
import { median, type Result, result, timed } from './measure.ts';

const warmUp = 20;

/** One durable save through the dispatcher, and the same rows written barely into a copy of the same ledger, by turns. */
export async function measureSaves(folder: string, place: Place, saves: number): Promise<Result> {
  const own = copyOf(folder, 'save');
  const other = copyOf(folder, 'bare');
  const file = readKeyFile(own);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const env = envOf(own, place);
  const kit = createKit(env, () => own);
  const core = openCore(env);
  await core.signIn();
  const look = connect(path.join(own, names.ledger), { key, access: 'read' });
  const unitCode = look.value<string>(
    sql`select u.code from unit u join setting s on s.value = u.id and s.name = 'unitId'`,
  );
  let bare: BareSaves | undefined;
  const times: number[] = [];
  const bareTimes: number[] = [];
  for (const record of someCases(saves + warmUp, place)) {
    let id = '';
    const ms = await timed(async () => {
      id = (await core.call('ledger.save', { ledger: 'mediation', record })).id;
    });
    const content = (await core.call('ledger.get', { id })).record;
    const text = searchText(
      { ledger: mediation, unitCode: unitCode ?? '', content },
      kit.labels(look),
      kit.names.readings,
    );
    const rows = rowsOf(look, id, text);
    bare ??= bareSaves(path.join(other, names.ledger), key);
    const bareMs = await timed(() => bare?.save(rows));
    times.push(ms);
    bareTimes.push(bareMs);
  }
  look.close();
  bare?.close();
  await core.close();
  const name = 'one durable save / the same rows by bare prepared statements (ratio)';
  return result(name, median(times.slice(warmUp)), median(bareTimes.slice(warmUp)), 2.5);
}

/** A key's place holds the row number of its record (core/persons/places.ts). */
const [ordinals, records] = [2 ** 12, 2 ** 31];

type Row = Record<string, unknown>;

/** What the save left in the tables, without the row numbers that the bare one gives itself. */
export function rowsOf(db: Connection, id: string, text: string, table = 'mediation_case'): SavedRows {
  const without = (row: Row | undefined, name: string): Row => {
    const { [name]: _number, ...rest } = row ?? {};
    return rest;
  };
  const record = db.get<Row>(sql`select * from ${named(table)} where id = ${id}`);
  const version = db.get<Row>(sql`select * from record_version where record_id = ${id}`);
  const seq = Number(record?.seq);
  return {
    record: without(record, 'seq'),
    parties:
      table === 'mediation_case'
        ? db
            .all<Row>(sql`select * from mediation_party where record_seq = ${seq} order by ordinal`)
            .map((row) => without(row, 'record_seq'))
        : [],
    version: without(version, 'seq'),
    commit: without(
      db.get(sql`select * from commit_entry where number = ${Number(version?.commit_number)}`),
      'number',
    ),
    audit:
      db.get<Row>(sql`select * from audit_entry where record_id = ${id} and action = 'ledger.save'`) ?? {},
    doc: db.get<SavedRows['doc']>(sql`select * from search_doc where record_id = ${id}`) ?? {
      doc: 0,
      ledger: '',
      record_id: '',
    },
    text,
    keys: db.all<Row>(
      sql`select key, place from person_key_recent where place / ${ordinals} % ${records} = ${seq}`,
    ),
    dues: db.all<Row>(sql`select * from due_entry where record_id = ${id}`),
  };
}
