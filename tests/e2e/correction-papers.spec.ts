import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { makeIdentityNumber } from '#tests/fixtures/identity-number.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import {
  happens,
  holdToCatalogue,
  holes,
  keepPictures,
  pdfText,
  pictures,
  printNew,
  put,
  save,
  saveBoth,
  step,
  wordText,
} from './paper-steps.ts';
import { account, command, invoke, password, picture, resize, signIn } from './steps.ts';

// A person from the legal papers to the release, typed at the window with everything on the way: each paper numbered,
// saved as Word and as PDF, and at the end both files bound; an evaluation within its term with its opinion.

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

test('a person from the legal papers to the release, with every paper', async ({ start, folder }) => {
  test.setTimeout(600_000);
  const { app, page, problems } = await start();
  await county(app, page);
  const began = Date.now();
  const printed: string[] = [];
  const print = async (): Promise<string[]> => {
    const titles = await printNew(app, page, folder);
    printed.push(...titles);
    return titles;
  };
  const backToForm = () => page.getByRole('button', { name: '登记表', exact: true }).press('Enter');

  await test.step('the legal papers come in', async () => {
    await command(page, '打开社区矫正');
    await page.keyboard.press('Control+n');
    for (const [label, text] of [
      ['姓名', '王梓沐'],
      ['证件号码', makeIdentityNumber('1990-03-04')],
      ['民族', '汉'],
      ['联系电话', '16401234567'],
      ['居住地', '甘肃省酒泉市金塔县东坝镇红光村三组18号'],
      ['户籍地', '甘肃省酒泉市金塔县东坝镇红光村三组18号'],
      ['登记日期', '20260824'],
      ['矫正类别', '缓刑'],
      ['决定机关', '金塔县人民法院'],
      ['裁判（决定）文号', '（2026）甘0921刑初12号'],
      ['裁判（决定）日期', '20260806'],
      ['生效日期', '20260820'],
      ['文书收到日期', '20260824'],
      ['判决书', '是'],
      ['执行通知书', '否'],
      ['罪名（案由）', '危险驾驶罪'],
      ['罪名条文', '133之一'],
      ['原判刑罚', '拘役'],
      ['矫正期限止', '20261119'],
    ] as const)
      await put(page, label, text);
    await save(page);
    await expect(page.getByLabel('还缺的法律文书')).toHaveValue('执行通知书');
    await expect(page.locator('.record-due')).toContainText('通知补齐法律文书');
    await look(app, page, 'correction-incoming');
    await page.keyboard.press('Control+Shift+d');
    await expect(page.getByRole('listbox', { name: '案卷文书' })).toBeFocused();
    await look(app, page, 'correction-papers');
    expect(await print()).toEqual(['社区矫正对象基本信息表', '送达回执']);
  });

  await test.step('reported in, registered, declared', async () => {
    await step(page, '接收登记', [
      ['报到日期', '20260826'],
      ['接收登记日期', '20260826'],
      ['接收方式', '自行报到'],
    ]);
    await step(page, '入矫宣告', [['入矫宣告日期', '20260827']]);
  });

  await test.step('group, plan, level', async () => {
    await put(page, '责任人', '祁连山');
    await command(page, '添加小组成员');
    await put(page, 'members.0.kind', '司法所');
    await put(page, 'members.0.name', '祁连山');
    await command(page, '添加小组成员');
    await put(page, 'members.1.kind', '家庭');
    await put(page, 'members.1.name', '王父');
    await command(page, '添加分类管理');
    await put(page, 'levels.0.level', '普通');
    await put(page, 'levels.0.startedOn', '20260827');
    await command(page, '添加矫正方案');
    await put(page, 'plans.0.madeOn', '20260828');
    await put(page, 'plans.0.supervision', '每周电话报告一次。');
    await put(page, 'plans.0.education', '每月集中教育一次。');
    await put(page, 'plans.0.help', '联系就业。');
    await save(page);
    expect(await print()).toEqual([
      '社区矫正对象报到情况通知单',
      '入矫宣告书',
      '社区矫正小组责任书',
      '社区矫正方案',
      '社区矫正期满鉴定表',
    ]);
  });

  await test.step('reports, a visit, a meeting, leave, an admonition', async () => {
    await happens(page, '报告走访', [
      ['日期', '20260904'],
      ['类别', '定期报告'],
      ['内容', '本周在家务农，没有外出。'],
    ]);
    await page.keyboard.press('Escape');
    await happens(page, '报告走访', [
      ['日期', '20260915'],
      ['类别', '走访'],
      ['内容', '家中走访，生活稳定。'],
    ]);
    await page.keyboard.press('Escape');
    await happens(page, '报告走访', [
      ['日期', '20260920'],
      ['类别', '会客'],
      ['地点', '金塔县人民法院调解室'],
      ['内容', '申请会见同案人员，商量退赔事宜。'],
    ]);
    expect(await print()).toEqual(['社区矫正对象会客、进入特定区域（场所）审批表']);
    await page.keyboard.press('Escape');
    await happens(page, '外出申请', [
      ['申请日期', '20260925'],
      ['外出事由', '就医'],
      ['目的地', '兰州市城关区'],
      ['外出起', '20260929'],
      ['外出止', '20261002'],
    ]);
    await step(page, '审批', [
      ['审批结果', '批准'],
      ['审批日期', '20260926'],
      ['审批人', '边小舟'],
    ]);
    expect(await print()).toEqual(['社区矫正对象外出审批表', '社区矫正对象准假证明']);
    await step(page, '销假', [['销假日期', '20261002']]);
    await page.keyboard.press('Escape');
    await happens(page, '奖惩事项', [
      ['类别', '训诫'],
      ['登记日期', '20261012'],
      ['事实发生日期', '20261010'],
      ['事实', '未按规定时间电话报告，经询问承认。'],
      ['审核（提出）人', '祁连山'],
    ]);
    await step(page, '决定（提请）', [
      ['决定（提请）日期', '20261013'],
      ['依据', '社区矫正法实施办法第三十四条'],
    ]);
    expect(await print()).toEqual(['社区矫正训诫决定书']);
    await picture(app, path.join(pictures, 'window-measure.png'));
    await page.keyboard.press('Escape');
  });

  await test.step('the end', async () => {
    await backToForm();
    await put(page, '个人总结日期', '20261020');
    await put(page, '书面鉴定日期', '20261110');
    await step(page, '解除矫正', [
      ['结束类型', '期满'],
      ['结束日期', '20261119'],
    ]);
    expect(await print()).toEqual([
      '社区矫正对象报告、走访登记表',
      '解除社区矫正宣告书',
      '解除社区矫正证明书',
      '解除社区矫正通知书',
    ]);
    const notice = pdfText(path.join(folder, '解除社区矫正通知书.pdf')).replaceAll(/\s/g, '');
    expect(notice).toContain('发给解除社区矫正证明书（〔2026〕金司矫解字第1号）');
  });

  await test.step('both files, bound', async () => {
    const list = page.getByRole('listbox', { name: '案卷文书' });
    // What happened is among the person's papers, numbered and issued
    for (const title of ['社区矫正训诫决定书', '社区矫正对象准假证明'])
      await expect(list.getByRole('option', { name: new RegExp(title) })).toContainText('已出具');
    await list.focus();
    await page.keyboard.press('Home');
    await saveBoth(app, page, folder, '社区矫正执行档案');
    await picture(app, path.join(pictures, 'window-file.png'));
    await page.keyboard.press('ArrowDown');
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await saveBoth(app, page, folder, '社区矫正工作档案');
    const file = pdfText(path.join(folder, '社区矫正执行档案.pdf')).replaceAll(/\s/g, '');
    for (const title of printed.filter((one) => !/方案|责任书|走访登记表/.test(one)))
      expect(file).toContain(title);
    expect(file).toContain('〔2026〕金司矫训字第1号');
    expect(holdToCatalogue(path.join(folder, '社区矫正执行档案.pdf')).length).toBeGreaterThan(10);
    expect(holdToCatalogue(path.join(folder, '社区矫正工作档案.pdf')).length).toBeGreaterThan(3);
    const work = wordText(path.join(folder, '社区矫正工作档案.docx'));
    for (const text of ['本周在家务农', '家中走访，生活稳定', '每周电话报告一次', '社区矫正工作档案'])
      expect(work).toContain(text);
    expect(file).not.toMatch(holes);
  });
  console.log(`typed and printed in ${Math.round((Date.now() - began) / 1000)} s`);
  keepPictures(folder, [...printed, '社区矫正执行档案', '社区矫正工作档案']);
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
  expect(await printNew(app, page, folder)).toEqual(['社区矫正调查评估意见书']);
  expect(pdfText(path.join(folder, '社区矫正调查评估意见书.pdf'))).toContain('〔2026〕金司矫评字第1号');
  expect(problems).toEqual([]);
});
