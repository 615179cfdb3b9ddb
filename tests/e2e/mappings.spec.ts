import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { demo, focused, invoke, type } from './steps.ts';

// What a case is in the published lists: under the code lists, on the case, in a printed list.

test('a bureau verifies a row, changes another; the case and the printed list follow', async ({ start }) => {
  const { app, page, problems } = await demo(start, 60);
  const nav = page.getByRole('navigation');
  await nav.getByRole('button', { name: '代码表', exact: true }).click();
  await page.getByRole('button', { name: '没有对照的代码表' }).click();
  await expect(page.getByRole('cell', { name: '民族', exact: true })).toBeVisible();
  await look(app, page, 'mapping-without');
  await page.getByRole('button', { name: '调解结果（平台三项）' }).click();
  const table = page.getByRole('region', { name: '调解结果（平台三项）' });
  await expect(table).toContainText('5 行，5 行待核实');
  await expect(table).toContainText('无对应：三项中没有撤回、终止和移送');
  await look(app, page, 'mapping-table');

  await page.getByRole('button', { name: '核实“调解结果：调解成功”' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('公布表的项目')).toHaveValue('1');
  await dialog.getByRole('button', { name: /保\s?存/ }).click();
  await expect(dialog.getByRole('alert')).toContainText('请写明核实依据');
  await dialog.getByLabel('核实依据').focus();
  await expect(focused(page)).toHaveAccessibleName('核实依据');
  await type(page, '省厅答复');
  await look(app, page, 'mapping-dialog');
  await dialog.getByRole('button', { name: /保\s?存/ }).click();
  await expect(dialog).toBeHidden();
  await expect(table).toContainText('共 5 行，4 行待核实');
  await expect(table).toContainText(/管理员 于 .* 核实。依据：省厅答复/);

  await page.getByRole('button', { name: /核实“调解结果：当事人撤回/ }).click();
  await dialog.getByLabel('公布表的项目').selectOption('3');
  await dialog.getByLabel('核实依据').fill('省厅答复');
  await dialog.getByRole('button', { name: /保\s?存/ }).click();
  await expect(table).toContainText('程序原为：无对应');
  await page.getByRole('button', { name: '全部核实' }).click();
  await dialog.getByLabel('核实依据').fill('省厅答复');
  await dialog.getByRole('button', { name: /保\s?存/ }).click();
  await expect(table).toContainText('各行均已核实');
  await look(app, page, 'mapping-verified');

  type Rows = { rows: { id: string }[] };
  const filter = { state: ['agreed', 'archived'] };
  const { rows } = await invoke<Rows>(page, 'ledger.list', { ledger: 'mediation', filter, limit: 1 });
  expect(rows.length).toBe(1);
  await nav.getByRole('button', { name: '人民调解', exact: true }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await page.getByText('对照公布代码表').scrollIntoViewIfNeeded();
  await page.getByText('对照公布代码表').click();
  const line = page.getByRole('row').filter({ hasText: '调解结果（平台三项）' });
  await expect(line).toContainText('管理员 已核实');
  await expect(page.getByRole('row').filter({ hasText: '履行情况（平台四项）' })).toContainText('待核实');
  await page.getByRole('row').filter({ hasText: '难易级别（平台五项）' }).scrollIntoViewIfNeeded();
  await look(app, page, 'mapping-case');

  await page.keyboard.press('Escape');
  await nav.getByRole('button', { name: '人民调解', exact: true }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+p');
  await dialog.getByText('另列公布代码表的栏目').click();
  await dialog.getByLabel('调解结果（平台三项）').check();
  await look(app, page, 'mapping-print');
  expect(problems).toEqual([]);
});
