import type { Page } from '@playwright/test';
import type { Page as Rows, Saved, Whole } from '#shared/api/types.ts';
import { expect, test } from './launch.ts';
import {
  draftKept,
  enter,
  enterUntil,
  focused,
  goTo,
  invoke,
  picture,
  recordCase,
  resize,
  setUp,
  signIn,
  type,
} from './steps.ts';

// How a clerk gets a case down without typing anything twice, from the first line to what a court makes of it.

const newest = async (page: Page): Promise<Whole> => {
  const { rows } = await invoke<Rows>(page, 'ledger.list', { ledger: 'mediation', limit: 1 });
  return invoke<Whole>(page, 'ledger.get', { id: rows[0]?.id ?? '' });
};
const saved = (page: Page) => expect(page.getByText('已保存。', { exact: true })).toBeVisible();

/** A step by its button, from the keyboard. */
async function step(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

/** Two parties and a kind, up to the summary. */
async function begin(page: Page, applicant: string, respondent: string, kind: string): Promise<void> {
  await page.keyboard.press('Control+n');
  await enter(page, '受理日期', '20250301');
  await enterUntil(page, 'parties.0.name');
  await enter(page, '姓名（名称）', applicant);
  await enterUntil(page, 'parties.1.name');
  await enter(page, '姓名（名称）', respondent);
  await enterUntil(page, 'kind');
  await enter(page, '纠纷类型', kind);
  await enterUntil(page, 'summary');
}

async function phrase(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Alt+Slash');
  await expect(focused(page)).toHaveAccessibleName(/插入常用语/);
  await type(page, letters);
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
}

const shots = 'test-results/entry';

test('a failed case is told with a reason from the library, and filed', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page, '欧阳秀兰', '马占山', '邻里');
  await phrase(page, 'td');
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue(/^欧阳秀兰与马占山共用一条通道/);
  await expect(focused(page)).toHaveAttribute('data-path', 'summary');
  await page.keyboard.press('Enter');
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '不成功');
  await enter(page, '办结日期', '20250310');
  await expect(focused(page)).toHaveAttribute('data-path', 'outcomeReason');
  await page.keyboard.press('Control+s');
  await saved(page);
  await expect(page.getByText('调解不成功', { exact: true }).first()).toBeVisible();

  // Filing is where the reason is needed; the list of what is missing shrinks as it is filled.
  await step(page, '归档');
  const asked = page.getByRole('alert');
  await expect(asked).toContainText('未达成协议的原因');
  await expect(focused(page)).toHaveAttribute('data-path', 'archivedOn');
  await type(page, '20250401');
  await expect(asked).not.toContainText('归档日期');
  await page.getByLabel('未达成协议的原因').focus();
  await phrase(page, 'sefq');
  await expect(page.getByLabel('未达成协议的原因')).toHaveValue(
    /双方对赔偿（给付）数额分歧较大，经＿＿次调解/,
  );
  // The blank is marked: what is typed takes its place.
  await type(page, '3');
  await expect(page.getByLabel('未达成协议的原因')).toHaveValue(/经3次调解/);
  await picture(app, `${shots}/failed.png`);
  await step(page, '归档');
  await expect(page.getByText(/已归档的记录不能修改/)).toBeVisible();
  expect((await newest(page)).record.outcomeReason).toMatch(/经3次调解/);
  expect(problems).toEqual([]);
});

