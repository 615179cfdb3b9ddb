// 社区矫正对象 through the dispatcher: states, what is worked out, the law's limits, who may do what, the warning at intake.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { correction } from '#shared/ledgers/correction/person.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aCorrection, aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());

const save = (record: Record<string, unknown>) =>
  county.call('ledger.save', { ledger: 'correction', record });
const act = (saved: Saved, action: string, record: Record<string, unknown> = {}) =>
  county.call('ledger.act', { id: saved.id, action, baseVersion: saved.version, record });
const refusedFor = async (record: Record<string, unknown>) =>
  (await county.refused('ledger.save', { ledger: 'correction', record })).fields ?? {};
const said = (field: string, problem: unknown) => problemTextAt(correction, field, problem as never);

test('from the papers to the end', async () => {
  const expected = await save(aCorrection());
  expect(expected).toMatchObject({
    state: 'expected',
    record: { sex: '1', birthOn: '1990-03-04', crimeType: '02' },
  });
  const received = await act(expected, 'receive', {
    reportedOn: '2025-03-05',
    receivedOn: '2025-03-05',
    receivedWay: 'self',
    sex: '1',
  });
  expect(received).toMatchObject({ state: 'received', record: { reportResult: '01' } });
  const active = await act(received, 'declare', { declaredOn: '2025-03-06' });
  expect(active.state).toBe('active');
  const early = await county.refused('ledger.act', {
    id: active.id,
    action: 'release',
    baseVersion: active.version,
    record: { endKind: 'expired', endedOn: '2025-06-20' },
  });
  expect(early.fields?.endedOn).toMatchObject({ problem: 'before', other: 'termTo' });
  const pardoned = await act(active, 'release', { endKind: 'pardoned', endedOn: '2025-06-20' });
  expect(pardoned.state).toBe('released');
  const resumed = await act(pardoned, 'resume');
  expect(resumed.state).toBe('active');
  const dead = await act(resumed, 'terminate', {
    endKind: 'died',
    endedOn: '2025-06-21',
    endReason: '因病死亡',
  });
  expect(dead.state).toBe('terminated');
  const { deadlines } = await county.call('deadline.record', { id: dead.id });
  expect(deadlines.map(({ rule, dueOn }) => [rule, dueOn])).toEqual([['correction.endNotice', '2025-06-21']]);
  expect((await act(dead, 'archive', { archivedOn: '2025-06-30' })).state).toBe('archived');
});

test('who does not come is looked for; who comes late is said to be late', async () => {
  const expected = await save(aCorrection({ effectiveOn: '2025-02-26' }));
  const missing = await act(expected, 'search', {
    searchedOn: '2025-03-11',
    searchNote: '电话关机，已到家走访',
  });
  expect(missing).toMatchObject({ state: 'missing', record: { reportResult: '03' } });
  const late = { reportedOn: '2025-03-12', receivedOn: '2025-03-12', receivedWay: 'self', sex: '1' };
  expect((await act(missing, 'receive', late)).record.reportResult).toBe('02');
  // The tenth day was a Saturday: Monday is in time
  const inTime = await save(
    aPersonInCorrection({
      effectiveOn: '2025-02-26',
      reportedOn: '2025-03-10',
      receivedOn: '2025-03-10',
      declaredOn: '2025-03-10',
    }),
  );
  expect(inTime.record.reportResult).toBe('01');
});

test('who was never taken over leaves no register; an end needs a registration', async () => {
  const expected = await save(aCorrection());
  const given = await act(expected, 'giveUp', { endedOn: '2025-05-01', endReason: '撤销缓刑' });
  expect(given).toMatchObject({ state: 'notReceived', record: { endKind: 'notReceived' } });
  const ended = aCorrection({ endKind: 'probationRevoked', endedOn: '2025-05-01' });
  expect(said('receivedOn', (await refusedFor(ended)).receivedOn)).toContain('未接收终结');
  const both = aPersonInCorrection({ endKind: 'notReceived', endedOn: '2025-05-01' });
  expect((await refusedFor(both)).endKind).toMatchObject({ problem: 'excluded', other: 'receivedOn' });
  const unknown = aPersonInCorrection({ idNumber: undefined });
  expect((await refusedFor(unknown)).sex).toMatchObject({ problem: 'needed' });
});

test('a transfer to another county ends the file here without an end of correction', async () => {
  const active = await save(aPersonInCorrection());
  const moved = await act(active, 'moveOut', { endedOn: '2025-06-01', movedTo: '玉门市司法局' });
  expect(moved).toMatchObject({ state: 'movedOut', record: { endKind: 'movedOut' } });
});

