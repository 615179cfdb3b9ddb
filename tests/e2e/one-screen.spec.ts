import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { enter, enterUntil, focused, invoke, picture, resize, setUp } from './steps.ts';

// A simple case is recorded on one screen: what is looked at is where things stand, not what they say.

/** What is left of 1366×768 below the frame of the window and above the bar of the desktop. */
const screen = { width: 1366, height: 700 };

const address = (house: number) => `甘肃省酒泉市金塔县东坝镇渠东村二组${house}号`;
const people = [
  {
    name: '欧阳秀兰',
    idNumber: makeIdentityNumber('1968-05-12', 24),
    phone: '16401230024',
    nation: '01',
    divisionCode: '620921103201',
    address: address(11),
  },
  {
    name: '马占山',
    idNumber: makeIdentityNumber('1970-05-12', 25),
    phone: '16401230025',
    nation: '01',
    divisionCode: '620921103201',
    address: address(12),
  },
];

/** A committee, its mediator and so many cases between the two; in the last the two stand on the other side. */
async function recordBefore(page: Page, cases: number): Promise<void> {
  const save = (ledger: string, record: Record<string, unknown>) =>
    invoke<{ id: string }>(page, 'ledger.save', { ledger, record });
  const committee = await save('committee', {
    name: '金塔县东坝镇人民调解委员会',
    kind: 'township',
    establishedOn: '2011-01-01',
  });
  const mediator = await save('mediator', {
    name: '祁连山',
    committeeId: committee.id,
    appointedOn: '2016-01-01',
  });
  for (let at = 0; at < cases; at += 1)
    await save('mediation', {
      acceptedOn: `2025-03-0${at + 1}`,
      kind: '02',
      summary: '两家因院墙滴水发生争执，经调解和好。',
      committeeId: committee.id,
      mediatorId: mediator.id,
      parties: people.map((person, index) => ({
        side: index === at % 2 ? 'applicant' : 'respondent',
        type: 'natural',
        ...person,
      })),
    });
}

type Box = { name: string; left: number; top: number; right: number; bottom: number };

/** Every field of the form and every button that keeps the record, where the page has drawn them. */
const boxes = (page: Page): Promise<Box[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main [data-path], main button')]
      .filter((one) => one.dataset.path !== undefined || one.textContent?.includes('保存'))
      .filter((one) => one.getClientRects().length > 0)
      .map((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return { name: one.dataset.path ?? one.textContent ?? '', left, top, right, bottom };
      }),
  );

/** Nothing of these lies outside the screen, and nothing has been scrolled to bring it there. */
async function allOnScreen(page: Page, names: readonly string[]): Promise<void> {
  const found = await boxes(page);
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
  for (const { name, left, top, right, bottom } of found) {
    expect(left, `${name}: left`).toBeGreaterThanOrEqual(0);
    expect(top, `${name}: top`).toBeGreaterThanOrEqual(0);
    expect(right, `${name}: right`).toBeLessThanOrEqual(screen.width);
    expect(bottom, `${name}: bottom`).toBeLessThanOrEqual(screen.height);
  }
  const scrolled = await page.locator('main .scroll').evaluateAll((all) => all.map((one) => one.scrollTop));
  expect(scrolled.filter((top) => top > 0)).toEqual([]);
}

const simple = (parties: number): string[] => [
  'acceptedOn',
  ...Array.from({ length: parties }, (_, index) =>
    ['side', 'type', 'name', 'idNumber', 'phone', 'divisionCode'].map((name) => `parties.${index}.${name}`),
  ).flat(),
  ...['kind', 'summary', 'committeeId', 'mediatorId', 'outcome', 'concludedOn'],
  ...['保存', '保存并新建'],
];
const agreed = ['agreementForm', 'amountFen', 'agreementText'];

