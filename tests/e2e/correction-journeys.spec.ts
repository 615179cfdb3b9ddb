import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Saved } from '#shared/api/types.ts';
import { aLeave, aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import { answerDialogs, command, demo, enter, focused, goTo, invoke, resize, reveal, type } from './steps.ts';

// What happens to a person under correction, step by step in the window, each rule with its article where it is met.

const secret = 'Jinta-2023-sfj';
const look = async (app: ElectronApplication, page: Page, name: string): Promise<void> => {
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await lookAt(app, page, `journey-${name}-${zoom * 100}`);
  }
  await resize(app);
};
const fill = async (page: Page, label: string, text: string, isChosen = false): Promise<void> => {
  const field = page.getByLabel(new RegExp(`^${label}＊?$`)).and(page.locator('input, textarea'));
  await field.focus();
  await field.selectText().catch(() => undefined);
  await type(page, text);
  if (isChosen) await page.keyboard.press('Enter');
};
const save = (page: Page, ledger: string, record: Record<string, unknown>) =>
  invoke<Saved>(page, 'ledger.save', { ledger, record });
/** A step by its button, with what it asks for; the second press takes it. */
async function step(page: Page, name: string, asked: [string, string, boolean?][]): Promise<void> {
  const button = page.getByRole('toolbar', { name: '办理' }).getByRole('button', { name, exact: true });
  await button.click();
  for (const [label, text, isChosen] of asked) await fill(page, label, text, isChosen);
  await button.click();
}
const due = (page: Page) => page.locator('.record-due');
async function openFirst(page: Page, register: string): Promise<void> {
  await command(page, `打开${register}`);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
}

test('a leave that needs the next level says so while it is typed, before any save', async ({ start }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 10);
  const person = await save(page, 'correction', aPersonInCorrection());
  await save(page, 'leave', aLeave(person.id, { leaveFrom: '2025-04-01', leaveTo: '2025-04-27' }));
  await command(page, '打开外出审批');
  await page.keyboard.press('Control+n');
  await fill(page, '社区矫正对象', '唐蒙', true);
  await fill(page, '申请日期', '20250505');
  await fill(page, '目的地', '兰州市');
  await fill(page, '外出起', '20250510');
  await fill(page, '外出止', '20250514');
  await expect(page.getByLabel('两个月内累计天数')).toHaveValue('32');
  await expect(
    page.getByText(/（社区矫正法实施办法第二十七条）。本单位提出意见以后，报市级/).first(),
  ).toBeVisible();
  await expect(page.getByText('已保存。')).toHaveCount(0);
  await fill(page, '审批结果', '批准', true);
  await fill(page, '审批日期', '20250509');
  await page.keyboard.press('Tab');
  await expect(page.getByText(/第二十七条）。本单位只能登记已经作出的决定/).first()).toBeVisible();
  await look(app, page, 'leave-typed');
  await fill(page, '批准文书文号', '酒司矫外〔2025〕9号');
  await expect(page.getByText(/本单位只能登记已经作出的决定/)).toHaveCount(0);
  // An overlap is seen as early
  await fill(page, '外出起', '20250420');
  await page.keyboard.press('Tab');
  await page.getByLabel(/^社区矫正对象＊?$/).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByText(/日期重叠.*第二十八条/).first()).toBeVisible();
  await fill(page, '外出起', '20250510');
  await expect(page.getByText(/日期重叠/)).toHaveCount(0);
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  expect(problems).toEqual([]);
});

test('two 训诫 remind of a 警告; a change of place goes through its chain; 脱管 through its steps', async ({
  start,
}) => {
  test.setTimeout(300_000);
  const { app, page, problems } = await demo(start, 5);
  const person = await save(page, 'correction', aPersonInCorrection({ responsible: '祁连山' }));
  for (const [at, decidedOn] of ['2025-04-01', '2025-04-20'].entries())
    await save(page, 'measure', {
      ...{ personId: person.id, kind: 'admonition', proposedOn: decidedOn, decidedOn },
      ...{ grounds: '实施办法第三十四条', decisionNo: `金司矫训〔2025〕${at + 1}号` },
    });
  await goTo(page, '待办');
  const reminder = page.getByRole('button', { name: /唐蒙.*两次训诫给予警告.*第三十五条/ });
  await expect(reminder).toBeVisible();
  await look(app, page, 'board');
  await reminder.press('Enter');
  await expect(due(page)).toContainText('两次训诫给予警告');
  await step(page, '登记后续', [['后续处理', '警告', true]]);
  await expect(due(page)).toHaveCount(0);

  await save(page, 'relocation', eventsOf(person.id).relocation ?? {});
  await openFirst(page, '执行地变更');
  await expect(due(page)).toContainText('2025-05-10');
  await step(page, '征求意见', [
    ['征求意见函发出日期', '20250508'],
    ['新执行地社区矫正机构', '玉门市司法局'],
  ]);
  await expect(due(page)).toContainText('2025-05-13');
  await look(app, page, 'relocation');
  await step(page, '登记复函', [
    ['复函日期', '20250512'],
    ['新执行地意见', '同意', true],
  ]);
  await step(page, '决定', [
    ['决定', '批准', true],
    ['决定日期', '20250514'],
    // The demonstration is a station's: it notes down what the county decided
    ['决定书文号', '金司矫变〔2025〕1号'],
  ]);
  await expect(due(page)).toContainText('2025-05-19');
  await step(page, '移交档案', [['档案移交日期', '20250516']]);
  await expect(due(page)).toContainText('2025-05-21');
  await step(page, '登记报到', [['新执行地报到日期', '20250520']]);
  await expect(page.getByText('已移交').first()).toBeVisible();

  await save(page, 'absence', eventsOf(person.id).absence ?? {});
  await openFirst(page, '脱管漏管');
  for (const text of ['2025-06-02', '2025-06-11', '2025-07-01', '第三十条', '第三十五条', '第四十六条'])
    await expect(due(page)).toContainText(text);
  await look(app, page, 'absence');
  await step(page, '登记查找', [
    ['开始查找日期', '20250602'],
    ['查找情况', '走访亲友，电话联系'],
  ]);
  await expect(due(page)).not.toContainText('2025-06-02');
  await step(page, '恢复监管', [['恢复监管日期', '20250608']]);
  await expect(due(page)).toContainText('脱管未超过十日给予训诫');
  await fill(page, '处理结果', '本人书面说明原因，已经训诫');
  await page.keyboard.press('Control+s');
  await expect(due(page)).toHaveCount(0);
  expect(problems).toEqual([]);
});

