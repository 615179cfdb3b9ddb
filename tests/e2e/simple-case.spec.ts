import { expect, test } from './launch.ts';
import { enter, focused, resize, setUp, type } from './steps.ts';

// What a clerk does most: a simple case at one go, and what stands in the way of changing it later.

test('a simple case takes at most twelve typed fields, by Enter alone, and the focus is never lost', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await expect(focused(page)).toHaveAttribute('role', 'grid');
  await page.keyboard.press('Control+n');

  // Blank: what stands there already is kept.
  const typed = [
    ['受理日期', ''],
    ['当事人地位', ''],
    ['当事人类型', ''],
    ['姓名（名称）', '欧阳秀兰'],
    ['证件号码', '999999199001010016'],
    ['所在区划', '103201'],
    ['当事人地位', ''],
    ['当事人类型', ''],
    ['姓名（名称）', '马占山'],
    ['证件号码', ''],
    ['所在区划', ''],
    ['纠纷类型', '2'],
    ['纠纷简介', '两家因承包地灌溉先后发生口角，经调解和好。'],
    ['受理单位', ''],
    ['调解员', ''],
    ['调解结果', '1'],
    ['办结日期', '20200101'],
    ['协议类型', '口头'],
  ] as const;
  expect(typed.filter(([, text]) => text !== '').length).toBeLessThanOrEqual(12);
  for (const [label, text] of typed) await enter(page, label, text);
  await page.getByRole('group', { name: '当事人 2' }).getByLabel(/姓名/).focus();
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/办结日期不能早于受理日期/).first()).toBeVisible();
  await page.getByLabel('办结日期').fill('');
  await page.getByLabel('调解结果').fill('');
  await page.getByRole('group', { name: '当事人 2' }).getByLabel(/姓名/).focus();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  // The village says the address, with its township.
  await expect(page.getByLabel(/住址/).first()).toHaveValue('东坝镇渠东村');
  await expect(focused(page)).toHaveAccessibleName(/姓名/);
  await expect(page.getByRole('heading', { name: '欧阳秀兰、马占山' })).toBeVisible();

  // Escape closes the palette and nothing behind it; keys of what is behind do nothing meanwhile.
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+n');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open]')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: '欧阳秀兰、马占山' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName(/姓名/);

  // A step asks for a field that the short form hides; afterwards the record is closed, and says how to open it.
  await page.getByRole('button', { name: '作废' }).focus();
  await page.keyboard.press('Enter');
  await expect(focused(page)).toHaveAccessibleName(/作废原因/);
  await type(page, '重复登记');
  await page.getByRole('button', { name: '作废' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/已作废的记录不能修改/)).toBeVisible();
  await expect(page.getByLabel(/纠纷简介/)).not.toBeEditable();
  await expect(page.getByRole('button', { name: '保存', exact: true })).toBeHidden();
  await expect(page.locator('body:focus')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(focused(page)).toHaveAttribute('role', 'grid');
  expect(problems).toEqual([]);
});
