import path from 'node:path';
import type { Page } from '@playwright/test';
import { helpText } from '#shared/text/safety.ts';
import { signInText } from '#shared/text/start.ts';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { answerDialogs, command, focused, goTo, recordCase, resize, setUp, signIn, type } from './steps.ts';

// Every screen: nothing for axe to object to, no button out of sight at 1366×768 and at 150 %, no English words.

/** Opens each screen in turn; the ledger has one case and a year's figures. */
const screens: { name: string; open(page: Page): Promise<void> }[] = [
  {
    name: 'deadlines',
    open: async (page) => {
      await goTo(page, '待办');
      await expect(page.getByRole('list', { name: '已逾期的事项' })).toContainText('欧阳建国');
    },
  },
  {
    name: 'rules',
    open: async (page) => {
      await page.getByRole('button', { name: '期限规则' }).click();
      await expect(page.getByRole('button', { name: '核实“调结期限”' })).toBeVisible();
    },
  },
  {
    name: 'rule',
    open: async (page) => {
      await page.getByRole('button', { name: '修改“调结期限”' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'list',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await goTo(page, '人民调解');
    },
  },
  {
    name: 'list-filters',
    open: async (page) => {
      await goTo(page, '人民调解');
      await page.getByRole('button', { name: '筛选' }).click();
    },
  },
  {
    name: 'search',
    open: async (page) => {
      await page.keyboard.press('Control+f');
      await type(page, '建');
      await expect(page.getByRole('option', { name: /欧阳建国/ })).toBeVisible();
    },
  },
  {
    name: 'record',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await goTo(page, '人民调解');
      await page.getByRole('grid').focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: '欧阳建国' })).toBeVisible();
    },
  },
  { name: 'history', open: (page) => page.getByRole('button', { name: '修改历史' }).click() },
  {
    name: 'new-committee',
    open: async (page) => {
      await goTo(page, '调解组织');
      await page.keyboard.press('Control+n');
      await expect(page.getByRole('heading', { name: '登记调解组织' })).toBeVisible();
      await page.keyboard.press('Control+s');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'choices',
    open: async (page) => {
      await page.getByLabel(/组织类型/).focus();
      await page.keyboard.press('ArrowDown');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  { name: 'mediators', open: (page) => goTo(page, '调解员') },
  {
    name: 'figures',
    open: async (page) => {
      await goTo(page, '指标数据');
      await page.getByLabel('年度').selectOption('2023');
      await expect(page.getByText('排查化解矛盾纠纷', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'records-behind',
    open: async (page) => {
      await page.getByRole('button', { name: '查看“排查化解矛盾纠纷”背后的 1 条记录' }).click();
      await expect(page.getByTestId('records-behind').getByRole('button')).toHaveCount(1);
    },
  },
  {
    name: 'report',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByTestId('records-behind')).toBeHidden();
      await goTo(page, '年度报告');
      await expect(page.frameLocator('iframe').locator('body')).toContainText('2023');
    },
  },
  {
    name: 'codes',
    open: async (page) => {
      await goTo(page, '代码表');
      await expect(page.getByRole('table').first()).toBeVisible();
    },
  },
  {
    name: 'codes-numbers',
    open: async (page) => {
      await page.getByLabel('查找代码表').fill('案号格式');
      await expect(page.getByRole('heading', { name: '案号格式' })).toBeVisible();
      await expect(page.getByRole('cell', { name: /\{年\}/ }).first()).toBeVisible();
    },
  },
  {
    name: 'numbering',
    open: async (page) => {
      await command(page, '打开案号设置');
      await expect(page.getByLabel('格式', { exact: true })).toHaveValue(/\{调委会\}/);
    },
  },
  {
    name: 'paper-day',
    open: async (page) => {
      await command(page, '停电备用文书');
      await expect(page.frameLocator('iframe').locator('body')).not.toBeEmpty();
    },
  },
  {
    name: 'templates',
    open: async (page) => {
      await command(page, '打开本单位模板');
      await expect(page.getByRole('heading', { name: /模板/ }).first()).toBeVisible();
    },
  },
  {
    name: 'accounts',
    open: async (page) => {
      await goTo(page, '账号');
      await expect(page.getByRole('row', { name: /管理员/ })).toBeVisible();
    },
  },
  {
    name: 'account-new',
    open: async (page) => {
      await page.getByRole('button', { name: '新建账号' }).click();
      await expect(page.getByLabel('账号', { exact: true }).first()).toBeVisible();
    },
  },
  {
    name: 'log',
    open: async (page) => {
      await goTo(page, '操作日志');
      await expect(page.getByRole('row', { name: /保存记录/ }).first()).toBeVisible();
    },
  },
  {
    name: 'log-reason',
    open: async (page) => {
      await page.getByRole('button', { name: '导出日志' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'password',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await command(page, '修改密码');
      await expect(page.getByRole('heading', { name: '修改密码' })).toBeVisible();
    },
  },
  { name: 'maintenance', open: (page) => goTo(page, '维护') },
  {
    name: 'palette',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await expect(focused(page)).toHaveAccessibleName('命令');
    },
  },
];

for (const [size, zoom] of [
  ['100', 1],
  ['150', 1.5],
] as const) {
  test(`screens at ${size} % are whole, readable by machines and Chinese`, async ({ start }) => {
    test.setTimeout(420_000);
    const { app, page, problems } = await start();
    await resize(app, zoom);
    await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
    await page.getByRole('button', { name: '建立台账' }).click();
    await look(app, page, `${size}-set-up`);
    await page.getByRole('button', { name: '试用演示数据' }).click();
    await look(app, page, `${size}-demo`);
    await page.getByRole('button', { name: '返回首次设置' }).click();
    await setUp(page);
    await recordCase(page, '欧阳建国', '20230315');
    await look(app, page, `${size}-saved`);
    await goTo(page, '指标数据');
    await page.getByLabel('年度').selectOption('2023');
    await answerDialogs(app, path.join(root, 'tests/fixtures/indicators-2023.csv'));
    await page.getByRole('button', { name: '导入表格' }).click();
    await expect(page.getByTestId('import-result')).toBeVisible({ timeout: 20_000 });
    await look(app, page, `${size}-import`);
    await page.keyboard.press('Enter');
    for (const { name, open } of screens) {
      await open(page);
      await look(app, page, `${size}-${name}`);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
    await look(app, page, `${size}-locked`);
    await page.getByRole('button', { name: '换账号登录' }).click();
    await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
    await type(page, '管理员');
    await page.keyboard.press('Enter');
    await type(page, 'wrong-password-1');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('账号或者密码不对');
    await look(app, page, `${size}-sign-in`);
    await page.getByRole('button', { name: signInText.recovery }).click();
    await look(app, page, `${size}-recovery`);
    await page.getByRole('button', { name: helpText.byUnit }).click();
    await look(app, page, `${size}-password-help`);
    await page.getByRole('button', { name: signInText.backToSignIn }).click();
    await page.getByLabel('账号').fill('');
    await page.getByLabel('账号').focus();
    await signIn(page);
    expect(problems).toEqual([]);
  });
}
