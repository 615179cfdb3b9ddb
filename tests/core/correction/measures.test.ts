// 考核奖惩 through the dispatcher: what may be asked for of whom, what follows on what, who decides.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measure } from '#shared/ledgers/correction/measure.ts';
import { allowedSteps } from '#shared/ledgers/workflow.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
let station: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
  station = await aProgram();
});
afterAll(async () => {
  await county.close();
  await station.close();
});
const { somebody, save, refusedFor, act, dueOf } = workAt(() => county);
const said = (field: string, problem: unknown) => problemTextAt(measure, field, problem as never);

const decided = (personId: string, kind: string, decidedOn: string) => ({
  personId,
  kind,
  proposedOn: decidedOn,
  decidedOn,
  grounds: '实施办法',
});

test('two 训诫 lead to 警告, two 警告 to a proposal, as reminders with their article', async () => {
  const { id } = await somebody();
  const first = await save('measure', decided(id, 'admonition', '2025-04-01'));
  expect([first.state, first.record.rank, await dueOf(first)]).toEqual(['decided', 1, []]);
  const second = await save('measure', decided(id, 'admonition', '2025-04-20'));
  expect([second.record.rank, await dueOf(second)]).toEqual([2, ['measure.admonitions 2025-04-20']]);
  const [due] = (await county.call('deadline.record', { id: second.id })).deadlines;
  expect(due).toMatchObject({ what: '两次训诫给予警告', article: '第三十五条' });
  expect(await dueOf(await act(second, 'follow', { followed: 'warned' }))).toEqual([]);
  await save('measure', decided(id, 'warning', '2025-05-01'));
  const last = await save('measure', decided(id, 'warning', '2025-06-01'));
  expect([last.record.rank, await dueOf(last)]).toEqual([2, ['measure.warnings 2025-06-01']]);
  // Another person's count is his own
  const other = await somebody();
  expect((await save('measure', decided(other.id, 'warning', '2025-06-01'))).record.rank).toBe(1);
});

test.each([
  ['02', 'revokeProbation', true],
  ['02', 'revokeParole', false],
  ['02', 'imprison', false],
  ['03', 'revokeParole', true],
  ['03', 'security', false],
  ['03', 'revokeProbation', false],
  ['04', 'imprison', true],
  ['04', 'arrest', false],
  ['01', 'security', true],
  ['01', 'revokeProbation', false],
])('of category %s: %s %s', async (category, kind, isPossible) => {
  const penalties: Record<string, Record<string, unknown>> = {
    '01': { penalty: '05' },
    '02': {},
    '03': { penalty: '03', penaltyTo: '2025-08-24' },
    '04': { penalty: '03', penaltyTo: '2025-08-24' },
  };
  const person = await somebody(county, { category, ...penalties[category] });
  const record = { ...decided(person.id, kind, '2025-06-02'), organ: '金塔县人民法院' };
  if (isPossible) expect((await save('measure', record)).state).toBe('pending');
  else
    expect((await refusedFor('measure', record)).kind).toMatchObject({
      problem: 'contradicts',
      other: 'category',
    });
});

test('decided after the end of correction it is kept and said', async () => {
  const person = await somebody();
  await act(person, 'release', { endKind: 'pardoned', endedOn: '2025-06-01' });
  const late = await save('measure', decided(person.id, 'warning', '2025-06-02'));
  expect(said('personId', late.warnings.personId)).toMatch(
    /结束日期是 2025-06-01，.*确在矫正结束以后的不用改/,
  );
});

test('a proposal waits for its answer', async () => {
  const { id } = await somebody();
  const sent = await save('measure', {
    ...decided(id, 'revokeProbation', '2025-06-02'),
    organ: '金塔县人民法院',
  });
  expect(await dueOf(sent)).toEqual(['measure.revocation 2025-07-02']);
  const answered = await act(sent, 'resolve', { result: 'granted', resultOn: '2025-06-28' });
  expect([answered.state, await dueOf(answered)]).toEqual(['resolved', []]);
});

test.each([
  ['security', 'granted', 'punished'],
  ['security', 'denied', 'punished'],
  ['revokeProbation', 'granted', 'resolved'],
  ['arrest', 'denied', 'resolved'],
])('%s, %s: %s, and only a punishment has a step for what followed', async (kind, result, state) => {
  const { id } = await somebody();
  const asked = await save('measure', { ...decided(id, kind, '2025-06-02'), organ: '金塔县公安局' });
  expect(asked.state).toBe('pending');
  const answered = await act(asked, 'resolve', { result, resultOn: '2025-06-04' });
  expect(answered.state).toBe(state);
  const steps = allowedSteps(measure.workflow, answered.state).map(({ action }) => action);
  expect(steps).toEqual(state === 'punished' ? ['follow', 'void'] : ['void']);
  if (state !== 'punished') return;
  const nothing = { id: answered.id, action: 'follow', baseVersion: answered.version, record: {} };
  expect((await county.refused('ledger.act', nothing)).fields).toHaveProperty('followed');
  expect((await act(answered, 'follow', { followed: 'warned' })).record.followed).toBe('warned');
});

test('praise before six months is said (33); a station proposes, the county decides', async () => {
  const { id } = await somebody();
  const praise = await save('measure', decided(id, 'praise', '2025-06-02'));
  expect(said('decidedOn', praise.warnings.decidedOn)).toContain('第三十三条');
  const here = await somebody(station);
  const { decidedOn } = await refusedFor('measure', decided(here.id, 'warning', '2025-06-02'), station);
  expect(decidedOn).toMatchObject({ problem: 'of-level', level: 'county', other: 'decisionNo' });
  expect(
    (await save('measure', { personId: here.id, kind: 'warning', proposedOn: '2025-06-02' }, station)).state,
  ).toBe('open');
});