/** Types the case of the two who are known, up to its agreement; ends in the last field. */
async function record(page: Page): Promise<void> {
  await enterUntil(page, 'parties.0.name');
  await enter(page, '姓名（名称）', 'oyxl');
  await expect(page.getByTestId('person-panel')).toContainText('拼音相符');
  await page.keyboard.press('Alt+1');
  await enterUntil(page, 'parties.1.name');
  await enter(page, '姓名（名称）', '马占山');
  await expect(page.getByRole('group', { name: '当事人 2' }).getByTestId('person-panel')).toContainText(
    '姓名相同',
  );
  await page.keyboard.press('Alt+1');
  await enterUntil(page, 'kind');
  await enter(page, '纠纷类型', '2');
  await enter(
    page,
    '纠纷简介',
    '夜间大雨，马占山家新砌的院墙未留滴水，雨水流入欧阳秀兰家后院，将堆放的砖瓦和玉米冲坏，欧阳秀兰要求赔偿，' +
      '双方发生争执，经邻居劝解后共同申请调解，要求明确责任并改好滴水，双方均愿意协商解决。',
  );
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '1');
  await enter(page, '办结日期', await page.locator('[data-path="acceptedOn"]').inputValue());
  await enter(page, '协议类型', '书面');
  await enter(page, '协议涉及金额（元）', '1200');
  await enter(
    page,
    '协议内容',
    '一、马占山于月底前付给欧阳秀兰砖瓦款、玉米损失共计1200元；二、马占山在一个月内将院墙滴水改到自家一侧，' +
      '费用自理；三、双方今后互谅互让；四、本协议一式三份，双方各执一份，调解委员会留存一份。',
  );
}

const size = (app: ElectronApplication, zoom = 1) => resize(app, zoom, screen.height);

for (const { before, says } of [
  { before: 1, says: '一条人员提示' },
  { before: 4, says: '几条人员提示' },
])
  test(`a simple case and its save buttons stand on one screen, blank and filled in, with ${says}`, async ({
    start,
  }, info) => {
    test.setTimeout(120_000);
    const { app, page, problems } = await start();
    await size(app);
    await setUp(page);
    await recordBefore(page, before);
    await page.keyboard.press('Control+n');
    await enterUntil(page, 'parties.0.name');
    await allOnScreen(page, simple(2));
    await picture(app, path.join(info.outputDir, 'blank.png'));

    await record(page);
    const warnings = page.getByRole('region', { name: '人员提示' });
    await expect(warnings).toContainText(/此前已有纠纷|地位相反/);
    await allOnScreen(page, [...simple(2), ...agreed]);
    await picture(app, path.join(info.outputDir, 'filled.png'));

    // Whatever the registers say takes one line; the rest is a key away, and the form's place with it
    const line = (await warnings.boundingBox())?.height ?? 0;
    expect(line).toBeLessThanOrEqual(30);
    const unfold = warnings.getByRole('button', { name: /展开全部/ });
    await expect(unfold).toHaveCount(before > 1 ? 1 : 0);
    if (before > 1) {
      const said = warnings.getByRole('listitem');
      await expect(said).toHaveCount(1);
      await page.keyboard.press('F7');
      expect(await said.count()).toBeGreaterThan(1);
      await expect(focused(page)).toHaveAttribute('data-path', 'agreementText');
      await page.keyboard.press('F7');
      await expect(said).toHaveCount(1);
    }
    expect(problems).toEqual([]);
  });

test('at 150 % the same case is typed by Enter alone: what has the focus and the save button are always seen', async ({
  start,
}, info) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await size(app);
  await setUp(page);
  await recordBefore(page, 2);
  await size(app, 1.5);
  await page.keyboard.press('Control+n');
  await record(page);
  await page.locator('[data-path="acceptedOn"]').focus();
  const seen: string[] = [];
  for (let count = 0; count < 40; count += 1) {
    const at = await focused(page).getAttribute('data-path');
    if (at === null || seen.includes(at)) break;
    seen.push(at);
    await expect(focused(page), at).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('button', { name: '保存', exact: true })).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
  }
  expect(seen).toEqual(
    expect.arrayContaining([...simple(2).filter((name) => !name.includes('保存')), ...agreed]),
  );
  const [inner, whole] = await page.evaluate(() => [
    window.innerWidth,
    Math.max(...[...document.querySelectorAll('main, main .scroll')].map((one) => one.scrollWidth)),
  ]);
  expect(whole).toBeLessThanOrEqual(inner ?? 0);
  await picture(app, path.join(info.outputDir, 'large.png'));
  expect(problems).toEqual([]);
});
