// An index that an older program left is renewed a little at a time; nobody waits for it, and nothing is lost by a kill.
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { createNameReader } from '#core/ledgers/name-reader.ts';
import { searchText } from '#core/ledgers/search-index.ts';
import { entriesVersion, searchStamp } from '#core/ledgers/search-renewal.ts';
import { indexText } from '#shared/domain/search-text.ts';
import { mediation } from '#shared/ledgers/mediation.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program | undefined;
afterEach(async () => {
  await program?.close();
  program = undefined;
});

const cases = 60;
const perOpening = 24;

/** As an older program left it: entries of other words, their digests, another stamp. */
function age(db: Connection): void {
  db.transaction((write) => {
    for (const doc of write.column<number>(sql`select doc from search_doc`))
      write.run(sql`insert or replace into search (rowid, text) values (${doc}, 'aged')`);
    write.run(sql`delete from search_recent`);
    write.run(sql`update search_doc set digest = zeroblob(8)`);
    write.run(sql`update derivation_stamp set stamp = 'older' where name = 'search'`);
  });
}

async function aged(): Promise<Program> {
  const made = await aProgram();
  for (let count = 0; count < cases; count++)
    await made.save(aMediation().accepted('2025-03-01').between(`柳春禾`, `边小舟`));
  await made.restart();
  await made.look(age);
  return made;
}
const found = async (at: Program) => (await at.call('search.find', { text: '柳春', limit: 200 })).total;
const stamps = (at: Program) =>
  at.look((db) =>
    db.all<{ name: string; stamp: string }>(sql`select * from derivation_stamp where name like 'search%'`),
  );

test('a new ledger is of this program’s rules', async () => {
  program = await aProgram();
  expect(await program.call('system.renewal', {})).toBeNull();
  expect(await stamps(program)).toEqual([{ name: 'search', stamp: searchStamp() }]);
});

test('each start does a part and goes on where the last one came to, the newest first', async () => {
  program = await aged();
  for (let start = 1; start * perOpening < cases; start++) {
    await program.restart();
    await program.signInAgain();
    expect(await program.call('system.renewal', {})).toEqual({ done: start * perOpening, total: cases });
    expect(await found(program)).toBe(start * perOpening);
    expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  }
  await program.restart();
  await program.signInAgain();
  expect(await found(program)).toBe(cases);
  expect(await program.call('system.renewal', {})).toBeNull();
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
  expect(await stamps(program)).toEqual([{ name: 'search', stamp: searchStamp() }]);
});

test('idle moments finish it without anybody asking; saves go on meanwhile', async () => {
  program = await aged();
  await program.restart();
  await program.signInAgain();
  await program.save(aMediation().between('柳春禾', '边小舟'));
  await expect.poll(() => program?.call('system.renewal', {}), { timeout: 30_000, interval: 300 }).toBeNull();
  expect(await found(program)).toBe(cases + 1);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
});

test('making the index anew by hand ends the renewal', async () => {
  program = await aged();
  await program.restart();
  await program.signInAgain();
  await program.call('system.rebuild', { whole: true });
  expect(await program.call('system.renewal', {})).toBeNull();
  expect(await found(program)).toBe(cases);
});

test('an entry is made as its version says; made otherwise, the version is to be raised with this hash', () => {
  const content = aMediation()
    .between('单于秀兰', '重庆乐山A12商行')
    .with({ caseNo: '（2025）东坝人调字第12号', agreementText: '支付3,500元，2025年4月底前付清。' })
    .record();
  const labels = { labelOf: (_: string, code: string) => code, titleOf: () => null, areaOf: () => null };
  const { readings } = createNameReader();
  const text = searchText(
    { ledger: mediation, unitCode: '620921103', content: content as never },
    labels,
    readings,
  );
  const hash = createHash('sha256').update(indexText(text)).digest('hex').slice(0, 16);
  expect([entriesVersion, hash]).toEqual([4, 'dd997c7efaf35294']);
});
