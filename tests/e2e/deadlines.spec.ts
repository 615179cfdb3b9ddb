import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Saved } from '#shared/api/types.ts';
import { addDays, addMonths, asDay, type Day } from '#shared/domain/day.ts';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, enter, focused, goTo, invoke, picture, resize, setUp, type } from './steps.ts';

// What is due: the board, its keys, an extension, rules that a bureau confirms, a calendar taken in, the sheet.

/** The legal day of now: at UTC+8, as the core has it. */
const today = (): Day => asDay(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
const monthAgo = (day: Day): Day => addMonths(day, -1);

async function save(page: Page, name: string, acceptedOn: Day, more: Record<string, unknown> = {}) {
  const record = {
    acceptedOn,
    kind: '02',
    summary: '两家因院墙滴水发生争执。',
    registrar: '孟庆',
    parties: [
      { side: 'applicant', type: 'natural', name },
      { side: 'respondent', type: 'natural', name: '边小舟' },
    ],
    ...more,
  };
  return invoke<Saved>(page, 'ledger.save', { ledger: 'mediation', record });
}

const shot = (name: string) => path.join(root, `test-results/screens/deadlines-${name}.png`);

test('a case past its month is on the board, Enter opens it, an agreed extension takes it off', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const now = today();

  // Nothing due: the board says what will come here.
  await goTo(page, '待办');
  await expect(page.getByText(/目前没有逾期和七日内到期的事项/)).toBeVisible();
  await picture(app, shot('empty'));

  await save(page, '柳春禾', addDays(monthAgo(now), -10));
  await save(page, '欧阳秀兰', addDays(monthAgo(now), -4));
  await save(page, '司徒文', addDays(monthAgo(now), 4), { registrar: '白露' });
  const concluded = { outcome: 'agreed', concludedOn: addDays(now, -27), agreementForm: 'written' };
  await save(page, '马占山', addDays(now, -30), {
    ...concluded,
    effectiveOn: addDays(now, -27),
    performBy: now,
  });
  const overdue = page.getByRole('list', { name: '已逾期的事项' });
  await expect(overdue.getByRole('button')).toHaveCount(2);
  await expect(overdue.getByRole('button').first()).toContainText('柳春禾、边小舟');
  await expect(overdue.getByRole('button').first()).toContainText(/逾期 \d+ 天/);
  await expect(overdue.getByRole('button').first()).toContainText('未核实');
  await expect(page.getByRole('list', { name: '今天到期的事项' })).toContainText('协议履行期限');
  await expect(page.getByRole('list', { name: '七日内到期的事项' })).toContainText('申请司法确认期限');
  for (const [name, zoom] of [
    ['100', 1],
    ['150', 1.5],
  ] as const) {
    await resize(app, zoom);
    await picture(app, shot(name));
  }
  await resize(app);

  // By person, and back to all.
  await page.getByLabel('经办人').selectOption({ label: '白露（1）' });
  await expect(page.getByRole('list', { name: '已逾期的事项' })).toBeHidden();
  await expect(page.getByText('没有逾期的事项。')).toBeVisible();
  await page.getByRole('button', { name: '清除筛选' }).click();

  // Keys: down the column, across, back, and in.
  await overdue.getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toContainText('欧阳秀兰');
  await page.keyboard.press('ArrowRight');
  await expect(focused(page)).toContainText('马占山');
  await page.keyboard.press('ArrowLeft');
  await expect(focused(page)).toContainText('柳春禾');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '柳春禾、边小舟' })).toBeVisible();
  const strip = page.getByRole('list', { name: '本件期限' });
  await expect(strip).toContainText(/调结期限.*逾期.*第三十三条/);
  await picture(app, shot('record'));

  // The step asks for both days; with them the case is extended.
  await page.getByRole('button', { name: '延长期限' }).click();
  await expect(page.getByRole('alert')).toContainText('还没有延长期限');
  await expect(focused(page)).toHaveAccessibleName(/延长至/);
  await enter(page, '延长至', addDays(now, 30));
  await expect(focused(page)).toHaveAccessibleName(/双方同意延长日期/);
  await type(page, addDays(now, -12));
  await page.getByRole('button', { name: '延长期限' }).click();
  await expect(strip).toContainText('已延长');
  await expect(strip).toContainText(addDays(now, 30));
  await page.getByRole('button', { name: '返回' }).click();
  await expect(overdue.getByRole('button')).toHaveCount(1);
  await expect(overdue).not.toContainText('柳春禾');
  await expect(focused(page)).toContainText('欧阳秀兰');
  expect(problems).toEqual([]);
});

