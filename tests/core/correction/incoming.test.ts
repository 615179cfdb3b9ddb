// Which of the legal papers came in (社区矫正法 art. 20), what is missing by the category, and who is to be asked for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Saved } from '#shared/api/types.ts';
import { aCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeAll(async () => {
  program = await aProgram({ isCounty: true });
});
afterAll(() => program.close());

let persons = 0;
const somebody = (more: Record<string, unknown>): Promise<Saved> => {
  persons += 1;
  const idNumber = makeIdentityNumber('1980-02-03', persons);
  return program.call('ledger.save', { ledger: 'correction', record: aCorrection({ idNumber, ...more }) });
};
const missing = async (more: Record<string, unknown>) => (await somebody(more)).record.missingPapers ?? null;
const dueOf = async ({ id }: Saved) =>
  (await program.call('deadline.record', { id })).deadlines.filter(
    ({ rule }) => rule === 'correction.missing',
  );

const parole = {
  category: '03',
  penalty: '03',
  penaltyMonths: 60,
  penaltyTo: '2026-11-30',
  termTo: '2026-11-30',
};
const outside = {
  category: '04',
  penalty: '03',
  penaltyMonths: 60,
  ground: 'illness',
  organKind: '03',
  termTo: '2026-02-24',
};

test.each([
  ['缓刑, a judgment alone', { hasJudgment: true }, '执行通知书'],
  ['缓刑, both', { hasJudgment: true, hasExecutionNotice: true }, null],
  ['缓刑, said to be missing', { hasJudgment: false, hasExecutionNotice: true }, '判决书'],
  ['缓刑, only what is not always served', { hasIndictment: true }, '判决书、执行通知书'],
  ['缓刑, nobody has ticked yet', {}, null],
  ['假释, the notice alone', { ...parole, hasExecutionNotice: true }, '裁定书'],
  ['假释, both', { ...parole, hasRuling: true, hasExecutionNotice: true }, null],
  ['暂予监外执行, a judgment without the decision', { ...outside, hasJudgment: true }, '决定书'],
  ['暂予监外执行, the decision', { ...outside, hasDecision: true }, null],
  [
    'moved in, without the letter',
    { entry: 'movedIn', hasJudgment: true, hasExecutionNotice: true },
    '执行地变更函',
  ],
])('%s', async (_what, more, said) => {
  expect(await missing(more)).toBe(said);
});

test('what is missing is asked for on the day, with its article, and stands in the notice', async () => {
  const person = await somebody({ hasJudgment: true, hasExecutionNotice: false });
  expect(await dueOf(person)).toMatchObject([{ dueOn: '2025-03-03', title: expect.anything() }]);
  const asked = (await program.call('ledger.save', {
    ledger: 'correction',
    id: person.id,
    baseVersion: person.version,
    record: { ...person.record, supplementAskedOn: '2025-03-04' },
  })) as Saved;
  expect(await dueOf(asked)).toEqual([]);
  const { html } = await program.call('paper.preview', { id: person.id, kind: '法律文书补齐通知书' });
  expect(html).toContain('执行通知书');
  expect(html).not.toContain('□判决书');

  const complete = (await program.call('ledger.save', {
    ledger: 'correction',
    id: person.id,
    baseVersion: asked.version,
    record: { ...asked.record, hasExecutionNotice: true, supplementedOn: '2025-03-06' },
  })) as Saved;
  expect(complete.record.missingPapers ?? null).toBeNull();
});

test('with nothing missing, or nothing ticked, nobody is reminded', async () => {
  expect(await dueOf(await somebody({}))).toEqual([]);
  expect(await dueOf(await somebody({ hasJudgment: true, hasExecutionNotice: true }))).toEqual([]);
});

test('what is missing is worked out, whatever somebody sends', async () => {
  expect(
    await missing({ hasJudgment: true, hasExecutionNotice: true, missingPapers: '起诉书副本' }),
  ).toBeNull();
});
