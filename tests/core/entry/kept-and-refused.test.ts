// What a save drops, refuses and warns of: nothing goes silently, nothing senseless is taken in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '#core/demo/random.ts';
import type { Saved } from '#shared/api/types.ts';
import { caseNote } from '#shared/ledgers/case-note.ts';
import { aftermathsBeside, courtResultsAfter } from '#shared/ledgers/mediation.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { makeCreditCode, makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ everyRole: true });
});
afterAll(() => program.close());

const save = (ledger: string, record: Record<string, unknown>, more = {}) =>
  program.call('ledger.save', { ledger, record, ...more });
const agreement = () =>
  aMediation()
    .agreed('2025-03-10')
    .with({ agreementText: '赔付一千元。', performance: 'notDue', effectiveOn: '2025-03-10' });

describe('what no longer applies', () => {
  const droppedBy = ({ warnings }: Saved) =>
    Object.entries(warnings).flatMap(([field, { problem }]) => (problem === 'not-kept' ? [field] : []));

  test('is named by the save that drops it, whether it was sent or left out', async () => {
    const { id, version } = await program.save(agreement());
    const failed = agreement().with({ outcome: 'failed', outcomeReason: '分歧过大' });
    const sent = await program.save(failed, { id, baseVersion: version });
    expect(droppedBy(sent).sort()).toEqual(
      ['agreementForm', 'agreementNo', 'agreementText', 'amountFen', 'effectiveOn', 'performance'].sort(),
    );
    expect(sent.record.agreementText).toBeUndefined();

    const again = await program.save(agreement());
    const bare = aMediation().with({ outcome: 'failed', concludedOn: '2025-03-10' });
    const left = await program.save(bare, { id: again.id, baseVersion: again.version });
    expect(droppedBy(left)).toContain('agreementText');
  });

  test('hangs together: without an agreement there is no court either', async () => {
    const court = { aftermath: 'lawsuit', courtName: '某县人民法院' };
    const { id, version } = await program.save(agreement().with(court));
    const failed = agreement().with({ ...court, outcome: 'failed' });
    const dropped = droppedBy(await program.save(failed, { id, baseVersion: version }));
    expect(dropped).toEqual(expect.arrayContaining(['aftermath', 'courtName']));
  });

  test('of a party and of what was declared 不适用, too', async () => {
    const { id, version } = await program.save(
      agreement().with({ waivers: [{ field: 'performBy', reason: '当场付清' }] }),
    );
    const changed = agreement()
      .with({ outcome: 'failed', waivers: [{ field: 'performBy', reason: '当场付清' }] })
      .withApplicant({ type: 'legal', name: '某公司' });
    const dropped = droppedBy(await program.save(changed, { id, baseVersion: version }));
    expect(dropped).toEqual(expect.arrayContaining(['parties.0.idNumber', 'performBy']));
  });

  test('is not what a step clears, nor what stays empty', async () => {
    const { id } = await program.save(aMediation().with({ acceptance: 'pending' }));
    await program.call('ledger.act', { id, action: 'decline', record: { declineReason: 'handled' } });
    const back = await program.call('ledger.act', { id, action: 'reconsider' });
    expect(droppedBy(back)).toEqual([]);
    expect((await program.save(agreement())).warnings).toEqual({});
  });
});

