import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { familyOf, findTraces, needlesOf } from '../faults/traces.ts';
import { makeIdentityNumber } from '../fixtures/identity-number.ts';
import { aPicture, put } from '../fixtures/scans.ts';
import { expect, test } from './launch.ts';
import { answerDialogs, draftKept, enter, enterUntil, goTo, invoke, resize, setUp, type } from './steps.ts';

// Nothing of a person stands in clear text in anything the window leaves on the disk, while it works, after its page
// crashed, and after its end. Whatever is looked for is put there at last, and found.

const name = '欧阳鹿珂';
const idNumber = makeIdentityNumber('1987-06-05', 321);
const summary = '为一头走失的骆驼争执不下，双方各执一词。';
const needles = needlesOf([name, idNumber, summary, '鹿珂', '走失的骆驼', 'ouyangluke', idNumber.slice(6)]);

/** The file of this name in a folder, closed, and the same words in a file that is deleted while it is open. */
const plant = (app: ElectronApplication, folder: string, words: Record<string, string>) =>
  app.evaluate(
    (_electron, [at, given]) => {
      const fs = process.getBuiltinModule('node:fs');
      fs.mkdirSync(at, { recursive: true });
      for (const [file, base64] of Object.entries(given))
        fs.writeFileSync(`${at}/${file}`, Buffer.from(base64, 'base64'));
      const handle = fs.openSync(`${at}/gone`, 'w+');
      fs.writeSync(handle, Buffer.from(Object.values(given)[0] ?? '', 'base64'));
      fs.rmSync(`${at}/gone`);
    },
    [folder, words] as const,
  );

