// What a save would say is said while it is typed: of the person's other records, of the level that decides.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leave } from '#shared/ledgers/correction/leave.ts';
import { problemTextAt } from '#shared/text/problems.ts';
import { aLeave } from '#tests/fixtures/correction.ts';
import { aStation, workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Person, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());
const { somebody, save } = workAt(() => county);
const checked = (record: Record<string, unknown>, id?: string, where: Person = county) =>
  where.call('ledger.check', { ledger: 'leave', record, ...(id === undefined ? {} : { id }) });
const said = (field: string, problem: unknown) => problemTextAt(leave, field, problem as never);

test('the sum of two months and the level it needs are known before the save, with the article', async () => {
  const { id } = await somebody();
  await save('leave', aLeave(id, { leaveFrom: '2025-04-01', leaveTo: '2025-04-27' }));
  const typed = aLeave(id);
  const { derived, warnings, problems } = await checked(typed);
  expect(derived).toEqual({ days: 5, twoMonthDays: 32, neededLevel: 'city' });
  expect(problems).toEqual({});
  expect(said('neededLevel', warnings.neededLevel)).toMatch(/第二十七条.*报市级社区矫正机构办理/);
  const decided = { ...typed, decision: 'approved', approvedOn: '2025-05-06', approver: '祁连山' };
  const refused = await county.refused('ledger.save', { ledger: 'leave', record: decided });
  expect((await checked(decided)).problems).toEqual(refused.fields);
  const noted = await checked({ ...decided, approvalNo: '酒司矫外〔2025〕9号' });
  expect([noted.problems, noted.warnings.neededLevel]).toEqual([{}, undefined]);
  // What is saved is no other leave of its own
  const saved = await save('leave', typed);
  expect(saved.warnings.neededLevel).toMatchObject({ problem: 'level-above', level: 'city' });
  expect((await checked(typed, saved.id)).derived).toEqual(derived);
  expect((await checked(typed)).problems.personId).toMatchObject({ problem: 'overlaps', what: '（已隐去）' });
});

test('nobody reads of the other record while typing, as no log says so; of a person of another unit nothing is told', async () => {
  const { id } = await somebody();
  await save('leave', aLeave(id));
  const typed = aLeave(id, { leaveFrom: '2025-05-13', leaveTo: '2025-05-20' });
  const said = await checked(typed);
  expect(said.problems.personId).toMatchObject({ problem: 'overlaps', what: '（已隐去）' });
  expect(JSON.stringify(said)).not.toContain('兰州市');
  const refused = await county.refused('ledger.save', { ledger: 'leave', record: typed });
  expect(refused.fields?.personId).toMatchObject({ problem: 'overlaps', what: '兰州市' });
  await county.call('session.veil', {});
  const masked = await checked(typed);
  expect(masked.problems.personId).toMatchObject({ problem: 'overlaps', what: '（已隐去）' });
  expect(JSON.stringify(masked)).not.toContain('兰州市');
  await county.call('session.reveal', { reason: '办理业务' });

  const station = await aStation(county);
  const alone = await checked(typed, undefined, station);
  // As of somebody who is not there
  expect(alone.problems).toEqual({ personId: { problem: 'unknown-record' } });
  expect(alone.derived).toMatchObject({ days: 8, twoMonthDays: 8, neededLevel: 'county' });
  // It writes as a station: eight days are not its to approve
  const decided = { ...typed, decision: 'approved', approvedOn: '2025-05-12', approver: '祁连山' };
  expect((await checked(decided, undefined, station)).problems.approvedOn).toMatchObject({
    problem: 'of-level',
    level: 'county',
  });
});
