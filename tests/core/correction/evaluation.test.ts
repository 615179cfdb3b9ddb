// 调查评估 through the dispatcher: its term, its states, who may issue an opinion, and what cannot be.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openedWith } from '#renderer/state/record-begin.ts';
import type { FormContent } from '#renderer/state/record-content.ts';
import type { Saved } from '#shared/api/types.ts';
import { evaluation } from '#shared/ledgers/correction/evaluation.ts';
import { correction } from '#shared/ledgers/correction/person.ts';
import { stepFor } from '#shared/ledgers/workflow.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { anEvaluation } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());

const save = (more: Record<string, unknown> = {}) =>
  county.call('ledger.save', { ledger: 'evaluation', record: anEvaluation(more) });
const act = (saved: Saved, action: string, record: Record<string, unknown> = {}) =>
  county.call('ledger.act', { id: saved.id, action, baseVersion: saved.version, record });
const refusedFor = async (more: Record<string, unknown>) =>
  (await county.refused('ledger.save', { ledger: 'evaluation', record: anEvaluation(more) })).fields ?? {};
const termOf = async (id: string) =>
  (await county.call('deadline.record', { id })).deadlines.map(({ rule, dueOn, isExtended }) => [
    rule,
    dueOn,
    isExtended,
  ]);

test('from the commission to the court’s answer', async () => {
  const received = await save();
  expect(received.state).toBe('registered');
  expect(received.record.crimeType).toBe('05');
  const begun = await act(received, 'assign', { startedOn: '2025-06-17', investigators: '祁连山、红柳' });
  expect(begun.state).toBe('investigating');
  expect(await termOf(begun.id)).toEqual([['evaluation.ordinary', '2025-06-30', false]]);
  const missing = await county.refused('ledger.act', {
    id: begun.id,
    action: 'issue',
    baseVersion: begun.version,
  });
  expect(Object.keys(missing.fields ?? {})).toEqual(['conclusion', 'issuedOn']);
  const issued = await act(begun, 'issue', {
    conclusion: 'suitable',
    opinion: '有固定住所，家庭愿意监督。',
    issuedOn: '2025-06-27',
    opinionNo: '〔2025〕金司矫评字第3号',
  });
  expect(issued.state).toBe('issued');
  expect(await termOf(issued.id)).toEqual([['evaluation.copy', '2025-06-27', false]]);
  const copied = await act(issued, 'copy', { copiedOn: '2025-06-27' });
  expect(await termOf(copied.id)).toEqual([]);
  const adopted = await act(copied, 'adopt', { adoption: 'adopted', adoptedOn: '2025-06-29' });
  expect(adopted.record).toMatchObject({ adoption: 'adopted', adoptedOn: '2025-06-29' });
  expect((await act(adopted, 'archive', { archivedOn: '2025-06-30' })).state).toBe('archived');
});

describe('the term', () => {
  test('ten working days, five in the speedy procedure, or as agreed', async () => {
    const ordinary = await save({ receivedOn: '2025-04-25' });
    // 27 April was worked for 1–5 May off
    expect(await termOf(ordinary.id)).toEqual([['evaluation.ordinary', '2025-05-13', false]]);
    const speedy = await save({ receivedOn: '2025-04-25', procedure: 'speedy' });
    expect(await termOf(speedy.id)).toEqual([['evaluation.speedy', '2025-05-06', false]]);
    const agreed = { extendedTo: '2025-05-20', extensionAgreedOn: '2025-05-08' };
    expect(await termOf((await act(ordinary, 'extend', agreed)).id)).toEqual([
      ['evaluation.ordinary', '2025-05-20', true],
    ]);
  });

  test('an agreement after the end of the term is said, with the article; one within it is not', async () => {
    const late = await save({
      receivedOn: '2025-04-25',
      extendedTo: '2025-05-20',
      extensionAgreedOn: '2025-05-14',
    });
    expect(late.warnings.extensionAgreedOn).toMatchObject({ problem: 'late', until: '2025-05-13' });
    const text = problemTextAt(evaluation, 'extensionAgreedOn', late.warnings.extensionAgreedOn as never);
    expect(text).toContain('实施办法第十四条');
    const inTime = await save({
      receivedOn: '2025-04-25',
      extendedTo: '2025-05-20',
      extensionAgreedOn: '2025-05-13',
    });
    expect(inTime.warnings.extensionAgreedOn).toBeUndefined();
    const speedy = await save({
      receivedOn: '2025-04-25',
      procedure: 'speedy',
      extendedTo: '2025-05-20',
      extensionAgreedOn: '2025-05-07',
    });
    expect(speedy.warnings.extensionAgreedOn).toMatchObject({ problem: 'late', until: '2025-05-06' });
  });

  test('an evaluation late on the board is on the county’s board', async () => {
    const { id } = await save({ name: '霍去病', receivedOn: '2025-05-26' });
    const board = await county.call('deadline.board', {});
    expect(board.overdue.filter((row) => row.id === id)).toMatchObject([
      { rule: 'evaluation.ordinary', title: '霍去病', article: '第十四条', dueOn: '2025-06-10' },
    ]);
  });
});

