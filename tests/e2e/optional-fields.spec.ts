import type { ElectronApplication, Page } from '@playwright/test';
import type { Saved } from '#shared/api/types.ts';
import { aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import { command, demo, invoke, resize } from './steps.ts';

// Optional fields are turned on and off on the screen of code lists; list and form follow at once.

const look = async (app: ElectronApplication, page: Page, name: string): Promise<void> => {
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await lookAt(app, page, `optional-${name}-${zoom * 100}`);
  }
  await resize(app);
};

test('a field is in list and form while it is turned on, and what was entered comes back with it', async ({
  start,
}) => {
  test.setTimeout(300_000);
  const { app, page, problems } = await demo(start, 10);
  const record = aPersonInCorrection({ idNumber: makeIdentityNumber('1990-03-04') });
  const save = { ledger: 'correction', record };
  const { id, version } = await invoke<Saved>(page, 'ledger.save', save);

  const column = page.getByRole('columnheader', { name: '就业就学情况' });
  const field = page.getByLabel('就业就学情况', { exact: true });
  const turn = async (isOn: boolean) => {
    await command(page, '打开代码表');
    await page.getByRole('button', { name: '社区矫正对象台账' }).click();
    const button = page.getByRole('switch', { name: '启用“就业就学情况”' });
    await expect(button).toBeChecked({ checked: !isOn });
    await button.focus();
    await page.keyboard.press('Space');
    await expect(button).toBeChecked({ checked: isOn });
    await expect(page.getByText(isOn ? '已启用“就业就学情况”' : '已停用“就业就学情况”')).toBeVisible();
  };
  const open = async () => {
    await command(page, '打开社区矫正');
    await expect(page.getByRole('grid')).toBeVisible();
  };
  const openFirst = async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('矫正小组成员').first()).toBeVisible();
  };

  await open();
  await expect(column).toHaveCount(0);
  await turn(true);
  await look(app, page, 'switches');
  const content = { ...record, employment: 'employed' };
  await invoke(page, 'ledger.save', { ledger: 'correction', id, baseVersion: version, record: content });
  await open();
  await expect(column).toBeVisible();
  await expect(page.getByRole('gridcell', { name: '就业', exact: true })).toHaveCount(1);
  await page.getByRole('button', { name: '筛选' }).click();
  await expect(page.getByRole('search').getByText('就业就学情况')).toBeVisible();
  await look(app, page, 'list');
  await openFirst();
  await expect(field).toHaveCount(1);
  await page.keyboard.press('Escape');

  await turn(false);
  await open();
  await expect(column).toHaveCount(0);
  await expect(page.getByRole('search').getByText('就业就学情况')).toHaveCount(0);
  await openFirst();
  await expect(field).toHaveCount(0);
  await page.keyboard.press('Escape');

  await turn(true);
  await open();
  await expect(page.getByRole('gridcell', { name: '就业', exact: true })).toHaveCount(1);

  // The two buttons of the figures stay on one line, however wide the letters are
  await command(page, '打开指标数据');
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    const tops = await Promise.all(
      ['打印统计表', '导入表格'].map(
        async (name) => (await page.getByRole('button', { name }).boundingBox())?.y,
      ),
    );
    expect(tops[0]).toBe(tops[1]);
  }
  await look(app, page, 'figures');
  expect(problems).toEqual([]);
});
