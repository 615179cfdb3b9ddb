import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { enter, enterUntil, focused, picture, resize, setUp, type } from './steps.ts';

// Persons whom the registers know: taken over at the table by keyboard, warned of, and said to be one or two.

const number = '999999199001010016';

/** From the list to the name of the first party of a new case. */
async function begin(page: Page): Promise<void> {
  await expect(focused(page)).toHaveAttribute('role', 'grid');
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await page.locator('[data-path="kind"]').focus();
  await type(page, '2');
  await page.keyboard.press('Enter');
  await page.locator('[data-path="summary"]').focus();
  await type(page, '两家因承包地灌溉先后发生口角。');
  await page.locator('[data-path="parties.0.name"]').focus();
}

async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible({ timeout: 10_000 });
}

test('a known party is taken by keyboard, a warning is read and stays, two are joined and taken apart', async ({
  start,
}, info) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);

  await begin(page);
  await enter(page, '姓名（名称）', '欧阳秀兰');
  await enter(page, '证件号码', number);
  await enterUntil(page, 'parties.1.name');
  await enter(page, '姓名（名称）', '马占山');
  await enter(page, '证件号码', '999999198505050033');
  await save(page);
  await page.keyboard.press('Escape');

  // By initials: the letters give way to the name, everything else is filled in.
  await begin(page);
  await enter(page, '姓名（名称）', 'oyxl');
  const panels = page.getByTestId('person-panel');
  await expect(panels).toContainText('欧阳秀兰');
  await expect(panels).toContainText('9999**********0016');
  await picture(app, info.outputPath('likely.png'));
  await page.keyboard.press('Alt+1');
  await expect(page.getByRole('group', { name: '当事人 1' }).getByLabel(/姓名/)).toHaveValue('欧阳秀兰');
  await expect(page.getByRole('group', { name: '当事人 1' }).getByLabel(/证件号码/)).toHaveValue(number);
  await expect(focused(page)).toHaveAttribute('data-path', 'parties.0.idNumber');

  // By ear: what was typed stays, the number comes.
  await enterUntil(page, 'parties.1.name');
  await enter(page, '姓名（名称）', '马沾山');
  const second = page.getByRole('group', { name: '当事人 2' });
  await expect(second.getByTestId('person-panel')).toContainText('姓名同音');
  await page.keyboard.press('Alt+1');
  await expect(second.getByLabel(/证件号码/)).toHaveValue('999999198505050033');
  await expect(second.getByLabel(/姓名/)).toHaveValue('马沾山');
  await page.keyboard.press('Enter');
  const warnings = page.getByRole('region', { name: '人员提示' });
  await expect(warnings).toContainText('欧阳秀兰与马沾山之间此前已有纠纷');
  await expect(warnings).toBeInViewport();
  await picture(app, info.outputPath('warning.png'));
  await save(page);
  await expect(warnings).toContainText('管理员');
  await expect(warnings).toContainText('已阅');
  await page.getByRole('button', { name: '修改历史' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table').filter({ hasText: '阅看人' })).toContainText('此前已有纠纷');
  await picture(app, info.outputPath('seen.png'));
  await page.keyboard.press('Escape');

  // Somebody of that name without a number: two, until somebody says that they are one.
  await begin(page);
  await enter(page, '姓名（名称）', '欧阳秀兰');
  await expect(panels.first()).toContainText('姓名相同');
  await save(page);
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('heading', { name: '欧阳秀兰的人员卡片' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '所涉事项（2 件）' })).toBeVisible();
  await picture(app, info.outputPath('card.png'));
  await page.getByRole('button', { name: '视为同一人' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '所涉事项（3 件）' })).toBeVisible();
  await picture(app, info.outputPath('joined.png'));
  await page.getByRole('button', { name: '撤销' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '所涉事项（2 件）' })).toBeVisible();
  await expect(page.getByText(/管理员 .* 撤销/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: '欧阳秀兰' })).toBeVisible();

  // A look at the card in the middle of typing loses nothing.
  await page.keyboard.press('Escape');
  await begin(page);
  await enter(page, '姓名（名称）', '欧阳秀兰');
  await expect(panels.first()).toContainText('姓名相同');
  await page.keyboard.press('Alt+0');
  await expect(page.getByRole('heading', { name: '欧阳秀兰的人员卡片' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: '当事人 1' }).getByLabel(/姓名/)).toHaveValue('欧阳秀兰');
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('两家因承包地灌溉先后发生口角。');
  expect(problems).toEqual([]);
});
