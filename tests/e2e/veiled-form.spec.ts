import type { LogPage } from '#shared/api/audit-types.ts';
import type { Whole } from '#shared/api/types.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { demo, enter, invoke, password, reveal } from './steps.ts';

// A record that is only looked at, under masks or by an account that reads: there is nothing in it to change it with.

test('a masked record has no buttons for its rows, and comes back whole', async ({ start }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await demo(start, 5);
  const record = {
    acceptedOn: '2024-11-20',
    kind: '02',
    source: 'application',
    summary: '院墙排水发生争执。',
    parties: [
      { side: 'applicant', type: 'natural', name: '欧阳建国' },
      { side: 'respondent', type: 'natural', name: '边小舟' },
    ],
  };
  const { id } = await invoke<{ id: string }>(page, 'ledger.save', { ledger: 'mediation', record });
  const before = await invoke<Whole>(page, 'ledger.get', { id });
  const tools = page.locator('.child-tools');
  const add = page.getByRole('button', { name: /添加当事人/ });
  const name = page.locator('[data-path="parties.0.name"]');

  await page.getByRole('row').filter({ hasText: '欧阳建国' }).dblclick();
  await expect(name).toHaveValue('欧阳建国');
  await expect(tools).toHaveCount(2);
  await page.keyboard.press('F8');
  await expect(name).toHaveValue('欧***');
  await expect(tools).toHaveCount(0);
  await expect(add).toHaveCount(0);
  await name.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+Insert');
  await look(app, page, 'veiled-form-100');
  await page.keyboard.press('F8');
  await reveal(page);
  await expect(name).toHaveValue('欧阳建国');
  await expect(tools).toHaveCount(2);
  await expect(add).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  expect((await invoke<Whole>(page, 'ledger.get', { id })).record).toEqual(before.record);

  await page.getByRole('button', { name: '退出登录' }).click();
  await enter(page, '账号', 'auditor');
  await enter(page, '密码', password);
  await page
    .getByRole('navigation', { name: '主导航' })
    .getByRole('button', { name: /人民调解/ })
    .click();
  await page.getByRole('row').nth(1).dblclick();
  await expect(name).toBeVisible();
  await expect(tools).toHaveCount(0);
  await expect(add).toHaveCount(0);
  const { entries } = await invoke<LogPage>(page, 'audit.list', { actions: ['refused'] });
  expect(entries.map(({ detail }) => JSON.stringify(detail))).toEqual([]);
  expect(problems).toEqual([]);
});
