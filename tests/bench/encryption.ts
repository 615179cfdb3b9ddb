import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { names } from '#core/db/folder.ts';
import {
  keyByPassword,
  makeKeyFile,
  newDataKey,
  openByPassword,
  readKeyFile,
} from '#core/security/key-file.ts';
import { account, copyOf, type Place, password } from './data-set.ts';
import { median, type Result, result, timed } from './measure.ts';

const turns = 400;
const pragmas = [
  'foreign_keys=ON',
  'temp_store=MEMORY',
  'cache_size=-16384',
  'synchronous=FULL',
  'wal_autocheckpoint=4000',
];

type Keyed = Database.Database & { key(key: Buffer): number; rekey(key: Buffer): number };

/** The same data set twice, one copy with its cipher taken off: same pages, same pragmas, same statements, by turns. */
export async function measureEncryption(folder: string, _place: Place): Promise<Result[]> {
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
  const bared = open(plain, false);
  bared.pragma('journal_mode=DELETE');
  bared.rekey(Buffer.alloc(0));
  bared.close();
  const head = fs.readFileSync(path.join(plain, names.ledger)).subarray(0, 15).toString('latin1');
  if (head !== 'SQLite format 3') throw new Error('the copy still has its cipher');
  const pair = [open(secret, false), open(plain, true)];
  for (const db of pair) {
    db.pragma('journal_mode=WAL');
    for (const pragma of pragmas) db.pragma(pragma);
  }
  const work = pair.map(workOn);
  const results: Result[] = [];
  for (const [name, what] of [
    ['saves', 'save'],
    ['a page of the list', 'list'],
    ['a search', 'search'],
  ] as const) {
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

function workOn(db: Database.Database) {
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
  return {
    save: db.transaction((turn: number) => {
      const from = 1 + ((turn * 7919) % count);
      save.run(`00000000-0000-7000-8000-${String(turn).padStart(12, '0')}`, from);
      entry.run(2 ** 40 + turn, `甲${turn} 乙${turn} 丙${turn}`);
    }).immediate,
    list: (turn: number) => list.all((turn * 131) % 5000),
    search: (turn: number) => search.all(`"${words[(turn * 31) % words.length]?.replaceAll('"', '""')}"`),
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
