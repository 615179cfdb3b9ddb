import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { methods } from '#shared/api/methods.ts';
import { hasRight } from '#shared/api/rights.ts';
import { expect, test } from './launch.ts';
import { invoke, password } from './steps.ts';

// A script that got into the page can do what the signed-in account can do there, and nothing more: every way out of
// the page, into the machine or beyond the account's rights is tried from inside it.

type Answer = { ok: boolean; value?: unknown; error?: { code: string; params: Record<string, unknown> } };

const ask = (page: Page, method: unknown, input: unknown): Promise<Answer> =>
  page.evaluate(
    ([name, given]) =>
      (
        window as unknown as { bureau: { invoke(method: unknown, input: unknown): Promise<Answer> } }
      ).bureau.invoke(name, given),
    [method, input],
  );

/** A ledger with every role, signed in as the clerk. */
async function asClerk(page: Page): Promise<void> {
  await invoke(page, 'setup.demo', {
    account: 'admin',
    password,
    cases: 12,
    years: { from: 2023, to: 2024 },
  });
  await invoke(page, 'session.signIn', { account: 'clerk', password });
  await invoke(page, 'session.reveal', { reason: '办理业务' });
}

const some = '00000000-0000-7000-8000-000000000000';

test('a clerk’s page gets nothing that a clerk may not have, and the log says what it tried', async ({
  start,
}) => {
  const { page } = await start();
  await asClerk(page);
  const clerk = { role: 'clerk', duties: [] } as const;
  const forbidden = Object.entries(methods).filter(([, { rights }]) => !hasRight(clerk, rights));
  expect(forbidden.length).toBeGreaterThan(15);
  const refused: string[] = [];
  for (const [method] of forbidden) {
    // Whatever is guessed about the input: the right is asked before anything is done.
    for (const input of [
      {},
      { id: some },
      { id: some, password, reason: 'x' },
      { name: 'x', password, role: 'head' },
    ]) {
      const answer = await ask(page, method, input);
      expect(answer.ok, method).toBe(false);
      expect(['no-right', 'invalid-input'], method).toContain(answer.error?.code);
      if (answer.error?.code === 'no-right') refused.push(method);
    }
  }
  for (const method of ['account.setPassword', 'audit.state', 'account.list'])
    expect(
      (await ask(page, method, method === 'account.setPassword' ? { id: some, password } : {})).error?.code,
    ).toBe('no-right');
  refused.push('account.setPassword', 'audit.state', 'account.list');
  // Nor does a second sign-in of the page's own making without the password.
  expect((await ask(page, 'session.signIn', { account: 'admin', password: '' })).error?.code).toBe(
    'invalid-input',
  );
  expect((await ask(page, 'session.unlock', { password: 'guessed-1234' })).ok).toBe(false);
  expect(await ask(page, 'session.current', {})).toMatchObject({ value: { account: { name: 'clerk' } } });
  // The page is made anew for whoever comes next.
  const isAnew = page.waitForEvent('load');
  await invoke(page, 'session.signOut', {}).catch(() => undefined);
  await isAnew;
  await expect(page.getByRole('heading').first()).toBeVisible();

  await invoke(page, 'session.signIn', { account: 'auditor', password });
  const { entries } = await invoke<{ entries: { account: string; detail: { method?: string } }[] }>(
    page,
    'audit.list',
    { actions: ['refused'], limit: 500 },
  );
  const told = entries.filter(({ account }) => account === 'clerk').map(({ detail }) => detail.method);
  expect(told.sort()).toEqual(refused.sort());
});

