import path from 'node:path';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { account, goTo, invoke, password, picture, resize, setUp, type } from './steps.ts';

// The list of cases of a county: who handles them is one of many mediators, and how far they are stands in sight.

test('at 150 % the state of a case is seen, and any mediator of a county is found by initials', async ({
  start,
}) => {
  const { app, page } = await start();
  await setUp(page);
  const save = (ledger: string, record: Record<string, unknown>) =>
    invoke<{ id: string }>(page, 'ledger.save', { ledger, record });
  const first = await save('mediator', { name: '单秋月', appointedOn: '2001-01-01' });
  for (let at = 0; at < 210; at += 1)
    await save('mediator', { name: `马卫${String.fromCodePoint(0x4e00 + at)}`, appointedOn: '2016-01-01' });
  for (const [name, mediatorId] of [
    ['欧阳秀兰', first.id],
    ['祁连山', undefined],
  ])
    await save('mediation', {
      acceptedOn: '2025-03-01',
      kind: '02',
      summary: '两家因院墙滴水发生争执，请求调解。',
      ...(mediatorId === undefined ? {} : { mediatorId }),
      parties: [
        { side: 'applicant', type: 'natural', name },
        { side: 'respondent', type: 'natural', name: '马占山' },
      ],
    });
  await resize(app, 1.5);
  await goTo(page, '人民调解');
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('row')).toHaveCount(3);
  const seen = await grid.getByRole('columnheader', { name: '状态' }).evaluate((head) => {
    const { left, right } = head.getBoundingClientRect();
    const box = head.closest('[role=grid]')?.getBoundingClientRect();
    return left >= (box?.left ?? 0) && right <= Math.min(box?.right ?? 0, window.innerWidth);
  });
  expect(seen).toBe(true);
  await picture(app, path.join(root, 'test-results/screens/list-narrow.png'));

  await page.getByRole('button', { name: '筛选' }).click();
  const [from, to] = [page.getByLabel('受理日期从'), page.getByLabel('受理日期到')];
  await from.fill('20250301');
  await to.fill('20250201');
  await from.focus();
  await expect(to).toHaveAccessibleDescription('⚠ 早于开始');
  await picture(app, path.join(root, 'test-results/screens/list-reversed.png'));
  await to.fill('');
  await from.fill('');
  const mediator = page.getByRole('combobox', { name: '调解员' });
  await mediator.click();
  await mediator.pressSequentially('sqy');
  const options = page.locator('.ant-select-item-option');
  await expect(options).toHaveText(['单秋月']);
  await picture(app, path.join(root, 'test-results/screens/list-mediator-found.png'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(grid.getByRole('row')).toHaveCount(2);
  await expect(grid).toContainText('欧阳秀兰');
  // Called by its name also where the list is shown again and it is none of those that are offered first.
  await page.getByRole('button', { name: '锁定' }).click();
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await page.getByLabel('密码').focus();
  await type(page, password);
  await page.keyboard.press('Enter');
  await expect(page.locator('.filter-select', { hasText: '单秋月' })).toBeVisible();
  await picture(app, path.join(root, 'test-results/screens/list-mediator-again.png'));

  // An account is that of any of them.
  await goTo(page, '账号');
  await page.getByRole('row', { name: account }).getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('region', { name: `修改账号“${account}”` });
  const holder = form.getByRole('combobox', { name: '对应调解员' });
  await holder.focus();
  await type(page, 'sqy');
  await expect(form.getByRole('listbox').getByRole('option')).toHaveText(['单秋月在册']);
  await picture(app, path.join(root, 'test-results/screens/account-mediator.png'));
  await page.keyboard.press('Enter');
  await expect(holder).toHaveValue('单秋月');
});