describe('a minor', () => {
  const minor = { idNumber: makeIdentityNumber('2007-06-16', 3), crimeOn: '2024-11-02' };

  test('both flags are worked out, and cannot be typed', async () => {
    const { record, warnings } = await save(
      aPersonInCorrection({ ...minor, guardianName: '唐都', isMinorAtCrime: false }),
    );
    expect(record).toMatchObject({
      isMinorAtCrime: true,
      isMinorAtStart: true,
      isToSeal: true,
      guardianName: '唐都',
    });
    expect(warnings).not.toHaveProperty('guardianName');
    expect(said('isMinorAtCrime', warnings.isMinorAtCrime)).toContain('“否”没有采用');
    const adult = await save(
      aPersonInCorrection({
        ...minor,
        receivedOn: '2025-06-16',
        reportedOn: '2025-06-16',
        declaredOn: '2025-06-16',
      }),
    );
    expect(adult.record).toMatchObject({ isMinorAtCrime: true, isMinorAtStart: false });
    expect((await save(aPersonInCorrection())).record).not.toHaveProperty('isMinorAtCrime');
  });

  test('is sealed within three days of the end', async () => {
    const active = await save(aPersonInCorrection(minor));
    const ended = await act(active, 'release', { endKind: 'pardoned', endedOn: '2025-06-20' });
    const due = async (id: string) =>
      (await county.call('deadline.record', { id })).deadlines.map(({ rule, dueOn }) => `${rule} ${dueOn}`);
    expect(await due(ended.id)).toContain('correction.seal 2025-06-23');
    const { id, version, record } = ended;
    await county.call('ledger.save', {
      ledger: 'correction',
      id,
      baseVersion: version,
      record: { ...record, sealedOn: '2025-06-23' },
    });
    expect(await due(id)).not.toContain('correction.seal 2025-06-23');
  });

  test('has somebody in the group who knows minors, a woman a woman (社区矫正法 52, 25)', async () => {
    const members = [{ kind: 'police', name: '祁连山', sex: '1' }];
    const { warnings } = await save(
      aPersonInCorrection({ ...minor, idNumber: makeIdentityNumber('2007-06-16', 4), members }),
    );
    expect(said('members', warnings.members)).toContain('社区矫正法第二十五条');
    const woman = [...members, { kind: 'socialWorker', name: '马兰花', sex: '2' }];
    const second = await save(
      aPersonInCorrection({ ...minor, idNumber: makeIdentityNumber('2007-06-16', 6), members: woman }),
    );
    expect(said('members', second.warnings.members)).toContain('社区矫正法第五十二条');
    const whole = woman.map((one) => ({ ...one, knowsMinors: true }));
    const third = await save(
      aPersonInCorrection({ ...minor, idNumber: makeIdentityNumber('2007-06-16', 8), members: whole }),
    );
    expect(third.warnings).not.toHaveProperty('members');
  });
});

const control = { category: '01', penalty: '05', penaltyMonths: undefined, effectiveOn: '2025-02-25' };
const parole = { category: '03', penaltyMonths: undefined };

describe('how long each category lasts', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['管制 over two years', { ...control, termTo: '2027-02-26' }, '刑法第三十八条'],
    [
      '管制 for several crimes over three years',
      { ...control, isCombined: true, termTo: '2028-02-26' },
      '刑法第六十九条',
    ],
    ['缓刑 of 拘役 over a year', { termTo: '2026-02-26' }, '刑法第七十三条'],
    ['缓刑 of 拘役 under two months', { termTo: '2025-04-23' }, '刑法第七十三条'],
    [
      '缓刑 of 有期徒刑 over five years',
      { penalty: '03', penaltyMonths: 36, termTo: '2030-02-26' },
      '刑法第七十三条',
    ],
    [
      '缓刑 of 有期徒刑 under a year',
      { penalty: '03', penaltyMonths: 6, termTo: '2026-02-23' },
      '刑法第七十三条',
    ],
    [
      '缓刑 of no known penalty over five years',
      { penalty: undefined, penaltyMonths: undefined, termTo: '2030-02-26' },
      '刑法第七十三条',
    ],
    ['假释 of 无期徒刑 over ten years', { ...parole, penalty: '02', termTo: '2035-02-26' }, '刑法第八十三条'],
  ])('%s is refused', async (_what, more, article) => {
    const fields = await refusedFor(aCorrection(more));
    expect(fields.termTo).toMatchObject({ problem: 'span' });
    expect(said('termTo', fields.termTo)).toContain(article);
  });

  test.each<[string, Record<string, unknown>]>([
    ['管制 of two years', { ...control, termTo: '2027-02-24' }],
    ['管制 of two years, written to the same day', { ...control, termTo: '2027-02-25' }],
    ['管制 of three years for several crimes', { ...control, isCombined: true, termTo: '2028-02-24' }],
    ['缓刑 of 拘役 for two months', { termTo: '2025-04-24' }],
    ['缓刑 of 拘役 for a year', { termTo: '2026-02-24' }],
    ['缓刑 of 有期徒刑 for a year', { penalty: '03', penaltyMonths: 6, termTo: '2026-02-24' }],
    ['缓刑 of 有期徒刑 for five years', { penalty: '03', penaltyMonths: 36, termTo: '2030-02-24' }],
    ['假释 of 无期徒刑 for ten years', { ...parole, penalty: '02', termTo: '2035-02-24' }],
    ['假释 for what is left', { ...parole, penalty: '03', termTo: '2029-01-09', penaltyTo: '2029-01-09' }],
  ])('%s is not, and nothing is said of it', async (_what, more) => {
    expect((await save(aCorrection(more))).warnings).not.toHaveProperty('termTo');
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['管制 under three months, as after custody', { ...control, termTo: '2025-05-01' }, '折抵'],
    [
      '缓刑 shorter than the penalty, as after 减刑',
      { penalty: '03', penaltyMonths: 24, termTo: '2026-08-24' },
      '原判刑期',
    ],
  ])('%s is kept and said', async (_what, more, word) => {
    const { warnings } = await save(aCorrection(more));
    expect(said('termTo', warnings.termTo)).toContain(word);
  });

  test('执行 outside prison does not outlast the penalty; nor 假释', async () => {
    const more = {
      category: '04',
      penalty: '03',
      penaltyMonths: 60,
      penaltyTo: '2027-02-24',
      termTo: '2027-02-25',
    };
    expect((await refusedFor(aCorrection(more))).penaltyTo).toMatchObject({
      problem: 'before',
      other: 'termTo',
    });
  });
});