describe('days that make no sense', () => {
  const open = aMediation().accepted('2025-03-01');
  const problemsOf = async (values: Record<string, unknown>) => {
    const failure = await program.refused('ledger.save', {
      ledger: 'mediation',
      record: open.with(values).record(),
    });
    return failure.fields;
  };

  test('an extension ends no earlier than the month that it extends', async () => {
    const until = (extendedTo: string) => ({ extendedTo, extensionAgreedOn: '2025-03-20' });
    expect(await problemsOf(until('2025-03-31'))).toEqual({
      extendedTo: { problem: 'too-soon', other: 'acceptedOn', day: '2025-03-01', until: '2025-04-01' },
    });
    expect((await program.save(open.with(until('2025-04-01')))).warnings).toEqual({});
  });

  test('a confirmation asked for after thirty days is kept and said', async () => {
    const applied = (confirmationAppliedOn: string) =>
      program.save(agreement().with({ aftermath: 'confirmation', confirmationAppliedOn }));
    expect((await applied('2025-04-09')).warnings).toEqual({});
    const late = await applied('2025-04-10');
    expect(late.warnings).toMatchObject({
      confirmationAppliedOn: {
        problem: 'late',
        other: 'effectiveOn',
        day: '2025-03-10',
        until: '2025-04-09',
      },
    });
    expect(late.record.confirmationAppliedOn).toBe('2025-04-10');
  });

  test('the warning counts as the board does: by the rule as the bureau decided it', async () => {
    const own = await aProgram();
    try {
      // The thirtieth day is 5 April 2025, a Saturday at 清明; the next working day is the 7th.
      const values = { effectiveOn: '2025-03-06', concludedOn: '2025-03-06', aftermath: 'confirmation' };
      const record = agreement().with({ ...values, confirmationAppliedOn: '2025-04-07' });
      const late = { confirmationAppliedOn: { problem: 'late', until: '2025-04-05' } };
      expect((await own.save(record)).warnings).toMatchObject(late);
      const asked = { ledger: 'mediation', record: record.record() };
      expect((await own.call('ledger.check', asked)).warnings).toMatchObject(late);
      const decision = {
        isOff: false,
        offset: 30,
        unit: 'day',
        roll: 'nextWorkday',
        strength: 'hard',
      } as const;
      await own.call('deadline.confirm', {
        rule: 'mediation.confirmation',
        decision,
        note: '民法典第二百零三条',
      });
      expect((await own.save(record)).warnings).toEqual({});
      expect((await own.call('ledger.check', asked)).warnings).toEqual({});
    } finally {
      await own.close();
    }
  });

  test('an agreement may take effect on a day to come, which is said', async () => {
    const { warnings, record } = await program.save(agreement().with({ effectiveOn: '2025-07-15' }));
    expect(warnings).toEqual({ effectiveOn: { problem: 'still-ahead', day: '2025-06-30' } });
    expect(record.effectiveOn).toBe('2025-07-15');
  });

  test('a visit after the file was closed is said', async () => {
    const { id } = await program.save(agreement().with({ followUpOn: '2025-05-01' }));
    const step = (archivedOn: string) =>
      program.call('ledger.act', { id, action: 'archive', record: { archivedOn } });
    expect((await step('2025-04-20')).warnings).toEqual({
      archivedOn: { problem: 'early', other: 'followUpOn', day: '2025-05-01' },
    });
  });

  test('a sitting before the case was taken on is said, an application is not', async () => {
    const { id: caseId } = await program.save(open.with({ appliedOn: '2025-02-25' }));
    const note = (heldOn: string) =>
      save('caseNote', { caseId, kind: 'application', heldOn, topic: '院墙排水' });
    expect((await note('2025-02-25')).warnings).toEqual({});
    const { warnings } = await note('2025-02-24');
    expect(warnings).toEqual({ heldOn: { problem: 'early', other: 'caseId.appliedOn', day: '2025-02-25' } });
    const [problem] = Object.values(warnings);
    expect(problem && problemTextAt(caseNote, 'heldOn', problem)).toContain(
      '所属案件的申请日期（2025-02-25）',
    );
    const record = { caseId, kind: 'application', heldOn: '2025-02-24', topic: '院墙排水' };
    expect((await program.call('ledger.check', { ledger: 'caseNote', record })).warnings).toEqual(warnings);
  });
});

test('what stands together of performance, aftermath and court: the table, whatever is drawn', async () => {
  const performances = ['immediate', 'notDue', 'partial', 'performed', 'notPerformed', ''];
  const aftermaths = ['none', 'confirmation', 'lawsuit', 'paymentOrder', 'enforcement', ''];
  const results = ['confirmed', 'dismissed', 'upheld', 'changed', 'revoked', 'invalid', ''];
  /** Written out by hand: what contradicts itself. */
  const contradicts = [
    /^(immediate|notDue) (paymentOrder|enforcement)/,
    / confirmation (upheld|changed|revoked|invalid)$/,
    / lawsuit (confirmed|dismissed)$/,
    / enforcement (dismissed|revoked|invalid)$/,
  ];
  expect(Object.keys(courtResultsAfter)).toEqual(['confirmation', 'lawsuit', 'enforcement']);
  expect(Object.keys(aftermathsBeside)).toEqual(['immediate', 'notDue']);
  const random = createRandom(20_250_630);
  const seen = { kept: 0, refused: 0 };
  for (let turn = 0; turn < 240; turn += 1) {
    const [performance, aftermath, courtResult] = [
      random.pick(performances),
      random.pick(aftermaths),
      random.pick(results),
    ];
    const said = [performance, aftermath, courtResult].join(' ');
    const record = agreement().with({ performance, aftermath, courtResult }).record();
    const answer = await program.ask('ledger.save', {
      ledger: 'mediation',
      record,
    });
    const isRefused = contradicts.some((one) => one.test(said));
    expect(answer.ok, said).toBe(!isRefused);
    if (!answer.ok)
      for (const problem of Object.values(answer.error.fields ?? {}))
        expect(problem.problem, said).toBe('contradicts');
    seen[isRefused ? 'refused' : 'kept'] += 1;
  }
  expect(Math.min(seen.kept, seen.refused)).toBeGreaterThan(40);
});

