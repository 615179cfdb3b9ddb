import type { Unit } from '#shared/api/types.ts';
import { expect, test } from './launch.ts';
import { look } from './look.ts';
import { account, command, enter, focused, invoke, password, resize, signIn } from './steps.ts';

// The table of figures begins with what the account may print: for others only whoever sees the whole ledger.

const given = 'qinghe-2025';

test('an account of one station prints for its own use; the table for others is not its to choose', async ({
  start,
}) => {
  const { app, page, problems } = await start();
  await expect(page.getByRole('heading', { name: '首次设置' })).toBeVisible();
  const unit = { level: 'county', unitCode: '620921', unitName: '金塔县司法局' };
  await invoke(page, 'setup.create', { ...unit, account, password });
  await page.reload();
  await resize(app);
  await signIn(page);
  const station = (await invoke<Unit[]>(page, 'units.tree', {})).find(({ level }) => level === 'station');
  await invoke(page, 'account.create', { name: '甲所', role: 'head', password: given, unitId: station?.id });

  const dialog = page.getByRole('dialog', { name: '打印统计表' });
  const open = async () => {
    await command(page, '打开指标数据');
    await page.getByRole('button', { name: '打印统计表' }).click();
    await expect(dialog).toBeVisible();
  };
  await open();
  await expect(dialog.getByLabel('报送、公开（对外）')).toBeChecked();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(focused(page)).toHaveAccessibleName('账号');
  await enter(page, '账号', '甲所');
  await enter(page, '密码', given);
  await expect(page.getByText('这个密码是别人代设的')).toBeVisible();
  await enter(page, '现在的密码', given);
  await enter(page, '新密码', password);
  await enter(page, '再输入一次密码', password);
  await expect(page.getByLabel('理由')).toBeFocused();
  await page.keyboard.press('Enter');
  await open();
  await expect(dialog.getByLabel('本单位内部使用')).toBeChecked();
  await expect(dialog.getByLabel('报送、公开（对外）')).toBeDisabled();
  await expect(dialog.getByText('您只看本单位的数据')).toBeVisible();
  for (const zoom of [1, 1.5]) {
    await resize(app, zoom);
    await look(app, page, `figure-sheet-station-${zoom * 100}`);
  }
  await app.evaluate(({ app: program }) =>
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (_options, done) => setTimeout(() => done?.(true, ''), 50);
    }),
  );
  await dialog.getByRole('button', { name: '打印', exact: true }).press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('已送打印机。', { timeout: 20_000 });
  expect(problems).toEqual([]);
});
