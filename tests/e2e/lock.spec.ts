import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, type Fixtures, test } from './launch.ts';
import {
  answerDialogs,
  command,
  demo,
  focused,
  goTo,
  invoke,
  password,
  picture,
  setUp,
  type,
} from './steps.ts';

// The lock comes while something is open and half typed: nothing of it is left on the screen, no key reaches it, and
// after unlocking it is there again as it was.

const pictures = path.resolve('test-results/pictures');

/** Locks as the idle clock does: nobody presses anything in the window. */
async function lock(app: ElectronApplication, page: Page, name: string): Promise<void> {
  await invoke(page, 'session.lock', {});
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName('密码');
  await picture(app, path.join(pictures, `locked-${name}.png`));
  // Whatever else stands in the page, nothing of it can be seen or reached.
  const others = page.locator('body :not(#root, #root *)').filter({ visible: true });
  await expect(others).toHaveCount(0);
  await expect(page.locator('.start').getByRole('button')).toHaveCount(2);
  await expect(page.getByRole('button')).toHaveCount(2);
  await expect(page.getByRole('textbox')).toHaveCount(1);
  // Neither a dialog's Enter nor a screen's keys.
  for (const key of ['Escape', 'Control+s', 'Control+n', 'Control+p']) await page.keyboard.press(key);
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
}

