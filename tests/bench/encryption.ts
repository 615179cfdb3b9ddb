import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { createKit } from '#core/api/kit.ts';
import type { ReadDb } from '#core/db/connection.ts';
import { names } from '#core/db/folder.ts';
import { readerCacheMb } from '#core/db/open.ts';
import type { Sql, SqlValue } from '#core/db/sql.ts';
import { findRecords } from '#core/ledgers/find.ts';
import { listRecords } from '#core/ledgers/list.ts';
import { createVeil } from '#core/ledgers/veil.ts';
import {
  keyByPassword,
  makeKeyFile,
  newDataKey,
  openByPassword,
  readKeyFile,
} from '#core/security/key-file.ts';
import { readSetting } from '#core/settings/settings.ts';
import { account, copyOf, envOf, type Place, password } from './data-set.ts';
import { median, type Result, result, timed } from './measure.ts';

const turns = 400;
const pragmas = [
  'foreign_keys=ON',
  'temp_store=MEMORY',
  `cache_size=${-1024 * readerCacheMb}`,
  'synchronous=FULL',
  'wal_autocheckpoint=4000',
];

type Keyed = Database.Database & { key(key: Buffer): number; rekey(key: Buffer): number };

/** What is measured, and whether each turn asks for something that was not asked for before. */
const kinds = [
  ['saves', 'save'],
  ['a page of the list', 'list'],
  ['a search', 'search'],
  ['the same searches once more', 'search'],
  ["the program's page of the list", 'programList'],
  ["the program's search", 'programSearch'],
] as const;

/**
 * The same data set twice, one copy with its cipher taken off, both written anew page by page: taking the cipher off
 * does that, and a file in the order of its tables beside one grown by saves looked a third quicker. Same pragmas, same
 * statements, by turns.
 */
export async function measureEncryption(folder: string, place: Place): Promise<Result[]> {
  const [secret, plain] = [copyOf(folder, 'secret'), copyOf(folder, 'plain')];
  const file = readKeyFile(secret);
  const key = file && (await keyByPassword(file, account, password));
  if (!key) throw new Error('the data set has another password');
  const raw = Buffer.from(`raw:${Buffer.from(key).toString('hex')}`);
  const open = (at: string, isPlain: boolean): Keyed => {
    const db = new Database(path.join(at, names.ledger)) as Keyed;
    if (!isPlain) {
      db.pragma("cipher='aegis'");
      db.key(raw);
    }
    return db;
  };
  const renew = (at: string, work: (db: Keyed) => void): number => {
    const db = open(at, false);
    db.pragma('journal_mode=DELETE');
    work(db);
    const free = db.pragma('freelist_count', { simple: true }) as number;
    db.close();
    return free;
  };
  const free = [renew(plain, (db) => db.rekey(Buffer.alloc(0))), renew(secret, (db) => db.exec('vacuum'))];
  if (free.some((pages) => pages > 0)) throw new Error('one of the two copies was not written anew');
  const head = fs.readFileSync(path.join(plain, names.ledger)).subarray(0, 15).toString('latin1');
  if (head !== 'SQLite format 3') throw new Error('the copy still has its cipher');
  const pair = [open(secret, false), open(plain, true)];
  for (const db of pair) {
    db.pragma('journal_mode=WAL');
    for (const pragma of pragmas) db.pragma(pragma);
  }
  const work = pair.map((db) => workOn(db, place));
  const results: Result[] = [];
  for (const [name, what] of kinds) {
    const times: [number[], number[]] = [[], []];
    for (let turn = 0; turn < turns; turn++) {
      for (const which of turn % 2 === 0 ? [0, 1] : [1, 0])
        times[which as 0 | 1].push(await timed(() => work[which]?.[what](turn)));
    }
    const [own, bare] = times.map((each) => median(each.slice(20))) as [number, number];
    results.push(result(`encryption: ${name} / the same statements without cipher (ratio)`, own, bare, 1.15));
  }
  for (const db of pair) db.close();
  return [...results, await measureSignIn()];
}

