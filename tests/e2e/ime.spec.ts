import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { enterUntil, focused, invoke, resize, setUp, type } from './steps.ts';

// Input methods: keys that belong to a composition neither move nor submit, and no character is lost or doubled.

/** What is typed, the candidate chosen, as an input method tells it: a composition that grows and is committed. */
async function compose(session: CDPSession, letters: string, chosen: string): Promise<void> {
  for (let end = 1; end <= letters.length; end += 1) {
    const text = letters.slice(0, end);
    await session.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end });
  }
  await session.send('Input.imeSetComposition', {
    text: chosen,
    selectionStart: chosen.length,
    selectionEnd: chosen.length,
  });
}

/** The key of an input method as Chromium reports it: code 229, whatever key it was. */
async function imeEnter(session: CDPSession): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, windowsVirtualKeyCode: 13 });
}

const commit = (session: CDPSession, text: string) => session.send('Input.insertText', { text });

/**
 * Composes in the field that has the focus: Enter during the composition changes nothing, the committed text stands
 * there once. Some input methods send the Enter right behind the end of the composition; that one is swallowed too.
 */
async function composeInto(page: Page, session: CDPSession, letters: string, text: string): Promise<void> {
  const field = await focused(page).elementHandle();
  if (!field) throw new Error('no field has the focus');
  const before = await field.evaluate((element) => (element as HTMLInputElement).value);
  const isStill = () => field.evaluate((element) => element === document.activeElement);
  await compose(session, letters, text);
  await imeEnter(session);
  expect(await isStill()).toBe(true);
  await commit(session, text);
  // The race: the same Enter once more, as an ordinary key, at once.
  await field.evaluate((element) => {
    element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '' }));
    element.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }),
    );
  });
  expect(await isStill()).toBe(true);
  await expect
    .poll(() => field.evaluate((element) => (element as HTMLInputElement).value), {
      message: `${before} + ${text}`,
    })
    .toBe(before + text);
}

test('every kind of input takes a composition whole, and Enter belongs to it', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  const session = await page.context().newCDPSession(page);

  // Set-up: the search of a place, a name, a password shown.
  await page.getByLabel('按名称或代码查找所在地').focus();
  await composeInto(page, session, 'jinta', '金塔');
  await expect(page.getByLabel('单位名称')).toHaveValue('');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByLabel('管理员账号').focus();
  await composeInto(page, session, 'wangqiang', '王强');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  // An Enter just after a composition belongs to the input method
  await page.waitForTimeout(50);
  await setUp(page);

  // The search: nothing opens, nothing is asked for half a word, and the arrow keys stay with the candidates.
  await page.keyboard.press('Control+f');
  await composeInto(page, session, 'ouyang', '欧阳');
  await expect(page.getByText('没有找到“欧阳”')).toBeVisible();
  await page.waitForTimeout(50);
  await page.keyboard.press('Escape');

  // A ledger's form: a line, a code, a day, a long text, an amount, a record, a division, a child's name.
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await page.keyboard.press('Control+e'); // every field, not only those of a simple case
  for (const [path, letters, text] of [
    ['acceptedOn', 'nian', '年'],
    ['parties.0.name', 'ouyangjianguo', '欧阳建国'],
    ['parties.0.idNumber', 'haoma', '号码'],
    ['parties.0.phone', 'dianhua', '电话'],
    ['kind', 'linli', '邻里'],
    ['summary', 'liangjia', '两家因院墙滴水争执'],
    ['divisionCode', 'zhongdong', '中东'],
    ['place', 'xiangzi', '巷子口'],
    ['partyCount', 'liang', '两'],
    ['involvedFen', 'wan', '万'],
    ['isMigrantWorker', 'shi', '是'],
    ['committeeId', 'tiaowei', '调委'],
  ] as const) {
    await enterUntil(page, path);
    if (path === 'acceptedOn') await page.keyboard.press('Delete');
    await composeInto(page, session, letters, text);
    await page.waitForTimeout(50);
    if (path === 'isMigrantWorker') await page.keyboard.press('Escape');
    if (path !== 'summary') continue;
    // The list of phrases searches for the committed word and takes no Enter of the composition.
    await page.keyboard.press('Alt+Slash');
    await composeInto(page, session, 'tongdao', '通道');
    await expect(page.getByRole('option', { name: /通道被占/ })).toBeVisible();
    await page.waitForTimeout(50);
    await page.keyboard.press('Escape');
    await expect(focused(page)).toHaveAttribute('data-path', 'summary');
    // The reason of 不适用, in the place of the next field.
    await enterUntil(page, 'occurredOn');
    await page.keyboard.press('Alt+n');
    await composeInto(page, session, 'buxiang', '不详');
    await page.waitForTimeout(50);
  }
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('两家因院墙滴水争执');
  await expect(page.getByLabel(/姓名（名称）/).first()).toHaveValue('欧阳建国');
  await expect(page.getByLabel(/发生地点/)).toHaveValue('巷子口');

  // An ordinary Enter some time after a composition moves on again.
  await page.getByLabel(/受理人/).focus();
  await composeInto(page, session, 'wang', '王');
  await page.waitForTimeout(50);
  await page.keyboard.press('Enter');
  await expect(focused(page)).toHaveAccessibleName(/调解员/);

  // The palette and the figures.
  await page.keyboard.press('Control+k');
  await expect(focused(page)).toHaveAccessibleName('命令');
  await composeInto(page, session, 'zhibiao', '指标');
  await page.waitForTimeout(50);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '指标数据' })).toBeVisible();
  const figure = page.locator('[data-figure]').first();
  await figure.focus();
  await composeInto(page, session, 'baci', '8次');
  await page.waitForTimeout(50);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-figure]').nth(1)).toBeFocused();
  await expect(figure).toHaveValue('8次');
  await page.getByLabel('按名称或供数部门查找').focus();
  await composeInto(page, session, 'sifaju', '司法局');
  await expect(page.getByRole('heading', { name: '指标数据' })).toBeVisible();
  expect(problems).toEqual([]);
});