test('goes on into the file of the correction, with what is known of the person', async () => {
  const issued = await save({ name: '甘延寿', conclusion: 'suitable', issuedOn: '2025-06-20' });
  const opens = stepFor(evaluation.workflow, issued.state, 'toCorrection')?.opens;
  if (!opens) throw new Error('no step');
  const record = openedWith(opens, correction, issued.record as FormContent);
  expect(record).toMatchObject({ name: '甘延寿', sex: '1', charge: '盗窃罪', chargeArticle: '264' });
  const person = await county.call('ledger.save', {
    ledger: 'correction',
    record: { ...record, category: '02', registeredOn: '2025-06-30' },
    origin: { id: issued.id, action: 'toCorrection', baseVersion: issued.version },
  });
  const taken = await county.call('ledger.get', { id: issued.id });
  expect(taken.record).toMatchObject({ correctionId: person.id, takenOn: '2025-06-30', adoption: 'adopted' });
});

test('sent back, taken up again, and not possible', async () => {
  const back = await act(await save(), 'return', { returnedOn: '2025-06-18', returnReason: 'notResident' });
  expect(back.state).toBe('returned');
  expect(await termOf(back.id)).toEqual([]);
  const resumed = await act(back, 'resume');
  expect(resumed.state).toBe('registered');
  expect(resumed.record.returnReason).toBeUndefined();
  const impossible = await save({
    conclusion: 'impossible',
    issuedOn: '2025-06-20',
    impossibleReason: '所留住址查无此人',
  });
  expect(impossible.state).toBe('impossible');
});

test('a station does not issue an opinion; it notes down the county’s by its number', async () => {
  const station = await aProgram();
  try {
    const opinion = { conclusion: 'suitable', issuedOn: '2025-06-20', investigators: '祁连山、红柳' };
    const record = anEvaluation(opinion);
    const refused = await station.refused('ledger.save', { ledger: 'evaluation', record });
    expect(refused.fields).toMatchObject({ issuedOn: { problem: 'of-level', level: 'county' } });
    const text = problemTextAt(evaluation, 'issuedOn', refused.fields?.issuedOn as never);
    expect(text).toContain('由县级社区矫正机构出具');
    expect(text).toContain('请填写意见书文号');
    const noted = await station.call('ledger.save', {
      ledger: 'evaluation',
      record: { ...record, opinionNo: '〔2025〕金司矫评字第4号' },
    });
    expect(noted.state).toBe('issued');
  } finally {
    await station.close();
  }
  expect((await save({ conclusion: 'suitable', issuedOn: '2025-06-20' })).state).toBe('issued');
});

test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
  [
    'issued before it was received',
    { conclusion: 'suitable', issuedOn: '2025-06-13' },
    'issuedOn',
    { problem: 'before', other: 'receivedOn' },
  ],
  ['begun before it was received', { startedOn: '2025-06-15' }, 'startedOn', { problem: 'before' }],
  [
    'commissioned after it was received',
    { commissionedOn: '2025-06-17' },
    'receivedOn',
    { problem: 'before' },
  ],
  [
    'copied before it was issued',
    { conclusion: 'suitable', issuedOn: '2025-06-20', copiedOn: '2025-06-19' },
    'copiedOn',
    { problem: 'before' },
  ],
  ['a conclusion without its day', { conclusion: 'suitable' }, 'issuedOn', { problem: 'missing-with' }],
  [
    'sent back and answered',
    { conclusion: 'suitable', issuedOn: '2025-06-20', returnedOn: '2025-06-20', returnReason: 'other' },
    'conclusion',
    { problem: 'excluded' },
  ],
  [
    'an article that does not exist',
    { chargeArticle: '520' },
    'chargeArticle',
    { problem: 'no-article', text: '520' },
  ],
  [
    '缓刑 for more than three years (刑法 72)',
    { penalty: '03', penaltyMonths: 37 },
    'penaltyMonths',
    { problem: 'over-limit', most: 36 },
  ],
  ['缓刑 of a penalty that has none', { penalty: '02' }, 'penalty', { problem: 'contradicts' }],
])('%s is refused', async (_what, more, field, problem) => {
  expect((await refusedFor(more))[field]).toMatchObject(problem);
});

test('what is unusual is said and kept', async () => {
  const { warnings } = await save({ investigators: '祁连山', chargeArticle: '264之一' });
  expect(warnings).toMatchObject({
    investigators: { problem: 'few-names', least: 2 },
    chargeArticle: { problem: 'article-unsure', text: '第264条之一' },
  });
});

test('it is found by name and number, and its person is in the index', async () => {
  const idNumber = makeIdentityNumber('1985-05-06', 7);
  const { id } = await save({ name: '索超英', idNumber, commissionNo: '（2025）甘0921刑调77号' });
  for (const text of ['索超英', 'scy', '刑调77', idNumber.slice(-6)]) {
    const { hits } = await county.call('search.find', { text });
    expect(
      hits.map((hit) => hit.id),
      text,
    ).toContain(id);
  }
  const { matches, same } = await county.call('person.match', { values: { name: '索超英', idNumber } });
  expect([...matches, same].map((one) => one?.name)).toContain('索超英');
});
