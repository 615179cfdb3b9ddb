// Drills that people did on another PC are entered afterwards, and stand in one list with those the program ran.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

const later = (days: number) => {
  program.clock.now = new Date(program.clock.now.getTime() + days * 86_400_000);
};
const dayNow = () => new Date(program.clock.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const byHand = (on: string, more: { fault?: string } = {}) => ({
  on,
  by: '李秀英',
  copy: '蓝色U盘上的备份',
  machine: '二楼备用电脑',
  minutes: 35,
  ...more,
});

test('entered with day, people, copy and result; in one list by the day it was done; the log has it', async () => {
  await program.save(aMediation());
  await program.call('system.backup', {});
  const first = dayNow();
  later(2);
  const ran = await program.call('system.drill', {});
  later(3);
  // The drill by hand was before the program's, and is entered after it.
  const { drills } = await program.call('system.enterDrill', byHand(first));
  const entered = { ...byHand(first), isByHand: true, account: 'admin', fault: null };
  expect(drills).toMatchObject([ran, entered]);
  const after = await program.call('system.enterDrill', byHand(dayNow(), { fault: '附件打不开' }));
  expect(after.drills).toHaveLength(3);
  expect(after.drills[0]).toMatchObject({ on: dayNow(), fault: '附件打不开' });
  expect(await program.call('system.drills', {})).toEqual(after);
  const { entries } = await program.call('audit.list', { actions: ['system.enterDrill'] });
  expect(entries.map(({ said }) => said)).toEqual([
    `日期：${dayNow()}；演练人：李秀英；备份：蓝色U盘上的备份；演练电脑：二楼备用电脑；用时（分钟）：35；没有成功的原因：附件打不开`,
    `日期：${first}；演练人：李秀英；备份：蓝色U盘上的备份；演练电脑：二楼备用电脑；用时（分钟）：35`,
  ]);
});

test('a good one by hand is a drill of its day: nothing is due for 31 days from then; one that failed counts not', async () => {
  const isDue = async () => (await program.call('system.drills', {})).isDue;
  later(40);
  expect(await isDue()).toBe(true);
  expect((await program.call('system.enterDrill', byHand(dayNow(), { fault: '密钥不见了' }))).isDue).toBe(
    true,
  );
  const tenAgo = new Date(program.clock.now.getTime() - 10 * 86_400_000).toISOString().slice(0, 10);
  expect((await program.call('system.enterDrill', byHand(tenAgo))).isDue).toBe(false);
  later(21);
  expect(await isDue()).toBe(false);
  later(1);
  expect(await isDue()).toBe(true);
  // What an inspection reads says the same.
  expect((await program.call('safety.programAssessment', {})).measures).toContain(tenAgo);
});

test('a day to come, a day of long ago and an empty reason are refused, and nothing is entered', async () => {
  const tomorrow = new Date(program.clock.now.getTime() + 86_400_000 + 8 * 3_600_000)
    .toISOString()
    .slice(0, 10);
  for (const day of [tomorrow, '2019-12-31'])
    expect(await program.refused('system.enterDrill', byHand(day))).toMatchObject({
      code: 'drill-day',
      params: { day },
    });
  for (const input of [
    byHand('2025-02-30'),
    byHand(dayNow(), { fault: ' ' }),
    { ...byHand(dayNow()), minutes: 0 },
  ])
    expect((await program.refused('system.enterDrill', input)).code).toBe('invalid-input');
  expect((await program.call('system.drills', {})).drills).toEqual([]);
});
