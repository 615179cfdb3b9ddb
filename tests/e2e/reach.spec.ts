import type { Page } from '@playwright/test';
import type { LogPage } from '#shared/api/audit-types.ts';
import type { AccountShown } from '#shared/api/types.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { command, demo, enter, invoke, password, resize } from './steps.ts';

// What an account sees of the shell is what it may do: nothing there refuses it, and the log has no refusal.

async function signInAs(page: Page, name: string, mayReveal: boolean): Promise<void> {
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await enter(page, '账号', name);
  await enter(page, '密码', password);
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible({ timeout: 20_000 });
  if (!mayReveal) return;
  await expect(page.getByLabel('理由')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '隐去姓名' })).toBeVisible();
}

const findings = '排查发现纠纷台账';
const menu = (page: Page) => page.getByRole('navigation', { name: '主导航' }).getByRole('button');

/** Every place of the menu, every part of the safety registers, every command that opens or begins something. */
async function visitAll(page: Page): Promise<string[]> {
  const names = (await menu(page).allInnerTexts()).filter((name) => !name.includes('Ctrl'));
  for (const name of names) {
    await menu(page).filter({ hasText: name }).first().click();
    await nothingRefused(page, name);
    const parts = page.getByRole('navigation', { name: '安全保密登记' }).getByRole('button');
    for (let at = 0; at < (await parts.count()); at += 1) {
      await parts.nth(at).click();
      await nothingRefused(page, `${name} ${at}`);
    }
  }
  await page.keyboard.press('Control+k');
  const commands = await page.getByRole('dialog', { name: '命令' }).getByRole('option').allInnerTexts();
  await page.keyboard.press('Escape');
  for (const line of commands.filter((one) => /^(打开|登记|纸质|自有|文书模板|案号|归档)/.test(one))) {
    const name = line.split('\n')[0] ?? line;
    await command(page, name);
    await nothingRefused(page, name);
    await page.keyboard.press('Escape');
  }
  return names;
}

async function nothingRefused(page: Page, where: string): Promise<void> {
  await expect(page.locator('#content h1').first(), where).toBeVisible();
  await expect(page.locator('#content .ant-spin'), where).toHaveCount(0);
  await expect(page.locator('#content .ant-alert-error'), where).toHaveCount(0);
  await expect(page.getByRole('heading', { name: '本账号没有打开这个画面的权限' }), where).toHaveCount(0);
}

const refusals = async (page: Page): Promise<string[]> => {
  const { entries } = await invoke<LogPage>(page, 'audit.list', { actions: ['refused'] });
  return entries.map(({ account, detail }) => `${account} ${JSON.stringify(detail)}`);
};

test('two accounts of a part of the ledger: what is shown opens, what is not is not there', async ({
  start,
}) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await demo(start, 10);
  await signInAs(page, 'head', true);
  const all = await invoke<AccountShown[]>(page, 'account.list', {});
  const limit = (name: string, ledgers: string[]) => ({
    id: all.find((one) => one.name === name)?.id,
    ledgers,
  });
  await invoke(page, 'session.confirm', { password });
  await invoke(page, 'account.change', {
    changes: [limit('clerk', ['finding', 'phrase']), limit('auditor', ['medium', 'mediumLoan', 'incident'])],
  });

  await signInAs(page, 'clerk', true);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(findings);
  const ofClerk = await visitAll(page);
  expect(ofClerk).toContain('纠纷隐患');
  for (const hidden of ['人民调解', '调解员', '年度报告', '账号', '操作日志'])
    expect(ofClerk).not.toContain(hidden);
  await menu(page).filter({ hasText: '维护' }).click();
  await expect(page.getByText('本账号只看其中一部分')).toBeVisible();
  await look(app, page, 'reach-clerk-maintenance-100');
  await menu(page).filter({ hasText: '纠纷隐患' }).click();
  await page.keyboard.press('Control+n');
  await expect(page.getByLabel('所属排查')).toHaveValue(/看不到“排查”/);
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `reach-clerk-new-finding-${zoom * 100}`);
  }
  await resize(app);
  await page.keyboard.press('Escape');

  await signInAs(page, 'auditor', false);
  const ofAuditor = await visitAll(page);
  expect(ofAuditor).toEqual(expect.arrayContaining(['待办', '安全保密', '操作日志', '维护']));
  expect(ofAuditor).not.toContain('人民调解');
  expect(await refusals(page)).toEqual([]);
  expect(problems).toEqual([]);
});
