// What recurs: the last report begins the next period, whatever becomes of the reports.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workAt } from '#tests/fixtures/correction-work.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let county: Program;
beforeAll(async () => {
  county = await aProgram({ isCounty: true });
});
afterAll(() => county.close());
const { somebody, save, act, dueOf } = workAt(() => county);

const outside = {
  category: '04',
  penalty: '03',
  penaltyTo: '2025-08-24',
  ground: 'illness',
  receiptSentOn: '2025-03-04',
};
const groups = { groupOn: '2025-03-06', planOn: '2025-03-06', summaryOn: '2025-06-01' };
const boardOf = async (id: string) => {
  const board = await county.call('deadline.board', {});
  return [...board.overdue, ...board.today, ...board.week]
    .filter((row) => row.id === id && !row.rule.endsWith('release'))
    .map(({ rule, dueOn }) => `${rule} ${dueOn}`)
    .sort();
};

test('each report begins the next month, the re-examination three', async () => {
  const person = await somebody(county, { ...outside, ...groups });
  const due = async () => (await dueOf(person)).filter((one) => !one.startsWith('correction.release')).sort();
  expect(await due()).toEqual(['correction.healthReport 2025-04-05', 'correction.reexamination 2025-06-05']);
  expect(await boardOf(person.id)).toEqual(await due());
  const report = (kind: string, happenedOn: string) =>
    save('contact', { personId: person.id, kind, happenedOn, manner: 'inPerson' });
  const april = await report('healthReport', '2025-04-03');
  expect(await due()).toContain('correction.healthReport 2025-05-03');
  const may = await report('healthReport', '2025-05-31');
  // Entered late, for a month before: it is not the last
  await report('healthReport', '2025-05-02');
  await report('visit', '2025-06-20');
  expect(await due()).toEqual(['correction.healthReport 2025-06-30', 'correction.reexamination 2025-06-05']);
  expect(await boardOf(person.id)).toEqual(await due());
  await act(may, 'void', { voidReason: '登记错误' });
  expect(await due()).toContain('correction.healthReport 2025-06-02');
  await report('reexamination', '2025-06-04');
  expect(await due()).toContain('correction.reexamination 2025-09-04');

  // A report that was somebody else's comes off the one and goes to the other
  const other = await somebody(county, { ...outside, ...groups });
  const { version, record } = april;
  await county.call('ledger.save', {
    ledger: 'contact',
    id: april.id,
    baseVersion: version,
    record: { ...record, personId: other.id, happenedOn: '2025-06-29' },
  });
  expect(await dueOf(other)).toContain('correction.healthReport 2025-07-29');
  expect(await county.call('system.verify', {})).toMatchObject({ ok: true, findings: [] });
});

test('rows made anew are the same, and an end of correction ends them', async () => {
  const person = await somebody(county, { ...outside, ...groups });
  await save('contact', { personId: person.id, kind: 'healthReport', happenedOn: '2025-05-20' });
  const before = await boardOf(person.id);
  expect(before).toContain('correction.healthReport 2025-06-20');
  const [rule] = (await county.call('deadline.rules', {})).filter(
    ({ rule: { code } }) => code === 'correction.healthReport',
  );
  const { offset, unit, roll, strength } = rule?.rule ?? {
    offset: 0,
    unit: 'day',
    roll: 'none',
    strength: 'hard',
  };
  await county.call('deadline.confirm', {
    rule: 'correction.healthReport',
    decision: { isOff: false, offset, unit, roll, strength },
    note: '',
  });
  expect(await boardOf(person.id)).toEqual(before);
  await act(person, 'terminate', { endKind: 'died', endedOn: '2025-06-21', endReason: '病亡' });
  expect((await boardOf(person.id)).filter((one) => one.includes('healthReport'))).toEqual([]);
});
