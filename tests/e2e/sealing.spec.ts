// Sealing in the real window: one applies, another confirms, an enquiry is answered, its paper printed.
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import {
  answerDialogs,
  enter,
  focused,
  goTo,
  invoke,
  picture,
  recordCase,
  resize,
  reveal,
  type,
} from './steps.ts';

const pictures = 'test-results/sealing';
const secret = 'Jinta-2023-sfj';

async function signInAs(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('账号');
  await enter(page, '账号', name);
  await enter(page, '密码', secret);
  await reveal(page);
}

const signOut = (page: Page) => page.getByRole('button', { name: '退出登录' }).click();

/** On with the keyboard alone, until something called so has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page).evaluate(
      (node) => node.textContent?.trim() || (node as HTMLInputElement).labels?.[0]?.textContent || '',
    );
    if (here.startsWith(name)) return;
  }
  throw new Error(`${name} is not reached by Tab`);
}

test('a case is sealed by two, asked for, and answered on paper; of its content nothing is on any screen', async ({
  start,
}) => {
  const { app, page, problems } = await start();
  await invoke(page, 'setup.demo', { account: 'admin', password: secret, cases: 5, level: 'station' });
  await page.reload();
  await resize(app);
  await signInAs(page, 'clerk');
  await goTo(page, '封存管理');
  await expect(page.getByText('没有待确认的申请。')).toBeVisible();
  await picture(app, path.join(pictures, 'empty.png'));
  await goTo(page, '人民调解');
  await recordCase(page, '欧阳建国', '2025-03-01');
  await page.getByRole('button', { name: '申请封存' }).click();
  await expect(focused(page)).toHaveAccessibleName(/法律依据/);
  await tabTo(page, '理由');
  await type(page, '当事人欧阳建国作案时未满十八周岁');
  await picture(app, path.join(pictures, 'apply.png'));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'apply-150.png'));
  await resize(app);
  await tabTo(page, '提交申请');
  await page.keyboard.press('Enter');
  await expect(page.getByText('已提交申请')).toBeVisible();
  await expect(page.getByText('等待他人确认')).toBeVisible();
  await signOut(page);

  await signInAs(page, 'head');
  await goTo(page, '封存管理');
  await page.getByRole('button', { name: '看理由' }).click();
  await expect(page.getByText('未满十八周岁')).toBeVisible();
  await picture(app, path.join(pictures, 'request.png'));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'request-150.png'));
  await resize(app);
  await page.getByRole('button', { name: '确认', exact: true }).click();
  await expect(page.getByText('只能凭查询登记查看')).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText('满 90 天自动删除');
  await picture(app, path.join(pictures, 'confirm.png'));
  await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
  await expect(page.getByRole('status').filter({ hasText: '已封存。' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'clerk／head' })).toBeVisible();

  await page.getByRole('button', { name: '登记查询' }).click();
  const typed: [string, string][] = [
    ['查询单位或者申请人', '金塔县人民检察院'],
    ['经办人', '祁连山'],
    ['公函文号', '金检函〔2025〕12号'],
    ['被查询人姓名', '欧阳建国'],
    ['被查询人证件号码', '1979'],
    ['查询事由', '办理审查起诉案件'],
  ];
  for (const [label, text] of typed) await page.getByRole('textbox', { name: label }).fill(text);
  await expect(page.getByText('只有一部分号码')).toBeVisible();
  await picture(app, path.join(pictures, 'enquiry.png'));
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('请另一位负责人或者管理员核对、答复')).toBeVisible();
  await page.getByRole('button', { name: '核对、答复' }).click();
  await expect(page.getByText('须由另一位负责人或者管理员答复')).toBeVisible();
  // Of the case there is nothing in the list, nor under its name.
  await goTo(page, '人民调解');
  await expect(page.getByText('欧阳建国')).toHaveCount(0);
  await signOut(page);

  await signInAs(page, 'admin');
  await goTo(page, '封存管理');
  await page.getByRole('button', { name: '核对、答复' }).click();
  await page.getByRole('button', { name: '核对被查询人和记录' }).click();
  await expect(page.getByText('被查询人：欧阳建国，部分证件号码 1979')).toBeVisible();
  await expect(page.getByText('记录里没有这部分号码')).toBeVisible();
  // Nothing is chosen beforehand of what only the name has found.
  await expect(page.getByRole('checkbox')).not.toBeChecked();
  // Nor an answer; and "nothing to give" does not go with a record that is ticked.
  const give = page.getByRole('button', { name: '答复', exact: true });
  await expect(give).toBeDisabled();
  await page.getByRole('checkbox').check();
  await page.getByRole('combobox', { name: '答复' }).selectOption('没有可以提供的记录');
  await expect(page.getByText('请先取消勾选')).toBeVisible();
  await expect(give).toBeDisabled();
  await page.getByRole('textbox', { name: '理由或者附加要求' }).fill('只限本案使用');
  await page.keyboard.press('Control+l');
  await page.getByLabel('密码').fill(secret);
  await page.getByLabel('密码').press('Enter');
  await expect(page.getByRole('textbox', { name: '理由或者附加要求' })).toHaveValue('只限本案使用');
  await expect(page.getByRole('checkbox')).toBeChecked();
  await page.getByRole('combobox', { name: '答复' }).selectOption('许可查询');
  await picture(app, path.join(pictures, 'answer.png'));
  await page.getByRole('button', { name: '答复', exact: true }).click();
  await expect(page.getByText('已答复，可以打印')).toBeVisible();
  await page.getByRole('button', { name: '查看内容' }).click();
  await expect(page.getByText('两家因院墙滴水发生争执')).toBeVisible();
  await picture(app, path.join(pictures, 'content.png'));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'content-150.png'));
  await resize(app);
  const pdf = path.resolve(pictures, `answer-${process.pid}.pdf`);
  await answerDialogs(app, pdf);
  await page.getByRole('button', { name: /PDF/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'pdf' })).toBeVisible({ timeout: 20_000 });
  await picture(app, path.join(pictures, 'all.png'));
  expect(problems).toEqual([]);
});
