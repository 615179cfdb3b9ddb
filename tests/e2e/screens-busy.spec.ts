import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Saved } from '#shared/api/types.ts';
import { addDays, asDay, type Day } from '#shared/domain/day.ts';
import { makeCreditCode, makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { aPdf, aPicture, put } from '#tests/fixtures/scans.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { answerDialogs, command, demo, enterUntil, goTo, invoke, resize, type } from './steps.ts';

// Every screen of a ledger in use, with names and texts as long as they are in life: at 1366×768 and at 150 %.

const today = asDay(new Date().toLocaleDateString('sv'));
const ago = (days: number): Day => addDays(today, -days);

const save = (page: Page, ledger: string, record: Record<string, unknown>) =>
  invoke<Saved>(page, 'ledger.save', { ledger, record });

const summary =
  '申请人欧阳秀兰、欧阳建国与被申请人尉迟长胜承包地相邻。今年春灌期间，被申请人委托金塔县绿洲节水灌溉工程有限责任公司在两家地界上开挖渠道、埋设管道，' +
  '占用申请人承包地约二分，损坏玉米苗和地膜，双方多次协商赔偿未果，发生争吵，经村民小组长劝阻后到调解委员会申请调解。';

const parties = [
  {
    side: 'applicant',
    type: 'natural',
    name: '欧阳秀兰',
    idNumber: makeIdentityNumber('1968-05-12', 24),
    nation: '01',
    phone: '16401230024',
    address: '甘肃省酒泉市金塔县东坝镇渠东村二组11号',
    agentName: '单晓律',
    agentIdNumber: makeIdentityNumber('1988-02-02', 41),
    agentPhone: '16401230041',
  },
  {
    side: 'applicant',
    type: 'natural',
    name: '欧阳建国',
    phone: '16401230025',
    address: '金塔县东坝镇渠东村二组12号',
  },
  {
    side: 'respondent',
    type: 'legal',
    name: '金塔县绿洲节水灌溉工程有限责任公司',
    creditCode: makeCreditCode(9),
    legalRepresentative: '尉迟长胜',
    phone: '0937-4420000',
    address: '金塔县工业集中区北河湾循环经济产业园创业大道6号',
  },
  { side: 'respondent', type: 'natural', name: '尉迟长胜', idNumber: makeIdentityNumber('1975-10-01', 25) },
];

/** An agreed case with four parties, warnings, deadlines and scans; a case of the same parties before it. */
async function aBusyCase(app: ElectronApplication, page: Page, folder: string): Promise<Saved> {
  const [committee] = (
    await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', { ledger: 'committee', limit: 1 })
  ).rows;
  const [mediator] = (
    await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', { ledger: 'mediator', limit: 1 })
  ).rows;
  const whose = { committeeId: committee?.id, mediatorId: mediator?.id };
  await save(page, 'mediation', { acceptedOn: ago(200), kind: '07', summary, ...whose, parties });
  for (let count = 0; count < 24; count += 1) {
    const applicant = {
      side: 'applicant',
      type: 'natural',
      name: `${'单仇解曾尉迟'[count % 6]}${'秀建国明德长'[count % 5]}${count}`,
    };
    const respondent = { side: 'respondent', type: 'natural', name: '金塔县东坝镇渠东村村民委员会' };
    await save(page, 'mediation', {
      acceptedOn: ago(18 + 2 * count),
      kind: '02',
      summary: '村集体所有的机井轮灌次序发生争执，双方各执一词，请求调解。',
      ...whose,
      parties: [applicant, respondent],
    });
  }
  const made = await save(page, 'mediation', {
    acceptedOn: ago(20),
    kind: '07',
    summary,
    ...whose,
    parties,
    outcome: 'agreed',
    concludedOn: ago(5),
    agreementForm: 'written',
    amountFen: 1_234_550,
    agreementText:
      '一、金塔县绿洲节水灌溉工程有限责任公司于三日内赔偿欧阳秀兰、欧阳建国青苗、地膜损失共计12345.50元；\n二、渠道改回原地界，改道费用由该公司承担；\n三、双方今后互不追究。',
    effectiveOn: ago(5),
    performBy: ago(2),
  });
  const scans = path.join(folder, 'scans');
  for (const [kind, title, name, bytes] of [
    [
      'identity',
      '双方当事人身份证明（欧阳秀兰、欧阳建国身份证，公司营业执照副本）',
      '身份证明.pdf',
      await aPdf(3),
    ],
    ['site', '开挖渠道现场照片', '现场.png', aPicture({ width: 1200, height: 900, note: '现场' })],
    ['agreement', '双方签字的人民调解协议书', '协议书.png', aPicture({ note: '协议书' })],
  ] as const) {
    await answerDialogs(app, put(scans, name, bytes));
    const [file] = await invoke<{ grant: string }[]>(page, 'shell.chooseFiles', {
      title: '选择附件',
      extensions: [name.slice(-3)],
    });
    await invoke(page, 'attachment.add', { recordId: made.id, file: file?.grant, kind, title });
  }
  return made;
}

async function openBusyCase(page: Page): Promise<void> {
  await page.keyboard.press('Control+f');
  await type(page, '12345.50');
  await page.keyboard.press('Control+a');
  await type(page, '改道费用');
  // The amount finds the same case: what is waited for is the answer to the words
  const hit = page.getByRole('option', { name: /欧阳秀兰、欧阳建国/ });
  await expect(hit.locator('mark', { hasText: '改道费用' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /欧阳秀兰/ })).toBeVisible();
}

const press = async (page: Page, name: string | RegExp) => {
  await page.getByRole('button', { name }).first().focus();
  await page.keyboard.press('Enter');
};

/** In an order in which each is reached from the one before. */
const screens: { name: string; open(page: Page): Promise<void> }[] = [
  {
    name: 'board',
    open: async (page) => {
      await goTo(page, '待办');
      await expect(page.getByRole('list', { name: '已逾期的事项' }).getByRole('button').nth(5)).toBeVisible();
    },
  },
  { name: 'rules', open: (page) => press(page, '期限规则') },
  {
    name: 'list',
    open: async (page) => {
      await goTo(page, '人民调解');
      await expect(page.getByRole('row').nth(10)).toBeVisible();
    },
  },
  { name: 'list-filters', open: (page) => press(page, /^筛选/) },
  {
    name: 'list-print',
    open: async (page) => {
      await page.keyboard.press('Control+p');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'list-print-lists',
    open: async (page) => {
      const dialog = page.getByRole('dialog');
      await dialog.getByText('另列公布代码表的栏目').click();
      for (const choice of [dialog.getByRole('checkbox').last(), dialog.getByRole('radio').first()]) {
        await choice.focus();
        await expect(choice).toBeInViewport();
        await expect(dialog.getByRole('button', { name: '另存为 PDF' })).toBeInViewport({ ratio: 1 });
        await expect(dialog.getByText('打印台账')).toBeInViewport({ ratio: 1 });
      }
    },
  },
  {
    name: 'search',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('Control+f');
      await type(page, '欧阳');
      await expect(page.getByRole('option').first()).toContainText('人员卡片');
    },
  },
  {
    name: 'person-card',
    open: async (page) => {
      await page.keyboard.press('Alt+Enter');
      await expect(page.getByRole('heading', { name: '欧阳秀兰的人员卡片' })).toBeVisible();
    },
  },
  {
    name: 'record',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await openBusyCase(page);
      await expect(page.getByRole('region', { name: '人员提示' })).toContainText('已阅');
    },
  },
  {
    name: 'record-brief',
    open: async (page) => {
      await page.keyboard.press('Control+e');
      await expect(page.getByRole('button', { name: '显示全部项目' })).toBeVisible();
    },
  },
  {
    name: 'record-phrases',
    open: async (page) => {
      await page.locator('[data-path="summary"]').focus();
      await page.keyboard.press('Alt+Slash');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'record-step',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await press(page, '登记回访');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'papers',
    open: async (page) => {
      await page.keyboard.press('Control+Shift+d');
      await expect(page.frameLocator('iframe').locator('body')).toContainText('卷内目录');
    },
  },
  {
    name: 'papers-agreement',
    open: async (page) => {
      await page.getByRole('option', { name: /人民调解协议书/ }).click();
      await expect(page.frameLocator('iframe').locator('h1')).toHaveText('人民调解协议书');
    },
  },
  {
    name: 'attachments',
    open: async (page) => {
      await page.keyboard.press('Control+Shift+a');
      await expect(page.getByText('开挖渠道现场照片')).toBeVisible();
    },
  },
  { name: 'related', open: (page) => press(page, '关联记录') },
  {
    name: 'history',
    open: async (page) => {
      await press(page, '修改历史');
      await expect(page.getByText('登记时的人员提示')).toBeVisible();
    },
  },
  {
    name: 'new-case',
    open: async (page) => {
      await goTo(page, '人民调解');
      await page.keyboard.press('Control+n');
      await enterUntil(page, 'parties.0.name');
      await type(page, 'oyxl');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('person-panel')).toContainText('欧阳秀兰');
    },
  },
  {
    name: 'screenings',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await goTo(page, '排查');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'screening',
    open: async (page) => {
      await page.getByRole('grid').focus();
      await page.keyboard.press('Enter');
      await press(page, '关联记录');
      await expect(page.getByRole('region', { name: '纠纷隐患（所属排查）' })).toBeVisible();
    },
  },
  {
    name: 'findings',
    open: async (page) => {
      await goTo(page, '纠纷隐患');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'committees',
    open: async (page) => {
      await goTo(page, '调解组织');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
    },
  },
  {
    name: 'mediator',
    open: async (page) => {
      await goTo(page, '调解员');
      await page.getByRole('grid').focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: '人员卡片' })).toBeVisible();
    },
  },
  {
    name: 'mediator-card',
    open: async (page) => {
      await press(page, '人员卡片');
      await expect(page.getByRole('heading', { name: /的人员卡片$/ })).toBeVisible();
    },
  },
  {
    name: 'subsidy-rates',
    open: async (page) => {
      await goTo(page, '补贴标准');
      await expect(page.getByRole('row').nth(1)).toBeVisible();
    },
  },
  { name: 'phrases', open: (page) => goTo(page, '常用语') },
  { name: 'notes', open: (page) => goTo(page, '笔录') },
  {
    name: 'codes',
    open: async (page) => {
      await goTo(page, '代码表');
      await page.getByLabel('查找代码表').focus();
      await type(page, '纠纷类型');
      await expect(page.getByRole('heading', { name: '纠纷类型' })).toBeVisible();
    },
  },
  {
    name: 'codes-edit',
    open: async (page) => {
      await page.getByLabel('查找代码表').focus();
      await page.keyboard.press('Control+a');
      await type(page, '风险等级');
      await expect(page.getByRole('heading', { name: '风险等级' })).toBeVisible();
      await press(page, /修\s?改/);
      await expect(page.getByLabel('第 1 项名称')).toBeVisible();
    },
  },
  {
    name: 'numbering',
    open: async (page) => {
      await command(page, '打开案号设置');
      await press(page, '预留');
      await expect(page.getByText(/已预留/)).toBeVisible();
    },
  },
  {
    name: 'maintenance',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await goTo(page, '维护');
      await press(page, '修复人员索引');
      await expect(page.getByText(/已整理 \d+ 条记录/)).toBeVisible({ timeout: 20_000 });
      await press(page, '检查台账');
      await expect(page.getByText(/记录全部一致/)).toBeVisible({ timeout: 20_000 });
    },
  },
  {
    name: 'palette',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('combobox', { name: '命令' })).toBeFocused();
    },
  },
];

for (const [size, zoom] of [
  ['100', 1],
  ['150', 1.5],
] as const) {
  test(`screens of a ledger in use are whole and readable at ${size} %`, async ({ start, folder }) => {
    test.setTimeout(420_000);
    const { app, page, problems } = await demo(start, 60);
    await aBusyCase(app, page, folder);
    await resize(app, zoom);
    for (const { name, open } of screens) {
      await test.step(name, () => open(page));
      await look(app, page, `busy-${size}-${name}`);
      expect.soft(problems.splice(0), `errors of the page: ${name}`).toEqual([]);
    }
  });
}
