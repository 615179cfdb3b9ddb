// The three-day task at the end of a minor's correction (未成年人犯罪记录封存实施办法 13): what the application begins with,
// what goes with the file, and the paper that says so.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { rotatesOutOn, surplus } from '#core/db/backup.ts';
import { listBackups } from '#core/db/copies.ts';
import type { Backup, Saved } from '#shared/api/types.ts';
import { dayInChina, minuteInChina } from '#shared/domain/day.ts';
import { anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

const idNumber = makeIdentityNumber('2007-06-16', 7);
let program: Program;
let clerk: Person;
let head: Person;
let person: Saved;
let evaluation: Saved;
const save = (ledger: string, record: Record<string, unknown>) =>
  program.call('ledger.save', { ledger, record });

beforeAll(async () => {
  program = await aProgram({ everyRole: true });
  clerk = await program.signIn('clerk');
  head = await program.signIn('head');
  // A copy of before anything of the person was here, of another day so that it is not given up
  const { now } = program.clock;
  program.clock.now = new Date(now.getTime() - 86_400_000);
  await program.call('system.backup', {});
  program.clock.now = now;
  // Registered by itself, and never turned into the file
  evaluation = await save('evaluation', {
    ...anEvaluation({ name: '皇甫蔚曦', idNumber, receivedOn: '2025-02-03', issuedOn: '2025-02-10' }),
    ...{ conclusion: 'suitable', opinionNo: '金司矫评1号' },
  });
  const active = await save(
    'correction',
    aPersonInCorrection({ name: '皇甫蔚曦', idNumber, fileNo: '金矫档〔2025〕丁号', crimeOn: '2024-11-02' }),
  );
  for (const [ledger, record] of Object.entries(eventsOf(active.id))) await save(ledger, record);
  await save('contact', { ...eventsOf(active.id).contact, happenedOn: '2025-05-20' });
  const end = { endKind: 'pardoned', endedOn: '2025-06-25' };
  person = await program.call('ledger.act', {
    ...{ id: active.id, action: 'release', baseVersion: active.version, record: end },
  });
});
afterAll(() => program.close());

test('it stands on the board with the number of the file, and overdue first once it is late', async () => {
  const rows = async (on: string) => {
    const { overdue, today, week } = await clerk.call('deadline.board', { on });
    return { overdue, rest: [...today, ...week] };
  };
  const seal = { rule: 'correction.seal', dueOn: '2025-06-28', number: '金矫档〔2025〕丁号' };
  expect((await rows('2025-06-27')).rest).toContainEqual(expect.objectContaining(seal));
  const late = await rows('2025-06-29');
  expect(late.overdue).toContainEqual(expect.objectContaining({ ...seal, article: '第十三条', days: -1 }));
});

test('the application begins with the ground, the days and what else there is about the person, without a name', async () => {
  const proposal = await clerk.call('sealing.proposal', { recordId: person.id });
  expect(proposal).toMatchObject({
    basis: 'minorCrime',
    also: [{ recordId: evaluation.id, ledger: 'evaluation', number: '金司矫评1号', day: '2025-02-03' }],
  });
  for (const text of ['2024年11月2日', '拘役2个月', '2025年6月25日', '第二百八十六条', '2025年6月28日'])
    expect(proposal.reason).toContain(text);
  expect(Object.fromEntries(proposal.parts.map(({ ledger, count }) => [ledger, count]))).toEqual({
    ...{
      oversight: 1,
      contact: 2,
      leave: 1,
      crossing: 1,
      relocation: 1,
      measure: 1,
      positioning: 1,
      absence: 1,
    },
  });
  expect(JSON.stringify(proposal)).not.toMatch(/皇甫|蔚曦|20070616/);
  // Of an adult, and of a case, no law says so
  const adult = await save('correction', aPersonInCorrection({ fileNo: '金矫档〔2025〕戊号' }));
  const nothing = { basis: null, reason: '', also: [] };
  expect(await clerk.call('sealing.proposal', { recordId: adult.id })).toMatchObject(nothing);
  const mediation = await program.save(aMediation());
  expect(await clerk.call('sealing.proposal', { recordId: mediation.id })).toMatchObject(nothing);
});

test('file, events and evaluation are applied for at once; the certificate names what went and the older copies', async () => {
  const { reason, also } = await clerk.call('sealing.proposal', { recordId: person.id });
  await program.call('system.backup', {});
  program.clock.now = new Date(program.clock.now.getTime() + 3_600_000);
  await clerk.call('sealing.apply', {
    ...{ recordId: person.id, kind: 'seal', basis: 'minorCrime', reason },
    also: also.map(({ recordId }) => recordId),
  });
  const { requests } = await head.call('sealing.state', {});
  expect(requests.map(({ ledger, number }) => [ledger, number]).sort()).toEqual([
    ['correction', '金矫档〔2025〕丁号'],
    ['evaluation', '金司矫评1号'],
  ]);
  for (const { id } of requests) {
    expect(await head.call('sealing.read', { id })).toEqual({ reason });
    await head.call('sealing.confirm', { id });
  }
  program.clock.now = new Date(program.clock.now.getTime() + 3_600_000);
  await program.call('system.backup', {});
  for (const id of [person.id, evaluation.id])
    expect((await program.refused('ledger.get', { id })).code).toBe('record-missing');
  const { overdue, today, week } = await clerk.call('deadline.board', { on: '2025-06-29' });
  expect([...overdue, ...today, ...week].filter(({ id }) => id === person.id)).toEqual([]);
  expect((await head.call('sealing.state', {})).sealed.map(({ number }) => number).sort()).toEqual([
    '金司矫评1号',
    '金矫档〔2025〕丁号',
  ]);

  const { html, title } = await clerk.call('sealing.certificate', { sealed: person.id });
  expect(title).toBe('封存登记表');
  for (const text of [
    '金矫档〔2025〕丁号',
    '刑事诉讼法第286条',
    'clerk／head',
    '报告走访 2 件',
    '2025年6月30日',
  ])
    expect(html).toContain(text);
  expect(html).not.toMatch(/皇甫|蔚曦|20070616|兰州/);
  // One copy that holds it, none of after and none of before it was here; the day is the one that the clean-up will come to
  const copies = listBackups(program.folder);
  expect(copies.length).toBe(3);
  const [, older, without] = copies;
  expect(html).not.toContain(minuteInChina(Date.parse(without?.madeAt ?? '')));
  const at = minuteInChina(Date.parse(older?.madeAt ?? ''));
  expect(html).toContain(at);
  expect(html.split('本机数据文件夹').length - 1).toBe(1);
  const goesOn = rotatesOutOn(copies, program.clock.now.toISOString()).get(older?.name ?? '') ?? '';
  const [year, month, day] = goesOn.split('-').map(Number);
  expect(html).toContain(`${year}年${month}月${day}日`);
  const refused = await clerk.refused('sealing.certificate', {
    sealed: '00000000-0000-7000-8000-000000000000',
  });
  expect(refused.code).toBe('record-missing');
  // Whoever may not seal does not print it
  const auditor = await program.signIn('auditor');
  expect((await auditor.refused('sealing.certificate', { sealed: person.id })).code).toBe('no-right');
});

test('the day on which a copy goes is the day on which the clean-up gives it up', () => {
  const copyAt = (instant: number): Backup => {
    const madeAt = new Date(instant).toISOString();
    return { name: `ledger-${madeAt}.db`, madeAt, bytes: 1 };
  };
  const now = Date.parse('2025-06-30T09:00:00.000Z');
  const day = 86_400_000;
  // Every hour of three days, every third day of half a year
  const hours = Array.from({ length: 72 }, (_, index) => copyAt(now - index * 3_600_000));
  const older = Array.from({ length: 60 }, (_, index) => copyAt(now - (4 + 3 * index) * day));
  const copies = [...hours, ...older];
  const foreseen = rotatesOutOn(copies, new Date(now).toISOString());
  let kept = copies;
  const gone = new Map<string, string>();
  for (let ahead = 1; ahead <= 500; ahead += 1) {
    const next = [copyAt(now + ahead * day), ...kept];
    const given = surplus(next);
    for (const { name, madeAt } of given)
      if (Date.parse(madeAt) <= now) gone.set(name, dayInChina(now + ahead * day));
    kept = next.filter((one) => !given.includes(one));
  }
  expect(Object.fromEntries(foreseen)).toEqual(Object.fromEntries(gone));
  expect(gone.size).toBe(copies.length);
});
