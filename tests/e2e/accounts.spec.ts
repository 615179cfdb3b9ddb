// The screen of accounts: what is typed for one is never there for another, and who has gone can still give his cases.
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Launched, test } from './launch.ts';
import { look } from './look.ts';
import { demo, enter, focused, goTo, invoke, password, picture, resize, reveal, type } from './steps.ts';

type Account = { id: string; name: string; mediatorId: string | null; openCases: number };
const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('cell', { name, exact: true }) });
const act = (page: Page, name: string, label: string) =>
  row(page, name).getByRole('button', { name: label, exact: true });

/** A demonstration with the account that looks after the accounts of it. */
async function asHead(start: Parameters<typeof demo>[0], cases: number): Promise<Launched> {
  const launched = await demo(start, cases);
  const { page } = launched;
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await enter(page, '账号', 'head');
  await enter(page, '密码', password);
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible({ timeout: 20_000 });
  await reveal(page);
  return launched;
}

/** The accounts of a demonstration; head and clerk each have a mediator with open cases. */
async function accounts(start: Parameters<typeof demo>[0]): Promise<Launched> {
  const launched = await asHead(start, 40);
  const { page } = launched;
  const all = await invoke<Account[]>(page, 'account.list', {});
  const mediators = await invoke<{ id: string }[]>(page, 'ledger.choices', {
    ledger: 'mediator',
    limit: 100,
  });
  const idOf = (name: string) => all.find((one) => one.name === name)?.id ?? '';
  const withCases: string[] = [];
  for (const { id: mediatorId } of mediators) {
    if (withCases.length === 2) break;
    const changes = [{ id: idOf('clerk'), mediatorId }];
    const after = await invoke<Account[]>(page, 'account.change', { changes });
    if ((after.find(({ name }) => name === 'clerk')?.openCases ?? 0) > 0) withCases.push(mediatorId);
  }
  expect(withCases).toHaveLength(2);
  const [first = '', second = ''] = withCases;
  await invoke(page, 'account.change', {
    changes: [
      { id: idOf('clerk'), mediatorId: first },
      { id: idOf('head'), mediatorId: second },
    ],
  });
  await goTo(page, '账号');
  await expect(act(page, 'clerk', '移交在办案件')).toBeVisible();
  return launched;
}

test('a password and a reason typed for one account are not there for the next', async ({ start }) => {
  const { page, problems } = await accounts(start);
  await act(page, 'clerk', '重设密码').click();
  await expect(focused(page)).toHaveAccessibleName('初始密码');
  await type(page, 'qinghe-2025');
  await act(page, 'auditor', '重设密码').click();
  await expect(page.getByRole('heading', { name: '给“auditor”重设密码' })).toBeVisible();
  await expect(page.getByLabel('初始密码')).toHaveValue('');

  await act(page, 'clerk', '移交在办案件').click();
  await page.getByLabel('接手人').selectOption({ index: 0 });
  await page.getByLabel('理由').fill('调离本所');
  await act(page, 'head', '移交在办案件').click();
  await expect(page.getByRole('heading', { name: '把“head”的在办案件移交给' })).toBeVisible();
  await expect(page.getByLabel('理由')).toHaveValue('');
  // Nobody gives to himself: the receivers are others.
  await expect(page.getByLabel('接手人').getByRole('option')).toHaveText([/^clerk/]);

  await act(page, 'clerk', '修改').click();
  await page.getByLabel('角色').selectOption('auditor');
  await act(page, 'head', '修改').click();
  await expect(page.getByLabel('角色')).toHaveValue('head');
  expect(problems).toEqual([]);
});

test('an account without a name is not made, and the field says so', async ({ start }) => {
  const { page, problems } = await asHead(start, 1);
  await goTo(page, '账号');
  const before = (await invoke<Account[]>(page, 'account.list', {})).length;
  await page.getByRole('button', { name: '新建账号' }).click();
  await page.getByRole('textbox', { name: '账号' }).fill('　 ');
  await page.getByLabel('初始密码').fill('qinghe-2025');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('请填写账号名称，例如使用人的姓名。')).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName(/^账号/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await invoke<Account[]>(page, 'account.list', {})).toHaveLength(before);
  await type(page, '李秀英');
  await expect(page.getByText('请填写账号名称')).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('disabled by the keys, and then the open cases are handed over', async ({ start }) => {
  const { app, page, problems } = await accounts(start);
  await act(page, 'clerk', '停用').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('理由')).toBeFocused();
  await type(page, '调离');
  await page.keyboard.press('Enter');
  await expect(row(page, 'clerk')).toContainText('已停用');
  // The same Enter must not press the button again that the focus went back to.
  await expect(dialog).toHaveCount(0);

  await act(page, 'clerk', '移交在办案件').click();
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `accounts-disabled-hand-over-${zoom * 100}`);
  }
  await resize(app);
  await expect(page.getByLabel('接手人').getByRole('option')).toHaveText([/^head/]);
  await page.getByLabel('理由').fill('调离后移交');
  const given = await invoke<Account[]>(page, 'account.list', {});
  const casesOf = (all: Account[], name: string) => all.find((one) => one.name === name)?.openCases ?? 0;
  const form = page.getByRole('region', { name: '把“clerk”的在办案件移交给' });
  await form.getByRole('button', { name: '移交在办案件' }).click();
  await expect(page.getByRole('status').filter({ hasText: '已移交' })).toBeVisible();
  const taken = await invoke<Account[]>(page, 'account.list', {});
  expect(casesOf(taken, 'clerk')).toBe(0);
  expect(casesOf(taken, 'head')).toBe(casesOf(given, 'head') + casesOf(given, 'clerk'));
  await expect(act(page, 'clerk', '移交在办案件')).toHaveCount(0);
  await picture(app, path.join('test-results/safety', 'accounts-handed-over.png'));
  expect(problems).toEqual([]);
});
