// What the level above answers to an application for sealing, and when: turned down, and too late on either side. Both ledgers
// are made beforehand; what is read and answered in the windows is of today.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Launched, test } from './launch.ts';
import { account, answerDialogs, focused, goTo, password, picture, resize, signIn } from './steps.ts';

const pictures = 'test-results/sealing-answers';

type Ledgers = { station: string; county: string; at: (name: string) => string; code: string };

/**
 * A station of one account that asked its county so many days ago; with `answeredAgo` the county granted it then. Made by a program
 * of its own, with a clock of its own (asked-above.ts).
 */
function asked(folder: string, ago: number, answeredAgo?: number): Ledgers {
  const at = (file: string) => path.join(folder, file);
  const made = execFileSync(
    process.execPath,
    [
      ...[path.join(import.meta.dirname, 'asked-above.ts'), folder, account, password, String(ago)],
      ...(answeredAgo === undefined ? [] : [String(answeredAgo)]),
    ],
    { encoding: 'utf8' },
  );
  return { station: at('station'), county: at('county'), at, code: made.trim() };
}

/** The window of one of the two, on 封存管理. */
async function opened({ app, page }: Launched): Promise<void> {
  await resize(app);
  await signIn(page);
  await goTo(page, '封存管理');
}

async function look({ app }: Launched, screen: string): Promise<void> {
  await picture(app, path.join(pictures, `${screen}.png`));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, `${screen}-150.png`));
  await resize(app);
}

const press = (page: Page, button: string) =>
  page.getByRole('button', { name: button, exact: true }).press('Enter');

test('the county turns it down: the reason is told, nothing is sealed, and it may be applied for again', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const { station, county, at, code } = asked(folder, 0);
  const above = await start({ dataFolder: county, userData: at('county-user') });
  await opened(above);
  await answerDialogs(above.app, at('asked.json'));
  await press(above.page, '读取下级申请文件');
  await expect(focused(above.page)).toHaveText(/^东坝镇司法所申请封存：/);
  await above.page.getByRole('textbox', { name: '核对码' }).fill(code);
  await above.page.getByRole('combobox', { name: '答复' }).selectOption('不同意');
  await above.page.getByRole('textbox', { name: '答复理由' }).fill('犯罪时已满十八周岁，不符合条件');
  await answerDialogs(above.app, at('answered.json'));
  await press(above.page, '写答复文件');
  await expect(above.page.getByText('已答复东坝镇司法所的申请')).toBeVisible();
  await expect(above.page.getByRole('row', { name: /东坝镇司法所.*不同意/ })).toBeVisible();
  await look(above, 'county-refused');
  // Answered once: the other answer is not to be had by reading the file again
  await answerDialogs(above.app, at('asked.json'));
  await press(above.page, '读取下级申请文件');
  await expect(above.page.getByText('已答复“不同意”')).toBeVisible();
  await expect(above.page.getByRole('combobox', { name: '答复' })).toBeDisabled();

  const below = await start({ dataFolder: station, userData: at('station-user') });
  await opened(below);
  const { page } = below;
  await expect(page.getByText(`已请金塔县司法局确认，核对码 ${code}`)).toBeVisible();
  await answerDialogs(below.app, at('answered.json'));
  await press(page, '读取上级答复');
  await expect(
    page.getByText(/金塔县司法局（管理员）不同意，.*没有变动。理由：犯罪时已满十八周岁，不符合条件/),
  ).toBeVisible();
  await expect(page.getByText('没有待确认的申请。')).toBeVisible();
  await expect(page.getByText('还没有封存的记录。')).toBeVisible();
  await look(below, 'station-refused');
  // Nothing waits for an answer any more, so none is asked for
  await expect(page.getByRole('button', { name: '读取上级答复' })).toHaveCount(0);

  await goTo(page, '人民调解');
  await page
    .getByText(/欧阳|欧\*/)
    .first()
    .click();
  await page.keyboard.press('Enter');
  await press(page, '申请封存');
  await page.getByRole('textbox', { name: /理由/ }).fill('补充材料后重新申请');
  await press(page, '提交申请');
  await expect(page.getByText('已提交申请')).toBeVisible();
  expect([above.problems, below.problems]).toEqual([[], []]);
});

test('too late: the county cannot answer an application of sixteen days, the station cannot take such an answer', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const { station, county, at } = asked(folder, 16, 14);
  const above = await start({ dataFolder: county, userData: at('county-user') });
  await opened(above);
  await answerDialogs(above.app, at('asked.json'));
  await press(above.page, '读取下级申请文件');
  await expect(above.page.getByText('这份申请已过期，不能答复。请对方重新写一份。')).toBeVisible();
  await expect(above.page.getByRole('button', { name: '写答复文件' })).toHaveCount(0);
  await expect(above.page.getByText('答复文件丢了的')).toHaveCount(0);
  await look(above, 'county-expired');

  const below = await start({ dataFolder: station, userData: at('station-user') });
  await opened(below);
  const { page } = below;
  await expect(
    page.getByText(/请金塔县司法局确认的申请文件已过期（.*前有效），请重写一份交上级/),
  ).toBeVisible();
  await answerDialogs(below.app, at('answered.json'));
  await press(page, '读取上级答复');
  await expect(page.getByText(/这份文件已经过期（有效期到 .*），没有办理/)).toBeVisible();
  await expect(page.getByText('还没有封存的记录。')).toBeVisible();
  await look(below, 'station-expired');
  // The application waits on, and its file is written anew: with another code, answered today
  await answerDialogs(below.app, at('again.json'));
  await press(page, '重写申请文件');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /请上级确认|重写申请文件/ })
    .click();
  await expect(page.getByText('申请文件已存为“again.json”')).toBeVisible();
  await answerDialogs(above.app, at('again.json'));
  await press(above.page, '读取下级申请文件');
  await expect(above.page.getByText('与这个单位以前的申请一致')).toBeVisible();
  await expect(above.page.getByRole('button', { name: '写答复文件' })).toBeVisible();
  expect([above.problems, below.problems]).toEqual([[], []]);
});
