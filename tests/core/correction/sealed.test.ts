// The file of a minor is sealed with all that happened to him: found by no way, counted as before, opened again whole.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import type { Saved } from '#shared/api/types.ts';
import { foundIn } from '#tests/fixtures/bare-pages.ts';
import { anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';
import { keyOf, keys, pagesOf, reason, seal } from '#tests/fixtures/sealing.ts';

const name = '皇甫蔚曦';
const idNumber = makeIdentityNumber('2007-06-16', 7);
const guardian = '皇甫岐衡';
const secrets = [name, idNumber, guardian, '隐庐巷七十九号', '琼楼别业会所'];

let program: Program;
let clerk: Person;
let head: Person;
let person: Saved;
const save = (ledger: string, record: Record<string, unknown>) =>
  program.call('ledger.save', { ledger, record });
const figures = async () =>
  (await program.call('indicator.list', { year: 2025 })).figures
    .filter(({ code }) => code.startsWith('correction'))
    .map(({ code, value, records }) => [code, value, records]);
/** What is kept of papers as they were issued. */
const issuedPapers = () =>
  program.look((db) => db.value<number>(sql`select count(*) from issued_paper`) ?? 0);
const board = async () => {
  const { overdue, today, week } = await program.call('deadline.board', {});
  return [...overdue, ...today, ...week].filter(({ ledger }) => ledger === 'correction');
};

beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  keys.set(program, await keyOf(program));
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  const active = await save(
    'correction',
    aPersonInCorrection({
      ...{ name, idNumber, address: '东坝镇隐庐巷七十九号', crimeOn: '2024-11-02', guardianName: guardian },
      injunction: '不得进入琼楼别业会所',
      members: [{ kind: 'family', name: guardian, knowsMinors: true }],
    }),
  );
  await program.call('paper.issue', { id: active.id, kind: 'declaration' });
  for (const [ledger, record] of Object.entries(eventsOf(active.id))) {
    const { id } = await save(ledger, record);
    if (ledger === 'measure') await program.call('paper.issue', { id, kind: 'admonitionDecision' });
    if (ledger === 'leave') await program.call('paper.issue', { id, kind: 'leaveApproval' });
  }
  const issued = {
    conclusion: 'suitable',
    issuedOn: '2025-02-10',
    receivedOn: '2025-02-03',
    opinionNo: '金司矫评1号',
  };
  await save('evaluation', {
    ...anEvaluation({ name, idNumber, ...issued }),
    ...{ adoption: 'adopted', correctionId: active.id, takenOn: '2025-03-05' },
  });
  person = await program.call('ledger.act', {
    id: active.id,
    action: 'release',
    baseVersion: active.version,
    record: { endKind: 'pardoned', endedOn: '2025-06-25' },
  });
});
afterAll(() => program.close());

test('sealed within its three days, nothing of it is left in clear, and it counts as before', async () => {
  expect((await board()).map(({ rule, dueOn }) => `${rule} ${dueOn}`)).toContain(
    'correction.seal 2025-06-28',
  );
  expect(foundIn(await pagesOf(program), secrets).sort()).toEqual([...secrets].sort());
  const before = { figures: await figures(), hash: await program.call('system.hash', {}) };
  expect(await issuedPapers()).toBe(3);
  await seal(clerk, head, person.id);
  expect(foundIn(await pagesOf(program), secrets)).toEqual([]);
  expect(await issuedPapers()).toBe(0);
  expect((await program.refused('paper.list', { id: person.id })).code).toBe('record-missing');
  expect(await board()).toEqual([]);
  expect((await program.refused('ledger.get', { id: person.id })).code).toBe('record-missing');
  for (const ledger of ['correction', 'evaluation', ...Object.keys(eventsOf(''))])
    expect((await program.call('ledger.list', { ledger })).total, ledger).toBe(0);
  for (const text of [name, '皇甫', idNumber.slice(-8), 'hfwx'])
    expect((await program.call('search.find', { text })).hits, text).toEqual([]);
  expect((await program.call('person.match', { values: { name, idNumber } })).matches).toEqual([]);
  expect(await figures()).toEqual(before.figures);
  expect(await program.call('system.hash', {})).toEqual(before.hash);
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
  // Nothing new is put in clear beside it
  const late = { personId: person.id, kind: 'visit', happenedOn: '2025-06-20' };
  const refused = await program.refused('ledger.save', { ledger: 'contact', record: late });
  expect(refused.code).toBe('record-invalid');
});

test('opened again by two, it is whole', async () => {
  const { id } = await clerk.call('sealing.apply', {
    ...{ recordId: person.id, kind: 'unseal', basis: 'mistaken', reason },
  });
  await head.call('sealing.confirm', { id });
  const whole = await program.call('ledger.get', { id: person.id });
  expect(whole.record).toEqual(person.record);
  expect(await issuedPapers()).toBe(3);
  const related = await program.call('ledger.related', { id: person.id });
  expect(related.map(({ total }) => total)).toEqual(related.map(() => 1));
  expect((await board()).map(({ rule }) => rule)).toContain('correction.seal');
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
});
