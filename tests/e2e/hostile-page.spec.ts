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
  await invoke(page, 'session.signOut', {});

  await invoke(page, 'session.signIn', { account: 'auditor', password });
  const { entries } = await invoke<{ entries: { account: string; detail: { method?: string } }[] }>(
    page,
    'audit.list',
    { actions: ['refused'], limit: 500 },
  );
  const told = entries.filter(({ account }) => account === 'clerk').map(({ detail }) => detail.method);
  expect(told.sort()).toEqual(refused.sort());
});
