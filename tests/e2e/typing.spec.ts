import path from 'node:path';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { enterUntil, focused, goTo, invoke, picture, resize, setUp, type } from './steps.ts';

// Typed in short, or copied from elsewhere: days wherever one is asked for, and parties a line each.

const yesterday = () => new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);

test('a day is typed in short wherever one is asked for, and what is none is said', async ({
  start,
}, info) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);

  // Filters of a list
  await page.getByRole('button', { name: '筛选' }).focus();
  await page.keyboard.press('Enter');
  const from = page.getByLabel('受理日期从');
  await from.focus();
  for (const [typed, read] of [
    ['20230506', '2023-05-06'],
    ['2023年5月6日', '2023-05-06'],
    ['2023.5.6', '2023-05-06'],
    ['昨天', yesterday()],
  ] as const) {
    await from.fill('');
    await type(page, typed);
    await page.keyboard.press('Tab');
    await expect(from).toHaveValue(read);
    await page.keyboard.press('Shift+Tab');
  }
  // Without its year it is the nearest that has been
  for (const typed of ['0101', '1.1', '1月1日']) {
    await from.fill('');
    await type(page, typed);
    await page.keyboard.press('Tab');
    await expect(from).toHaveValue(`${yesterday().slice(0, 4)}-01-01`);
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('ArrowUp');
  await expect(from).toHaveValue(`${yesterday().slice(0, 4)}-01-02`);
  await from.fill('');
  await type(page, '202512');
  await page.keyboard.press('Tab');
  await expect(from).toHaveAccessibleDescription(/日期不对/);
  await picture(app, path.join(info.outputDir, 'filter.png'));

  await goTo(page, '操作日志');
  await page.getByLabel('日结单日期').focus();
  await page.keyboard.press('Control+a');
  await type(page, '昨天');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('日结单日期')).toHaveValue(yesterday());
  await picture(app, path.join(info.outputDir, 'log.png'));

  await goTo(page, '代码表');
  await page.getByLabel('查找代码表').focus();
  await type(page, 'fxdj');
  await page.getByRole('button', { name: /修\s?改/ }).press('Enter');
  const until = page.getByLabel('第 1 项截止日期');
  await until.focus();
  await type(page, '2030年1月1日');
  await page.keyboard.press('Enter');
  await expect(until).toHaveValue('2030-01-01');
  await expect(focused(page)).toHaveAccessibleName(/第 2 项/);
  await picture(app, path.join(info.outputDir, 'codes.png'));

  await goTo(page, '待办');
  await page.getByRole('button', { name: '期限规则' }).press('Enter');
  await page.getByRole('button', { name: '修改“调结期限”' }).press('Enter');
  const dialog = page.getByRole('dialog');
  const since = dialog.getByLabel('自（起算日）');
  await since.fill('5.');
  await expect(dialog).toContainText('看不出是哪一天');
  await expect(dialog.getByRole('button', { name: '确定' })).toBeDisabled();
  await since.fill('1.1');
  await page.keyboard.press('Tab');
  await expect(since).toHaveValue(/^\d{4}-01-01$/);
  await expect(dialog.getByRole('button', { name: '确定' })).toBeEnabled();
  await picture(app, path.join(info.outputDir, 'rule.png'));
  expect(problems).toEqual([]);
});

