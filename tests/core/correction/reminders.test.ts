// Through the dispatcher: who does not report in, who is taken into custody, who was punished and does not mend his ways,
// and letters of the procuratorate, each with the reminder of its article until it is met.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { aCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { saidOf, workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());
const { somebody, save, refusedFor, act, dueOf } = workAt(() => county);
const change = (
  saved: { id: string; version: string; record: object },
  more: Record<string, unknown>,
  ledger: string,
) =>
  county.call('ledger.save', {
    ...{ ledger, id: saved.id, baseVersion: saved.version },
    record: { ...saved.record, ...more },
  });

/** Reminders of what follows from reporting in too late. */
const lateOf = async (saved: Saved) => (await dueOf(saved)).filter((one) => one.includes('late'));
const reportedOn = (day: string, more: Record<string, unknown> = {}) =>
  save(
    'correction',
    aCorrection({ reportedOn: day, receivedOn: day, receivedWay: 'self', sex: '1', ...more }),
  );

test('the last day to report in is kept; ten days after it a warning is due, a month after it a proposal', async () => {
  const missing = await save('correction', aCorrection());
  expect(missing.record.reportDueOn).toBe('2025-03-07');
  const due = await dueOf(missing);
  expect(due).toContain('correction.lateWarning 2025-03-17');
  expect(due).toContain('correction.lateRevocation 2025-04-07');
  const warned = await change(missing, { lateWarnedOn: '2025-03-18' }, 'correction');
  expect(await lateOf(warned)).toEqual(['correction.lateRevocation 2025-04-07']);
  // Coming at last does not undo the month
  const late = { reportedOn: '2025-04-20', receivedOn: '2025-04-20', receivedWay: 'self', sex: '1' };
  const reported = await change(warned, late, 'correction');
  expect([reported.state, reported.record.reportResult]).toEqual(['received', '02']);
  expect(await lateOf(reported)).toEqual(['correction.lateRevocation 2025-04-07']);
  const proposed = await change(reported, { lateProposedOn: '2025-04-22' }, 'correction');
  expect(await lateOf(proposed)).toEqual([]);
  const { lateWarnedOn } = await refusedFor('correction', aCorrection({ lateWarnedOn: '2025-02-20' }));
  expect(saidOf('correction', { lateWarnedOn } as never, 'lateWarnedOn')).toContain('生效日期');
});

test.each([
  ['on the last day', '2025-03-07', []],
  ['the day after it', '2025-03-08', ['correction.lateAdmonition 2025-03-08']],
  ['ten days after it', '2025-03-17', ['correction.lateAdmonition 2025-03-17']],
  ['eleven days after it', '2025-03-18', ['correction.lateWarning 2025-03-17']],
  ['a month after it', '2025-04-07', ['correction.lateWarning 2025-03-17']],
  [
    'a month and a day after it',
    '2025-04-08',
    ['correction.lateWarning 2025-03-17', 'correction.lateRevocation 2025-04-07'],
  ],
])('who reported in %s: the measure is due all the same (办法34、35、46、47)', async (_when, day, due) => {
  expect(await lateOf(await reportedOn(day))).toEqual(due);
});

test('a good reason, or the measure given, ends what is due for reporting in late', async () => {
  const reason = { lateExcuse: '报到期间住院治疗，有医院证明' };
  for (const day of ['2025-03-10', '2025-03-20', '2025-05-10']) {
    const late = await reportedOn(day);
    expect((await lateOf(late)).length, day).toBeGreaterThan(0);
    expect(await lateOf(await change(late, reason, 'correction')), day).toEqual([]);
  }
  const admonished = await change(
    await reportedOn('2025-03-10'),
    { lateAdmonishedOn: '2025-03-11' },
    'correction',
  );
  expect(await lateOf(admonished)).toEqual([]);
  const missing = await save('correction', aCorrection());
  expect(await lateOf(await change(missing, reason, 'correction'))).toEqual([]);
  const early = await refusedFor('correction', aCorrection({ lateAdmonishedOn: '2025-02-20' }));
  expect(saidOf('correction', early, 'lateAdmonishedOn')).toContain('生效日期');
});

