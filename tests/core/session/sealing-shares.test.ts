// Who may decide on sealing no more keeps no way to what is sealed: neither a share of its key nor a sight of anything.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openByPassword, readKeyFile } from '#core/security/key-file.ts';
import { openShare } from '#core/security/sealing-key.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { applicant, reason, seal } from '#tests/fixtures/sealing.ts';

let program: Program;
let head: Person;
let id: string;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  head = await program.signIn('head');
  ({ id } = await program.save(aMediation().withApplicant({ name: applicant })));
  await seal(await program.signIn('clerk'), head, id);
});
afterEach(() => program.close());

const idOf = async (name: string) =>
  (await head.call('account.list', {})).find((account) => account.name === name)?.id ?? '';

/** Whether a password, with the key file as it stands and any tool, opens what is sealed. */
async function opensIt(name: string): Promise<boolean> {
  const file = readKeyFile(program.folder);
  const opened = file && (await openByPassword(file, name, password));
  if (!file?.sealing || !opened) throw new Error(`no way in for ${name}`);
  return openShare(file.sealing, opened.sealer ? [opened.sealer] : []) !== null;
}
const shares = () => readKeyFile(program.folder)?.sealing?.shares.length;

test('whoever stops being a decider loses the share at once', async () => {
  expect([await opensIt('admin'), await opensIt('head'), await opensIt('clerk'), shares()]).toEqual([
    ...[true, true, false],
    3,
  ]);
  await head.call('account.change', { changes: [{ id: await idOf('admin'), role: 'clerk' }] });
  expect([await opensIt('admin'), await opensIt('head'), shares()]).toEqual([false, true, 2]);
  expect((await program.refused('sealing.read', { id })).code).toBe('no-right');
  // Nor does it come back with the next sign-in, his own or another's.
  await program.signIn('admin');
  await program.signIn('head');
  expect([await opensIt('admin'), shares()]).toEqual([false, 2]);
});

test('a decider again has a share again once another decider comes, and can open what is sealed', async () => {
  const admin = await idOf('admin');
  await head.call('account.change', { changes: [{ id: admin, role: 'clerk' }] });
  await head.call('account.change', { changes: [{ id: admin, role: 'administrator' }] });
  expect([await opensIt('admin'), shares()]).toEqual([true, 3]);
  const unseal = { recordId: id, kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;
  const request = await head.call('sealing.apply', unseal);
  await (await program.signIn('admin')).call('sealing.confirm', request);
  expect((await program.call('ledger.get', { id })).id).toBe(id);
});

test('taken by somebody without the key, the share goes with the next sign-in of a decider', async () => {
  const clerk = await idOf('clerk');
  await head.call('account.change', { changes: [{ id: clerk, duties: ['security'] }] });
  const security = await program.signIn('clerk');
  await security.call('account.change', { changes: [{ id: await idOf('admin'), role: 'clerk' }] });
  expect([await opensIt('admin'), shares()]).toEqual([true, 3]);
  await program.signIn('admin');
  expect(await opensIt('admin')).toBe(true);
  await program.signIn('head');
  expect([await opensIt('admin'), shares()]).toEqual([false, 2]);
});

test('disabled, then in use again with a new password: no share for a clerk, one for a head', async () => {
  const admin = await idOf('admin');
  const change = (fields: object) => head.call('account.change', { changes: [{ id: admin, ...fields }] });
  await head
    .call('account.change', { changes: [{ id: await idOf('clerk'), duties: ['system'] }] })
    .catch(() => null);
  await change({ isDisabled: true, duties: [] });
  expect(shares()).toBe(2);
  await change({ isDisabled: false, role: 'clerk' });
  await head.call('account.setPassword', { id: admin, password });
  expect([await opensIt('admin'), shares()]).toEqual([false, 2]);
  await change({ role: 'head' });
  await head.call('account.setPassword', { id: admin, password });
  expect([await opensIt('admin'), shares()]).toEqual([true, 3]);
});

test('a session that was open when the right went opens nothing with the key it had at hand', async () => {
  const unseal = { recordId: id, kind: 'unseal', basis: 'mistaken', reason } as const;
  const request = await head.call('sealing.apply', unseal);
  const admin = await program.signIn('admin');
  expect(await admin.call('sealing.read', request)).toEqual({ reason });
  await head.call('account.change', { changes: [{ id: await idOf('admin'), role: 'clerk' }] });
  for (const method of ['sealing.read', 'sealing.confirm', 'sealing.refuse'])
    expect(await admin.refused(method, request), method).toMatchObject({ code: 'no-right' });
});