test('a case that a court referred goes through agreement, confirmation and ruling', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await page.keyboard.press('Control+n');
  await page.keyboard.press('Control+e');
  await page.getByLabel('纠纷来源').focus();
  await enter(page, '纠纷来源', 'fywt');
  await enterUntil(page, 'parties.0.name');
  await enter(page, '姓名（名称）', '欧阳秀兰');
  await enterUntil(page, 'parties.1.name');
  await enter(page, '姓名（名称）', '马占山');
  await enterUntil(page, 'kind');
  await enter(page, '纠纷类型', '合同');
  await enter(page, '纠纷简介', '双方因货款发生纠纷，由法院委托调解。');
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '1');
  await enter(page, '办结日期', '20260110');
  await enter(page, '协议类型', '书面');
  await enterUntil(page, 'amountFen');
  await enter(page, '协议涉及金额（元）', '3.5万');
  await phrase(page, 'ycfq');
  await expect(page.getByLabel('协议内容')).toHaveValue('马占山于＿＿前一次性向欧阳秀兰支付35000元。');
  // A blank left in it would be asked about before the case is ended
  await page.getByLabel('协议内容').fill('马占山于2026年2月1日前一次性向欧阳秀兰支付35000元。');
  await page.keyboard.press('Enter');
  await enter(page, '协议生效日期', '20260111');
  await page.getByLabel('受理日期').fill('20260101');
  await page.keyboard.press('Control+s');
  await saved(page);

  // Fields that are there only because the step says what follows the agreement.
  await step(page, '申请司法确认');
  await enter(page, '申请司法确认日期', '20260115');
  await enter(page, '管辖法院', '金塔县人民法院');
  await picture(app, `${shots}/confirmation.png`);
  await step(page, '申请司法确认');
  await saved(page);
  await step(page, '登记法院结果');
  await enter(page, '法院结果', '1');
  await enterUntil(page, 'ruledOn');
  await enter(page, '裁判日期', '20260120');
  await step(page, '登记法院结果');
  await saved(page);
  expect((await newest(page)).record).toMatchObject({
    source: 'courtReferral',
    amountFen: 3_500_000,
    aftermath: 'confirmation',
    confirmationAppliedOn: '2026-01-15',
    courtName: '金塔县人民法院',
    courtResult: 'confirmed',
    ruledOn: '2026-01-20',
  });
  expect(problems).toEqual([]);
});

test('what does not apply is said with a reason, taken by a step, and taken back', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await begin(page, '欧阳秀兰', '马占山', '邻里');
  await enter(page, '纠纷简介', '两家因院墙滴水发生争执。');
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '1');
  await enter(page, '办结日期', '20250301');
  await enter(page, '协议类型', '口头');
  await page.keyboard.press('Control+s');
  await saved(page);
  // An oral agreement takes effect on the day it was reached.
  expect((await newest(page)).record.effectiveOn).toBe('2025-03-01');

  await step(page, '登记回访');
  await expect(focused(page)).toHaveAttribute('data-path', 'followUpOn');
  for (const path of ['followUpOn', 'followUpForm', 'satisfaction']) {
    await page.locator(`[data-path="${path}"]`).focus();
    await page.keyboard.press('Alt+n');
    await expect(focused(page)).toHaveAccessibleName(/不适用的理由/);
    await type(page, '当事人已迁居外省');
    await page.keyboard.press('Enter');
  }
  await picture(app, `${shots}/waived.png`);
  await step(page, '登记回访');
  await saved(page);
  expect((await newest(page)).record.waivers).toHaveLength(3);

  // Nothing typed, nothing declared; a reason that stands can be taken back by the same key.
  const day = page.locator('[data-path="followUpOn"]');
  await expect(day).toHaveValue('当事人已迁居外省');
  await day.focus();
  await page.keyboard.press('Alt+n');
  await expect(focused(page)).toHaveAccessibleName('回访日期');
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('回访日期')).toHaveValue('');
  await page.locator('[data-path="followUpOn"]').focus();
  await enter(page, '回访日期', '20250401');
  await page.keyboard.press('Control+s');
  await saved(page);
  const { record } = await newest(page);
  expect(record).toMatchObject({ followUpOn: '2025-04-01' });
  expect(record.waivers).toHaveLength(2);
  expect(problems).toEqual([]);
});

