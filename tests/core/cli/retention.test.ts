import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCommandLine, type CommandLine } from './command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = aCommandLine();
  await line.json('demo', '--level', 'station');
});
afterAll(() => line.remove());

test('periods as they were approved, and how many files each kind has', async () => {
  const { kinds, logs } = await line.json('retention', 'periods');
  const mediation = kinds.find(({ kind }: { kind: { code: string } }) => kind.code === 'mediation.case');
  expect(mediation).toMatchObject({ isConfirmed: true, files: 3 });
  expect(logs).toBeTruthy();
  const text = await line.run(line.on('retention', 'periods'));
  expect(text.out).toMatch(/mediation\.case\t.*\t10年/);
  expect(text.out).toContain('没有批准的保管期限');
});

test('what is over its period, masked as a list is, on a day', async () => {
  const review = await line.json('retention', 'review');
  expect(review).toMatchObject({ what: 'ended', total: 2 });
  expect(review.rows).toHaveLength(2);
  expect(review.rows[0].title).toMatch(/\*/);
  expect((await line.json('retention', 'review', '--on', '2015-01-01')).total).toBe(0);
  expect((await line.json('retention', 'review', '--what', 'archive')).what).toBe('archive');
  const text = await line.run(line.on('retention', 'review'));
  expect(text.out).toContain('共 2 条');
  expect(text.out).toMatch(/10年\t20\d\d-12-31/);
});

test('lists of destruction, and what is wrong with a command', async () => {
  const { lists } = await line.json('retention', 'lists');
  expect(lists).toMatchObject([{ state: 'open', counts: { listed: 1 } }]);
  expect((await line.run(line.on('retention', 'lists'))).out).toContain('待审批');
  const wrong = await line.run(line.on('retention', 'review', '--what', 'all'));
  expect(wrong.status).toBe(2);
  expect(wrong.err).toContain('--what');
  const exists = line.file('清单.pdf', 'x');
  expect(await line.refused('retention', 'review', '--pdf', exists)).toMatchObject({ code: 'file-exists' });
});
