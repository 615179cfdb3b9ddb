import type { Page } from '@playwright/test';
import type { Saved, Whole } from '#shared/api/types.ts';
import { expect, test } from './launch.ts';
import { enter, focused, goTo, invoke, picture, resize, setUp, type } from './steps.ts';

// A change of mind, a step begun, a copy saved early, a committee voided: what goes and what stays is said before.

const shots = 'test-results/kept';

const parties = [
  { side: 'applicant', type: 'natural', name: '欧阳秀兰' },
  { side: 'respondent', type: 'natural', name: '马占山' },
];
const agreement = {
  acceptedOn: '2025-03-01',
  kind: '02',
  summary: '双方因院墙排水发生争执，请求调解。',
  parties,
  outcome: 'agreed',
  concludedOn: '2025-03-10',
  agreementForm: 'written',
  agreementText: '马占山于十日内改建落水管，向欧阳秀兰赔付一千元。',
  performance: 'notDue',
};

async function openFirst(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('row', { name }).first()).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name })).toBeVisible();
}
const step = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
};

test('a result changed by mistake is said, asked about, and taken back with everything', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const { id } = await invoke<Saved>(page, 'ledger.save', { ledger: 'mediation', record: agreement });
  await openFirst(page, '欧阳秀兰、马占山');
  const said = page.getByText('以下内容将不再保留');
  await page.getByLabel('调解结果').focus();
  await page.keyboard.press('Control+a');
  await enter(page, '调解结果', '不成功');
  await expect(said).toContainText('协议内容');
  await picture(app, `${shots}/dropped.png`);
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('马占山于十日内改建落水管');
  await expect(focused(page)).toHaveAccessibleName(/返回修改/);
  await picture(app, `${shots}/confirm.png`);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(focused(page)).toHaveAttribute('data-path', 'concludedOn');
  await page.getByLabel('调解结果').focus();
  await page.keyboard.press('Control+a');
  await enter(page, '调解结果', '调解成功');
  await expect(said).toBeHidden();
  await expect(page.getByLabel('协议内容')).toHaveValue(/改建落水管/);

  // A step that is begun sets nothing before it is taken.
  await step(page, '申请司法确认');
  await expect(focused(page)).toHaveAttribute('data-path', 'confirmationAppliedOn');
  await type(page, '20250320');
  await page.getByLabel('管辖法院').focus();
  await type(page, '金塔县人民法院');
  await page.keyboard.press('Tab');
  await expect(page.getByText('正在办理“申请司法确认”')).toBeVisible();
  await picture(app, `${shots}/pending.png`);
  await page.getByRole('button', { name: '不办理' }).click();
  await expect(said).toContainText('申请司法确认日期');
  await step(page, '申请司法确认');
  await expect(page.getByText('已保存。', { exact: true })).toBeVisible();
  const { record } = await invoke<Whole>(page, 'ledger.get', { id });
  expect(record).toMatchObject({
    aftermath: 'confirmation',
    confirmationAppliedOn: '2025-03-20',
    agreementText: agreement.agreementText,
  });
  expect(problems).toEqual([]);
});

test('a copy that is saved before its result keeps its clauses', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await invoke<Saved>(page, 'ledger.save', { ledger: 'mediation', record: agreement });
  await openFirst(page, '欧阳秀兰、马占山');
  await page.keyboard.press('Control+d');
  const waits = page.getByText('到时自动填入');
  await expect(waits).toContainText('协议内容');
  await page.locator('[data-path="parties.0.name"]').focus();
  await type(page, '柳春禾');
  await page.locator('[data-path="parties.1.name"]').focus();
  await type(page, '边小舟');
  await page.getByLabel(/纠纷简介/).focus();
  await type(page, '屋檐滴水');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。', { exact: true })).toBeVisible();
  await expect(waits).toBeVisible();
  await picture(app, `${shots}/waiting.png`);
  await goTo(page, '人民调解');
  await expect(page.getByText('待带入的内容')).toBeVisible();
  await picture(app, `${shots}/drafts.png`);
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByLabel('调解结果').focus();
  await enter(page, '调解结果', '调解成功');
  await expect(page.getByLabel('协议内容')).toHaveValue(/＿＿于十日内改建落水管/);
  await expect(waits).toBeHidden();
  expect(problems).toEqual([]);
});

test('a committee that others name is voided only after it is said who does', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const committee = await invoke<Saved>(page, 'ledger.save', {
    ledger: 'committee',
    record: { name: '红光村调委会', kind: 'village', establishedOn: '2020-01-01' },
  });
  const record = { ...agreement, committeeId: committee.id };
  await invoke(page, 'ledger.save', { ledger: 'mediation', record });
  const { outcome: _1, concludedOn: _2, ...open } = record;
  const owed = await invoke<Saved>(page, 'ledger.save', { ledger: 'mediation', record: open });
  await goTo(page, '调解组织');
  await openFirst(page, '红光村调委会');
  await step(page, '作废');
  await type(page, '重复登记');
  await page.keyboard.press('Tab');
  await step(page, '作废');
  await expect(page.getByRole('alert')).toContainText('还是 1 件没有办完的案件');
  await picture(app, `${shots}/held.png`);
  await invoke(page, 'ledger.save', {
    ledger: 'mediation',
    id: owed.id,
    baseVersion: owed.version,
    record: { ...open, outcome: 'failed', concludedOn: '2025-03-10' },
  });
  await step(page, '作废');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('共 2 条');
  await picture(app, `${shots}/pointing.png`);
  await dialog.getByRole('button', { name: /作\s?废/ }).click();
  await expect(page.getByText('已作废', { exact: true })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a hit on a 笔录 shows of which case it is', async ({ start }) => {
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const { id: caseId } = await invoke<Saved>(page, 'ledger.save', { ledger: 'mediation', record: agreement });
  await invoke(page, 'ledger.save', {
    ledger: 'caseNote',
    record: {
      caseId,
      kind: 'mediation',
      heldOn: '2025-02-20',
      topic: '院墙排水纠纷',
      text: '现场查看了翻板闸门。',
    },
  });
  await page.keyboard.press('Control+f');
  await type(page, '翻板');
  await expect(page.getByRole('option')).toContainText('金塔人调字第1号 欧阳秀兰、马占山');
  await picture(app, `${shots}/hit.png`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  expect(problems).toEqual([]);
});