test('one record after the other: kept fields, the last committee, a copy without names', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const committee = await invoke<Saved>(page, 'ledger.save', {
    ledger: 'committee',
    record: { name: '东坝镇人民调解委员会', kind: 'township', establishedOn: '2011-01-01' },
  });
  await begin(page, '欧阳秀兰', '马占山', '邻里');
  await page.keyboard.press('Alt+p');
  await enter(page, '纠纷简介', '同一工程引起的纠纷。');
  await enterUntil(page, 'committeeId');
  await expect(page.getByText('连续录入，下一条沿用：纠纷简介')).toBeVisible();
  await type(page, '东坝');
  await expect(page.getByRole('option', { name: /东坝镇人民调解委员会/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '1');
  await enter(page, '办结日期', '20250302');
  await enter(page, '协议类型', '书面');
  await enterUntil(page, 'agreementText');
  await enter(page, '协议内容', '马占山赔偿欧阳秀兰损失，并向欧阳秀兰道歉。');
  await page.keyboard.press('Control+Shift+s');
  await expect(page.getByText('已保存，请登记下一条。')).toBeVisible();
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('同一工程引起的纠纷。');
  await expect(page.getByLabel('受理单位')).toHaveValue('东坝镇人民调解委员会');
  await expect(page.getByLabel(/姓名/).first()).toHaveValue('');
  await picture(app, `${shots}/pinned.png`);
  await page.getByRole('button', { name: '全部取消' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/连续录入，下一条沿用/)).toBeHidden();
  await page.keyboard.press('Escape');

  // A new form, opened again: nothing kept, but the committee of the last case.
  await page.keyboard.press('Control+n');
  await expect(page.getByLabel('受理单位')).toHaveValue('东坝镇人民调解委员会');
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('');
  await page.keyboard.press('Escape');

  await expect(focused(page)).toHaveAttribute('role', 'grid');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '欧阳秀兰、马占山' })).toBeVisible();
  await page.keyboard.press('Control+d');
  await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
  await expect(page.getByText(/其姓名（名称）已换成“＿＿”/)).toBeVisible();
  await expect(page.getByLabel(/姓名/).first()).toHaveValue('');
  await expect(page.getByLabel('纠纷类型')).toHaveValue('邻里纠纷');
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('');
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '1');
  await expect(page.getByLabel('协议内容')).toHaveValue('＿＿赔偿＿＿损失，并向＿＿道歉。');
  await picture(app, `${shots}/copied.png`);
  const { record } = await newest(page);
  expect(record.committeeId).toBe(committee.id);
  expect(problems).toEqual([]);
});

