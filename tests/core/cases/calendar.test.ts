import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorText } from '#shared/text/errors.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(program.folder, name);
  fs.writeFileSync(file, content);
  return program.grant(name, file);
}
const take = (name: string, content: string | Uint8Array) =>
  program.call('calendar.import', { file: put(name, content) });
const refused = async (name: string, content: string | Uint8Array) =>
  errorText(await program.refused('calendar.import', { file: put(name, content) }));

/** Days off as an invented year 2027 might have them. */
const off = [
  '01-01',
  '02-05',
  '02-06',
  '02-08',
  '02-09',
  '02-10',
  '02-11',
  '05-01',
  '05-03',
  '10-01',
  '10-04',
];
const table = (rows: string[]) => ['日期,类别,名称', ...rows].join('\r\n');
const year2027 = [...off.map((day) => `2027-${day},休,放假`), '2027-02-13,班,春节'];

test('a table is taken in, shown with its file, and the newest counts', async () => {
  expect(await take('2027.csv', table(year2027))).toEqual({ years: [2027], changed: [2027] });
  const [newest] = await program.call('calendar.years', {});
  expect(newest).toMatchObject({
    year: 2027,
    daysOff: 11,
    workdays: 1,
    takenIn: { file: '2027.csv', account: 'admin', at: '2025-06-30T02:00:00.000Z' },
    replaced: 0,
  });
  expect(await take('again.csv', table(year2027))).toMatchObject({ changed: [2027] }); // another file is another source
  expect(await take('again.csv', table(year2027))).toEqual({ years: [2027], changed: [] });
  await take('later.csv', table([...year2027, '2027-10-05,休,国庆节']));
  expect((await program.call('calendar.years', {}))[0]).toMatchObject({ daysOff: 12, replaced: 2 });
});

test('JSON in the form of the seeds, GB18030 tables, days of the end of the year before', async () => {
  const days = off.map((day) => ({ day: `2028-${day}`, is: 'off', name: '' }));
  const json = {
    year: 2028,
    title: '某通知',
    days: [{ day: '2027-12-31', is: 'off', name: '元旦' }, ...days],
  };
  expect(await take('2028.json', JSON.stringify(json))).toEqual({ years: [2028], changed: [2028] });
  expect((await program.call('calendar.years', {}))[0]).toMatchObject({ title: '某通知', daysOff: 12 });
  // 日期,类别 in GB18030, then 休 as D0 DD.
  const gb = Buffer.concat([
    Buffer.from([0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xc0, 0xe0, 0xb1, 0xf0, 0x0a]),
    ...off.map((day) => Buffer.concat([Buffer.from(`2029-${day},`), Buffer.from([0xd0, 0xdd, 0x0a])])),
  ]);
  expect(await take('2029.csv', gb)).toEqual({ years: [2029], changed: [2029] });
});

test('several years in one table with a column for the year', async () => {
  const rows = [2030, 2031].flatMap((year) => off.map((day) => `${year},${year}-${day},放假,`));
  expect(await take('two.csv', ['年度,日期,类别,名称', ...rows].join('\n'))).toMatchObject({
    years: [2030, 2031],
  });
});

test.each([
  ['no heading', 'a.csv', '2027-01-01,休\n2027-01-02,休', '第一行没有“日期”和“类别”'],
  ['no day', 'a.csv', table([...year2027, '2027-02-30,休,']), '第 14 行的日期“2027-02-30”看不出是哪一天'],
  ['a kind nobody knows', 'a.csv', table([...year2027, '2027-03-01,也许,']), '第 14 行的类别“也许”不认识'],
  ['another year', 'a.csv', table([...year2027, '2029-03-01,休,']), '第 14 行的 2029-03-01 不在这一年'],
  [
    'a weekday to make up',
    'a.csv',
    table([...year2027, '2027-03-01,班,']),
    '第 14 行的 2027-03-01 本来就是工作日',
  ],
  ['twice', 'a.csv', table([...year2027, '2027-10-01,休,']), '第 14 行的 2027-10-01 写了两次'],
  ['too few', 'a.csv', table(year2027.slice(0, 5)), '2027 年的放假日太少'],
  ['nothing', 'a.csv', '日期,类别', '放假日太少'],
  ['no JSON', 'a.json', '{', '不是节假日安排的格式'],
  ['other JSON', 'a.json', '{"rows": []}', '不是节假日安排的格式'],
  ['null', 'a.json', 'null', '不是节假日安排的格式'],
])('%s is refused in a sentence, and nothing is kept', async (_what, name, content, words) => {
  const before = await program.call('calendar.years', {});
  const sentence = await refused(name, content);
  expect(sentence).toContain(words);
  expect(sentence).toContain('没有导入任何内容');
  expect(await program.call('calendar.years', {})).toEqual(before);
});

test('a rule that moves on past days off is counted anew with a new calendar, and warns without one', async () => {
  program.clock.now = new Date('2027-03-01T02:00:00Z');
  const decision = { isOff: false, offset: 1, unit: 'month', roll: 'nextWorkday', strength: 'soft' } as const;
  await program.call('deadline.confirm', { rule: 'mediation.settle', decision, note: '本县办法' });
  await program.save(aMediation().accepted('2027-01-11'));
  const due = async () => (await program.call('deadline.board', {})).overdue[0];
  expect(await due()).toMatchObject({ dueOn: '2027-02-11', unknownYears: [2027] });
  expect((await program.call('deadline.board', {})).unknownYears).toEqual([2027]);
  await take('2027.csv', table(year2027));
  expect(await due()).toMatchObject({ dueOn: '2027-02-12', unknownYears: [] });
  expect(await program.call('system.verify', {})).toMatchObject({ ok: true });
});
