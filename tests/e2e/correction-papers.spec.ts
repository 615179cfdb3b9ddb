import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { root } from '#tools/workspace.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { account, answerDialogs, command, invoke, password, picture, resize, signIn, type } from './steps.ts';

// A person from the legal papers to the release, with every paper on the way numbered, saved and printed; an evaluation
// within its term with its opinion. By keyboard; the pages are kept as pictures.

const pictures = path.join(root, 'test-results', 'correction-papers');
const wordText = (file: string) =>
  strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array()).replaceAll(
    /<[^>]+>/g,
    '',
  );
const pdfText = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
const holes = /undefined|null|NaN|\[object|[{}]|【待填/;

const put = async (page: Page, label: string, text: string): Promise<void> => {
  await page.getByLabel(new RegExp(`^${label}＊?$`)).focus();
  await page.keyboard.press('Control+a');
  await type(page, text);
  await page.keyboard.press('Enter');
};
const save = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已保存。')).toBeVisible();
};

/** A county's ledger, somebody signed in. */
async function county(app: ElectronApplication, page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  const unit = { level: 'county', unitCode: '620921', unitName: '金塔县司法局' };
  await invoke(page, 'setup.create', { ...unit, account, password });
  await page.reload();
  await resize(app);
  await signIn(page);
  await invoke(page, 'number.change', { ledger: 'mediation', prefix: '金司' });
}

/** Every paper of the open record: numbered where it has a number, saved as Word and as PDF. Their titles. */
async function printAll(app: ElectronApplication, page: Page, folder: string, but: readonly string[]) {
  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeVisible();
  const chosen = list.getByRole('option', { selected: true });
  const done = page.getByTestId('paper-done');
  const titles: string[] = [];
  const count = await list.getByRole('option').count();
  for (let index = 0; index < count; index += 1) {
    await list.focus();
    for (let press = 0; press < count; press += 1) await page.keyboard.press('ArrowUp');
    for (let press = 0; press < index; press += 1) await page.keyboard.press('ArrowDown');
    const title = (await chosen.locator('.paper-name').textContent())?.trim().split(' ')[0] ?? '';
    if (but.includes(title)) continue;
    const number = page.getByRole('button', { name: '编文号' });
    if (await number.isVisible()) {
      await number.press('Enter');
      await expect(done).toContainText(/已编文号：〔2026〕金司矫.+字第\d+号/);
      await expect(number).toBeHidden();
    }
    await expect(page.frameLocator('iframe[title="文书预览"]').locator('h1').first()).toBeVisible();
    for (const [button, ending] of [
      ['保存为 Word', 'docx'],
      ['另存为 PDF', 'pdf'],
    ] as const) {
      const file = path.join(folder, `${title}.${ending}`);
      await answerDialogs(app, file);
      await page.getByRole('button', { name: button }).press('Enter');
      await expect(done).toContainText(`已保存：${title}.${ending}`, { timeout: 30_000 });
      const text = ending === 'docx' ? wordText(file) : pdfText(file);
      expect(text, title).not.toMatch(holes);
      expect(text.replaceAll(/\s/g, ''), title).toContain('王梓沐');
    }
    expect(pdfText(path.join(folder, `${title}.pdf`)), title).toMatch(/—\s*1\s*—/);
    mkdirSync(pictures, { recursive: true });
    execFileSync('pdftoppm', [
      '-r',
      '60',
      '-png',
      path.join(folder, `${title}.pdf`),
      path.join(pictures, title),
    ]);
    await expect(chosen).toContainText(/已出具 \d 次/);
    titles.push(title);
  }
  return titles;
}