test('forged files, tokens and inputs lead nowhere, and the program lives', async ({ start, folder }) => {
  test.setTimeout(120_000);
  const { app, page } = await start();
  await asClerk(page);
  // With all that a clerk may see: what is refused is refused for its file, not for the masks.
  await invoke(page, 'session.reveal', { reason: '办理业务' });
  const list = await invoke<{ rows: { id: string }[] }>(page, 'ledger.list', { ledger: 'mediation' });
  const id = list.rows[0]?.id ?? '';
  const target = path.join(folder, 'taken.docx');

  // Files: a page has names of what its user chose, and cannot make one up.
  const forged = [
    target,
    `file://${target}`,
    '../../../../etc/passwd',
    'grant:',
    'grant:00000000-0000-4000-8000-000000000000',
    'grant:../../etc/passwd',
    '__proto__',
    'constructor',
  ];
  const [first] = await invoke<{ kind: string }[]>(page, 'paper.kinds', {});
  const kind = first?.kind ?? '';
  for (const [index, grant] of forged.entries()) {
    const calls: [string, object][] = [
      ['attachment.add', { recordId: id, file: grant, kind: 'site' }],
      ['system.backup', { folder: grant }],
      ['shell.print', { method: 'ledger.print', input: { ledger: 'mediation' }, to: 'pdf', out: grant }],
    ];
    // What is made first and written then takes its time: with some of the names.
    if (index % 3 === 0)
      calls.push(
        ['paper.make', { id, kind, out: grant }],
        ['dossier.make', { id, out: grant }],
        ['paper.makeBlank', { kind, out: grant }],
      );
    for (const [method, input] of calls)
      expect((await ask(page, method, input)).error?.code, `${method} ${grant}`).toBe('grant-unknown');
  }
  expect(readdirSync(folder).sort()).toEqual(['data', 'window']);

  // What the window does takes its own words only.
  const misuse: [string, unknown][] = [
    ['shell.print', { method: 'ledger.save', input: {}, to: 'printer' }],
    [
      'shell.print',
      { method: 'audit.daySheet', input: { on: '2025-01-01' }, to: 'pdf', out: 'x', silent: true },
    ],
    ['shell.printText', { title: 'x'.repeat(81), lines: [] }],
    ['shell.chooseSave', { title: 'x', name: '../../x', extensions: ['docx'] }],
    ['shell.chooseSave', { title: 'x', name: 'a/b', extensions: ['docx'] }],
    ['shell.chooseFile', { title: 'x', extensions: ['../..'] }],
    ['shell.viewPdf', { id: { toString: 'x' } }],
    ['shell.quit', { force: true }],
    ['shell.cancel', {}],
  ];
  for (const [method, input] of misuse)
    expect((await ask(page, method, input)).error?.code, JSON.stringify([method, input])).toBe(
      'invalid-input',
    );
  for (const method of [
    null,
    5,
    ['ledger.list'],
    { a: 1 },
    'shell.__proto__',
    'hasOwnProperty',
    'ledger.list\u0000',
  ])
    expect((await ask(page, method, {})).error?.code).toBe('unknown-method');

  // Inputs that aim at the program's own objects, and ones too large to be meant.
  const answers = await page.evaluate(async (record) => {
    const { bureau } = window as unknown as {
      bureau: { invoke(method: string, input: unknown): Promise<Answer> };
    };
    const aimed = JSON.parse(
      `{"ledger":"mediation","record":{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"role":"administrator"}}}}`,
    );
    let deep: object = {};
    for (let depth = 0; depth < 900; depth++) deep = { in: deep };
    const huge = 'x'.repeat(8 * 2 ** 20);
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const given: [string, unknown][] = [
      ['ledger.save', aimed],
      ['ledger.save', { ledger: '__proto__', record: {} }],
      ['ledger.list', { ledger: 'mediation', filter: { __proto__: 'x', 'kind; drop table': '1' } }],
      ['ledger.list', { ledger: 'mediation', sort: { field: "title'; delete from audit_entry; --" } }],
      ['ledger.get', { id: record, token: 'other', session: { role: 'administrator' } }],
      ['ledger.save', deep],
      ['search.find', { text: huge }],
      ['draft.save', { id: record, ledger: 'mediation', content: { summary: huge } }],
      ['search.find', circle],
      ['ledger.list', { ledger: () => 'mediation' }],
      ['session.changePassword', { password: huge, newPassword: huge }],
    ];
    const found: string[] = [];
    for (const [method, input] of given) {
      const answer = await (async () => bureau.invoke(method, input))().then(
        ({ ok, error }) => (ok ? 'done' : (error?.code ?? '')),
        () => 'not sent',
      );
      found.push(`${method}: ${answer}`);
    }
    return found;
  }, id);
  expect(answers.filter((answer) => /done|internal|^sent/.test(answer))).toEqual([]);

  expect(await app.evaluate(() => ({}) as { isAdmin?: boolean; role?: string })).toEqual({});
  expect(await app.evaluate(() => (({}) as { isAdmin?: boolean }).isAdmin === undefined)).toBe(true);
  expect(await invoke(page, 'session.current', {})).toMatchObject({ account: { name: 'clerk' } });
  expect(await invoke(page, 'system.verify', {})).toMatchObject({ ok: true });
});
