import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCommandLine, type CommandLine } from './command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('init', '--level', 'station', '--unit', '620921103', '--name', '东坝镇司法所');
  for (const [name, acceptedOn] of [
    ['甲', '2024-01-31'],
    ['乙', '2024-02-05'],
    ['丙', '2024-02-12'],
    ['丁', '2024-02-13'],
  ])
    await line.json(
      'record',
      'add',
      '--ledger',
      'mediation',
      '--file',
      line.file(`${name}.json`, {
        acceptedOn,
        kind: '02',
        summary: '院墙滴水',
        parties: [{ side: 'applicant', type: 'natural', name }],
      }),
    );
});
afterAll(() => line.remove());

test('what is overdue, due that day and within seven days, under which article', async () => {
  const { overdue, today, week, on } = await line.json('deadlines', '--on', '2024-03-05');
  const told = (rows: { title: string; dueOn: string }[]) => rows.map(({ title, dueOn }) => [title, dueOn]);
  // A month from 31 January ends on 29 February.
  expect(told(overdue)).toEqual([['甲', '2024-02-29']]);
  expect(told(today)).toEqual([['乙', '2024-03-05']]);
  expect(told(week)).toEqual([['丙', '2024-03-12']]);
  expect(on).toBe('2024-03-05');
  expect(overdue[0]).toMatchObject({
    law: '人民调解工作若干规定（司法部令第75号）',
    article: '第三十三条',
    days: -5,
  });
});

test('without a day it is today; in words, with what is not confirmed', async () => {
  const { overdue } = await line.json('deadlines');
  expect(overdue).toHaveLength(4);
  const { out } = await line.run(line.on('deadlines', '--on', '2024-03-05'));
  expect(out).toMatch(/^截至 2024-03-05\n已逾期（1）\n/);
  expect(out).toMatch(
    /2024-02-29 到期\t逾期 5 天\t调结期限\t（2024）.*甲\t未指定经办人\t.*第三十三条［未核实］/,
  );
  expect(out).toContain('七日内到期（1）');
});

test('a day that is none', async () => {
  const { status, err } = await line.run(line.on('deadlines', '--on', '2024-02-30'));
  expect([status, err.split('\n')[0]]).toEqual([
    2,
    '选项 --on 的值“2024-02-30”不是日期，请写成 2025-03-01 的样子。',
  ]);
});
