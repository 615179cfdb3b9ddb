import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './launch.ts';
import { demo, focused, goTo } from './steps.ts';

// What becomes of a print is told as it is: sent, closed, failed and tried again. The printer is played: this machine
// has none.

/** What the system answers to the next prints, in order: a reason where it did not come about. */
const printer = (app: ElectronApplication, answers: string[]) =>
  app.evaluate(({ app: program }, given) => {
    const left = [...given];
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => {
        const reason = left.shift() ?? '';
        setTimeout(() => done?.(reason === '', reason), 50);
      };
    });
  }, answers);

const closed = 'Print job canceled';

test('a print that is closed, one that fails and is tried again, and one that is sent', async ({ start }) => {
  test.setTimeout(180_000);
  const { app, page, problems } = await demo(start, 12);
  await printer(app, [closed, 'Print job failed', '', closed, 'Print job failed', '', closed]);
  const alert = page.getByRole('alert');

  await test.step('the board, by its key', async () => {
    await goTo(page, '待办');
    const told = page.getByRole('status').first();
    await page.keyboard.press('Control+p');
    await expect(told).toHaveText('已取消打印。', { timeout: 20_000 });
    await page.keyboard.press('Control+p');
    await expect(alert).toContainText('打印没有完成', { timeout: 20_000 });
    await expect(told).toHaveText('');
    await alert.getByRole('button', { name: '重试' }).press('Enter');
    await expect(told).toHaveText('已送打印机。', { timeout: 20_000 });
    await expect(alert).toHaveCount(0);
  });

  await test.step('a list, from its dialog', async () => {
    await goTo(page, '人民调解');
    await page.keyboard.press('Control+p');
    const dialog = page.getByRole('dialog');
    await expect(focused(page)).toHaveAccessibleName('当前列表（按现在的筛选和排序）');
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('radio').nth(1)).toBeChecked();
    const print = dialog.getByRole('button', { name: '打印', exact: true });
    await print.press('Enter');
    await expect(dialog.getByRole('status')).toHaveText('已取消打印。', { timeout: 20_000 });
    await print.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('打印没有完成', { timeout: 20_000 });
    await dialog.getByRole('button', { name: '重试' }).press('Enter');
    await expect(dialog.getByRole('status')).toHaveText('已送打印机。', { timeout: 20_000 });
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('a paper of a case: what was issued stays issued, and is told', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: '文书', exact: true })).toBeVisible();
    await page.keyboard.press('Control+Shift+d');
    await expect(page.frameLocator('iframe').locator('body')).not.toBeEmpty();
    await page.keyboard.press('Control+p');
    await expect(page.getByTestId('paper-done')).toContainText('文书已留在出具记录里', { timeout: 30_000 });
  });
  expect(problems).toEqual([]);
});
