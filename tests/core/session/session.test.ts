import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Program, password } from '#tests/fixtures/program.ts';

let program: Program;
beforeEach(async () => {
  program = await aProgram();
});
afterEach(() => program.close());

const list = { ledger: 'mediation' };

test('the state of the program: sign-in, open, locked, sign-in again', async () => {
  const state = async () => (await program.call('program.state', {})).state;
  expect(await state()).toMatchObject({
    is: 'open',
    session: { account: { name: 'admin', role: 'administrator' }, isDemo: false },
  });
  await program.call('session.lock', {});
  expect((await state()).is).toBe('locked');
  await program.call('session.unlock', { password });
  expect((await state()).is).toBe('open');
  await program.call('session.signOut', {});
  expect(await state()).toEqual({ is: 'sign-in', unit: '东坝镇司法所', level: 'station', isDemo: false });
});

test('a locked session answers nothing until the right password comes', async () => {
  await program.call('session.lock', {});
  for (const [method, input] of [
    ['ledger.list', list],
    ['ledger.save', { ledger: 'mediation', record: aMediation().record() }],
    ['draft.list', {}],
    ['system.hash', {}],
  ] as const) {
    expect((await program.refused(method, input)).code, method).toBe('session-locked');
  }
  expect(await program.refused('session.unlock', { password: 'falsch-falsch' })).toEqual({
    code: 'sign-in-failed',
    params: { left: 4 },
  });
  expect((await program.refused('ledger.list', list)).code).toBe('session-locked');
  await program.call('session.unlock', { password });
  expect((await program.call('ledger.list', list)).total).toBe(0);
});

test('wrong passwords are counted; then one waits, with the right one too', async () => {
  const other = { account: 'admin', password: 'nicht-dieses' };
  for (const left of [4, 3, 2, 1]) {
    expect(await program.refused('session.signIn', other)).toEqual({
      code: 'sign-in-failed',
      params: { left },
    });
  }
  expect(await program.refused('session.signIn', other)).toEqual({
    code: 'sign-in-wait',
    params: { seconds: 30 },
  });
  const right = await program.refused('session.signIn', { account: 'admin', password });
  expect(right.code).toBe('sign-in-wait');
  expect((await program.call('ledger.list', list)).total).toBe(0);
});

test('a name that is not there is refused like a wrong password', async () => {
  expect(await program.refused('session.signIn', { account: 'nobody', password })).toEqual({
    code: 'sign-in-failed',
    params: { left: 4 },
  });
  await program.call('session.signIn', { account: 'admin', password });
  expect(await program.refused('session.signIn', { account: 'admin', password: 'x' })).toEqual({
    code: 'sign-in-failed',
    params: { left: 4 },
  });
});

test('signing out ends the session and closes the ledger', async () => {
  const { token } = program;
  expect(token).toMatch(/^[\w-]{32}$/);
  await program.call('session.signOut', {});
  expect((await program.refused('ledger.list', list)).code).toBe('not-signed-in');
  expect((await program.refused('draft.list', {})).code).toBe('not-signed-in');
  expect(await program.call('session.current', {})).toBeNull();
  await program.signInAgain();
  expect(program.token).not.toBe(token);
});

test('no token of an earlier start is worth anything', async () => {
  const person = await program.signIn('admin');
  await program.restart();
  expect((await person.refused('ledger.list', list)).code).toBe('not-signed-in');
  await program.signInAgain();
  expect((await person.refused('ledger.list', list)).code).toBe('not-signed-in');
});

test('the recovery key sets a new password; the old one is refused', async () => {
  const { id } = await program.save(aMediation());
  await program.restart();
  const wrong = program.recoveryKey.replace(/^./, (first) => (first === '2' ? '3' : '2'));
  const input = { account: 'admin', newPassword: 'neues-Wort-2025' };
  expect((await program.refused('session.recover', { ...input, recoveryKey: wrong })).code).toBe(
    'recovery-key-wrong',
  );
  for (const weak of ['kurz', '20250301', '88888888']) {
    const asked = { ...input, newPassword: weak, recoveryKey: program.recoveryKey };
    expect(await program.refused('session.recover', asked)).toEqual({
      code: 'password-weak',
      params: { min: 8 },
    });
  }
  await program.call('session.recover', { ...input, recoveryKey: program.recoveryKey });
  await program.restart();
  expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe(
    'sign-in-failed',
  );
  await program.signInAgain('neues-Wort-2025');
  expect((await program.call('ledger.get', { id })).id).toBe(id);
});

test('a folder that has a ledger takes no second one', async () => {
  const before = await program.call('system.hash', {});
  const input = { level: 'station', unitCode: '620921103', unitName: '另一个所', account: 'b', password };
  expect((await program.refused('setup.create', input)).code).toBe('ledger-present');
  expect((await program.refused('setup.demo', { password })).code).toBe('ledger-present');
  expect(await program.call('system.hash', {})).toEqual(before);
});

test('nothing is asked of the core without a name it knows and an input it expects', async () => {
  for (const method of ['ledger.drop', 'constructor', '__proto__', 'toString', '']) {
    expect(await program.refused(method, {})).toEqual({ code: 'unknown-method', params: { method } });
  }
  for (const [input, at] of [
    [{}, 'ledger'],
    [{ ledger: 'mediation', extra: 1 }, 'extra'],
    [{ ledger: 'mediation', limit: 5000 }, 'limit'],
    [{ ledger: 'mediation; drop table unit' }, 'ledger'],
    [null, ''],
    ['mediation', ''],
  ] as const) {
    expect(await program.refused('ledger.list', input)).toEqual({
      code: 'invalid-input',
      params: { method: 'ledger.list', at },
    });
  }
});

test('files are named by token only', async () => {
  const failure = await program.refused('report.make', { year: 2024, out: '/etc/passwd' });
  expect(failure).toEqual({ code: 'grant-unknown', params: {} });
});

test('a file that stands is not written over without a word', async () => {
  const file = path.join(program.folder, 'outside.docx');
  fs.writeFileSync(file, 'mine');
  const out = program.grant('out', file);
  expect(await program.refused('report.make', { year: 2024, out })).toEqual({
    code: 'file-exists',
    params: { file: 'outside.docx' },
  });
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  await program.call('report.make', { year: 2024, out, overwrite: true });
  expect(fs.readFileSync(file).subarray(0, 2).toString()).toBe('PK');
});

test('a disabled account is refused like a wrong password', async () => {
  await program.look((db) => db.run(sql`update account set is_disabled = 1`));
  await program.restart();
  expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe(
    'sign-in-failed',
  );
});
