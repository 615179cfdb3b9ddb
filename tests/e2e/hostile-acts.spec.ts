import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { methods } from '#shared/api/methods.ts';
import { expect, test } from './launch.ts';
import { invoke, password } from './steps.ts';

// What a script in the page could do in its user's name without him: acts of weight within minutes of his password,
// files that he chose for something else, dialogs and calls without end, and staying there for the next user.

type Answer = { ok: boolean; value?: unknown; error?: { code: string } };

const ask = (page: Page, method: string, input: unknown): Promise<Answer> =>
  page.evaluate(
    ([name, given]) =>
      (
        window as unknown as { bureau: { invoke(method: string, input: unknown): Promise<Answer> } }
      ).bureau.invoke(name as string, given),
    [method, input] as const,
  );
const codeOf = async (page: Page, method: string, input: unknown) =>
  (await ask(page, method, input)).error?.code ?? 'done';

/** A ledger whose one account may do everything, its password typed a moment ago. */
async function asAdministrator(page: Page): Promise<void> {
  await invoke(page, 'setup.create', {
    ...{ level: 'county', unitCode: '620921', unitName: '金塔县司法局' },
    ...{ account: 'admin', password },
  });
  await invoke(page, 'session.signIn', { account: 'admin', password });
}

/** The question of the system is answered so from now on; what it said is kept. */
const answerQuestions = (app: ElectronApplication, isHimself: boolean) =>
  app.evaluate(({ dialog }, yes) => {
    const questions: { message: string; defaultId: number }[] = [];
    Object.assign(globalThis, { questions });
    dialog.showMessageBox = (async (_window: unknown, said: { message: string; defaultId: number }) => {
      questions.push(said);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { response: yes ? 0 : 1, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, isHimself);
const questions = (app: ElectronApplication) =>
  app.evaluate(
    () => (globalThis as unknown as { questions: { message: string; defaultId: number }[] }).questions,
  );

test('an act that gives, takes or destroys is asked about where no script of the page can answer', async ({
  start,
}) => {
  const { app, page } = await start();
  await asAdministrator(page);
  await answerQuestions(app, false);
  const wish = { name: '影子', password: 'Shadow-account-1', role: 'administrator' };
  expect(await codeOf(page, 'account.create', wish)).toBe('cancelled');
  expect((await questions(app)).map(({ message }) => message)).toEqual(['正要办理：新建账号（影子）']);
  // An Enter that was on its way into the page says no.
  expect((await questions(app))[0]?.defaultId).toBe(1);
  const weighty = Object.entries(methods).filter(([, { asked }]) => asked);
  expect(weighty.length).toBeGreaterThan(7);
  for (const [method] of weighty) expect(await codeOf(page, method, {}), method).toBe('cancelled');
  // What gives or takes rights without a question would be a gap in the table.
  expect(
    Object.keys(methods).filter((name) => /^account\.|^destruction\.(approve|carryOut)$/.test(name)),
  ).toEqual(expect.arrayContaining(weighty.map(([name]) => name).filter((name) => /^account/.test(name))));
  const flood = await page.evaluate(async (input) => {
    const { bureau } = window as unknown as { bureau: { invoke(m: string, i: unknown): Promise<Answer> } };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => bureau.invoke('account.create', input)),
    );
    return answers.map(({ error }) => error?.code);
  }, wish);
  expect(flood.filter((code) => code === 'busy')).toHaveLength(29);
  expect(await questions(app)).toHaveLength(2 + weighty.length);
  expect(await invoke<object[]>(page, 'account.list', {})).toHaveLength(1);

  await answerQuestions(app, true);
  expect(await codeOf(page, 'account.create', { ...wish, duties: [] })).toBe('done');
  expect(await invoke<object[]>(page, 'account.list', {})).toHaveLength(2);
});

test('a file is good for what its user chose it for, and for his session only', async ({ start, folder }) => {
  const { app, page } = await start();
  await asAdministrator(page);
  const brought = path.join(folder, '带来的.docx');
  const saved = path.join(folder, '另存.pdf');
  writeFileSync(brought, 'of the user');
  writeFileSync(saved, 'of the user too');
  await app.evaluate(
    ({ dialog }, [open, save]) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [open] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: save });
    },
    [brought, saved] as const,
  );
  const choose = async () => ({
    open: (await invoke<{ grant: string }>(page, 'shell.chooseFile', { title: '', extensions: ['docx'] }))
      .grant,
    save: (
      await invoke<{ grant: string }>(page, 'shell.chooseSave', {
        ...{ title: '', name: 'a.pdf', extensions: ['pdf'] },
      })
    ).grant,
  });
  const { open, save } = await choose();
  const [first] = await invoke<{ kind: string }[]>(page, 'paper.kinds', {});
  const blank = { kind: first?.kind ?? '', overwrite: true };
  const print = { method: 'ledger.print', input: { ledger: 'mediation' }, to: 'pdf' };
  expect(await codeOf(page, 'paper.makeBlank', { ...blank, out: open })).toBe('grant-unknown');
  expect(await codeOf(page, 'shell.print', { ...print, out: open })).toBe('grant-unknown');
  expect(await codeOf(page, 'calendar.import', { file: save })).toBe('grant-unknown');
  expect(await codeOf(page, 'system.backup', { folder: save })).toBe('grant-unknown');
  expect(readFileSync(brought, 'utf8')).toBe('of the user');
  expect(await codeOf(page, 'shell.print', { ...print, out: save })).toBe('done');
  expect(readFileSync(saved, 'latin1').slice(0, 5)).toBe('%PDF-');

  // Whatever ran in this page is gone with its user, and so is what he chose.
  const kept = await choose();
  const isReplaced = page.waitForEvent('load');
  await page.evaluate(() => Object.assign(window, { planted: true }));
  await invoke(page, 'session.signOut', {}).catch(() => undefined);
  await isReplaced;
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { planted?: true }).planted ?? false)).toBe(false);
  await invoke(page, 'session.signIn', { account: 'admin', password });
  expect(await codeOf(page, 'shell.print', { ...print, out: kept.save })).toBe('grant-unknown');
});

