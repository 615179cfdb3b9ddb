// The check compares the search index with the records; a rebuild makes right what it found, and only that.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { settleDerivations } from '#core/api/derivations.ts';
import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
const ids: string[] = [];
beforeAll(async () => {
  program = await aProgram({ everyRole: true, cases: 12 });
  for (const name of ['骆宾王', '贾思勰', '祖冲之'])
    ids.push((await program.save(aMediation().between(name, '郦道元'))).id);
  // As in an idle moment: what was just saved stands beside the index.
  await settle();
});
afterAll(() => program.close());

const findings = async () => (await program.call('system.verify', {})).findings;
const found = async (text: string) => (await program.call('search.find', { text })).hits.map(({ id }) => id);
const change = <T>(work: (db: Connection) => T): Promise<T> => program.look(work);
const settle = () =>
  change((db) => {
    while (db.transaction(settleDerivations));
  });
const docOf = (id: string) => sql`select doc from search_doc where record_id = ${id}`;

// Whatever a test broke, the rebuild must have mended.
afterEach(async () => {
  expect(await findings()).toEqual([]);
});

test('a sound index is left as it is', async () => {
  expect(await program.call('system.rebuild', {})).toMatchObject({ entries: 0 });
});

test('an entry without its text, one of another text, one that is not there, one of no record', async () => {
  const [lost, stale, gone] = ids as [string, string, string];
  await change((db) =>
    db.transaction((write) => {
      write.run(sql`delete from search where rowid = ${write.value<number>(docOf(lost)) ?? 0}`);
      write.run(sql`update search_doc set digest = x'00' where record_id = ${stale}`);
      write.run(sql`delete from search where rowid = ${write.value<number>(docOf(gone)) ?? 0}`);
      write.run(sql`delete from search_doc where record_id = ${gone}`);
      write.run(sql`insert into search_doc (doc, ledger, record_id) values (5, 'mediation', 'nobody')`);
      write.run(sql`insert into search (rowid, text) values (5, '骆')`);
    }),
  );
  expect(await findings()).toEqual(
    expect.arrayContaining([
      { check: 'search', object: lost, message: 'missing' },
      { check: 'search', object: stale, message: 'stale' },
      { check: 'search', object: gone, message: 'missing' },
    ]),
  );
  expect(await found('骆宾王')).toEqual([]);
  expect(await program.call('system.rebuild', {})).toMatchObject({ entries: 3 });
  expect(await found('骆宾王')).toEqual([lost]);
  expect(await found('祖冲')).toEqual([gone]);
  expect(await found('骆')).toEqual([lost]);
});

test('an entry that says it is whole but has lost words is found by looking for each of them', async () => {
  const [id = ''] = ids;
  await change((db) =>
    db.transaction((write) => {
      const doc = write.value<number>(docOf(id)) ?? 0;
      write.run(sql`insert or replace into search (rowid, text) values (${doc}, '骆')`);
    }),
  );
  expect(await findings()).toEqual([{ check: 'search', object: id, message: 'stale' }]);
  expect(await program.call('system.rebuild', {})).toMatchObject({ entries: 1 });
  expect(await found('宾王')).toEqual([id]);
});

const indexedText = (id: string) =>
  change((db) => {
    const doc = db.value<number>(docOf(id)) ?? 0;
    return db
      .column<string>(sql`select term from temp.search_term where doc = ${doc} order by offset`)
      .join(' ');
  });
const putIndexed = (id: string, text: string) =>
  change((db) => {
    const doc = db.value<number>(docOf(id)) ?? 0;
    db.run(sql`insert or replace into search (rowid, text) values (${doc}, ${text})`);
  });
const stale = (object: string) => ({ check: 'search', object, message: 'stale' });

for (const [what, lost] of [
  ['its last word', / \S+$/],
  ['its first word, whose place the others take', /^\S+ /],
] as const)
  test(`an entry that has lost nothing but ${what} is found`, async () => {
    const [, id = ''] = ids;
    const text = await indexedText(id);
    expect(text).toMatch(lost);
    await putIndexed(id, text.replace(lost, ''));
    expect(await findings()).toEqual([stale(id)]);
    expect(await program.call('system.rebuild', {})).toMatchObject({ entries: 1 });
    expect(await indexedText(id)).toBe(text);
  });

test('an entry that holds one word too many, and one that holds two in each other’s place, are found', async () => {
  const [first = '', , third = ''] = ids;
  await putIndexed(first, `${await indexedText(first)} 盗`);
  await putIndexed(third, (await indexedText(third)).replace(/(\S+) (\S+)$/, '$2 $1'));
  const wrong = await findings();
  expect(wrong).toHaveLength(2);
  expect(wrong).toEqual(expect.arrayContaining([stale(first), stale(third)]));
  expect(await program.call('system.rebuild', {})).toMatchObject({ entries: 2 });
});

test('two entries that hold each other’s words are found, though the index holds every word as often', async () => {
  const [first = '', second = ''] = ids;
  const [texts, swapped] = [await indexedText(first), await indexedText(second)];
  await putIndexed(first, swapped);
  await putIndexed(second, texts);
  const wrong = await findings();
  expect(wrong).toHaveLength(2);
  expect(wrong).toEqual(expect.arrayContaining([stale(first), stale(second)]));
  expect(await program.call('system.rebuild', {})).toMatchObject({ entries: 2 });
});

test('words of no entry are found, and are gone after the rebuild', async () => {
  const words = () =>
    change((db) => db.value<number>(sql`select count(*) from temp.search_term where doc = 5`));
  await change((db) => db.run(sql`insert into search (rowid, text) values (5, '盗 跖')`));
  expect(await words()).toBe(2);
  expect((await findings()).map(({ message }) => message)).toEqual([
    'stray',
    expect.stringMatching(/^\d+ \/ \d+$/),
  ]);
  await program.call('system.rebuild', {});
  expect(await words()).toBe(0);
});

test('an emptied index is made anew whole, with progress, and finds as before', async () => {
  const words = ['骆', '勰', '1640', 'zcz', '纠纷', '调解'];
  const before = await Promise.all(words.map(found));
  await change((db) =>
    db.transaction((write) => {
      write.run(sql`insert into search (search) values ('delete-all')`);
      write.run(sql`delete from search_doc`);
    }),
  );
  expect(await found('骆')).toEqual([]);
  const { entries, records } = await program.call('system.rebuild', {});
  expect(entries).toBe(records);
  expect((await Promise.all(words.map(found))).map((one) => [...one].sort())).toEqual(
    before.map((one) => [...one].sort()),
  );
  expect(await program.call('system.rebuild', { whole: true })).toEqual({ entries: records, records });
});

test('only who maintains the ledger may rebuild, and it is kept in the log', async () => {
  for (const account of ['clerk', 'head']) {
    const person = await program.signIn(account);
    expect((await person.refused('system.rebuild', {})).code).toBe('no-right');
  }
  await program.call('system.rebuild', {});
  const last = await program.look((db) =>
    db.get<{ action: string; detail: string }>(
      sql`select action, detail from audit_entry where action = 'system.rebuild' order by seq desc limit 1`,
    ),
  );
  expect(JSON.parse(last?.detail ?? '')).toEqual({ entries: 0, whole: false, removed: 0 });
});