test('lines copied from a table are a party each: numbers, telephones and addresses where they belong', async ({
  start,
}, info) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const [one, two] = [makeIdentityNumber('1968-05-12', 24), makeIdentityNumber('1970-05-12', 25)];
  const table = `姓名\t身份证号\t电话\t住址\n欧阳秀兰\t${one}\t16401230024\t渠东村二组11号\n马占山\t${two}\t\t渠东村\n`;
  await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), table);
  await page.keyboard.press('Control+n');
  await enterUntil(page, 'parties.0.name');
  await page.keyboard.press('Control+v');

  const field = (index: number, name: string) => page.locator(`[data-path="parties.${index}.${name}"]`);
  await expect(field(0, 'name')).toHaveValue('欧阳秀兰');
  await expect(field(0, 'idNumber')).toHaveValue(one);
  await expect(field(0, 'phone')).toHaveValue('16401230024');
  await expect(field(0, 'address')).toHaveValue('渠东村二组11号');
  await expect(field(1, 'name')).toHaveValue('马占山');
  await expect(field(1, 'idNumber')).toHaveValue(two);
  await expect(field(1, 'side')).toHaveValue('申请人');
  // What stood behind moves on, and the keys go on from the last that was pasted
  await expect(field(2, 'side')).toHaveValue('被申请人');
  await expect(field(2, 'name')).toHaveValue('');
  await expect(focused(page)).toHaveAttribute('data-path', 'parties.1.side');
  await expect(page.getByText('已按行分成 2 名当事人')).toBeVisible();
  await picture(app, path.join(info.outputDir, 'pasted.png'));

  // A name alone is put in as ever
  await app.evaluate(({ clipboard }) => clipboard.writeText('司徒文'));
  await enterUntil(page, 'parties.2.name');
  await page.keyboard.press('Control+v');
  await expect(field(2, 'name')).toHaveValue('司徒文');
  await enterUntil(page, 'kind');
  await type(page, '2');
  await page.keyboard.press('Enter');
  await type(page, '两家与邻户因道路通行发生争执，经调解和好。');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  const { rows } = await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', {
    ledger: 'mediation',
    limit: 1,
  });
  const { record } = await invoke<{ record: { parties: unknown } }>(page, 'ledger.get', { id: rows[0]?.id });
  expect(record.parties).toMatchObject([
    { side: 'applicant', name: '欧阳秀兰', idNumber: one, phone: '16401230024', birthOn: '1968-05-12' },
    { side: 'applicant', name: '马占山', idNumber: two, address: '渠东村' },
    { side: 'respondent', name: '司徒文' },
  ]);
  expect(problems).toEqual([]);
});

test('a committee by its initials, typed faster than it is looked up; the next record says nothing of the last', async ({
  start,
}, info) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const save = (ledger: string, record: Record<string, unknown>) =>
    invoke<{ id: string }>(page, 'ledger.save', { ledger, record });
  for (const name of ['金塔县东坝镇人民调解委员会', '金塔县鼎新镇人民调解委员会'])
    await save('committee', { name, kind: 'township', establishedOn: '2011-01-01' });
  const party = { type: 'natural', phone: '16401230024', idNumber: makeIdentityNumber('1968-05-12', 24) };
  await save('mediation', {
    acceptedOn: '2025-03-01',
    kind: '02',
    summary: '两家因院墙滴水发生争执。',
    parties: [
      { side: 'applicant', name: '欧阳秀兰', ...party },
      { side: 'respondent', type: 'natural', name: '马占山' },
    ],
  });

  await page.keyboard.press('Control+n');
  await enterUntil(page, 'parties.0.name');
  await type(page, '欧阳秀兰');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('group', { name: '当事人 1' }).getByTestId('person-panel');
  await expect(panel).toContainText('姓名相同');
  await page.keyboard.press('Alt+1');
  await expect(page.locator('[data-path="parties.0.phone"]')).toHaveValue(party.phone);
  // Another name: what was taken is offered to be cleared, said once; cleared, nobody is claimed by a number that is gone
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Control+a');
  await type(page, '司徒文');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('姓名已改');
  await expect(panel).not.toContainText('请核对是否填错');
  await picture(app, path.join(info.outputDir, 'renamed.png'));
  await page.keyboard.press('Alt+1');
  await expect(page.locator('[data-path="parties.0.phone"]')).toHaveValue('');
  await expect(panel).toBeHidden();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Control+a');
  await type(page, '欧阳秀兰');
  await enterUntil(page, 'parties.1.name');
  await type(page, '马占山');
  await enterUntil(page, 'kind');
  const warnings = page.getByRole('region', { name: '人员提示' });
  await expect(warnings).toContainText('此前已有纠纷');
  await type(page, '2');
  await page.keyboard.press('Enter');
  await type(page, '两家再次发生争执，各自让步后和好。');
  await page.keyboard.press('Enter');
  await type(page, 'dxz');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-path="committeeId"]')).toHaveValue('金塔县鼎新镇人民调解委员会');
  await picture(app, path.join(info.outputDir, 'initials.png'));
  await page.keyboard.press('Control+Shift+s');
  await expect(page.getByText('已保存，请登记下一条。')).toBeVisible();
  await expect(page.locator('[data-path="parties.0.name"]')).toHaveValue('');
  await expect(warnings).toBeHidden();
  expect(problems).toEqual([]);
});
