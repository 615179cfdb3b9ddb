import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLineText } from '#shared/text/command-line.ts';
import { aCommandLine, type CommandLine } from './command-line.ts';

// What a person reads without --json: Chinese words for everything that has one, and no more help than is asked for.

let line: CommandLine;
let id: string;
const latinWords = /\b[a-z]{3,}\b/i;

beforeAll(async () => {
  line = aCommandLine();
  await line.json('init', '--level', 'county', '--unit', '620921', '--name', '金塔县司法局');
  const record = {
    acceptedOn: '2023-03-01',
    kind: '02',
    summary: '院墙滴水',
    divisionCode: '620921103',
    isMigrantWorker: false,
    involvedFen: 120_000,
    outcome: 'agreed',
    concludedOn: '2023-03-10',
    parties: [{ side: 'applicant', type: 'natural', name: '王建军' }],
  };
  id = (await line.json('record', 'add', '--ledger', 'mediation', '--file', line.file('r.json', record))).id;
});
afterAll(() => line.remove());

const told = async (...words: string[]) => (await line.run(line.on(...words))).out.replaceAll(id, '');

test('a record is told by its labels: codes, areas, yes and no, amounts in yuan', async () => {
  const text = await told('record', 'get', '--id', id);
  for (const words of [
    '纠纷类型\t邻里纠纷',
    '发生地区划\t东坝镇',
    '涉及农民工\t否',
    '涉案金额（元）\t1200',
    '当事人\t申请人 自然人 王建军',
  ])
    expect(text).toContain(words);
  expect(text).not.toMatch(latinWords);
});

test('a list tells number, day, title and state; a figure its records', async () => {
  const list = await told('list', '--ledger', 'mediation');
  expect(list).toMatch(/人调字第1号\t2023-03-01\t王\*\*\t调解成功/);
  expect(list).not.toMatch(latinWords);
  const whole = await told('list', '--ledger', 'mediation', '--reveal', '核对台账');
  expect(whole).toMatch(/人调字第1号\t2023-03-01\t王建军\t调解成功/);
  const { indicators } = await line.json('indicators', '--year', '2023');
  const code = Object.keys(indicators).find((one) => indicators[one].records === 1);
  const behind = await told(
    'records-behind',
    '--reveal',
    '核对数据',
    '--year',
    '2023',
    '--indicator',
    String(code),
  );
  expect(behind).toMatch(/案件\t\t.*王建军/);
  expect(behind).not.toMatch(latinWords);
});

test.each([
  [['list', '--ledger', 'finding']],
  [['search', '不存在的文字']],
  [['deadlines', '--on', '2001-01-01']],
  [['records-behind', '--year', '2001', '--indicator', 'mediation.cases']],
  [['audit', 'list', '--account', '没有这个人']],
  [['audit', 'checks']],
  [['drill', 'list']],
  [['retention', 'review']],
  [['retention', 'lists']],
  [['sealing', 'list']],
  [['transfer', 'list', '--direction', 'in']],
])('nothing found is said: %j', async (words) => {
  const { status, out } = await line.run(line.on(...words));
  expect([status, out]).toEqual([0, expect.stringMatching(/没有/)]);
  expect(out).not.toMatch(/\n\n|（0）/);
});

test('instants are those of China, beside days that are; a list that goes on says how', async () => {
  const { entries } = await line.json('audit', 'list', '--limit', '1');
  const out = await told('audit', 'list', '--limit', '1');
  const at = new Date(Date.parse(entries[0].at) + 8 * 3_600_000).toISOString();
  expect(out).toContain(`${at.slice(0, 10)} ${at.slice(11, 16)}`);
  expect(out).toContain('--before');
});

test.each([
  [['list', '--colour', 'red'], '没有“--colour”这个选项。'],
  [['list', '--ledger'], '选项 --ledger 后面要写值。'],
  [['list', '--ledger', '--json'], '选项 --ledger 后面要写值。'],
  [['hash', '--json=1'], '选项 --json 后面不写值。'],
  [['list', '--ledger', 'mediation', 'more'], '多写了“more”。'],
])('%j is answered in Chinese, with the usage of that command', async (words, sentence) => {
  const { status, err } = await line.run(line.on(...words));
  expect([status, err.split('\n')[0]]).toEqual([2, sentence]);
  expect(err).toContain(commandLineText.commands[words[0] ?? '']);
  expect(err).not.toContain(commandLineText.commands.demo);
  expect(err).toContain(commandLineText.moreHelp);
});

test('an unknown command shows all of them; an unknown ledger names those there are', async () => {
  const { err } = await line.run(['nonsense']);
  for (const text of Object.values(commandLineText.commands)) expect(err).toContain(text);
  expect(err).toContain('mediation 人民调解案件台账');
  const refused = await line.refused('list', '--ledger', 'nothing');
  expect(refused.message).toContain('mediation（人民调解案件台账）');
});
