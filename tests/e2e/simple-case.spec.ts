import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import {
  answerDialogs,
  command,
  enter,
  enterUntil,
  focused,
  invoke,
  picture,
  resize,
  setUp,
  type,
} from './steps.ts';

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
    ['联系电话', ''],
    ['所在区划', '103201'],
    ['当事人地位', ''],
    ['当事人类型', ''],
    ['姓名（名称）', '马占山'],
    ['证件号码', ''],
    ['联系电话', ''],
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
  // Without a result there is no agreement: what was typed of it goes only when that is confirmed.
  const asked = page.getByRole('dialog');
  await expect(asked).toContainText('协议类型');
  await asked.getByRole('button', { name: '保存', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('已保存。', { exact: true })).toBeVisible();
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

/** Counts in the page itself: fields that took typing, and every use of a pointer. */
const watchHands = (page: Page) =>
  page.evaluate(() => {
    const hands = window as unknown as { typed: Set<string>; pointers: number };
    hands.typed = new Set();
    hands.pointers = 0;
    const place = (event: Event) => (event.target as HTMLElement).dataset.path;
    addEventListener('input', (event) => void hands.typed.add(place(event) ?? ''), true);
    addEventListener(
      'pointerdown',
      () => {
        hands.pointers += 1;
      },
      true,
    );
  });
const handsOf = (page: Page) =>
  page.evaluate(() => {
    const { typed, pointers } = window as unknown as { typed: Set<string>; pointers: number };
    return { typed: [...typed].filter(Boolean), pointers };
  });

const known = {
  name: '欧阳秀兰',
  idNumber: makeIdentityNumber('1968-05-12', 24),
  phone: '16401230024',
  nation: '01',
  address: '东坝镇渠东村二组11号',
};

/** A committee, its mediator and a case of last year between the two parties. */
async function recordBefore(page: Page): Promise<void> {
  const save = (ledger: string, record: Record<string, unknown>) =>
    invoke<{ id: string }>(page, 'ledger.save', { ledger, record });
  const committee = await save('committee', {
    name: '东坝镇人民调解委员会',
    kind: 'township',
    establishedOn: '2011-01-01',
  });
  const mediator = await save('mediator', {
    name: '祁连山',
    committeeId: committee.id,
    appointedOn: '2016-01-01',
  });
  await save('mediation', {
    acceptedOn: '2025-03-01',
    kind: '02',
    summary: '两家因院墙滴水发生争执，经调解和好。',
    committeeId: committee.id,
    mediatorId: mediator.id,
    parties: [
      { side: 'applicant', type: 'natural', ...known },
      {
        side: 'respondent',
        type: 'natural',
        name: '马占山',
        phone: '16401230025',
        address: '东坝镇渠东村二组12号',
      },
    ],
  });
}

for (const { form, paper } of [
  { form: '书面', paper: '人民调解协议书' },
  { form: '口头', paper: '人民调解口头协议登记表' },
] as const) {
  test(`known parties, by initials and by name: a case with its ${form} agreement on paper, by keyboard alone`, async ({
    start,
    folder,
  }) => {
    test.setTimeout(120_000);
    const { app, page, problems } = await start();
    await resize(app);
    await setUp(page);
    await recordBefore(page);
    await watchHands(page);

    await expect(focused(page)).toHaveAttribute('role', 'grid');
    await page.keyboard.press('Control+n');
    await enterUntil(page, 'parties.0.name');
    await enter(page, '姓名（名称）', 'oyxl');
    const first = page.getByRole('group', { name: '当事人 1' });
    await expect(first.getByTestId('person-panel')).toContainText('拼音相符');
    await page.keyboard.press('Alt+1');
    await expect(first.getByLabel(/姓名/)).toHaveValue(known.name);
    await expect(first.getByLabel(/证件号码/)).toHaveValue(known.idNumber);
    await enterUntil(page, 'parties.1.name');
    await enter(page, '姓名（名称）', '马占山');
    await expect(page.getByRole('group', { name: '当事人 2' }).getByTestId('person-panel')).toContainText(
      '姓名相同',
    );
    await page.keyboard.press('Alt+1');
    await enterUntil(page, 'kind');
    await expect(page.getByRole('region', { name: '人员提示' })).toContainText('此前已有纠纷');
    await enter(page, '纠纷类型', '2');
    await enter(page, '纠纷简介', '两家因院墙滴水再次发生争执，马占山的砖瓦被砸坏。');
    // The committee and the mediator of the last case stand there already.
    await expect(focused(page)).toHaveValue('东坝镇人民调解委员会');
    await enterUntil(page, 'outcome');
    await enter(page, '调解结果', '1');
    await enter(page, '办结日期', await page.locator('[data-path="acceptedOn"]').inputValue());
    await enter(page, '协议类型', form);
    await enter(page, '协议涉及金额（元）', '1200');
    await enter(page, '协议内容', '欧阳秀兰当日付给马占山砖瓦款1200元，并在一个月内改好滴水。');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('已保存。')).toBeVisible();
    await expect(page.getByText('调解成功', { exact: true }).first()).toBeVisible();

    await page.keyboard.press('Control+Shift+d');
    const list = page.getByRole('listbox', { name: '案卷文书' });
    await expect(list).toBeFocused();
    const chosen = list.getByRole('option', { selected: true });
    for (let press = 0; press < 20; press += 1) {
      if ((await chosen.textContent())?.includes(paper)) break;
      await page.keyboard.press('ArrowDown');
    }
    await expect(chosen).toContainText(paper);
    await expect(page.frameLocator('iframe[title="文书预览"]').locator('body')).toContainText('欧阳秀兰');
    const pdf = path.join(folder, `${paper}.pdf`);
    await answerDialogs(app, pdf);
    await command(page, '另存为 PDF');
    await expect(page.getByTestId('paper-done')).toContainText('已保存', { timeout: 30_000 });
    await expect(chosen).toContainText('已出具 1 次');
    const sheets = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
      .split('\f')
      .slice(0, -1);
    const printed = sheets.join('').replaceAll(/\s/g, '');
    // No sheet for the end of a frame alone.
    for (const sheet of sheets) expect(sheet.replaceAll(/—\s*\d+\s*—|\s/g, '').length).toBeGreaterThan(20);
    for (const text of [
      paper,
      '欧阳秀兰',
      '马占山',
      '东坝镇人民调解委员会',
      '改好滴水',
      '院墙滴水再次发生争执',
    ])
      expect(printed, text).toContain(text);
    await picture(app, path.join('test-results', 'simple-case', `${form}.png`));

    const { typed, pointers } = await handsOf(page);
    expect(typed.length, typed.join(' ')).toBeLessThanOrEqual(12);
    expect(typed.length).toBeGreaterThan(5);
    expect(pointers).toBe(0);
    const { rows } = await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', {
      ledger: 'mediation',
      limit: 1,
    });
    const { record } = await invoke<{ record: Record<string, unknown> }>(page, 'ledger.get', {
      id: rows[0]?.id,
    });
    expect(record.parties).toMatchObject([known, { name: '马占山', phone: '16401230025' }]);
    expect(problems).toEqual([]);
  });
}