async function unlock(page: Page): Promise<void> {
  await page.getByLabel('密码').focus();
  await type(page, password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeHidden({ timeout: 20_000 });
}

const opened = async (start: Fixtures['start']) => {
  const launched = await demo(start, 12);
  return launched;
};

const fill = async (page: Page, label: string, text: string) => {
  await page.getByLabel(label, { exact: true }).first().focus();
  await page.keyboard.press('Control+a');
  await type(page, text);
};

test('what is typed in the settings is there again after the lock', async ({ start }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await opened(start);

  await test.step('a code list that is being changed', async () => {
    await goTo(page, '代码表');
    await fill(page, '查找代码表', '风险等级');
    await expect(page.getByRole('heading', { name: '风险等级' })).toBeVisible();
    await page.getByRole('button', { name: '修改' }).press('Enter');
    await fill(page, '第 1 项名称', '很高风险');
    await fill(page, '修改依据（文件名称、文号或者会议）', '县局会议');
    await page.getByRole('button', { name: '添加项目' }).press('Enter');
    await type(page, '紫色');
    await lock(app, page, 'codes');
    await unlock(page);
    await expect(page.getByLabel('第 1 项名称')).toHaveValue('很高风险');
    await expect(page.getByLabel('修改依据（文件名称、文号或者会议）')).toHaveValue('县局会议');
    await expect(page.getByRole('textbox', { name: /项名称$/ }).last()).toHaveValue('紫色');
    await page.getByRole('button', { name: '放弃修改' }).press('Enter');
    await expect(page.getByLabel('第 1 项名称')).toBeHidden();
  });

  await test.step('a figure in its table', async () => {
    await goTo(page, '指标数据');
    const figure = page.locator('[data-figure]').nth(3);
    await figure.focus();
    await type(page, '417');
    await lock(app, page, 'figure');
    await unlock(page);
    await expect(figure).toHaveValue('417');
    await expect(figure).toBeFocused();
    // Typed on where it stopped, and kept only then.
    await type(page, '次');
    await page.keyboard.press('Enter');
    await expect(figure).toHaveValue('417次');
    await expect(page.locator('[data-figure]').nth(4)).toBeFocused();
    await page.reload();
    await goTo(page, '指标数据');
    await expect(figure).toHaveValue('417次');
  });

  await test.step('a rule of deadlines in its dialog', async () => {
    await goTo(page, '待办');
    await page.getByRole('button', { name: '期限规则' }).press('Enter');
    await page.getByRole('button', { name: '修改“调结期限”' }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await fill(page, '期限', '45');
    await fill(page, '依据或者理由', '县局办公会');
    await lock(app, page, 'rule');
    await unlock(page);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('期限', { exact: true })).toHaveValue('45');
    await expect(dialog.getByLabel('依据或者理由')).toHaveValue('县局办公会');
    await dialog.getByRole('button', { name: /取\s?消/ }).press('Enter');
    await expect(dialog).toBeHidden();
    // Closed is forgotten.
    await page.getByRole('button', { name: '修改“调结期限”' }).press('Enter');
    await expect(page.getByRole('dialog').getByLabel('期限', { exact: true })).not.toHaveValue('45');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('the form of the numbers, and the question before one is given up', async () => {
    await command(page, '打开案号设置');
    await fill(page, '个数', '2');
    await page.getByRole('button', { name: '预留', exact: true }).press('Enter');
    await expect(page.getByText(/已预留 2 个/)).toBeVisible();
    await fill(page, '格式', '{调委会}人调字[{年}]{3位序号}号');
    await page.getByRole('button', { name: /^作废/ }).first().press('Enter');
    await expect(focused(page)).toHaveAccessibleName('作废原因');
    await type(page, '表格写坏');
    await lock(app, page, 'numbering');
    await unlock(page);
    await expect(page.getByLabel('作废原因')).toHaveValue('表格写坏');
    await page.getByRole('dialog').getByRole('button', { name: '作废', exact: true }).press('Enter');
    await expect(page.getByRole('row', { name: /第\d+号/ }).first()).toContainText('已作废：表格写坏');
    await expect(page.getByLabel('格式', { exact: true })).toHaveValue('{调委会}人调字[{年}]{3位序号}号');
  });
  expect(problems).toEqual([]);
});

test('questions of every kind are gone under the lock', async ({ start }) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await opened(start);

  await test.step('a new case and the question whether its draft may go', async () => {
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
    await page.locator('[data-path="summary"]').focus();
    await type(page, '两家因院墙滴水');
    await lock(app, page, 'case');
    await unlock(page);
    await expect(page.locator('[data-path="summary"]')).toHaveValue('两家因院墙滴水');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /放\s?弃/ }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await lock(app, page, 'draft');
    await unlock(page);
    await expect(page.getByRole('button', { name: '继续' })).toBeVisible();
  });

  await test.step('the print dialog, the palette, a filter, a search', async () => {
    await page.keyboard.press('Control+p');
    await expect(page.getByRole('dialog')).toBeVisible();
    await lock(app, page, 'print');
    await unlock(page);
    await page.keyboard.press('Control+k');
    await expect(focused(page)).toHaveAccessibleName('命令');
    await lock(app, page, 'palette');
    await unlock(page);
    await page.keyboard.press('Control+f');
    await type(page, '金塔');
    await lock(app, page, 'search');
    await unlock(page);
  });

  await test.step('the records behind a figure', async () => {
    await goTo(page, '指标数据');
    await page
      .getByRole('button', { name: /^查看“/ })
      .first()
      .press('Enter');
    await expect(page.getByTestId('records-behind')).toBeVisible();
    await lock(app, page, 'drawer');
    await unlock(page);
  });
  expect(problems).toEqual([]);
});

test('forms of accounts, filters, reasons and half a word come through the lock', async ({
  start,
  folder,
}) => {
  test.setTimeout(240_000);
  const { app, page, problems } = await start();
  await setUp(page);
  const save = async (ledger: string, record: Record<string, unknown>) =>
    (await invoke<{ id: string }>(page, 'ledger.save', { ledger, record })).id;

  await test.step('cases that go to somebody else', async () => {
    const committeeId = await save('committee', {
      name: '东坝镇人民调解委员会',
      kind: 'township',
      establishedOn: '2015-05-01',
    });
    const [from, to] = [
      await save('mediator', { name: '李秀英', committeeId, appointedOn: '2024-02-01' }),
      await save('mediator', { name: '孟庆', committeeId, appointedOn: '2024-02-01' }),
    ];
    const parties = [
      { side: 'applicant', type: 'natural', name: '欧阳秀兰' },
      { side: 'respondent', type: 'natural', name: '马占山' },
    ];
    const summary = '双方因院墙排水发生争执，请求调解。';
    const whose = { committeeId, mediatorId: from };
    await save('mediation', { acceptedOn: '2025-03-01', kind: '02', summary, parties, ...whose });
    const [admin] = await invoke<{ id: string }[]>(page, 'account.list', {});
    await invoke(page, 'account.create', {
      name: '李秀英',
      password: 'qinghe-2025',
      role: 'clerk',
      mediatorId: from,
      changes: [{ id: admin?.id, mediatorId: to }],
    });
    await goTo(page, '账号');
    await page
      .getByRole('row', { name: '李秀英' })
      .getByRole('button', { name: '移交在办案件' })
      .press('Enter');
    const form = page.getByRole('region', { name: '把“李秀英”的在办案件移交给' });
    await form.getByLabel('理由').focus();
    await type(page, '调往县局');
    await lock(app, page, 'hand-over');
    await unlock(page);
    await expect(form.getByLabel('理由')).toHaveValue('调往县局');
    await form.getByRole('button', { name: '移交在办案件' }).press('Enter');
    await expect(page.getByText(/已移交 [1-9]\d* 件在办案件/)).toBeVisible();
    await page.getByRole('row', { name: '李秀英' }).getByRole('button', { name: '停用' }).press('Enter');
    await type(page, '已调离');
    await lock(app, page, 'disable');
    await unlock(page);
    await expect(page.getByRole('dialog').getByLabel('理由')).toHaveValue('已调离');
    await page.keyboard.press('Escape');
  });

  await test.step('filters of the log and of a list, words of a search', async () => {
    await goTo(page, '操作日志');
    await fill(page, '起始日期', '2024-03-01');
    await fill(page, '条目号', '12');
    await page.getByLabel('操作', { exact: true }).selectOption({ label: '保存记录' });
    await lock(app, page, 'log');
    await unlock(page);
    await expect(page.getByLabel('起始日期', { exact: true })).toHaveValue('2024-03-01');
    await expect(page.getByLabel('条目号')).toHaveValue('12');
    await expect(page.getByLabel('操作', { exact: true })).toHaveValue('ledger.save');
    await goTo(page, '人民调解');
    await page.getByRole('button', { name: /^筛选/ }).press('Enter');
    await page.getByLabel('受理日期从').focus();
    await type(page, '2024-0');
    await lock(app, page, 'filter');
    await unlock(page);
    await expect(page.getByLabel('受理日期从')).toHaveValue('2024-0');
    await page.keyboard.press('Control+f');
    await type(page, '金塔');
    await lock(app, page, 'search-words');
    await unlock(page);
    await expect(page.getByRole('combobox', { name: /查找/ }).first()).toHaveValue('金塔');
  });

  await test.step('where something went that left the machine', async () => {
    await answerDialogs(app, path.join(folder, 'list.pdf'));
    await goTo(page, '人民调解');
    await page.keyboard.press('Control+p');
    const print = page.getByRole('dialog');
    await print.getByRole('button', { name: '存为 PDF' }).press('Enter');
    await expect(print.getByRole('status')).toContainText(/共 \d+ 页/, { timeout: 60_000 });
    await print
      .getByRole('button', { name: /关\s?闭/ })
      .last()
      .press('Enter');
    await expect(page.getByText('还没有登记去向、用途和介质')).toBeVisible();
    await page.getByRole('button', { name: '登记去向' }).press('Enter');
    const ask = page.getByRole('dialog', { name: '登记导出的去向' });
    await expect(focused(page)).toHaveAccessibleName('去向（接收单位、部门）');
    await type(page, '县司法局');
    await page.keyboard.press('Enter');
    await type(page, '年底核对');
    await lock(app, page, 'transfer');
    await unlock(page);
    await expect(ask.getByLabel('去向（接收单位、部门）')).toHaveValue('县司法局');
    await expect(ask.getByLabel('用途')).toHaveValue('年底核对');
    await page.keyboard.press('Escape');
    await expect(ask).toHaveCount(0);
    // Closed is forgotten: the notice stands, the dialog does not come back by itself
    await lock(app, page, 'transfer-closed');
    await unlock(page);
    await expect(page.getByText('还没有登记去向、用途和介质')).toBeVisible();
    await expect(ask).toHaveCount(0);
    const notice = page.getByRole('status').filter({ hasText: '还没有登记去向' });
    await notice.getByRole('button', { name: '关闭', exact: true }).press('Enter');
    await expect(notice).toHaveCount(0);
  });

  await test.step('why names are shown', async () => {
    await page.keyboard.press('F8');
    await expect(page.getByRole('button', { name: '显示全文' })).toBeVisible();
    await page.keyboard.press('F8');
    await expect(focused(page)).toHaveAccessibleName('理由');
    await page.keyboard.press('Control+a');
    await type(page, '上级检查');
    await lock(app, page, 'reveal');
    await unlock(page);
    await expect(page.getByRole('dialog').getByLabel('理由')).toHaveValue('上级检查');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: '隐去姓名' })).toBeVisible();
  });

  await test.step('half a word in a field that chooses from a list', async () => {
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
    await page.locator('[data-path="kind"]').focus();
    await type(page, '邻里');
    await lock(app, page, 'half');
    await unlock(page);
    await expect(page.locator('[data-path="kind"]')).toHaveValue('邻里纠纷');
  });
  expect(problems).toEqual([]);
});
