import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit, chainStart, firstBrokenEntry, provenAtOnce } from '#core/audit/chain.ts';
import type { Connection } from '#core/db/connection.ts';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

type Entry = {
  seq: number;
  account: string;
  action: string;
  ledger: string | null;
  record_id: string | null;
  version: Uint8Array | null;
  detail: string;
};
let program: Program;
beforeAll(async () => {
  program = await aProgram({ isVeiled: true });
});
afterAll(() => program.close());

const entries = () =>
  program.look((db) =>
    db.all<Entry>(
      sql`select seq, account, action, ledger, record_id, version, detail from audit_entry order by seq`,
    ),
  );
const secrets = ['南宫千寻', '999999198001010017', '16409998877', '秘密的经过', '不可外传'];

test('every act leaves its entry, in order, and none of them holds a value', async () => {
  const start = (await entries()).length;
  const saved = await program.save(
    aMediation()
      .between('南宫千寻', '乙')
      .withApplicant({ idNumber: '999999198001010017', idNumberReason: '不可外传', phone: '16409998877' })
      .with({ summary: '秘密的经过' }),
  );
  await program.call('ledger.get', { id: saved.id });
  await program.call('search.find', { text: '南宫千寻' });
  await program.call('ledger.list', { ledger: 'mediation' });
  await program.call('ledger.act', { id: saved.id, action: 'void', record: { voidReason: '不可外传' } });
  await program.call('session.lock', {});
  await program.call('session.unlock', { password });
  await program.signIn('admin');
  const made = (await entries()).slice(start);
  expect(made.map(({ action }) => action)).toEqual([
    'ledger.save',
    'ledger.get',
    'ledger.act',
    'session.lock',
    'session.unlock',
    'session.signIn',
  ]);
  for (const entry of made) expect(entry.account).toBe('admin');
  expect(made[0]).toMatchObject({ ledger: 'mediation', record_id: saved.id });
  expect(Buffer.from(made[0]?.version ?? []).toString('hex')).toBe(saved.version);
  expect(JSON.parse(made[0]?.detail ?? '')).toEqual({
    isNew: true,
    fields: expect.arrayContaining(['summary', 'parties']),
  });
  expect(JSON.parse(made[2]?.detail ?? '')).toEqual({
    action: 'void',
    fields: expect.arrayContaining(['~state', 'voidReason']),
  });
  const all = JSON.stringify(await entries());
  for (const secret of [...secrets, password]) expect(all).not.toContain(secret);
});

test('a refused save leaves no entry and no commit', async () => {
  const count = () =>
    program.look((db) =>
      [sql`select count(*) from audit_entry`, sql`select count(*) from commit_entry`].map((query) =>
        db.value(query),
      ),
    );
  const before = await count();
  await program.refused('ledger.save', {
    ledger: 'mediation',
    record: aMediation().accepted('2025-02-30').record(),
  });
  expect(await count()).toEqual(before);
});

test('wrong passwords are told with the next right one of that account, over starts of the program', async () => {
  const office = await aProgram({ everyRole: true });
  const detail = () =>
    office.look(
      (db) =>
        db.value<string>(
          sql`select detail from audit_entry where action = 'session.signIn' order by seq desc`,
        ) ?? '',
    );
  for (let tries = 0; tries < 3; tries++) {
    await office.refused('session.signIn', { account: 'clerk', password: 'falsch-falsch' });
    await office.restart();
  }
  await office.signIn('admin');
  expect(JSON.parse(await detail())).toEqual({});
  await office.signIn('clerk');
  expect(JSON.parse(await detail())).toEqual({ wrongBefore: 3 });
  await office.close();
});

test('wrong passwords are told with the next sign-in that succeeds', async () => {
  for (let tries = 0; tries < 2; tries++)
    await program.refused('session.signIn', { account: 'admin', password: 'falsch-falsch' });
  await program.signIn('admin');
  expect(JSON.parse((await entries()).at(-1)?.detail ?? '')).toEqual({ wrongBefore: 2 });
});