test('a hundred compositions into one field lose and double nothing', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page } = await start();
  await resize(app);
  await setUp(page);
  const session = await page.context().newCDPSession(page);
  await page.keyboard.press('Control+n');
  await enterUntil(page, 'summary');
  let expected = '';
  const words = [
    ['zhang', '张'],
    ['jiufen', '纠纷'],
    ['he', '和'],
    ['xieyi', '协议'],
  ] as const;
  for (let turn = 0; turn < 100; turn += 1) {
    const [letters, text] = words[turn % words.length] ?? words[0];
    await compose(session, letters, text);
    if (turn % 3 === 0) await imeEnter(session);
    await commit(session, text);
    expected += text;
    if (turn % 5 === 0) {
      await type(page, '7');
      expected += '7';
    }
  }
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue(expected);
  await expect(focused(page)).toHaveAttribute('data-path', 'summary');
});

test('a name composed while somebody is proposed below it loses nothing, and takes nobody unasked', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const session = await page.context().newCDPSession(page);
  await invoke(page, 'ledger.save', {
    ledger: 'mediation',
    record: {
      acceptedOn: '2025-03-01',
      kind: '02',
      summary: '院墙滴水。',
      parties: [
        { side: 'applicant', type: 'natural', name: '欧阳秀兰', phone: '16401230024' },
        { side: 'respondent', type: 'natural', name: '马占山' },
      ],
    },
  });
  await page.keyboard.press('Control+n');
  await enterUntil(page, 'parties.0.name');
  await composeInto(page, session, 'ouyangxiu', '欧阳秀');
  await page.waitForTimeout(50); // the Enter right behind a composition is swallowed
  await page.keyboard.press('Enter');
  const first = page.getByRole('group', { name: '当事人 1' });
  const panel = first.getByTestId('person-panel');
  await expect(panel).toContainText('欧阳秀兰');

  // Back in the name with the panel open: more is composed, digits choose candidates, Enter is the input method's.
  await page.keyboard.press('Shift+Tab');
  await expect(focused(page)).toHaveAttribute('data-path', 'parties.0.name');
  await page.keyboard.press('End');
  await compose(session, 'lan', '兰');
  await expect(panel).toBeVisible();
  const digit = { key: '1', code: 'Digit1', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', modifiers: 1, ...digit });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', modifiers: 1, ...digit });
  await imeEnter(session);
  await commit(session, '兰');
  await expect(first.getByLabel(/姓名/)).toHaveValue('欧阳秀兰');
  await expect(focused(page)).toHaveAttribute('data-path', 'parties.0.name');
  await expect(first.getByLabel(/联系电话/)).toHaveValue('');
  await expect(panel).not.toContainText('已带入');

  // Twenty more, each with the panel there: every character once.
  await page.keyboard.press('Control+a');
  let expected = '';
  for (const turn of Array.from({ length: 20 }, (_, index) => index)) {
    const [letters, text] = turn % 2 === 0 ? (['ou', '欧'] as const) : (['yang', '阳'] as const);
    await compose(session, letters, text);
    if (turn % 3 === 0) await imeEnter(session);
    await commit(session, text);
    expected += text;
  }
  await expect(first.getByLabel(/姓名/)).toHaveValue(expected);

  // An ordinary key takes the person, once the composition is over.
  await page.keyboard.press('Control+a');
  await compose(session, 'ouyangxiulan', '欧阳秀兰');
  await commit(session, '欧阳秀兰');
  await expect(first.getByLabel(/姓名/)).toHaveValue('欧阳秀兰');
  await page.waitForTimeout(50);
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('姓名相同');
  await page.keyboard.press('Alt+1');
  await expect(panel).toContainText('已带入');
  expect(problems).toEqual([]);
});
