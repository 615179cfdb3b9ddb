import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Page as Rows, Whole } from '#shared/api/types.ts';
import { expect, test } from './launch.ts';
import {
  demo,
  draftKept,
  enterUntil,
  focused,
  invoke,
  picture,
  recordCase,
  resize,
  setUp,
  signIn,
  type,
} from './steps.ts';

const pictures = 'test-results/records';

// What a form does besides saving: drafts that outlive the program, two people on one record, steps, rows, the list.

test('typing outlives a killed program, half a date included', async ({ start }) => {
  const first = await start();
  await resize(first.app);
  await setUp(first.page);
  await first.page.keyboard.press('Control+n');
  await expect(first.page.getByLabel(/受理日期/)).toBeFocused();
  await type(first.page, '2025.3');
  await enterUntil(first.page, 'parties.0.name');
  await type(first.page, '未完成');
  await enterUntil(first.page, 'summary');
  await type(first.page, '还没有写完的简介');
  await expect(first.page.getByText('草稿已自动保存')).toBeVisible();
  await draftKept(first.page, '还没有写完的简介');
  const gone = new Promise((resolve) => first.app.process().once('exit', resolve));
  first.app.process().kill('SIGKILL');
  await gone;

  const { app, page } = await start();
  await resize(app);
  await signIn(page);
  const drafts = page.getByRole('region', { name: '未完成的登记' });
  await expect(drafts).toContainText('未完成');
  await drafts.getByRole('button', { name: '继续填写' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('还没有写完的简介');
  await expect(page.getByLabel(/受理日期/)).toHaveValue('2025.3');
  await page.keyboard.press('Escape');
  await drafts.getByRole('button', { name: '放弃' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '放弃' }).click();
  await expect(drafts).toBeHidden();
});

test('two people change one record: both values are shown, and one is chosen field by field', async ({
  start,
}) => {
  const { app, page } = await start();
  await resize(app);
  await setUp(page);
  await recordCase(page, '欧阳建国', '20230315');
  await page.keyboard.press('Control+e'); // the form began short
  await page.getByLabel(/发生地点/).focus();
  await type(page, '我写的地点');
  await page.keyboard.press('Enter');
  await page.getByLabel(/受理人/).focus();
  await type(page, '我写的受理人');
  await page.keyboard.press('Tab');

  const list = await invoke<Rows>(page, 'ledger.list', { ledger: 'mediation' });
  const id = list.rows[0]?.id ?? '';
  const whole = await invoke<Whole>(page, 'ledger.get', { id });
  await invoke(page, 'ledger.save', {
    ledger: 'mediation',
    id,
    baseVersion: whole.version,
    record: { ...whole.record, place: '别人写的地点', registrar: '别人写的受理人' },
  });

  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: '两边都改过' });
  await expect(dialog).toContainText('我写的地点');
  await expect(dialog).toContainText('别人写的地点');
  await dialog
    .getByRole('row', { name: /受理人/ })
    .getByLabel('用现在保存的')
    .check();
  await dialog.getByRole('button', { name: '按所选内容保存' }).click();
  await expect(page.getByText('已保存。')).toBeVisible();
  const merged = await invoke<Whole>(page, 'ledger.get', { id });
  expect(merged.record).toMatchObject({ place: '我写的地点', registrar: '别人写的受理人' });
  expect(merged.versions).toHaveLength(3);
  await page.getByRole('button', { name: '修改历史' }).click();
  await expect(page.getByRole('row', { name: /发生地点/ }).first()).toBeVisible();
});