test('at 150 % the parts stand one below the other, and each is one press away', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await setUp(page);
  await resize(app, 1.5);
  const now = today();
  for (let more = 0; more < 14; more += 1) await save(page, '柳春禾', addDays(monthAgo(now), -10 - more));
  await save(page, '司徒文', addDays(monthAgo(now), 4));
  await goTo(page, '待办');
  const jumps = page.getByRole('navigation', { name: '转到各栏' });
  await expect(jumps.getByRole('button')).toHaveText(['已逾期14', '今天到期0', '七日内到期1']);
  await expect(jumps.getByRole('button', { name: /^今天/ })).toBeDisabled();
  const week = page.getByRole('list', { name: '七日内到期的事项' }).getByRole('button');
  await expect(week).not.toBeInViewport();
  await jumps.getByRole('button', { name: /^七日内/ }).press('Enter');
  await expect(week).toBeFocused();
  await expect(week).toBeInViewport({ ratio: 1 });
  await picture(app, shot('150-week'));
  // Up again by the keys: what has the focus is not under the heading that stays.
  await jumps.getByRole('button', { name: /^已逾期/ }).press('Enter');
  const first = page.getByRole('list', { name: '已逾期的事项' }).getByRole('button').first();
  await expect(first).toBeFocused();
  for (let down = 0; down < 9; down += 1) await page.keyboard.press('ArrowDown');
  for (let up = 0; up < 5; up += 1) await page.keyboard.press('ArrowUp');
  const heading = await page.getByRole('heading', { name: /^已逾期/ }).boundingBox();
  const entry = await focused(page).boundingBox();
  expect(entry?.y).toBeGreaterThanOrEqual((heading?.y ?? 0) + (heading?.height ?? 0) - 1);
  await resize(app);
  await expect(jumps).toBeHidden();
  expect(problems).toEqual([]);
});

test('a rule is confirmed and changed, a calendar file taken in, the sheet printed', async ({
  start,
  folder,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const now = today();
  await save(page, '柳春禾', addDays(monthAgo(now), -10));
  await goTo(page, '待办');
  const overdue = page.getByRole('list', { name: '已逾期的事项' });
  await expect(overdue).toContainText('未核实');

  await page.getByRole('button', { name: '期限规则' }).click();
  const row = page.locator('[data-rule="mediation.settle"]');
  await expect(row).toContainText('受理日期次日起 1 个月');
  await expect(row).toContainText('人民调解工作若干规定（司法部令第75号）第三十三条');
  await page.getByRole('button', { name: '核实“调结期限”' }).click();
  await expect(row).toContainText('管理员');
  await expect(row).not.toContainText('未核实');
  await page.keyboard.press('Escape');
  await expect(overdue).toContainText('柳春禾');
  await expect(overdue).not.toContainText('未核实');

  await page.getByRole('button', { name: '期限规则' }).click();
  await page.getByRole('button', { name: '修改“调结期限”' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('期限', { exact: true }).fill('x');
  await expect(dialog).toContainText('期限请填 0 到 2000 的整数。');
  await expect(dialog.getByRole('button', { name: '确定' })).toBeDisabled();
  await dialog.getByLabel('期限', { exact: true }).fill('90');
  await dialog.getByLabel('单位').selectOption({ label: '日' });
  await dialog.getByLabel('依据或者理由').fill('本县2026年通知');
  await picture(app, shot('rule'));
  await dialog.getByRole('button', { name: '确定' }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText('受理日期次日起 90 日');
  await expect(row).toContainText('本县2026年通知');

  const year = 2037;
  const rows = Array.from(
    { length: 11 },
    (_, index) => `${year}-10-${String(index + 1).padStart(2, '0')},休,国庆节`,
  );
  const file = path.join(folder, `${year}.csv`);
  const bad = path.join(folder, 'bad.csv');
  writeFileSync(file, ['日期,类别,名称', ...rows].join('\r\n'));
  writeFileSync(bad, ['日期,类别', `${year}-10-01,也许`].join('\r\n'));
  await answerDialogs(app, bad);
  await page.getByRole('button', { name: '导入安排' }).click();
  await expect(page.getByRole('alert')).toContainText('第 2 行的类别“也许”不认识');
  await answerDialogs(app, file);
  await page.getByRole('button', { name: '导入安排' }).click();
  await expect(page.getByText(`已导入 ${year} 年的安排`)).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`^${year}`) })).toContainText(`${year}.csv`);
  for (const [name, zoom] of [
    ['rules-100', 1],
    ['rules-150', 1.5],
  ] as const) {
    await resize(app, zoom);
    await picture(app, shot(name));
  }
  await resize(app);

  // The changed rule is not overdue any more; another case is, and stands on the sheet.
  await page.keyboard.press('Escape');
  await expect(page.getByText(/目前没有逾期/)).toBeVisible();
  await save(page, '欧阳秀兰', addDays(now, -91));
  await expect(overdue).toContainText('欧阳秀兰');
  const pdf = path.join(folder, 'sheet.pdf');
  await answerDialogs(app, pdf);
  await page.getByRole('button', { name: '另存为 PDF' }).click();
  await expect(page.getByText('已保存：sheet.pdf')).toBeVisible({ timeout: 30_000 });
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).replace(/\s/g, '');
  for (const words of [
    '待办期限一览表',
    '填报单位：金塔县司法局',
    now,
    '已逾期（1件）',
    '欧阳秀兰',
    '逾期1天',
  ])
    expect(text).toContain(words);
  execFileSync('pdftoppm', ['-r', '60', '-png', '-singlefile', pdf, shot('sheet').replace(/\.png$/, '')]);
  expect(problems).toEqual([]);
});