test('a finding becomes a case, its subsidy is proposed, and a unit has phrases of its own', async ({
  start,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const finding = await invoke<Saved>(page, 'ledger.save', {
    ledger: 'finding',
    record: {
      name: '王家与李家地埂纠纷',
      foundOn: '2025-06-20',
      kind: '07',
      persons: '王建国、李秀英',
      place: '四号地',
      summary: '两家因地埂移动发生争执。',
    },
  });
  const rate = { name: '简易案件标准', validFrom: '2020-01-01', outcome: 'agreed', amountFen: 10_000 };
  await invoke(page, 'ledger.save', { ledger: 'subsidyRate', record: rate });
  await invoke(page, 'ledger.save', {
    ledger: 'phrase',
    record: { name: '本镇轮水惯例', place: 'agreementText', text: '按本镇惯例轮水。', addedOn: '2025-01-01' },
  });

  await goTo(page, '纠纷隐患');
  await expect(page.getByRole('heading', { name: '排查发现纠纷台账' })).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await step(page, '转为调解案件');
  await expect(page.getByText(/由“王家与李家地埂纠纷”转来/)).toBeVisible();
  await expect(page.getByLabel(/姓名/).nth(1)).toHaveValue('李秀英');
  await expect(page.getByLabel('发生地点')).toHaveValue('四号地');
  await expect(page.getByText('△')).toHaveCount(0);
  await picture(app, `${shots}/origin.png`);
  await enterUntil(page, 'outcome');
  await enter(page, '调解结果', '1');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await enter(page, '协议类型', '口头');
  await enterUntil(page, 'agreementText');
  await phrase(page, '轮水');
  await expect(page.getByLabel('协议内容')).toHaveValue('按本镇惯例轮水。');
  // Undone like typing.
  await page.keyboard.press('Control+z');
  await expect(page.getByLabel('协议内容')).toHaveValue('');
  await page.keyboard.press('Control+s');
  await saved(page);
  const { record, state } = await invoke<Whole>(page, 'ledger.get', { id: finding.id });
  const mediation = await newest(page);
  expect(state).toBe('accepted');
  expect(record).toMatchObject({ caseId: mediation.id, handling: 'accepted' });
  expect(mediation.record).toMatchObject({ source: 'initiative', kind: '07' });

  await page.keyboard.press('Control+e');
  await expect(page.getByText('按“简易案件标准”（2020-01-01起施行）每件 100 元')).toBeVisible();
  await page.keyboard.press('Control+b');
  await expect(page.getByLabel('补贴金额（元）')).toHaveValue('100');
  await page.getByLabel('补贴金额（元）').focus();
  await picture(app, `${shots}/subsidy.png`);
  await page.keyboard.press('Control+s');
  await saved(page);
  expect((await newest(page)).record.subsidyFen).toBe(10_000);
  expect(problems).toEqual([]);
});

test('a draft of a case from a finding still knows where it comes from after a kill', async ({ start }) => {
  test.setTimeout(120_000);
  const first = await start();
  await resize(first.app);
  await setUp(first.page);
  const finding = await invoke<Saved>(first.page, 'ledger.save', {
    ledger: 'finding',
    record: { name: '院墙纠纷', foundOn: '2025-06-20', kind: '02', persons: '甲乙', summary: '院墙滴水。' },
  });
  await goTo(first.page, '纠纷隐患');
  await first.page.getByRole('grid').focus();
  await first.page.keyboard.press('Enter');
  await step(first.page, '转为调解案件');
  await enterUntil(first.page, 'summary');
  await first.page.keyboard.press('End');
  await type(first.page, '补写一句');
  await expect(first.page.getByText('草稿已自动保存')).toBeVisible();
  await draftKept(first.page, '补写一句');
  const gone = new Promise((resolve) => first.app.process().once('exit', resolve));
  first.app.process().kill('SIGKILL');
  await gone;

  const { app, page } = await start();
  await resize(app);
  await signIn(page);
  await page.getByRole('region', { name: '未完成的登记' }).getByRole('button', { name: '继续填写' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/由“院墙纠纷”转来/)).toBeVisible();
  await expect(page.getByLabel(/纠纷简介/)).toHaveValue('院墙滴水。补写一句');
  await page.keyboard.press('Control+s');
  await saved(page);
  expect((await invoke<Whole>(page, 'ledger.get', { id: finding.id })).state).toBe('accepted');
});

test('a like case fills what is empty', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await recordCase(page, '欧阳建国', '20230315');
  const { id, version, record } = await newest(page);
  await invoke(page, 'ledger.save', {
    ledger: 'mediation',
    id,
    baseVersion: version,
    record: { ...record, mediationPlace: '村委会调解室', registrar: '张登记' },
  });
  await page.keyboard.press('Escape');
  await begin(page, '马占山', '李秀英', '邻里');
  await page.keyboard.press('Control+k');
  await type(page, '从同类案件带入');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '选择一件同类案件' });
  await expect(dialog.getByRole('button', { name: '欧阳建国' })).toBeFocused();
  await picture(app, `${shots}/like.png`);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Control+e');
  await expect(page.getByLabel('调解地点')).toHaveValue('村委会调解室');
  await expect(page.getByLabel(/姓名/).first()).toHaveValue('马占山');
  expect(problems).toEqual([]);
});