describe('voiding what others point at', () => {
  const base = async () => {
    const committee = await save('committee', {
      name: '旧街调委会',
      kind: 'village',
      establishedOn: '2020-01-01',
    });
    const mediator = await save('mediator', {
      name: '顾长河',
      appointedOn: '2020-01-01',
      committeeId: committee.id,
    });
    return { committeeId: committee.id, mediatorId: mediator.id };
  };
  const voiding = (id: string) => ({ id, action: 'void', record: { voidReason: '重复登记' } });

  test('is refused while it is responsible for open cases, and says for how many', async () => {
    const { committeeId, mediatorId } = await base();
    const open = aMediation().with({ committeeId, mediatorId });
    const { id, version } = await program.save(open);
    await program.save(open.with({ acceptance: 'pending' }));
    for (const [recordId, title, field] of [
      [committeeId, '旧街调委会', 'committeeId'],
      [mediatorId, '顾长河', 'mediatorId'],
    ] as const)
      expect(await program.refused('ledger.act', voiding(recordId))).toEqual({
        code: 'still-in-use',
        params: { title, ledger: 'mediation', field, count: 2 },
      });
    expect((await program.call('ledger.get', { id: committeeId })).state).toBe('active');
    await program.save(aMediation(), { id, baseVersion: version });
    expect(await program.refused('ledger.act', voiding(mediatorId))).toMatchObject({ params: { count: 1 } });
  });

  test('is told otherwise: they keep the name, and it is not offered any more', async () => {
    const { committeeId, mediatorId } = await base();
    const done = await program.save(aMediation().failed('2025-03-05').with({ committeeId, mediatorId }));
    const voided = await program.call('ledger.act', voiding(committeeId));
    expect(voided.warnings).toEqual({ '~state': { problem: 'pointed-at', count: 2, capped: false } });
    expect((await program.call('ledger.get', { id: done.id })).titles[committeeId]).toBe('旧街调委会');
    const offered = await program.call('ledger.choices', { ledger: 'committee', text: '旧街' });
    expect(offered.map(({ id }) => id)).not.toContain(committeeId);
  });

  test('a round of screening keeps its findings; a record that nobody names is voided without a word', async () => {
    const round = await save('screening', { screenedOn: '2025-06-01', scope: '全村' });
    await save('finding', { name: '争地埂', foundOn: '2025-06-01', screeningId: round.id });
    expect((await program.call('ledger.act', voiding(round.id))).warnings).toMatchObject({
      '~state': { problem: 'pointed-at', count: 1 },
    });
    const other = await save('screening', { screenedOn: '2025-06-02', scope: '全村' });
    expect((await program.call('ledger.act', voiding(other.id))).warnings).toEqual({});
    expect(await program.refused('ledger.act', { id: other.id, action: 'void' })).toMatchObject({
      code: 'action-not-allowed',
    });
  });
});