test('a person from the legal papers to the release, with every paper', async ({ start, folder }) => {
  test.setTimeout(600_000);
  const { app, page, problems } = await start();
  await county(app, page);

  await test.step('the legal papers come in', async () => {
    await command(page, '打开社区矫正');
    await page.keyboard.press('Control+n');
    for (const [label, text] of [
      ['姓名', '王梓沐'],
      ['证件号码', makeIdentityNumber('1990-03-04')],
      ['联系电话', '16401234567'],
      ['居住地', '甘肃省酒泉市金塔县东坝镇红光村三组18号'],
      ['登记日期', '20260824'],
      ['矫正类别', '缓刑'],
      ['决定机关', '金塔县人民法院'],
      ['裁判（决定）文号', '（2026）甘0921刑初12号'],
      ['生效日期', '20260820'],
      ['文书收到日期', '20260824'],
      ['罪名（案由）', '危险驾驶罪'],
      ['罪名条文', '133之一'],
      ['原判刑罚', '拘役'],
      ['矫正期限止', '20261119'],
    ] as const)
      await put(page, label, text);
    await save(page);
  });

  const first = await test.step('what can be printed at once', async () => {
    await page.keyboard.press('Control+Shift+d');
    await expect(page.getByRole('button', { name: '编文号' })).toBeVisible();
    await look(app, page, 'correction-papers');
    const titles = await printAll(app, page, folder, []);
    await picture(app, path.join(pictures, 'window.png'));
    return titles;
  });
  expect(first).toEqual(['社区矫正对象基本信息表', '送达回执']);

  const { rows } = await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', {
    ledger: 'correction',
    limit: 1,
  });
  const id = rows[0]?.id ?? '';
  const further = async (more: Record<string, unknown>) => {
    const { record, version } = await invoke<{ record: Record<string, unknown>; version: string }>(
      page,
      'ledger.get',
      { id },
    );
    await invoke(page, 'ledger.save', {
      ledger: 'correction',
      id,
      baseVersion: version,
      record: { ...record, ...more },
    });
  };

  await test.step('reported in, registered, declared, with group, plan and level', async () => {
    await page.getByRole('button', { name: '登记表', exact: true }).click();
    await put(page, '报到日期', '20260826');
    await put(page, '接收登记日期', '20260826');
    await put(page, '接收方式', '自行报到');
    await put(page, '责任人', '祁连山');
    await save(page);
    await further({
      declaredOn: '2026-08-27',
      declaredBy: '祁连山',
      groupOn: '2026-08-27',
      planOn: '2026-08-28',
      nation: '01',
      judgedBy: '金塔县人民法院',
      judgedOn: '2026-08-06',
      decidedOn: '2026-08-06',
      registeredAddress: '甘肃省酒泉市金塔县东坝镇红光村三组18号',
      members: [
        { kind: 'station', name: '祁连山', phone: '0937-4420000' },
        { kind: 'family', name: '王父', phone: '16401230002' },
      ],
      levels: [{ level: 'ordinary', startedOn: '2026-08-27', reason: '入矫评估' }],
      plans: [
        {
          madeOn: '2026-08-28',
          supervision: '每周电话报告一次。',
          education: '每月集中教育一次。',
          help: '联系就业。',
        },
      ],
    });
  });
  const second = await printAll(app, page, folder, first);
  expect(second).toEqual([
    '社区矫正对象报到情况通知单',
    '入矫宣告书',
    '社区矫正小组责任书',
    '社区矫正方案',
    '社区矫正期满鉴定表',
  ]);

  await further({
    summaryOn: '2026-10-20',
    appraisedOn: '2026-11-10',
    endKind: 'expired',
    endedOn: '2026-11-19',
    endNotifiedOn: '2026-11-20',
  });
  const third = await printAll(app, page, folder, [...first, ...second]);
  expect(third).toEqual(['解除社区矫正宣告书', '解除社区矫正证明书', '解除社区矫正通知书']);
  const notice = pdfText(path.join(folder, '解除社区矫正通知书.pdf')).replaceAll(/\s/g, '');
  expect(notice).toContain('发给解除社区矫正证明书（〔2026〕金司矫解字第1号）');
  await picture(app, path.join(pictures, 'window-released.png'));
  expect(problems).toEqual([]);
});

test('an evaluation within its term, with its opinion', async ({ start, folder }) => {
  test.setTimeout(300_000);
  const { app, page, problems } = await start();
  await county(app, page);
  await command(page, '打开调查评估');
  await page.keyboard.press('Control+n');
  for (const [label, text] of [
    ['委托单位', '金塔县人民法院'],
    ['委托函文号', '（2026）甘0921刑调5号'],
    ['姓名', '王梓沐'],
    ['证件号码', makeIdentityNumber('1990-03-04')],
    ['罪名（案由）', '盗窃罪'],
    ['罪名条文', '264'],
    ['拟适用类别', '缓刑'],
    ['调查人', '祁连山、苏记一'],
  ] as const)
    await put(page, label, text);
  await save(page);
  await expect(page.getByText(/调查评估期限/).first()).toBeVisible();
  const { rows } = await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', {
    ledger: 'evaluation',
    limit: 1,
  });
  const id = rows[0]?.id ?? '';
  const { record, version } = await invoke<{ record: Record<string, unknown>; version: string }>(
    page,
    'ledger.get',
    { id },
  );
  await invoke(page, 'ledger.save', {
    ledger: 'evaluation',
    id,
    baseVersion: version,
    record: {
      ...record,
      housing: '与父母同住自建房，居住稳定。',
      relations: '家庭和睦，家属愿意协助监督。',
      conclusion: 'suitable',
      issuedOn: record.receivedOn,
      opinion: '有固定居所，家庭和村民委员会具备监管条件。',
    },
  });
  expect(await printAll(app, page, folder, [])).toEqual(['社区矫正调查评估意见书']);
  expect(pdfText(path.join(folder, '社区矫正调查评估意见书.pdf'))).toContain('〔2026〕金司矫评字第1号');
  expect(problems).toEqual([]);
});
