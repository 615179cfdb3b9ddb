// Deriving a key from a password takes a while. Whoever signs out, locks or masks names meanwhile has done so: what was
// begun before takes none of it back.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';

const newPassword = 'pruefung-2026';
const list = { ledger: 'mediation' };
const begun = {
  'session.confirm': { password },
  'session.changePassword': { password, newPassword },
  'session.unlock': { password },
};

let program: Program;
let clerk: Person;
beforeEach(async () => {
  // As slow as the derivation of a real key file.
  program = await aProgram({ everyRole: true, kdfCost: 16_384 });
  clerk = await program.signIn('clerk');
});
afterEach(() => program.close());

const codeOf = (answer: Awaited<ReturnType<Person['ask']>>) => (answer.ok ? null : answer.error.code);
const passwordOpens = async (secret: string) =>
  (await program.ask('session.signIn', { account: 'clerk', password: secret })).ok;
const changes = () =>
  program.look((db) =>
    db.value<number>(sql`select count(*) from audit_entry where action = 'session.changePassword'`),
  );

describe('whoever signs out is signed out', () => {
  for (const [method, input] of Object.entries(begun))
    test(`while ${method} is under way`, async () => {
      if (method === 'session.unlock') await clerk.call('session.lock', {});
      const under = clerk.ask(method, input);
      await clerk.call('session.signOut', {});
      expect(codeOf(await under)).toBe('not-signed-in');
      expect(codeOf(await clerk.ask('ledger.list', list))).toBe('not-signed-in');
      expect(await clerk.call('session.current', {})).toBeNull();
    });

  test('the last one leaves the ledger shut, and nobody is still at the program', async () => {
    await program.call('session.signOut', {});
    const under = clerk.ask('session.confirm', { password });
    await clerk.call('session.signOut', {});
    expect(codeOf(await under)).toBe('not-signed-in');
    expect((await program.call('program.state', {})).state.is).toBe('sign-in');
    await program.signInAgain();
    await program.call('session.signOut', {});
    expect(codeOf(await clerk.ask('ledger.list', list))).toBe('not-signed-in');
    expect(codeOf(await program.ask('program.use', {}))).toBeNull();
    await program.signInAgain();
  });
});

describe('whoever locks is locked', () => {
  for (const method of ['session.confirm', 'session.changePassword'] as const)
    test(`while ${method} is under way`, async () => {
      const under = clerk.ask(method, begun[method]);
      await clerk.call('session.lock', {});
      expect(codeOf(await under)).toBe('session-locked');
      expect(codeOf(await clerk.ask('ledger.list', list))).toBe('session-locked');
      await clerk.call('session.unlock', { password });
      expect(codeOf(await clerk.ask('ledger.list', list))).toBeNull();
    });
});

test('a password that was refused is not changed, in the key file or in the log', async () => {
  const under = clerk.ask('session.changePassword', { password, newPassword });
  await clerk.call('session.signOut', {});
  expect(codeOf(await under)).toBe('not-signed-in');
  expect(await passwordOpens(password)).toBe(true);
  expect(await passwordOpens(newPassword)).toBe(false);
  expect(await changes()).toBe(0);
});

describe('whoever masks names and numbers has them masked', () => {
  for (const [method, input] of Object.entries(begun))
    test(`while ${method} is under way`, async () => {
      const under = clerk.ask(method, input);
      await clerk.call('session.veil', {});
      expect(codeOf(await under)).toBeNull();
      expect((await clerk.call('session.current', {}))?.isVeiled).toBe(true);
    });
});

test('whoever gave a reason meanwhile sees names whole, and the password counts as typed', async () => {
  await clerk.call('session.veil', {});
  const under = clerk.ask('session.confirm', { password });
  await clerk.call('session.reveal', { reason: '核对身份' });
  expect(codeOf(await under)).toBeNull();
  expect((await clerk.call('session.current', {}))?.isVeiled).toBe(false);
});