test('a person entered, saved, searched for, sorted over, drafted, printed, copied, exported and scanned is found zero times', async ({
  start,
  folder,
}) => {
  test.skip(process.platform !== 'linux', 'open files are read off /proc');
  test.setTimeout(180_000);
  const at = (one: string) => path.join(folder, one);
  for (const one of ['tmp', 'home', 'exported', 'second']) mkdirSync(at(one));
  const { app, page, problems } = await start({
    env: { TMPDIR: at('tmp'), SQLITE_TMPDIR: '', HOME: at('home'), XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '' },
  });
  const main = app.process().pid ?? 0;
  // Plain files the user asked for and the ones he brought stand aside; everything else is looked through.
  const folders = ['data', 'window', 'tmp', 'home', 'second'].map(at);
  const seen = new Set<string>();
  const scan = (isRunning = true) => {
    const { found, files } = findTraces(needles, folders, isRunning ? familyOf(main) : []);
    for (const file of files) seen.add(path.basename(file));
    return found.filter((line) => !line.startsWith(at('exported')));
  };
  await resize(app);
  await setUp(page);
  await invoke(page, 'session.reveal', { reason: '办理业务' });

  await test.step('entered, and kept as a draft', async () => {
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
    await enter(page, '受理日期', '20250301');
    await enterUntil(page, 'parties.0.side');
    await type(page, '1');
    await page.keyboard.press('Enter');
    await enterUntil(page, 'parties.0.name');
    await enter(page, '姓名（名称）', name);
    await enter(page, '证件号码', idNumber);
    await enterUntil(page, 'kind');
    await enter(page, '纠纷类型', '邻里');
    await enterUntil(page, 'summary');
    await enter(page, '纠纷简介', summary);
    await draftKept(page, name);
    expect(scan()).toEqual([]);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('已保存。')).toBeVisible({ timeout: 10_000 });
    await expect(page.getByRole('heading', { name })).toBeVisible();
  });

  await test.step('printed: seen first, then as PDF', async () => {
    await page.keyboard.press('Control+Shift+d');
    const papers = page.getByRole('listbox', { name: '案卷文书' });
    await expect(papers).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(page.frameLocator('iframe[title="文书预览"]').locator('body')).toContainText(name);
    expect(scan()).toEqual([]);
    await answerDialogs(app, path.join(at('exported'), '文书.pdf'));
    await page.getByRole('button', { name: '另存为 PDF' }).press('Enter');
    await expect(page.getByTestId('paper-done')).toContainText('文书.pdf', { timeout: 30_000 });
    expect(scan()).toEqual([]);
  });

  await test.step('a scan attached and looked at', async () => {
    const file = put(
      at('exported'),
      `${name}的身份证.png`,
      aPicture({ note: `${name} ${idNumber} ${summary}` }),
    );
    await page.keyboard.press('Control+Shift+a');
    await answerDialogs(app, file);
    await page.getByRole('button', { name: '添加附件' }).press('Enter');
    await expect(page.getByText('已添加 1 份。')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: new RegExp(`查看“${name}`) }).press('Enter');
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible();
    expect(scan()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  await test.step('searched for, by name and by number, and sorted over a register', async () => {
    const party = { side: 'applicant', type: 'natural', name, idType: '01', idNumber };
    const records = Array.from({ length: 300 }, (_each, index) => ({
      ...{ acceptedOn: '2025-03-01', kind: '02', source: 'application', parties: [party] },
      ...{ summary, remark: `${name} ${index}` },
    }));
    for (let part = 0; part < 3; part++)
      await invoke(page, 'ledger.addMany', { ledger: 'mediation', records });
    for (const text of [name, idNumber, 'oylk']) {
      await page.keyboard.press('Control+f');
      await type(page, text);
      await expect(page.getByRole('option', { name: new RegExp(name) }).first()).toBeVisible();
      await page.keyboard.press('Escape');
    }
    await goTo(page, '人民调解');
    const grid = page.getByRole('grid');
    await expect(grid.getByText(name).first()).toBeVisible();
    for (const sorter of await grid.getByRole('columnheader').getByRole('button').all()) {
      await sorter.press('Enter');
      await expect(grid.getByRole('row').nth(1)).toBeVisible();
    }
    await expect(grid.locator('[aria-sort]')).toHaveCount(1);
    expect(scan()).toEqual([]);
  });

  await test.step('copied to the second place, and exported: beside the files that were asked for nothing is left', async () => {
    const choose = async (method: string, file: string, more: object) => {
      await answerDialogs(app, file);
      return (await invoke<{ grant: string }>(page, method, { title: '', ...more })).grant;
    };
    const second = await choose('shell.chooseFolder', at('second'), {});
    await invoke(page, 'system.setSecondPlace', { folder: second });
    await invoke(page, 'system.backup', {});
    await expect.poll(() => readdirSync(at('second'), { recursive: true }).join()).toMatch(/\.db/);
    const before = readdirSync(at('exported'));
    const list = await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', { ledger: 'mediation' });
    const [kind] = await invoke<{ kind: string }[]>(page, 'paper.kinds', {});
    const wanted = ['调解文书.docx', '名册.pdf', '年度报告.docx'];
    const out = async (name: string) =>
      choose('shell.chooseSave', path.join(at('exported'), name), {
        ...{ name, extensions: [name.slice(name.lastIndexOf('.') + 1)] },
      });
    const made = { id: list.rows[0]?.id, kind: kind?.kind, out: await out('调解文书.docx') };
    await invoke(page, 'paper.make', made);
    const print = { method: 'ledger.print', input: { ledger: 'mediation' }, to: 'pdf' };
    await invoke(page, 'shell.print', { ...print, out: await out('名册.pdf') });
    await invoke(page, 'report.make', { year: 2025, out: await out('年度报告.docx') });
    expect(readdirSync(at('exported')).sort()).toEqual([...before, ...wanted].sort());
    expect(scan()).toEqual([]);
  });

  await test.step('an entry under way when the page crashes, and what is left of it', async () => {
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('heading', { name: '登记案件' })).toBeVisible();
    await page.locator('[data-path="parties.0.name"]').focus();
    await type(page, name);
    await draftKept(page, name);
    expect(problems).toEqual([]);
    await app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const isBack = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(null)));
      contents?.forcefullyCrashRenderer();
      await isBack;
    });
    expect(scan()).toEqual([]);
  });

  for (const one of ['ledger.db', 'ledger.db-wal', 'drafts.db', 'ledger.key', 'ledger.lock'])
    expect([...seen], one).toContain(one);
  expect([...seen].some((file) => /^[0-9a-f]{64}$/.test(file))).toBe(true);
  expect([...seen].filter((file) => file.endsWith('.dmp'))).toEqual([]);
  expect(familyOf(main).length).toBeGreaterThan(3);

  // The same eye on the same processes and folders finds what is put there.
  const words = Object.fromEntries(
    needles
      .filter(({ what }) => what.startsWith(summary))
      .map(({ what, bytes }) => [/\((.*)\)/.exec(what)?.[1] ?? '', bytes.toString('base64')]),
  );
  await plant(app, at('window/Crashpad/pending'), words);
  const found = scan();
  for (const encoding of ['UTF-8', 'UTF-16LE', 'GB18030'])
    expect(found).toContain(`${at(`window/Crashpad/pending/${encoding}`)}: ${summary} (${encoding})`);
  expect(found).toContain(`${at('window/Crashpad/pending/gone')} (deleted): ${summary} (UTF-8)`);

  // Not at an end in good order but by a fault of the program itself, where a system would keep its memory.
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(() => void setTimeout(() => process.abort(), 100)).catch(() => undefined);
  await ended;
  const left = scan(false).filter((line) => !line.includes('/Crashpad/pending/'));
  expect(left).toEqual([]);
  const dumps = /\.dmp$|\.heapsnapshot$|^core(\.\d+)?$|^report\..*\.json$|^v8-.*\.log$/;
  expect([...seen].filter((file) => dumps.test(file))).toEqual([]);
  expect(readdirSync('.').filter((file) => dumps.test(file))).toEqual([]);
});
