import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { strFromU8, unzipSync } from 'fflate';
import type { Saved } from '#shared/api/types.ts';
import { aPersonInCorrection, eventsOf } from '#tests/fixtures/correction.ts';
import { fullCase } from '#tests/fixtures/full-case.ts';
import { aTemplate, inFolder } from '#tests/fixtures/template.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, command, invoke, picture, resize, setUp, type } from './steps.ts';

// A bureau's own template and the forms for days without power, in the real window and by keyboard.

const pictures = path.join('test-results', 'own-templates');
const wordText = (file: string) =>
  strFromU8(unzipSync(readFileSync(file))['word/document.xml'] ?? new Uint8Array()).replaceAll(
    /<[^>]+>/g,
    '',
  );

test('a template is refused by name, added, used for a case and its file, and retired', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await invoke(page, 'ledger.save', { ledger: 'mediation', record: fullCase().record() });

  await page.keyboard.press('Control+k');
  await type(page, '本单位模板');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '本单位模板', exact: true })).toBeVisible();
  await expect(page.getByText('还没有本单位模板')).toBeVisible();
  await picture(app, path.join(pictures, 'empty.png'));

  const add = async (file: string) => {
    await answerDialogs(app, file);
    await page.getByRole('combobox', { name: '用于' }).focus();
    await type(page, '人民调解协议书');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '选择文件并添加' }).focus();
    await page.keyboard.press('Enter');
  };
  const wrong = await aTemplate(['协议书', '{{承办法官}}']);
  await add(inFolder(folder, '错的.docx', wrong));
  await expect(page.getByRole('alert')).toContainText('“错的.docx”里的位置“{{承办法官}}”没有这个名称');
  const lines = ['本县调解协议书', '案号{{案号}}', '{{#当事人}}', '{{地位}}：{{姓名}}', '{{/当事人}}'];
  const right = await aTemplate([
    ...lines,
    '姓名 | 电话',
    '{{#当事人}}{{姓名}} | {{电话}}{{/当事人}}',
    '{{协议内容}}',
  ]);
  await add(inFolder(folder, '本县协议书.docx', right));
  await expect(page.getByTestId('template-done')).toContainText('已添加：人民调解协议书，第 1 版');
  await expect(page.getByRole('row', { name: /人民调解协议书.*使用中/ })).toBeVisible();
  await picture(app, path.join(pictures, 'list.png'));
  await resize(app, 1.5);
  await picture(app, path.join(pictures, 'list-large.png'));
  await resize(app, 1);
  const names = path.join(folder, '名称表.pdf');
  await answerDialogs(app, names);
  await page.getByRole('region', { name: '位置名称表' }).getByRole('button', { name: '另存为 PDF' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('template-done')).toContainText('名称表.pdf', { timeout: 30_000 });
  expect((await PDFDocument.load(readFileSync(names))).getPageCount()).toBeGreaterThan(1);

  // The case: its agreement is in the bureau's form, the house wording one key away.
  await page.keyboard.press('Control+f');
  await type(page, '柳春禾');
  await expect(page.getByRole('option', { name: /柳春禾/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /柳春禾/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeFocused();
  const chosen = list.getByRole('option', { selected: true });
  const preview = page.frameLocator('iframe[title="文书预览"]');
  await expect(preview.locator('body')).toContainText('本单位格式，另附约1页');
  await expect(page.getByText('案卷还缺必须的“当事人身份证明”')).toBeVisible();
  await page.getByLabel('“人民调解协议书”的实际页数').fill('3');
  await expect(preview.locator('body')).toContainText('本单位格式，另附3页');
  await picture(app, path.join(pictures, 'counted.png'));
  await picture(app, path.join(pictures, 'dossier.png'));
  const file = path.join(folder, '案卷.docx');
  await answerDialogs(app, file);
  await page.getByRole('button', { name: '保存为 Word' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText('其中 1 件用本单位模板，另存在旁边', {
    timeout: 20_000,
  });

  // Without the application: unticked, it is neither in the preview nor in the file.
  const pieces = page.getByRole('region', { name: '装入案卷的文书' });
  await expect(preview.locator('body')).toContainText('人民调解申请书');
  await pieces.getByRole('checkbox', { name: '人民调解申请书' }).focus();
  await page.keyboard.press('Space');
  await expect(preview.locator('body')).not.toContainText('人民调解申请书');

  await list.focus();
  for (let press = 0; press < 20; press += 1) {
    if ((await chosen.textContent())?.includes('人民调解协议书')) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(preview.locator('body')).toContainText('本县调解协议书');
  await expect(page.getByRole('button', { name: '打印', exact: true })).toBeDisabled();
  await picture(app, path.join(pictures, 'paper.png'));
  const word = path.join(folder, '协议书.docx');
  await answerDialogs(app, word);
  await page.getByRole('button', { name: '保存为 Word' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText('已保存：协议书.docx', { timeout: 20_000 });
  expect(wordText(word)).toContain('申请人：柳春禾');
  await expect(page.getByRole('button', { name: /本单位模板第 1 版/ })).toBeVisible();
  await page.getByRole('radio', { name: '本单位模板第 1 版' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(preview.locator('body')).toContainText('本协议一式');
  await expect(page.getByRole('button', { name: '打印', exact: true })).toBeEnabled();
  await resize(app, 1.5);
  await expect(page.getByRole('button', { name: '保存为 Word' })).toBeInViewport();
  await picture(app, path.join(pictures, 'paper-large.png'));
  await resize(app, 1);

  await page.keyboard.press('Control+k');
  await type(page, '打开本单位模板');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '停用“人民调解协议书”的模板' }).focus();
  await page.keyboard.press('Enter');
  await type(page, '格式改版');
  await picture(app, path.join(pictures, 'retire.png'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /停用：格式改版/ })).toBeVisible();
  expect(problems).toEqual([]);
});

test('forms for a day without power: numbers reserved, a set for each, and one keyed in later', async ({
  start,
  folder,
}) => {
  test.setTimeout(120_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  await page.keyboard.press('Control+k');
  await type(page, '停电备用');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '停电备用文书' })).toBeVisible();
  const preview = page.frameLocator('iframe[title="备用文书预览"]');
  await expect(preview.locator('body')).toContainText('人民调解申请书');
  await picture(app, path.join(pictures, 'paper-day.png'));

  const papers = ['人民调解申请书', '人民调解协议书'];
  for (const box of await page.getByRole('checkbox').all()) {
    const name = await box.evaluate((input) => input.closest('label')?.textContent ?? '');
    if ((await box.isChecked()) !== papers.includes(name)) {
      await box.focus();
      await page.keyboard.press('Space');
    }
  }
  await page.getByLabel('年度').fill('2025');
  await page.getByLabel('个数').fill('3');
  await expect(page.getByText('3 个案号，每个 2 种文书，共 6 份。')).toBeVisible();
  const pdf = path.join(folder, '备用.pdf');
  await answerDialogs(app, pdf);
  await page.getByRole('button', { name: '另存为 PDF' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-day-done')).toContainText(/已制作 6 份，.*案号 .*第1号 至 .*第3号/, {
    timeout: 30_000,
  });
  expect((await PDFDocument.load(readFileSync(pdf))).getPageCount()).toBeGreaterThanOrEqual(6);
  await picture(app, path.join(pictures, 'paper-day-done.png'));

  // The same numbers once more, as Word, without reserving others.
  await expect(page.getByRole('radio', { name: /用已预留、还没有录入的（3 个）/ })).toBeChecked();
  const word = path.join(folder, '备用.docx');
  await answerDialogs(app, word);
  await page.getByRole('button', { name: '保存为 Word' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paper-day-done')).toContainText('已制作 6 份', { timeout: 30_000 });
  const text = wordText(word);
  expect(text.match(/人民调解协议书/g)?.length).toBeGreaterThanOrEqual(3);
  // Each form bears its number.
  for (const n of [1, 2, 3])
    expect(text.match(new RegExp(`案号：（2025）\\S+?第${n}号`, 'g'))).toHaveLength(2);
  const blocks = await invoke<{ count: number; numbers: { number: string; state: string }[] }[]>(
    page,
    'number.blocks',
    {
      ledger: 'mediation',
    },
  );
  expect(blocks.map(({ count }) => count)).toEqual([3]);
  const [, second = { number: '' }] = blocks[0]?.numbers ?? [];
  await invoke(page, 'ledger.save', {
    ledger: 'mediation',
    record: fullCase().record(),
    number: second.number,
  });
  await expect(page.getByRole('radio', { name: /（2 个）/ })).toBeVisible();
  await resize(app, 1.5);
  await expect(page.getByRole('button', { name: '保存为 Word' })).toBeInViewport();
  await picture(app, path.join(pictures, 'paper-day-large.png'));
  expect(problems).toEqual([]);
});

test('a template for a paper of 社区矫正: the list of places follows the paper, the person’s file has it', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await start();
  await resize(app);
  await setUp(page);
  const save = (ledger: string, record: Record<string, unknown>) =>
    invoke<Saved>(page, 'ledger.save', { ledger, record });
  const person = await save('correction', aPersonInCorrection());
  await save('measure', {
    ...eventsOf(person.id).measure,
    ...{ decidedOn: '2025-05-21', facts: '未按时报告。', decisionNo: '〔2025〕金司矫训字第1号' },
  });
  await command(page, '打开本单位模板');
  await page.getByRole('combobox', { name: '用于' }).focus();
  await type(page, '社区矫正训诫决定书');
  // The kinds may come after the typing
  await expect(page.getByRole('option', { name: '社区矫正训诫决定书' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  const places = page.getByRole('region', { name: '位置名称表' });
  await expect(places.getByText('{{矫正期限}}', { exact: true })).toBeVisible();
  await expect(places.getByText('{{调解员}}', { exact: true })).toHaveCount(0);
  await picture(app, path.join(pictures, 'correction-places.png'));
  const lines = ['本县训诫决定书', '{{文书文号}}', '{{姓名}}，{{矫正期限}}', '{{事实}}', '{{社区矫正机构}}'];
  await answerDialogs(app, inFolder(folder, '本县训诫.docx', await aTemplate(lines)));
  await page.getByRole('button', { name: '选择文件并添加' }).press('Enter');
  await expect(page.getByTestId('template-done')).toContainText('已添加：社区矫正训诫决定书，第 1 版');

  await command(page, '打开社区矫正');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '唐蒙' })).toBeVisible();
  await page.keyboard.press('Control+Shift+d');
  const list = page.getByRole('listbox', { name: '案卷文书' });
  await expect(list).toBeFocused();
  await page.keyboard.press('End');
  await expect(list.getByRole('option', { selected: true })).toContainText('社区矫正训诫决定书');
  await expect(page.getByText('本单位模板第 1 版')).toBeVisible();
  const out = path.join(folder, '训诫.docx');
  await answerDialogs(app, out);
  await page.getByRole('button', { name: '保存为 Word' }).press('Enter');
  await expect(page.getByTestId('paper-done')).toContainText('已保存：训诫.docx');
  for (const said of ['本县训诫决定书', '〔2025〕金司矫训字第1号', '唐蒙', '未按时报告。'])
    expect(wordText(out)).toContain(said);
  await picture(app, path.join(pictures, 'correction-paper.png'));
  expect(problems).toEqual([]);
});
