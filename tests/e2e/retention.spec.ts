// A period is entered with its approval, files are reviewed, listed by one, approved and destroyed by another.
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { command, enter, focused, invoke, password, resize, reveal } from './steps.ts';

async function signInAs(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('账号');
  await enter(page, '账号', name);
  await enter(page, '密码', password);
  await reveal(page);
}

async function comeAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '退出登录' }).click();
  await signInAs(page, name);
  await command(page, '保管期限');
  await expect(page.getByRole('heading', { name: '保管期限与鉴定销毁' })).toBeVisible();
}

async function aFile(page: Page, year: number, name: string): Promise<string> {
  const { id } = await invoke<{ id: string }>(page, 'ledger.save', {
    ledger: 'mediation',
    record: {
      ...{
        acceptedOn: `${year}-03-01`,
        kind: '02',
        source: 'application',
        summary: '双方因院墙排水发生争执。',
      },
      ...{
        outcome: 'agreed',
        concludedOn: `${year}-03-10`,
        agreementForm: 'written',
        agreementText: '双方和解。',
        amountFen: 120_000,
      },
      parties: [
        { side: 'applicant', type: 'natural', name },
        { side: 'respondent', type: 'natural', name: '边小舟' },
      ],
    },
  });
  await invoke(page, 'ledger.act', { id, action: 'archive', record: { archivedOn: `${year}-12-20` } });
  return id;
}

test('from the approved period to the list of what was destroyed', async ({ start }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await invoke(page, 'setup.demo', { account: 'admin', password, cases: 0, level: 'station' });
  await page.reload();
  await resize(app);
  const both = async (name: string) => {
    await look(app, page, name);
    await resize(app, 1.5);
    await look(app, page, `${name}-150`);
    await resize(app);
  };

  // The clerk has old files, and nothing is due.
  await signInAs(page, 'clerk');
  for (const [year, name] of [
    [2010, '柳春禾'],
    [2011, '祁连山'],
    [2012, '马记秋'],
  ] as const)
    await aFile(page, year, name);
  await command(page, '保管期限');
  await page.keyboard.press('Alt+2');
  await expect(page.getByText('这一天没有保管期限已满的案卷。')).toBeVisible();
  await expect(page.getByText('没有批准的保管期限、不列入清单的')).toBeVisible();
  await both('retention-none');
  await page.keyboard.press('Alt+4');
  await expect(page.getByText('还没有销毁清册。')).toBeVisible();

  // The head enters the approved period.
  await comeAs(page, 'head');
  await expect(page.getByText('程序从不删减日志')).toBeVisible();
  await both('retention-periods');
  await page.getByRole('button', { name: '填写“人民调解案卷（其他，封面没有写）”的保管期限' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByLabel('年数').fill('10');
  await page.getByLabel('批准日期').fill('不是日子');
  await page.getByLabel('批准文号').focus();
  await expect(page.getByRole('dialog').getByText('日期不对')).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('button', { name: '确定' })).toBeDisabled();
  await page.getByLabel('批准日期').fill('20240301');
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await expect(page.getByText('请填写批准的档案主管部门')).toBeVisible();
  await page.getByLabel('档案主管部门').fill('金塔县档案局');
  await page.getByLabel('批准文号').fill('金档发〔2024〕8号');
  await both('retention-period');
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('金塔县档案局金档发〔2024〕8号（2024-03-01）')).toBeVisible();

  // The clerk keeps one and lists two.
  await comeAs(page, 'clerk');
  await page.keyboard.press('Alt+2');
  await expect(page.getByText('共 3 件。')).toBeVisible();
  await page.getByRole('checkbox').nth(2).check();
  await page.getByRole('button', { name: '延长保管' }).click();
  await page.getByLabel('新的到期日').fill('20401231');
  await page.getByLabel('理由').fill('相邻权争议还在继续');
  await both('retention-keep');
  await page.getByRole('dialog').getByRole('button', { name: '延长保管' }).click();
  await expect(page.getByText('1 件已延长保管到 2040-12-31。')).toBeVisible();
  await page.getByRole('button', { name: '全选可销毁的' }).click();
  await expect(page.getByText('已选 2 件')).toBeVisible();
  await both('retention-review');
  await page.getByRole('button', { name: '列入销毁清册' }).click();
  await both('retention-list-dialog');
  await page.getByRole('dialog').getByRole('button', { name: '列入销毁清册' }).click();
  await expect(page.getByText(/2 件已列入销毁清册/)).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden(); // until then keys are the dialog's
  await page.keyboard.press('Alt+4');
  await both('retention-lists');
  await page.getByRole('button', { name: /打开销毁清册/ }).click();
  await expect(page.getByText('这份清册是您列的')).toBeVisible();
  await expect(page.getByRole('button', { name: '批准销毁' })).toBeHidden();

  // The head approves it, and carries it out with two who watch.
  await comeAs(page, 'head');
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /打开销毁清册/ }).click();
  await both('retention-list');
  await page.getByRole('button', { name: '批准销毁' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('审批机关').fill('金塔县档案局');
  await dialog.getByLabel('批准文号').fill('金档发〔2026〕3号');
  await dialog.getByLabel('批准日期').fill('20260301');
  await both('retention-approve');
  await dialog.getByRole('button', { name: '批准销毁' }).click();
  await expect(page.getByText('已批准，可以实施销毁。')).toBeVisible();
  // Whoever made the list is told that somebody else carries it out, and has no button for it.
  await comeAs(page, 'clerk');
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /打开销毁清册/ }).click();
  await expect(page.getByText('这份清册是您列的，要由另一位负责人或者管理员实施销毁。')).toBeVisible();
  await expect(page.getByRole('button', { name: '实施销毁' })).toBeHidden();
  await both('retention-own-list');
  await comeAs(page, 'head');
  await page.keyboard.press('Alt+4');
  await page.getByRole('button', { name: /打开销毁清册/ }).click();
  await page.getByRole('button', { name: '实施销毁' }).click();
  await page.getByLabel('监销人（一）').fill('祁监销');
  await page.getByLabel('监销人（二）').fill('祁监销');
  await expect(page.getByText('两名监销人不能是同一个人。')).toBeVisible();
  await page.getByLabel('监销人（二）').fill('马监销');
  await both('retention-carry-out');
  await page.getByRole('dialog').getByRole('button', { name: '实施销毁' }).click();
  await expect(page.getByText('已销毁 2 件。')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('cell', { name: /^已销毁（/ })).toHaveCount(2);
  await both('retention-done');
  const { total } = await invoke<{ total: number }>(page, 'ledger.list', { ledger: 'mediation' });
  expect(total).toBe(1);
  expect(problems).toEqual([]);
});