/** What the program's reading functions need of a handle, over one with or without cipher. */
function readerOf(db: Database.Database): ReadDb {
  const statements = new Map<string, Database.Statement>();
  const prepare = (text: string, plucked = false) => {
    const name = plucked ? `${text}\n` : text;
    const statement = statements.get(name) ?? db.prepare(text);
    if (plucked) statement.pluck();
    statements.set(name, statement);
    return statement;
  };
  const values = (query: Sql) => query.values as SqlValue[];
  return {
    get: <T>(query: Sql) => prepare(query.text).get(...values(query)) as T | undefined,
    all: <T>(query: Sql) => prepare(query.text).all(...values(query)) as T[],
    value: <T>(query: Sql) => prepare(query.text, true).get(...values(query)) as T | undefined,
    column: <T>(query: Sql) => prepare(query.text, true).all(...values(query)) as T[],
    each: <T>(query: Sql) => prepare(query.text).iterate(...values(query)) as IterableIterator<T>,
  };
}

function workOn(db: Database.Database, place: Place) {
  const kit = createKit(envOf('', place), () => '');
  const reader = readerOf(db);
  kit.renewLists(reader);
  const veil = createVeil(reader, kit.registry);
  const unitCode = kit.unitCodeOf(reader, readSetting(reader, 'unitId') ?? '');
  const count = db.prepare('select max(seq) from mediation_case').pluck().get() as number;
  const columns = (
    db.prepare('select name from pragma_table_info(?)').pluck().all('mediation_case') as string[]
  ).filter((name) => !['seq', 'id', 'case_no', 'number_order'].includes(name));
  const save = db.prepare(
    `insert into mediation_case (id, ${columns}) select ?, ${columns} from mediation_case where seq = ?`,
  );
  const entry = db.prepare('insert into search (rowid, text) values (?, ?)');
  const list = db.prepare(
    'select * from mediation_case order by accepted_on desc, seq desc limit 50 offset ?',
  );
  db.exec("create virtual table temp.words using fts5vocab(main, 'search', 'row')");
  const words = db
    .prepare('select term from temp.words where doc between 5 and 5000 limit 2000')
    .pluck()
    .all() as string[];
  const search = db.prepare(
    `select c.title, c.case_no from (select rowid as doc from search where search match ? order by rowid desc limit 50) h
     join search_doc d on d.doc = h.doc join mediation_case c on c.id = d.record_id`,
  );
  const wordOf = (turn: number) => words[(turn * 31) % words.length] ?? '';
  return {
    save: db.transaction((turn: number) => {
      const from = 1 + ((turn * 7919) % count);
      save.run(`00000000-0000-7000-8000-${String(turn).padStart(12, '0')}`, from);
      entry.run(2 ** 40 + turn, `甲${turn} 乙${turn} 丙${turn}`);
    }).immediate,
    list: (turn: number) => list.all((turn * 131) % 5000),
    search: (turn: number) => search.all(`"${wordOf(turn).replaceAll('"', '""')}"`),
    programList: (turn: number) =>
      listRecords(reader, kit.registry, { ledger: 'mediation', offset: (turn * 131) % 5000 }, []),
    programSearch: (turn: number) =>
      findRecords(reader, kit.registry, kit.labels(reader), {
        text: wordOf(turn),
        unitCode,
        ledgers: null,
        clock: () => 0,
        names: kit.names,
        veil,
      }),
  };
}

/** With the cost that a ledger in use has. */
async function measureSignIn(): Promise<Result> {
  const key = newDataKey();
  const accounts = [{ name: account, password }];
  const file = await makeKeyFile({
    ledgerId: 'x',
    unit: 'x',
    level: 'county',
    isDemo: false,
    key,
    recoveryKey: 'x',
    accounts,
  });
  const times: number[] = [];
  for (let turn = 0; turn < 7; turn++) times.push(await timed(() => openByPassword(file, account, password)));
  return result('sign-in: the password’s derivation at its real cost (ms)', median(times), null, 1000);
}
