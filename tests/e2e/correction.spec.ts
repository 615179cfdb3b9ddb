import type { ElectronApplication, Page } from '@playwright/test';
import type { Saved } from '#shared/api/types.ts';
import { aLeave, anEvaluation, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import { command, demo, focused, invoke, resize, type } from './steps.ts';

// The registers of 社区矫正: one place of the window, a list and a form each, by keyboard, at both sizes of the screen.

const look = async (app: ElectronApplication, page: Page, name: string): Promise<void> => {
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await lookAt(app, page, `correction-${name}-${zoom * 100}`);
  }
  await resize(app);
};
const fill = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(new RegExp(`^${label}＊?$`)).focus();
  await type(page, text);
};
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '社区矫正' }).getByRole('button', { name, exact: true });
const save = (page: Page, ledger: string, record: Record<string, unknown>) =>
  invoke<Saved>(page, 'ledger.save', { ledger, record });

test('an evaluation is registered, its article read, its term shown, with the keyboard', async ({
  start,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 10);
  await command(page, '打开调查评估');
  await expect(page.getByText('还没有登记过调查评估')).toBeVisible();
  await look(app, page, 'evaluation-empty');
  await page.keyboard.press('Control+n');
  await look(app, page, 'evaluation-new');
  await fill(page, '委托单位', '金塔县人民法院');
  await fill(page, '姓名', '唐蒙');
  await fill(page, '证件号码', makeIdentityNumber('1990-03-04'));
  await fill(page, '罪名条文', '264');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(page.getByText(/调查评估期限/).first()).toBeVisible();
  await look(app, page, 'evaluation');
  expect(problems).toEqual([]);
});

test('every register of it has a list and a form that can be shown', async ({ start }) => {
  test.setTimeout(400_000);
  const { app, page, problems } = await demo(start, 10);
  const person = await save(page, 'correction', {
    ...aPersonInCorrection({ idNumber: makeIdentityNumber('2007-06-16', 4), crimeOn: '2024-11-02' }),
    members: [{ kind: 'family', name: '唐都' }],
    levels: [{ level: 'ordinary', startedOn: '2025-03-06', reason: '入矫评估' }],
    plans: [{ madeOn: '2025-03-10', supervision: '每周电话报告一次' }],
  });
  await save(page, 'evaluation', anEvaluation());
  for (const [ledger, record] of Object.entries(eventsOf(person.id))) await save(page, ledger, record);
  await command(page, '打开社区矫正');
  await look(app, page, 'persons');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('矫正小组成员').first()).toBeVisible();
  await look(app, page, 'person');
  await page.locator('.scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await look(app, page, 'person-middle');
  await page.locator('.scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await look(app, page, 'person-end');
  await page.getByRole('button', { name: '关联记录' }).click();
  await look(app, page, 'person-related');
  await page.keyboard.press('Escape');
  for (const [name, label] of [
    ['contact', '报告走访'],
    ['leave', '外出审批'],
    ['crossing', '跨市县活动'],
    ['relocation', '执行地变更'],
    ['measure', '考核奖惩'],
    ['positioning', '电子定位'],
    ['absence', '脱管漏管'],
  ] as const) {
    await tab(page, label).click();
    await expect(page.getByRole('row', { name: /唐蒙/ })).toBeVisible();
    await look(app, page, `${name}-list`);
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '唐蒙' })).toBeVisible();
    await look(app, page, name);
    await page.keyboard.press('Escape');
  }
  expect(problems).toEqual([]);
});

test('a leave that needs the next level says so, with the article', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await demo(start, 10);
  const person = await save(page, 'correction', aPersonInCorrection());
  await save(page, 'leave', aLeave(person.id, { leaveFrom: '2025-04-01', leaveTo: '2025-04-27' }));
  const leave = await save(page, 'leave', aLeave(person.id));
  expect(leave.record).toMatchObject({ days: 5, twoMonthDays: 32, neededLevel: 'city' });
  await command(page, '打开外出审批');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('两个月内累计天数')).toHaveValue('32');
  await fill(page, '审批结果', '批准');
  await page.keyboard.press('Enter');
  await fill(page, '审批日期', '20250506');
  await page.keyboard.press('Control+s');
  await expect(
    page.getByText(/由上一级社区矫正机构批准（社区矫正法实施办法第二十七条）/).first(),
  ).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName(/审批日期/);
  await look(app, page, 'leave-next-level');
  expect(problems).toEqual([]);
});