test('a flood of calls, of dialogs or of prints leaves the program to its user', async ({ start }) => {
  test.setTimeout(120_000);
  const { app, page } = await start();
  await asAdministrator(page);
  const flood = (method: string, input: unknown, count: number) =>
    page.evaluate(
      async ([name, given, times]) => {
        const { bureau } = window as unknown as {
          bureau: { invoke(method: string, input: unknown): Promise<Answer> };
        };
        const all = Array.from({ length: times }, () => bureau.invoke(name, given));
        const codes = (await Promise.all(all)).map(({ error }) => error?.code ?? 'done');
        return Object.fromEntries(
          [...new Set(codes)].map((code) => [code, codes.filter((c) => c === code).length]),
        );
      },
      [method, input, count] as const,
    );
  // On a busy machine the page sends more slowly than the core answers: the flood rises until it is one.
  let calls = await flood('ledger.list', { ledger: 'mediation' }, 2000);
  for (let times = 8000; times <= 32_000 && calls.busy === undefined; times *= 2)
    calls = await flood('ledger.list', { ledger: 'mediation' }, times);
  expect(Object.keys(calls).sort()).toEqual(['busy', 'done']);
  expect(calls.done).toBeGreaterThanOrEqual(200);
  expect(await codeOf(page, 'ledger.list', { ledger: 'mediation' })).toBe('done');

  await app.evaluate(({ dialog }) => {
    const shown = { count: 0 };
    Object.assign(globalThis, { shown });
    dialog.showOpenDialog = async () => {
      shown.count += 1;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return { canceled: true, filePaths: [] };
    };
  });
  const dialogs = await flood('shell.chooseFile', { title: '', extensions: ['csv'] }, 40);
  const shown = await app.evaluate(() => (globalThis as unknown as { shown: { count: number } }).shown.count);
  expect(shown).toBe(dialogs.done);
  expect(shown).toBeLessThan(4);
  expect(dialogs.busy).toBe(40 - shown);

  // The page cannot print itself past the log, nor by a dialog a time.
  const printed = await page.evaluate(async () => {
    let begun = 0;
    addEventListener('beforeprint', () => {
      begun += 1;
    });
    for (let times = 0; times < 5; times++) window.print();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return begun;
  });
  expect(printed).toBe(0);

  // Names and kinds of file that are not what they look like.
  const chooses = (more: object) =>
    codeOf(page, 'shell.chooseSave', { title: '', name: 'a.pdf', extensions: ['pdf'], ...more });
  for (const kinds of [['bat'], ['exe'], ['pdf', 'desktop'], []])
    expect(await chooses({ extensions: kinds })).toBe('invalid-input');
  expect(await chooses({ name: '报告\u202Efdp.docx' })).toBe('invalid-input');
  expect(await chooses({ title: '另存\u0007' })).toBe('invalid-input');
});