test('steps ask for what they need, rows come and go by keyboard, and the list is walked and narrowed', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await recordCase(page, '欧阳建国', '20230315');

  // A second party, put before the first, and taken away again.
  await page.getByLabel(/姓名（名称）/).focus();
  await page.keyboard.press('Alt+Insert');
  await expect(page.getByRole('group', { name: '当事人 2' })).toBeVisible();
  await page
    .getByRole('group', { name: '当事人 2' })
    .getByLabel(/姓名（名称）/)
    .focus();
  await type(page, '司徒文');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByRole('group', { name: '当事人 1' }).getByLabel(/姓名（名称）/)).toHaveValue(
    '司徒文',
  );
  await page.keyboard.press('Alt+Delete');
  await expect(page.getByRole('group', { name: '当事人 2' })).toBeHidden();
  await expect(page.getByLabel(/姓名（名称）/)).toHaveValue('欧阳建国');

  // An identity number (area 999999, nobody's) gives sex and birth date; a wrong one is named.
  await page.getByLabel(/证件号码/).focus();
  await type(page, '999999199001011234');
  await page.keyboard.press('Tab');
  await expect(page.getByText(/证件号码最后一位校验码不符/)).toBeVisible();
  await page.getByLabel(/证件号码/).fill('99999919900101001X'.replace(/X$/, checkDigit('99999919900101001')));
  await page.keyboard.press('Tab');
  await expect(page.getByText(/校验码不符/)).toBeHidden();
  await expect(page.getByText('已填性别、出生日期')).toBeVisible(); // the short form says it
  await page.keyboard.press('Control+e');
  await expect(page.getByLabel('性别')).toHaveValue('男性');
  await expect(page.getByLabel('出生日期')).toHaveValue('1990-01-01');

  // 办结 needs result and date; days are typed in any usual form.
  await page.getByRole('button', { name: '办结', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('还没有办结。请填写下面的项目，再按“办结”');
  await expect(focused(page)).toHaveAccessibleName(/调解结果/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(focused(page)).toHaveAccessibleName(/办结日期/);
  await type(page, '2023年4月2日');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/办结日期/)).toHaveValue('2023-04-02');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('调解成功', { exact: true })).toBeVisible();

  // An impossible day, a day before another: sentences at the field and above.
  await page.getByLabel(/办结日期/).fill('20230230');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert')).toContainText('不是存在的日期');
  await expect(focused(page)).toHaveAccessibleName(/办结日期/);
  await page.getByLabel(/办结日期/).fill('20230101');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert')).toContainText('办结日期不能早于受理日期');
  await page.keyboard.press('Escape');

  // Many rows: only those in sight are drawn; keys walk, headings sort, filters narrow.
  const codes = await invoke<{ list: string; items: { code: string }[] }[]>(page, 'codes.lists', {});
  const side = codes.find(({ list }) => list === 'partySide')?.items[0]?.code ?? '';
  const partyType = codes.find(({ list }) => list === 'partyType')?.items[0]?.code ?? '';
  const records = Array.from({ length: 450 }, (_, index) => ({
    acceptedOn: `2022-0${1 + (index % 9)}-1${index % 10}`,
    kind: index % 2 === 0 ? '01' : '02',
    summary: '批量登记的案件',
    parties: [{ side, type: partyType, name: `当事人${index}` }],
  }));
  await invoke(page, 'ledger.addMany', { ledger: 'mediation', records });
  await expect(page.getByText('共 451 条')).toBeVisible();
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-rowcount', '452');
  expect(await grid.getByRole('row').count()).toBeLessThan(60);
  await grid.focus();
  await page.keyboard.press('End');
  await expect(grid.locator('[aria-rowindex="452"]')).toHaveAttribute('aria-selected', 'true');
  await expect(grid.locator('[aria-rowindex="452"]')).toContainText('2022-01-10');
  await page.keyboard.press('Home');
  await expect(grid.locator('[aria-rowindex="2"]')).toContainText('欧阳建国');
  await grid.getByRole('button', { name: /受理日期/ }).click();
  await expect(grid.locator('[aria-rowindex="2"]')).toContainText('2022-01-10');
  await page.getByRole('button', { name: '筛选' }).click();
  await page.getByLabel('受理日期从').focus();
  await type(page, '20230101');
  await expect(page.getByText('共 1 条')).toBeVisible();
  await grid.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '欧阳建国' })).toBeVisible();
  expect(problems).toEqual([]);
});

function checkDigit(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first17[place]), 0);
  return '10X98765432'[sum % 11] ?? '';
}

test('every draft can be opened, and one whose record is gone becomes a record of its own', async ({
  start,
}) => {
  const { app, page, problems } = await demo(start, 3);
  const content = {
    acceptedOn: '2024-03-01',
    kind: '02',
    summary: '两家因院墙滴水发生争执。',
    parties: [{ side: 'applicant', type: 'natural', name: '欧阳建国' }],
  };
  const gone = { recordId: randomUUID(), baseVersion: 'a'.repeat(64) };
  await invoke(page, 'draft.save', { id: randomUUID(), ledger: 'mediation', ...gone, content });
  for (const name of ['甲', '乙', '丙', '丁', '戊', '己']) {
    const parties = [{ side: 'applicant', type: 'natural', name }];
    await invoke(page, 'draft.save', { id: randomUUID(), ledger: 'mediation', content: { parties } });
  }
  await page.reload();
  const drafts = page.getByRole('region', { name: /未完成的登记/ });
  await expect(drafts.getByRole('listitem')).toHaveCount(5);
  await picture(app, path.join(pictures, 'drafts-folded.png'));
  await drafts.getByRole('button', { name: '显示其余 2 份' }).press('Enter');
  await expect(drafts.getByRole('listitem')).toHaveCount(7);
  await expect(drafts.getByRole('listitem').nth(5).getByRole('button', { name: '继续填写' })).toBeFocused();
  await picture(app, path.join(pictures, 'drafts-all.png'));
  const oldest = drafts.getByRole('listitem').filter({ hasText: '欧阳建国' });
  await oldest.getByRole('button', { name: '继续填写' }).press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: '找不到这条记录' });
  await expect(alert).toBeVisible();
  await picture(app, path.join(pictures, 'draft-gone.png'));
  await alert.getByRole('button', { name: '作为新记录保存' }).press('Enter');
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(page.getByRole('heading', { name: '欧阳建国' })).toBeVisible();
  await expect(page.locator('[data-path="summary"]')).toHaveValue('两家因院墙滴水发生争执。');
  expect(problems).toEqual([]);
});
