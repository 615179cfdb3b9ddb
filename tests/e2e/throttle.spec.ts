import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { account, enter, invoke, password, resize, setUp, type } from './steps.ts';

// Wrong passwords in the window: what it says of them, at the sign-in and under the lock, and over a new start.

type Bureau = { invoke(method: string, input: unknown): Promise<unknown> };
const hints = {
  signIn: '忘记密码的，点“忘记密码”，用恢复密钥或者请上级帮助重设。',
  lock: '忘记密码的，先点“换账号登录”，再点“忘记密码”重设。',
};

async function wrongly(page: Page): Promise<void> {
  await page.getByLabel('密码').focus();
  await page.keyboard.press('Control+a');
  await type(page, 'not-the-password');
  await page.keyboard.press('Enter');
}

test('tries are counted down, then seconds; a lock and a new start go on with them', async ({
  start,
  folder,
}) => {
  test.setTimeout(180_000);
  const dataFolder = path.join(folder, 'data');
  const first = await start({ dataFolder });
  await resize(first.app);
  await setUp(first.page);

  await test.step('under the lock', async () => {
    const { app, page } = first;
    await invoke(page, 'session.lock', {});
    await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
    await expect(page.getByText(hints.lock)).toBeHidden();
    for (const left of [4, 3]) {
      await wrongly(page);
      await expect(page.getByRole('alert')).toContainText(`还可以试 ${left} 次`);
      await expect(page.getByText(hints.lock)).toBeVisible();
    }
    await look(app, page, 'throttle-lock');
    await resize(app, 1.5);
    await look(app, page, 'throttle-lock-150');
    await resize(app);
  });

  await test.step('somebody else at the same PC goes on with the same count', async () => {
    const { page } = first;
    await page.getByRole('button', { name: '换账号登录' }).click();
    await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
    await enter(page, '账号', account);
    await wrongly(page);
    await expect(page.getByRole('alert')).toContainText('还可以试 2 次');
    await expect(page.getByText(hints.signIn)).toBeVisible();
  });
  await first.app.close();

  const { app, page } = await start({ dataFolder });
  await resize(app);
  await test.step('a new start of the program goes on with it, and then one waits', async () => {
    await enter(page, '账号', account);
    await wrongly(page);
    await expect(page.getByRole('alert')).toContainText('还可以试 1 次');
    await wrongly(page);
    await expect(page.getByRole('alert')).toContainText('连续输错，已暂停。请等 30 秒，核对后再试。');
    const waiting = page.getByRole('button', { name: /\d+ 秒后可以再试/ });
    await expect(waiting).toBeDisabled();
    await look(app, page, 'throttle-wait');
    const told = async () => Number.parseInt((await waiting.textContent()) ?? '', 10);
    const before = await told();
    await expect.poll(told).toBeLessThan(before);
    // The right one waits too.
    const right = await page.evaluate(
      (given) => (window as unknown as { bureau: Bureau }).bureau.invoke('session.signIn', given),
      { account, password },
    );
    expect(right).toMatchObject({ ok: false, error: { code: 'sign-in-wait' } });
  });

  await test.step('after it the right one opens', async () => {
    const submit = page.getByRole('button', { name: '登录', exact: true });
    await expect(submit).toBeEnabled({ timeout: 40_000 });
    await enter(page, '密码', password);
    await expect(page.getByRole('heading', { name: '人民调解案件台账' })).toBeVisible({ timeout: 20_000 });
  });
});
