import type { Saved } from '#shared/api/types.ts';
import { aLeave, aPersonInCorrection } from '#tests/fixtures/correction.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { put, save } from './paper-steps.ts';
import { command, demo, goTo, invoke, resize } from './steps.ts';

// A letter of the procuratorate with the day it wants its answer by, typed at the window; from the list of a person's
// papers to what a paper is of, and back.

/** Today moved by some days, as a clerk types it. */
const day = (days: number): string => {
  const at = new Date(Date.now() + days * 86_400_000);
  return at.toISOString().slice(0, 10);
};

test('a letter of the procuratorate is entered, reminded of and answered', async ({ start }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 5);
  await command(page, '打开检察监督');
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记检察文书' })).toBeVisible();
  for (const [label, text] of [
    ['文书文号', '金检矫纠〔2026〕9号'],
    ['文书种类', '纠正'],
    ['检察院', '金塔县人民检察院'],
    ['收到日期', day(-3)],
    ['要求回复日期', day(0)],
    ['意见内容', '外出审批没有按期通报，请纠正并书面回复。'],
  ] as const)
    await put(page, label, text);
  await save(page);
  await expect(page.locator('.record-due')).toContainText(day(0));
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `correction-letter-${zoom * 100}`);
  }
  await resize(app);
  await goTo(page, '待办');
  await expect(page.getByRole('button', { name: /金检矫纠〔2026〕9号/ })).toBeVisible();
  await page.getByRole('button', { name: /金检矫纠〔2026〕9号/ }).press('Enter');
  await expect(page.locator('.record-bar')).toBeVisible();
  expect(problems).toEqual([]);
});

test('from a paper in the person’s list to what it is of, and back to the list', async ({ start }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 5);
  const save = (ledger: string, record: Record<string, unknown>) =>
    invoke<Saved>(page, 'ledger.save', { ledger, record });
  const person = await save('correction', aPersonInCorrection({ name: '皇甫蔚曦' }));
  await save(
    'leave',
    aLeave(person.id, {
      decision: 'approved',
      approvedOn: '2025-05-06',
      approver: '边小舟',
      approvalNo: '金司矫外〔2025〕1号',
    }),
  );
  await page.keyboard.press('Control+f');
  await page.keyboard.insertText('皇甫蔚曦');
  await expect(page.getByRole('option', { name: /皇甫蔚曦/ }).first()).toBeVisible();
  await page
    .getByRole('option', { name: /皇甫蔚曦.*在矫|社区矫正.*皇甫蔚曦/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: '皇甫蔚曦' })).toBeVisible();
  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeFocused();
  await expect(page.getByRole('button', { name: /^打开2025/ })).toHaveCount(0);
  await list.getByRole('option', { name: /准假证明/ }).click();
  const link = page.getByRole('button', { name: '打开 2025-05-05 的外出申请' });
  await expect(link).toBeVisible();
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `correction-paper-link-${zoom * 100}`);
  }
  await resize(app);
  await link.click();
  await expect(page.locator('[data-path="destination"]')).toHaveValue('兰州市');
  await page.keyboard.press('Escape');
  await expect(list.getByRole('option', { name: /准假证明/ })).toHaveAttribute('aria-selected', 'true');
  expect(problems).toEqual([]);
});