async function signInAs(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('账号');
  await enter(page, '账号', name);
  await enter(page, '密码', secret);
  await reveal(page);
}

test('a minor is taken in, ends, is sealed from the task by two, and looked for', async ({ start }) => {
  test.setTimeout(300_000);
  const { app, page, problems } = await start();
  await invoke(page, 'setup.demo', { account: 'admin', password: secret, cases: 5, level: 'county' });
  await page.reload();
  await resize(app);
  await signInAs(page, 'clerk');
  await command(page, '打开社区矫正');
  await page.keyboard.press('Control+n');
  await fill(page, '姓名', '皇甫蔚曦');
  await fill(page, '证件号码', makeIdentityNumber('2007-06-16', 7));
  await fill(page, '联系电话', '16409997733');
  await fill(page, '矫正类别', '缓刑', true);
  await fill(page, '裁判（决定）日期', '20250214').catch(() => undefined);
  await page.getByRole('button', { name: '显示全部', exact: false }).click();
  await fill(page, '生效日期', '20250225');
  await fill(page, '罪名条文', '264');
  await fill(page, '犯罪日期', '20241102');
  await expect(page.getByLabel('犯罪时未满18周岁')).toHaveValue('是');
  await fill(page, '矫正期限止', '20250824');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  await step(page, '接收登记', [
    ['报到日期', '20250305'],
    ['接收登记日期', '20250305'],
    ['接收方式', '自行', true],
  ]);
  await expect(page.getByLabel('接收时未满18周岁')).toHaveValue('是');
  await expect(page.locator('.head-what').getByText('犯罪时未满18', { exact: true })).toBeVisible();
  await look(app, page, 'minor');
  await step(page, '解除矫正', [
    ['结束类型', '期满', true],
    ['结束日期', '20250824'],
  ]);
  await expect(page.getByText('未成年人犯罪记录封存').first()).toBeVisible();

  await goTo(page, '待办');
  const task = page.getByRole('button', { name: /皇甫蔚曦.*未成年人犯罪记录封存.*第十三条/ });
  await expect(page.locator('.due-overdue').filter({ has: task })).toBeVisible();
  await task.press('Enter');
  await expect(page.getByRole('textbox', { name: '理由' })).toHaveValue(/犯罪时未满十八周岁.*2025年8月24日/);
  await look(app, page, 'sealing-apply');
  await page.getByRole('button', { name: '提交申请' }).press('Enter');
  await expect(page.getByText('等待他人确认')).toBeVisible();
  await page.getByRole('button', { name: '退出登录' }).click();

  await signInAs(page, 'head');
  await goTo(page, '封存管理');
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
  await expect(page.getByRole('status').filter({ hasText: '已封存。' })).toBeVisible();
  await page.getByRole('button', { name: '登记表' }).click();
  const pdf = path.resolve(`test-results/screens/封存登记表${process.pid}.pdf`);
  await answerDialogs(app, pdf);
  await page.getByRole('button', { name: /PDF/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'pdf' })).toBeVisible({ timeout: 20_000 });
  await look(app, page, 'sealed');

  // Looked for: in the list, by search, on the board
  await command(page, '打开社区矫正');
  await expect(page.getByText('皇甫蔚曦')).toHaveCount(0);
  await page.keyboard.press('Control+f');
  await type(page, '皇甫');
  await expect(page.getByText(/没有找到/).first()).toBeVisible();
  await expect(page.getByText('皇甫蔚曦')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await goTo(page, '待办');
  await expect(page.getByText('皇甫蔚曦')).toHaveCount(0);
  expect(problems).toEqual([]);
});
