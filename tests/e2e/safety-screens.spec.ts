import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { root } from '#tools/workspace.ts';
import { expect, type Launched, test } from './launch.ts';
import { look as lookAt } from './look.ts';
import {
  answerDialogs,
  command,
  enter,
  focused,
  goTo,
  invoke,
  password,
  picture,
  resize,
  type,
} from './steps.ts';

// Every screen and dialog of what keeps the data, with the demonstration's records on it, at 100 and 150 per cent; and
// what is done there most, by the keys.

const look = async (app: ElectronApplication, page: Page, name: string): Promise<void> => {
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await lookAt(app, page, `safety-screens-${name}-${zoom * 100}`);
  }
  await resize(app);
};

async function demonstration(start: () => Promise<Launched>, account = 'admin'): Promise<Launched> {
  const launched = await start();
  const { app, page } = launched;
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  await invoke(page, 'setup.demo', { account: 'admin', password, cases: 40, safety: true });
  await page.reload();
  await resize(app);
  await signInAs(page, account);
  return launched;
}

async function signInAs(page: Page, account: string): Promise<void> {
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await enter(page, '账号', account);
  await enter(page, '密码', password);
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible({ timeout: 20_000 });
  if (account === 'auditor') return;
  await expect(page.getByLabel('理由')).toBeFocused();
  await page.keyboard.press('Enter');
}

const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '安全保密登记' }).getByRole('button', { name, exact: true });

test('the safety registers, filled: lists, a record of each, the papers', async ({ start }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await demonstration(start);
  await goTo(page, '安全保密');
  for (const name of ['移动存储介质', '介质领用', '安全事件', '影响评估']) {
    await part(page, name).click();
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    await look(app, page, `list-${name}`);
    await page.getByRole('row').nth(1).dblclick();
    await expect(page.getByRole('button', { name: '修改历史', exact: true })).toBeVisible();
    await look(app, page, `record-${name}`);
    await page.keyboard.press('Escape');
  }
  await part(page, '规则、告知和自查').click();
  await look(app, page, 'papers');
  expect(problems).toEqual([]);
});

test('notices for everybody of an incident: pasted, out of a case, one print', async ({ start, folder }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await demonstration(start);
  await command(page, '打开规则、告知和自查');
  const notice = page.getByRole('region', { name: '个人信息安全事件告知书' });
  await notice.getByRole('combobox').selectOption({ index: 1 });
  await notice.getByRole('button', { name: '逐人打印' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(focused(page)).toHaveAccessibleName(/收告知书的人/);
  await look(app, page, 'notices-empty');
  await page.keyboard.insertText('欧阳建国\n司马相如\t13800000000\n诸葛孔明、上官婉儿');
  await expect(dialog.getByText('共 4 人，打印 4 份')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(focused(page)).toHaveAccessibleName(/从案件取当事人/);
  await type(page, '2023');
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await look(app, page, 'notices-cases');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/已加入“.+”的当事人 \d+ 人/)).toBeVisible();
  await look(app, page, 'notices');
  const file = path.join(folder, '告知书.pdf');
  await answerDialogs(app, file);
  await dialog.getByRole('button', { name: '另存为 PDF' }).click();
  await expect(dialog.getByText(/告知书\.pdf/)).toBeVisible({ timeout: 60_000 });
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  for (const name of ['欧阳建国', '司马相如', '诸葛孔明', '上官婉儿']) expect(text).toContain(name);
  expect(problems).toEqual([]);
});

test('a medium is found as one types, those in use first', async ({ start }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await demonstration(start);
  await invoke(page, 'ledger.print', { ledger: 'committee' });
  await command(page, '打开数据导出');
  await page.getByRole('checkbox', { name: /选/ }).first().check();
  await page.getByRole('button', { name: '登记去向' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(focused(page)).toHaveAccessibleName('去向（接收单位、部门）');
  await type(page, '县司法局');
  await page.keyboard.press('Enter');
  await type(page, '上报数据');
  await page.keyboard.press('Enter');
  await expect(focused(page)).toHaveAccessibleName(/介质/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toContainText('在用');
  await look(app, page, 'describe-open');
  await type(page, '003');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await look(app, page, 'describe');
  await dialog.getByRole('button', { name: '保存登记' }).click();
  await expect(page.getByRole('table')).toContainText('003');
  await look(app, page, 'transfers-out');
  expect(problems).toEqual([]);
});

test('an assessment of the program begins with what it knows of itself', async ({ start }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await demonstration(start);
  await command(page, '登记影响评估');
  await expect(focused(page)).toHaveAccessibleName(/评估事项/);
  await look(app, page, 'assessment-new');
  await page.getByRole('button', { name: '填入程序的情况' }).click();
  await expect(page.getByRole('textbox', { name: /评估事项/ })).toHaveValue(/基层司法行政台账/);
  await expect(page.getByRole('textbox', { name: /采取的保护措施/ })).toHaveValue(/4 个在用账号/);
  await look(app, page, 'assessment-filled');
  await page.getByRole('textbox', { name: /^评估人/ }).focus();
  await page.keyboard.press('Control+a');
  await type(page, '祁连山');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
  expect(problems).toEqual([]);
});

test('keeping and destruction, sealing, accounts, log and care, filled', async ({ start }) => {
  test.setTimeout(300_000);
  const { app, page, problems } = await demonstration(start, 'head');
  await command(page, '保管期限');
  for (const [at, name] of ['periods', 'ended', 'archive', 'destruction'].entries()) {
    await page.keyboard.press(`Alt+${at + 1}`);
    await expect(page.locator('#content .ant-spin')).toHaveCount(0);
    await look(app, page, `retention-${name}`);
  }
  await goTo(page, '封存管理');
  await expect(page.getByText('某县人民检察院（虚构）')).toBeVisible();
  await look(app, page, 'sealing');
  await page.getByRole('button', { name: '核对、答复' }).click();
  await look(app, page, 'sealing-enquiry');
  await goTo(page, '账号');
  await look(app, page, 'accounts');
  await page.getByRole('row', { name: /clerk/ }).getByRole('button', { name: '修改', exact: true }).click();
  await page.getByLabel('全部', { exact: true }).uncheck();
  await page.getByLabel('人民调解', { exact: true }).check();
  await expect(page.getByLabel('调解员', { exact: true })).toBeChecked();
  await look(app, page, 'account-form');
  await goTo(page, '维护');
  await look(app, page, 'care-head');
  await command(page, '修改密码');
  await look(app, page, 'password');
  await page.getByRole('button', { name: '锁定', exact: true }).click();
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await look(app, page, 'locked');
  const isAnew = page.waitForEvent('load');
  await page.getByRole('button', { name: '换账号登录' }).click();
  await isAnew;
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await look(app, page, 'sign-in');
  await page.getByRole('button', { name: '忘记密码' }).click();
  await look(app, page, 'forgotten');
  await page.reload();
  await signInAs(page, 'auditor');
  await goTo(page, '操作日志');
  // The name of the machine stands in every line of the log, and is what it is
  await picture(app, path.join(root, 'test-results/screens/safety-screens-log-100.png'));
  expect(problems).toEqual([]);
});