test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
  ['an end before the start', { termTo: '2025-02-24' }, 'termTo', { problem: 'before', other: 'termFrom' }],
  [
    'registered before he came',
    { reportedOn: '2025-03-06', receivedOn: '2025-03-05' },
    'receivedOn',
    { problem: 'before' },
  ],
  [
    'declared before he was registered',
    { reportedOn: '2025-03-05', receivedOn: '2025-03-05', declaredOn: '2025-03-04' },
    'declaredOn',
    { problem: 'before' },
  ],
  [
    'reported before the judgment',
    { reportedOn: '2025-02-13' },
    'reportedOn',
    { problem: 'before', other: 'decidedOn' },
  ],
  ['in force before it was decided', { effectiveOn: '2025-02-13' }, 'effectiveOn', { problem: 'before' }],
  ['a crime before the birth', { crimeOn: '1990-03-03' }, 'crimeOn', { problem: 'before', other: 'birthOn' }],
  ['an end without its kind', { endedOn: '2025-06-01' }, 'endKind', { problem: 'missing-with' }],
  [
    'an injunction beyond the term',
    { injunctionFrom: '2025-02-25', injunctionTo: '2025-09-01' },
    'termTo',
    { problem: 'before', other: 'injunctionTo' },
  ],
  ['an article that does not exist', { chargeArticle: '452' }, 'chargeArticle', { problem: 'no-article' }],
  [
    '管制 of a penalty that is none',
    { category: '01', penalty: '03' },
    'penalty',
    { problem: 'contradicts', other: 'category' },
  ],
])('%s is refused', async (_what, more, field, problem) => {
  expect((await refusedFor(aCorrection(more)))[field]).toMatchObject(problem);
});

test('a file number is given once; the same person again is said', async () => {
  const first = aPersonInCorrection({ idNumber: makeIdentityNumber('1970-01-02') });
  await save(first);
  expect((await refusedFor({ ...first })).fileNo).toMatchObject({ problem: 'taken' });
  const again = await save({ ...first, fileNo: '金矫档〔2025〕乙号' });
  expect(again.warnings.idNumber).toMatchObject({ problem: 'alike' });
});

test('a station does not register a person in; it notes down what the county registered', async () => {
  const station = await aProgram();
  try {
    const record = aPersonInCorrection({ fileNo: undefined });
    const refused = await station.refused('ledger.save', { ledger: 'correction', record });
    expect(said('receivedOn', refused.fields?.receivedOn)).toContain('社区矫正法第二十二条');
    const noted = { ...record, fileNo: '金矫档〔2025〕丙号' };
    expect((await station.call('ledger.save', { ledger: 'correction', record: noted })).state).toBe('active');
    expect((await station.call('ledger.save', { ledger: 'correction', record: aCorrection() })).state).toBe(
      'expected',
    );
  } finally {
    await station.close();
  }
});

test('whoever is under correction is said when he comes to mediation, until it is over', async () => {
  const idNumber = makeIdentityNumber('1988-08-08', 9);
  const active = await save(aPersonInCorrection({ name: '班勇', idNumber }));
  const record = aMediation().withApplicant({ name: '班勇', idNumber }).record();
  const alerts = async () =>
    (await county.call('person.warnings', { ledger: 'mediation', record })).filter(
      ({ kind }) => kind === 'alert',
    );
  expect(await alerts()).toMatchObject([{ says: '正在接受社区矫正', isByName: false }]);
  await act(active, 'release', { endKind: 'pardoned', endedOn: '2025-06-20' });
  expect(await alerts()).toEqual([]);
});
