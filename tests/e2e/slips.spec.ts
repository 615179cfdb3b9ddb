import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { draftKept, enter, focused, goTo, password, picture, resize, setUp, type } from './steps.ts';

// A slip of the hand, or of the eye: keys typed on after the lock, a row taken out, too much pasted, other widths.

const pictures = 'test-results/slips';
const at = (page: Page, place: string) => page.locator(`[data-path="${place}"]`);

async function begin(page: Page): Promise<void> {
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
}

test('after the lock the keys go on in the field where they were, and change nothing else', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page);
  await enter(page, '受理日期', '20251120');
  const lockAndBack = async () => {
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
    await expect(focused(page)).toHaveAccessibleName('密码');
    await type(page, password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible({ timeout: 20_000 });
  };
  await at(page, 'summary').focus();
  await type(page, '两家因院墙滴水');
  for (let count = 0; count < 2; count += 1) await page.keyboard.press('ArrowLeft');
  await lockAndBack();
  await expect(focused(page)).toHaveAttribute('data-path', 'summary');
  await page.keyboard.type('1115');
  await expect(at(page, 'summary')).toHaveValue('两家因院墙1115滴水');
  await expect(at(page, 'acceptedOn')).toHaveValue('2025-11-20');
  // A field whose text is selected, as it is on coming into it by Enter
  await at(page, 'acceptedOn').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(focused(page)).toHaveAttribute('data-path', 'acceptedOn');
  await lockAndBack();
  await expect(focused(page)).toHaveAttribute('data-path', 'acceptedOn');
  const selected = () =>
    focused(page).evaluate((field: HTMLInputElement) => field.selectionEnd !== field.selectionStart);
  expect(await selected()).toBe(false);
  // The next form begins at its first field
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible();
  await begin(page);
  await expect(focused(page)).toHaveAttribute('data-path', 'acceptedOn');
  expect(await selected()).toBe(true);
  expect(problems).toEqual([]);
});

test('a party is not lost by a key: it comes back, and the fewest stay', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page);
  const names = page.locator('[data-path^="parties."][data-path$=".name"]');
  await at(page, 'parties.0.name').focus();
  await type(page, '欧阳秀兰');
  await at(page, 'parties.1.name').focus();
  await type(page, '马占山');
  await page.keyboard.press('Alt+Delete');
  await expect(names).toHaveCount(1);
  await expect(page.getByText('已删除当事人 2')).toBeVisible();
  await expect(focused(page)).toHaveAttribute('data-path', /^parties\.0\./);
  await picture(app, path.join(pictures, 'removed.png'));
  await page.keyboard.press('Control+z');
  await expect(at(page, 'parties.1.name')).toHaveValue('马占山');
  await expect(focused(page)).toHaveAttribute('data-path', /^parties\.1\./);

  // Typed on in between: the field undoes its own typing, the button still brings the party back
  await at(page, 'parties.0.name').focus();
  await page.keyboard.press('Alt+Delete');
  await at(page, 'parties.0.name').focus();
  await page.keyboard.press('End');
  await type(page, '一');
  await page.keyboard.press('Control+z');
  await expect(at(page, 'parties.0.name')).toHaveValue('马占山');
  await page.getByRole('button', { name: '恢复当事人 1' }).press('Enter');
  await expect(at(page, 'parties.0.name')).toHaveValue('欧阳秀兰');
  await expect(at(page, 'parties.1.name')).toHaveValue('马占山');
  await expect(page.getByRole('button', { name: '恢复当事人 1' })).toBeHidden();

  await at(page, 'parties.1.name').focus();
  await page.keyboard.press('Alt+Delete');
  await page.keyboard.press('Alt+Delete');
  await expect(at(page, 'parties.0.name')).toHaveValue('欧阳秀兰');
  await expect(page.getByText('当事人至少保留 1 条，没有删除')).toBeVisible();
  await expect(focused(page)).toHaveAttribute('data-path', /^parties\.0\./);
  await picture(app, path.join(pictures, 'fewest.png'));
  expect(problems).toEqual([]);
});

test('many lines are a person each, and too many are refused whole', async ({ start }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page);
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => `工友${'甲乙丙丁戊己庚辛'[index % 8]}`);
  const copy = (text: string) => app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
  await at(page, 'parties.0.name').focus();
  await type(page, '周');
  await copy(lines(201).join('\n'));
  await page.keyboard.press('Control+v');
  await expect(page.getByText('粘贴的内容有 201 行，一次最多粘贴 200 名当事人')).toBeVisible();
  await expect(at(page, 'parties.0.name')).toHaveValue('周');
  await picture(app, path.join(pictures, 'too-many.png'));
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await copy(lines(60).join('\n'));
  await page.keyboard.press('Control+v');
  await expect(page.locator('[data-path^="parties."][data-path$=".name"]')).toHaveCount(61, {
    timeout: 30_000,
  });
  await expect(at(page, 'parties.59.name')).toHaveValue('工友丁');
  expect(problems).toEqual([]);
});

test('digits and letters of full width are read in every kind of field, and what is no yes or no is said', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page);
  await page.getByRole('button', { name: '显示全部项目' }).press('Enter');
  const put = async (place: string, text: string, shown: string | RegExp) => {
    await at(page, place).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Tab');
    await expect(at(page, place)).toHaveValue(shown);
  };
  await put('kind', '２', '邻里纠纷');
  await put('kind', 'ｈｙ', '婚姻家庭纠纷');
  await put('partyCount', '１２人', '12');
  await put('partyCount', '1，200', '1200');
  await put('divisionCode', '１０３２０１', /\D/);
  await put('isMigrantWorker', '0', '否');
  await put('isMigrantWorker', '１', '是');
  await put('isMigrantWorker', '涉及', '涉及');
  await expect(page.getByText('请改写“涉及”')).toBeVisible();
  await picture(app, path.join(pictures, 'widths.png'));
  await put('isMigrantWorker', '是', '是');
  await expect(page.getByText('请改写“涉及”')).toBeHidden();
  expect(problems).toEqual([]);
});

test('a draft says no name while names are masked, and a search of a whole page says what it takes', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page);
  await at(page, 'parties.0.name').focus();
  await type(page, '欧阳秀兰');
  await draftKept(page, '欧阳秀兰');
  await goTo(page, '人民调解');
  const drafts = page.getByRole('region', { name: '未完成的登记' });
  await expect(drafts).toContainText('欧阳秀兰');
  await page.keyboard.press('F8');
  await expect(drafts).toContainText('欧***');
  await expect(drafts).not.toContainText('欧阳秀兰');
  await picture(app, path.join(pictures, 'drafts.png'));

  await page.keyboard.press('Control+f');
  await page.keyboard.insertText('两家因院墙滴水发生争执'.repeat(600));
  await expect(page.getByText('查找最多用 200 个字')).toBeVisible();
  await expect(page.getByText('search.find')).toHaveCount(0);
  await picture(app, path.join(pictures, 'search.png'));
  expect(problems).toEqual([]);
});
