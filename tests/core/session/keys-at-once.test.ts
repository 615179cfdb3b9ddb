// Deriving a key takes a while. What others do to accounts and passwords meanwhile must stand when it is done.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const first = 'qinghe-2025';
const own = 'eigen-2025';
let program: Program;
let head: Person;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  head = await program.signIn('head');
});
afterEach(() => program.close());

const idOf = async (name: string) =>
  (await head.call('account.list', {})).find((account) => account.name === name)?.id ?? '';
const aClerk = (name: string) => ({ name, role: 'clerk', password: first }) as const;
const wrong = { code: 'sign-in-failed' };

test('accounts made and passwords set at the same moment all hold', async () => {
  const [clerk, auditor] = [await idOf('clerk'), await idOf('auditor')];
  const admin = await program.signIn('admin');
  await Promise.all([
    head.call('account.create', aClerk('李秀英')),
    head.call('account.create', aClerk('王建国')),
    admin.call('session.changePassword', { password, newPassword: own }),
    head.call('account.setPassword', { id: clerk, password: first }),
    head.call('account.setPassword', { id: auditor, password: first }),
  ]);
  for (const name of ['李秀英', '王建国', 'clerk', 'auditor']) await program.signIn(name, first);
  await program.signIn('admin', own);
  for (const name of ['admin', 'clerk', 'auditor'])
    expect(await program.refused('session.signIn', { account: name, password })).toMatchObject(wrong);
});

test('a password that comes by the recovery key takes nothing from an account made at the same moment', async () => {
  const { recoveryKey } = program;
  await Promise.all([
    program.ask('session.recover', { recoveryKey, account: 'clerk', newPassword: own }),
    head.call('account.create', aClerk('李秀英')),
    head.call('account.create', aClerk('王建国')),
  ]);
  for (const name of ['李秀英', '王建国']) await program.signIn(name, first);
  await program.signIn('clerk', own);
});

test('an account disabled while another is made is shut out for good', async () => {
  const clerk = await idOf('clerk');
  await head.call('account.create', { ...aClerk('李秀英'), changes: [{ id: clerk, isDisabled: true }] });
  expect(await program.refused('session.signIn', { account: 'clerk', password })).toMatchObject(wrong);
  await head.call('account.change', { changes: [{ id: clerk, isDisabled: false }] });
  // In use again, it needs a new password: the one of before opens nothing any more.
  expect(await program.refused('session.signIn', { account: 'clerk', password })).toMatchObject(wrong);
  await program.signIn('李秀英', first);
});

test('one disabled while a password is set for it gets none', async () => {
  const clerk = await idOf('clerk');
  const [set] = await Promise.all([
    head.ask('account.setPassword', { id: clerk, password: first }),
    head.call('account.change', { changes: [{ id: clerk, isDisabled: true }] }),
  ]);
  expect(set).toMatchObject({ ok: false, error: { code: 'account-disabled', params: { account: 'clerk' } } });
  await head.call('account.change', { changes: [{ id: clerk, isDisabled: false }] });
  for (const secret of [first, password])
    expect(await program.refused('session.signIn', { account: 'clerk', password: secret })).toMatchObject(
      wrong,
    );
});

test('one disabled while it changes its own password is out, with both', async () => {
  const id = await idOf('clerk');
  const clerk = await program.signIn('clerk');
  const changing = clerk.ask('session.changePassword', { password, newPassword: own });
  await new Promise((resolve) => setImmediate(resolve));
  await head.call('account.change', { changes: [{ id, isDisabled: true }] });
  expect(await changing).toMatchObject({ ok: false, error: { code: 'not-signed-in' } });
  await head.call('account.change', { changes: [{ id, isDisabled: false }] });
  for (const secret of [own, password])
    expect(await program.refused('session.signIn', { account: 'clerk', password: secret })).toMatchObject(
      wrong,
    );
});