test('numbers are kept in one form, however wide they were typed', async () => {
  const wide = (text: string) =>
    text.replace(/[0-9A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const number = makeIdentityNumber('1988-08-08', 3);
  const code = makeCreditCode(21);
  const { record } = await program.save({
    ...aMediation().record(),
    parties: [
      {
        side: 'applicant',
        type: 'natural',
        name: '费云',
        idNumber: ` ${wide(number)}`,
        phone: wide('16401234567'),
      },
      { side: 'respondent', type: 'legal', name: '某厂', creditCode: wide(code).toLowerCase() },
    ],
  });
  expect(record.parties).toMatchObject([{ idNumber: number, phone: '16401234567' }, { creditCode: code }]);
});

describe('standards of subsidies', () => {
  const rate = (values: Record<string, unknown>) => ({
    name: '简易',
    validFrom: '2024-01-01',
    difficulty: 'simple',
    amountFen: 10_000,
    ...values,
  });

  test('two that are equal are refused, two that meet are told', async () => {
    const first = await save('subsidyRate', rate({}));
    expect(first.warnings).toEqual({});
    const equal = await program.refused('ledger.save', {
      ledger: 'subsidyRate',
      record: rate({ name: '另一个', amountFen: 5000 }),
    });
    expect(equal.fields).toEqual({
      validFrom: { problem: 'rival', title: '简易', from: '2024-01-01', isEqual: true },
    });
    const later = await save('subsidyRate', rate({ name: '新标准', validFrom: '2025-01-01' }));
    expect(later.warnings).toMatchObject({ validFrom: { problem: 'rival', title: '简易', isEqual: false } });
    // Narrower, of another kind, or over before: nothing to say.
    for (const apart of [
      { name: '更窄', outcome: 'agreed' },
      { name: '别的', difficulty: 'complex', validFrom: '2024-03-01' },
      { name: '旧的', validFrom: '2020-01-01', validTo: '2023-12-31' },
    ])
      expect((await save('subsidyRate', rate(apart))).warnings, apart.name).toEqual({});
    // One that is saved again does not meet itself; a voided one meets nobody.
    const { id, version } = first;
    await save('subsidyRate', rate({ amountFen: 12_000 }), { id, baseVersion: version });
    await program.call('ledger.act', { id, action: 'void', record: { voidReason: '录错' } });
    expect((await save('subsidyRate', rate({ name: '重录' }))).warnings).toMatchObject({
      validFrom: { title: '新标准' },
    });
  });

  test('are not a clerk’s to change, a head’s are', async () => {
    const clerk = await program.signIn('clerk');
    const record = rate({ name: '书记员的', difficulty: 'complex', validFrom: '2019-01-01' });
    const refused = { code: 'no-right', params: { right: 'rules.confirm' } };
    expect(await clerk.refused('ledger.save', { ledger: 'subsidyRate', record })).toEqual(refused);
    expect(await clerk.refused('ledger.addMany', { ledger: 'subsidyRate', records: [record] })).toEqual(
      refused,
    );
    const head = await program.signIn('head');
    const { id } = await head.call('ledger.save', { ledger: 'subsidyRate', record });
    const act = { id, action: 'void', record: { voidReason: '录错' } };
    expect(await clerk.refused('ledger.act', act)).toEqual(refused);
    expect((await head.call('ledger.act', act)).state).toBe('voided');
  });
});

test('a step of another record, taken on a version that somebody has changed, is refused', async () => {
  const finding = await save('finding', { name: '两家争地埂', foundOn: '2025-06-20', kind: '07' });
  await save(
    'finding',
    { name: '两家争地埂', foundOn: '2025-06-20', kind: '07', responsible: '孟庆' },
    { id: finding.id, baseVersion: finding.version },
  );
  const input = {
    ledger: 'mediation',
    record: aMediation().accepted('2025-06-25').record(),
    origin: { id: finding.id, action: 'toCase', baseVersion: finding.version },
  };
  expect(await program.refused('ledger.save', input)).toMatchObject({ code: 'record-changed' });
  const now = await program.call('ledger.get', { id: finding.id });
  const saved = await program.call('ledger.save', {
    ...input,
    origin: { ...input.origin, baseVersion: now.version },
  });
  expect((await program.call('ledger.get', { id: finding.id })).record.caseId).toBe(saved.id);
});

test('a hit on a 笔录 says of which case it is', async () => {
  const owner = await program.save(aMediation().between('苏见山', '边小舟'));
  await save('caseNote', {
    caseId: owner.id,
    kind: 'mediation',
    heldOn: '2025-03-02',
    topic: '水渠',
    text: '现场查看了翻板闸门。',
  });
  const { hits } = await program.call('search.find', { text: '翻板闸门' });
  expect(hits).toMatchObject([{ title: '水渠', whole: `${owner.record.caseNo} 苏见山、边小舟` }]);
  const own = await program.call('search.find', { text: '苏见山' });
  expect(own.hits[0]).toMatchObject({ id: owner.id, whole: null });
});
