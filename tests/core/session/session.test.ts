import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '#core/db/sql.ts';
import { makeKeyFile, newDataKey, newRecoveryKey } from '#core/security/key-file.ts';
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
  expect(await state()).toEqual({
    is: 'sign-in',
    unit: '东坝镇司法所',
    level: 'station',
    isDemo: false,
    helpFrom: null,
  });
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
  const file = path.join(program.beside, 'outside.docx');
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

test('what is no file is not replaced by one, and a file is no folder for copies', async () => {
  const folder = path.join(program.beside, 'a-folder');
  fs.mkdirSync(folder);
  const out = program.grant('folder', folder);
  const failure = await program.refused('report.make', { year: 2024, out, overwrite: true });
  expect(failure).toEqual({ code: 'file-unwritable', params: { file: 'a-folder' } });
  if (process.platform !== 'win32') {
    const pipe = path.join(program.beside, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const toPipe = { year: 2024, out: program.grant('pipe', pipe), overwrite: true };
    expect((await program.refused('report.make', toPipe)).code).toBe('file-unwritable');
    expect(fs.statSync(pipe).isFIFO()).toBe(true);
  }
  const file = path.join(program.folder, 'a-file');
  fs.writeFileSync(file, 'mine');
  expect((await program.refused('system.backup', { folder: program.grant('file', file) })).code).toBe(
    'file-unwritable',
  );
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
});

test('a copy is named by a name of the program, and what cannot be read never stands among the copies', async () => {
  for (const backup of ['.', '..', '../ledger.db', '/etc/passwd', 'ledger.db', 'ledger-1.db\0']) {
    expect((await program.refused('program.restore', { backup })).code, backup).toBe('file-missing');
  }
  expect((await program.refused('program.restore', {})).code).toBe('file-missing');
  const file = path.join(program.folder, 'stick.db');
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(9000, 3)]) {
    fs.writeFileSync(file, bytes);
    expect((await program.refused('program.restore', { file: program.grant('stick', file) })).code).toBe(
      'backup-damaged',
    );
  }
  expect(await program.call('system.backups', {})).toEqual([]);
});

test('killed between the two copies of the key file: the newer password counts, in either order of reading', async () => {
  const key = path.join(program.folder, 'ledger.key');
  const before = fs.readFileSync(key);
  const newPassword = 'neues-Wort-2025';
  await program.call('session.recover', { account: 'admin', recoveryKey: program.recoveryKey, newPassword });
  await program.restart();
  // The copy is written first: this is what a kill between the two leaves.
  fs.writeFileSync(key, before);
  expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe(
    'sign-in-failed',
  );
  await program.signInAgain(newPassword);
  expect(fs.readFileSync(key)).toEqual(fs.readFileSync(`${key}.copy`));
});

test('a recovery key is read as a person types it', async () => {
  const typed = ` ${program.recoveryKey.toLowerCase().replaceAll('-', ' ')}\t`;
  await program.call('session.recover', {
    account: 'admin',
    recoveryKey: typed,
    newPassword: 'neues-Wort-2025',
  });
});

test('a locked session goes back to no copy', async () => {
  const { name } = await program.call('system.backup', {});
  await program.call('session.lock', {});
  expect((await program.refused('program.restore', { backup: name })).code).toBe('session-locked');
  expect((await program.call('program.state', {})).state.is).toBe('locked');
});

test('whoever waits after wrong passwords waits at every door', async () => {
  await program.call('session.lock', {});
  for (let turn = 0; turn < 5; turn++) await program.refused('session.unlock', { password: 'nicht-dieses' });
  expect((await program.refused('session.unlock', { password })).code).toBe('sign-in-wait');
  expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe('sign-in-wait');
  const recovery = { account: 'admin', recoveryKey: program.recoveryKey, newPassword: 'neues-Wort-2025' };
  expect((await program.refused('session.recover', recovery)).code).toBe('sign-in-wait');
});

test('an account that may not sign in leaves the ledger shut, and gets no new password', async () => {
  await program.look((db) => db.run(sql`update account set is_disabled = 1`));
  await program.restart();
  const open = path.join(program.folder, 'ledger.db-wal');
  expect((await program.refused('session.signIn', { account: 'admin', password })).code).toBe(
    'sign-in-failed',
  );
  expect(fs.existsSync(open)).toBe(false);
  const recovery = { account: 'admin', recoveryKey: program.recoveryKey, newPassword: 'neues-Wort-2025' };
  const key = fs.readFileSync(path.join(program.folder, 'ledger.key'));
  expect((await program.refused('session.recover', recovery)).code).toBe('account-not-in-use');
  expect(fs.existsSync(open)).toBe(false);
  expect(fs.readFileSync(path.join(program.folder, 'ledger.key'))).toEqual(key);
});

test('guesses made side by side are counted like guesses one after the other', async () => {
  const guesses = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((guess) => `${guess}-nicht-dieses`);
  const tries = [...guesses, password].map((secret) =>
    program.ask('session.signIn', { account: 'admin', password: secret }),
  );
  const codes = (await Promise.all(tries)).map((answer) => (answer.ok ? 'in' : answer.error.code));
  const waits = Array.from({ length: 4 }, () => 'sign-in-wait');
  expect(codes).toEqual([...Array.from({ length: 4 }, () => 'sign-in-failed'), ...waits]);
  expect(await program.ask('session.signIn', { account: 'admin', password })).toMatchObject({
    error: { code: 'sign-in-wait' },
  });
});

test('a password is made into a key at the full cost, unless a test asks for less', async () => {
  const file = await makeKeyFile({
    ledgerId: 'x',
    unit: 'x',
    level: 'station',
    isDemo: false,
    accounts: [{ name: 'admin', password }],
    recoveryKey: newRecoveryKey(),
    key: newDataKey(),
  });
  // 64 MiB a guess: less would let a stolen stick be tried through in an evening.
  expect(file.slots.map((slot) => slot.kdf)).toEqual([
    { name: 'scrypt', cost: 2 ** 16, salt: expect.any(String) },
    { name: 'scrypt', cost: 2 ** 16, salt: expect.any(String) },
  ]);
});