test('who moved in from another place has reported in there: no day of it is counted here', async () => {
  const moved = await reportedOn('2025-06-20', { entry: 'movedIn', movedFrom: '肃州区社区矫正机构' });
  expect([moved.record.reportDueOn ?? null, moved.record.reportResult ?? null]).toEqual([null, null]);
  expect(await lateOf(moved)).toEqual([]);
  const coming = await save('correction', aCorrection({ entry: 'movedIn', movedFrom: '肃州区社区矫正机构' }));
  expect((await dueOf(coming)).join()).not.toMatch(/late|correction\.report /);
});

test('who was taken into custody: the notice is due on the third day (法32)', async () => {
  const person = await somebody();
  const held = await change(person, { custodyOn: '2025-05-02', custodyNote: '刑事拘留' }, 'correction');
  expect(await dueOf(held)).toContain('correction.custody 2025-05-05');
  const told = await change(held, { custodyToldOn: '2025-05-04' }, 'correction');
  expect((await dueOf(told)).join()).not.toContain('custody');
});

test('a punishment of public security asks what followed, of probation and not where it was denied', async () => {
  const { id } = await somebody();
  const asked = {
    ...{ personId: id, kind: 'security', proposedOn: '2025-05-02', decidedOn: '2025-05-02' },
    ...{ grounds: '实施办法第三十六条', organ: '金塔县公安局' },
  };
  const punished = await act(await save('measure', asked), 'resolve', {
    result: 'granted',
    resultOn: '2025-05-10',
  });
  expect(await dueOf(punished)).toEqual(['measure.security 2025-05-10']);
  const followed = await act(punished, 'follow', { followed: 'proposed' });
  expect([followed.state, followed.record.followed, await dueOf(followed)]).toEqual([
    'punished',
    'proposed',
    [],
  ]);
  const other = { ...asked, proposedOn: '2025-05-20', decidedOn: '2025-05-20' };
  const denied = await act(await save('measure', other), 'resolve', {
    result: 'denied',
    resultOn: '2025-05-28',
  });
  expect(await dueOf(denied)).toEqual([]);
});

test('a letter of the procuratorate waits for its answer; what is not adopted needs its reason (法62)', async () => {
  const { id } = await somebody();
  const letter = await save('oversight', eventsOf(id).oversight ?? {});
  expect([letter.state, letter.record.personName, await dueOf(letter)]).toEqual([
    'open',
    '唐蒙',
    ['oversight.reply 2025-06-25'],
  ]);
  const reply = { answer: 'declined', repliedOn: '2025-06-20' };
  const refused = await county.refused('ledger.act', {
    ...{ id: letter.id, action: 'reply', baseVersion: letter.version, record: reply },
  });
  expect(Object.keys(refused.fields ?? {})).toEqual(['declineReason']);
  const answered = await act(letter, 'reply', { ...reply, declineReason: '已按期通报，附回执。' });
  expect([answered.state, await dueOf(answered)]).toEqual(['answered', []]);
  const related = await county.call('ledger.related', { id });
  expect(related.find(({ ledger }) => ledger === 'oversight')?.total).toBe(1);
});

test('a letter that names no day is reminded of by its kind: a suggestion after two months (检察建议工作规定19)', async () => {
  const { replyBy: _replyBy, ...undated } = eventsOf('').oversight ?? {};
  const { personId: _personId, ...whole } = undated;
  const letter = (letterNo: string, kind: string) => save('oversight', { ...whole, letterNo, kind });
  const suggestion = await letter('金检建〔2025〕1号', 'suggestion');
  expect(await dueOf(suggestion)).toEqual(['oversight.suggestion 2025-08-10']);
  expect(await dueOf(await letter('金检纠〔2025〕9号', 'correct'))).toEqual(['oversight.undated 2025-06-25']);
  // The day that the letter names goes before
  const dated = await change(suggestion, { replyBy: '2025-07-01' }, 'oversight');
  expect(await dueOf(dated)).toEqual(['oversight.reply 2025-07-01']);
});

test('a letter on the work as a whole names nobody', async () => {
  const { personId: _personId, ...whole } = eventsOf('').oversight ?? {};
  const letter = await save('oversight', whole);
  expect([letter.state, letter.record.personName ?? null]).toEqual(['open', null]);
});