test('the chain: any entry changed, taken out, or put in is found at its place', async () => {
  const total = (await entries()).length;
  expect(total).toBeGreaterThan(6);
  expect(await program.look(firstBrokenEntry)).toBeNull();
  const tampers: [string, number][] = [
    ["update audit_entry set account = 'x' where seq = 3", 3],
    ["update audit_entry set detail = '{}' || detail where seq = 2", 2],
    ['update audit_entry set hash = zeroblob(32) where seq = 4', 4],
    ["update audit_entry set at = '2020-01-01T00:00:00.000Z' where seq = 1", 1],
    ['delete from audit_entry where seq = 3', 4],
    ['update audit_entry set version = zeroblob(32) where seq = 5', 5],
    ...['action', 'ledger', 'record_id', 'installation', 'machine'].map((column): [string, number] => [
      `update audit_entry set ${column} = 'x' where seq = 4`,
      4,
    ]),
    // In another order, and nothing but what came last.
    [
      'update audit_entry set seq = case seq when 4 then -5 else -4 end where seq in (4, 5); update audit_entry set seq = -seq where seq < 0',
      4,
    ],
    ['delete from audit_entry where seq < 3', 1],
    ['delete from audit_entry', 1],
  ];
  for (const [statement, at] of tampers) {
    await program.look((db) => {
      db.exec('begin');
      db.exec(statement);
      expect(firstBrokenEntry(db), statement).toBe(at);
      db.exec('rollback');
    });
  }
});

/** As many entries more as it takes to have so many; to be rolled back. */
function addEntries(db: Connection, until: number, text: (seq: number) => string): void {
  const place = { installation: '0197b5c0-0000-7000-8000-000000000000', machine: '一号电脑' };
  const have = db.value<number>(sql`select count(*) from audit_entry`) ?? 0;
  for (let seq = have + 1; seq <= until; seq++) {
    const version = seq % 3 === 0 ? 'ab'.repeat(32) : null;
    const note = {
      action: 'ledger.get',
      ledger: 'mediation',
      recordId: null,
      version,
      detail: { is: text(seq) },
    };
    appendAudit(db, '2026-01-01T00:00:00.000Z', { account: text(seq), ...place }, note);
  }
}

test('the chain of several pages: a change on either side of a joint is found where it is', async () => {
  const tampers: [string, number][] = [
    ["update audit_entry set machine = 'x' where seq = 1000", 1000],
    ["update audit_entry set detail = detail || ' ' where seq = 1001", 1001],
    ['update audit_entry set hash = zeroblob(32) where seq = 1000', 1000],
    ['update audit_entry set hash = (select hash from audit_entry where seq = 999) where seq = 1001', 1001],
    ['update audit_entry set installation = null where seq = 2001', 2001],
    ['update audit_entry set version = null where seq = 1002', 1002],
    ["update audit_entry set version = x'' where seq = 1000", 1000],
    ['delete from audit_entry where seq = 1000', 1001],
    ['delete from audit_entry where seq = 1001', 1002],
    ['delete from audit_entry where seq between 1001 and 2000', 2001],
    ['update audit_entry set seq = -seq where seq between 2000 and 2001', 2002],
    [
      `update audit_entry set seq = -seq where seq between 1000 and 1001;
        update audit_entry set seq = 2001 + seq where seq < 0`,
      1000,
    ],
  ];
  await program.look((db) => {
    db.exec('begin');
    addEntries(db, 2500, String);
    expect(firstBrokenEntry(db)).toBeNull();
    for (const [statement, at] of tampers) {
      db.exec('savepoint tamper');
      db.exec(statement);
      expect(firstBrokenEntry(db), statement).toBe(at);
      db.exec('rollback to tamper');
    }
    db.exec('rollback');
  });
});

test('a log that was emptied and begun anew, each entry right in itself, is none', async () => {
  await program.look((db) => {
    db.exec('begin');
    db.exec('delete from audit_entry');
    addEntries(db, 20, (seq) => `第${seq}人`);
    expect(provenAtOnce(db, { seq: 0, hash: chainStart })).toMatchObject({ seq: 20 });
    expect(firstBrokenEntry(db)).toBe(1);
    db.exec('rollback');
  });
  expect(await program.look(firstBrokenEntry)).toBeNull();
});

test('the chain: entries at once are proved by the same text as one entry, whatever stands in it', async () => {
  const odd = [
    '"',
    '\\',
    '/',
    '\u0000',
    '\u0001\b\t\n\f\r\u001f\u007f',
    '\u2028\u2029',
    '𠮷😀',
    '\ud800',
    'é',
    "'",
    '',
    '0',
  ];
  await program.look((db) => {
    db.exec('begin');
    const before = db.value<number>(sql`select count(*) from audit_entry`) ?? 0;
    addEntries(db, before + odd.length * 3, (seq) => odd[seq % odd.length] ?? '');
    const last = before + odd.length * 3;
    expect(firstBrokenEntry(db)).toBeNull();
    expect(provenAtOnce(db, { seq: 0, hash: chainStart })?.seq).toBe(last);
    db.exec("update audit_entry set account = account || ' ' where seq = (select max(seq) from audit_entry)");
    expect(provenAtOnce(db, { seq: 0, hash: chainStart })).toBeNull();
    expect(firstBrokenEntry(db)).toBe(last);
    db.exec('rollback');
  });
});
