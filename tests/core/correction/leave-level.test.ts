// Who approves a leave is judged by what stood when it was decided, and a leave that outlasts the term is said.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leave } from '#shared/ledgers/correction/leave.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aLeave } from '#tests/fixtures/correction.ts';
import { workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());
const { somebody, save, refusedFor, act } = workAt(() => county);

const yes = (approvedOn: string) => ({ decision: 'approved', approvedOn, approver: '祁连山' });
const early = { appliedOn: '2025-03-10', leaveFrom: '2025-03-15', leaveTo: '2025-04-05' };
const late = { appliedOn: '2025-04-20', leaveFrom: '2025-05-01', leaveTo: '2025-05-12' };

test('a leave that was approved is ended whatever is asked for afterwards; the later one carries the sum', async () => {
  const { id } = await somebody();
  const first = await act(await save('leave', aLeave(id, early)), 'decide', yes('2025-03-12'));
  expect(first.record).toMatchObject({ days: 22, twoMonthDays: 22, neededLevel: 'county' });
  const second = await save('leave', aLeave(id, late));
  expect(second.record).toMatchObject({ days: 12, twoMonthDays: 34, neededLevel: 'city' });
  const back = await act(first, 'return', { returnedOn: '2025-04-05' });
  expect(back.state).toBe('returned');
  expect(back.record).toMatchObject({ twoMonthDays: 22, neededLevel: 'county' });
});

test('what was decided is not judged anew by a leave registered late, but by its own other days', async () => {
  const { id } = await somebody();
  const second = await act(await save('leave', aLeave(id, late)), 'decide', yes('2025-04-22'));
  expect(second.record.neededLevel).toBe('county');
  await act(await save('leave', aLeave(id, early)), 'decide', yes('2025-03-12'));
  expect((await act(second, 'return', { returnedOn: '2025-05-12' })).state).toBe('returned');
  const { record, version } = await county.call('ledger.get', { id: second.id });
  const longer = { ...record, leaveTo: '2025-05-13', returnedOn: '2025-05-13' };
  const refused = await county.refused('ledger.save', {
    ...{ ledger: 'leave', id: second.id, baseVersion: version, record: longer },
  });
  expect(refused.fields?.approvedOn).toMatchObject({ problem: 'of-level', level: 'city' });
});

test('of two that begin the other way round the one decided first counts', async () => {
  const { id } = await somebody();
  await act(
    await save('leave', aLeave(id, { ...late, appliedOn: '2025-03-01' })),
    'decide',
    yes('2025-03-03'),
  );
  const refused = await refusedFor('leave', aLeave(id, { ...early, ...yes('2025-03-12') }));
  expect(refused.approvedOn).toMatchObject({ problem: 'of-level', level: 'city' });
});

test('a leave beyond the end of the term is said, one to its last day is not', async () => {
  const { id } = await somebody(undefined, { termTo: '2025-08-24' });
  const within = await save('leave', aLeave(id, { leaveFrom: '2025-08-18', leaveTo: '2025-08-24' }));
  expect(within.warnings.personId).toBeUndefined();
  const beyond = await save('leave', aLeave(id, { leaveFrom: '2025-08-25', leaveTo: '2025-08-30' }));
  const said = beyond.warnings.personId;
  expect(said && problemTextAt(leave, 'personId', said)).toMatch(/矫正期限止是 2025-08-24.*第四十四条/);
});
