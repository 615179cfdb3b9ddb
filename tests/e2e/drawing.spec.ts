import { drawing, expect, test } from './launch.ts';

// What every start is asked (launch.ts) can tell a window that draws from one that stands still.

test('a window that draws nothing is told from one that does', async ({ start }) => {
  const { app, page } = await start();
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  expect(await drawing(page, 10_000)).toBe('draws');
  const show = (isShown: boolean) =>
    app.evaluate(({ BrowserWindow }, shown) => {
      for (const window of BrowserWindow.getAllWindows()) shown ? window.show() : window.hide();
    }, isShown);
  await show(false);
  await expect.poll(() => drawing(page, 1500), { timeout: 20_000 }).toBe('draws nothing');
  // What stands in it changes all the same
  await page
    .getByRole('heading', { name: '首次设置' })
    .evaluate((node) => node.setAttribute('title', 'changed'));
  await expect(page.getByTitle('changed')).toBeVisible();
  await show(true);
  await expect.poll(() => drawing(page, 1500), { timeout: 20_000 }).toBe('draws');
});
