// A virus scanner on Windows holds files that were just written: what cannot be cleared away after a call's changes stand must not undo them.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inFolder } from '#core/db/folder.ts';
import { namesIn } from '#core/db/objects.ts';
import { keyByPassword, readKeyFile } from '#core/security/key-file.ts';
import { aMediation } from '#tests/fixtures/mediation.ts';
import { aProgram, type Person, type Program, password } from '#tests/fixtures/program.ts';
import { aCase, seal } from '#tests/fixtures/sealing.ts';

const own = 'eigen-2026';
const formerKeys = /ledger\.key(\.copy)?\.[0-9a-f]{8}\.back$/;
const formerNumbers = /ledger\.id(\.copy)?\.[0-9a-f]{8}\.back$/;
const scansToCome = /unsealing\.pending$/;

let program: Program;
let head: Person;
beforeEach(async () => {
  program = await aProgram({ everyRole: true });
  head = await program.signIn('head');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await program.close();
});

/** Until the mocks are restored; how often something was kept from going. */
function held(files: RegExp): () => number {
  const remove = fs.rmSync.bind(fs);
  let times = 0;
  vi.spyOn(fs, 'rmSync').mockImplementation((at, options) => {
    if (!files.test(String(at)) || !fs.existsSync(at)) return remove(at, options);
    times += 1;
    throw Object.assign(new Error('held'), { code: 'EBUSY' });
  });
  return () => times;
}

const traces = () => fs.readdirSync(program.folder).filter((name) => /\.(tmp|back)$/.test(name));
const idOf = async (name: string) =>
  (await head.call('account.list', {})).find((account) => account.name === name)?.id ?? '';
const opens = async (secret: string) => {
  const file = readKeyFile(program.folder);
  return file !== null && (await keyByPassword(file, 'clerk', secret)) !== null;
};
const toldOf = (from: number) => program.events.slice(from).map(({ event }) => event);

test.each([
  { what: 'the numbers of before', files: formerNumbers },
  { what: 'the note of the scans that come', files: scansToCome },
])('a record is opened again with its scans while $what is held', async ({ files }) => {
  const { id } = await aCase(program);
  const clerk = await program.signIn('clerk');
  await seal(clerk, head, id);
  const unsealing = { kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;
  const request = await clerk.call('sealing.apply', { recordId: id, ...unsealing });
  const before = program.events.length;
  const times = held(files);
  await head.call('sealing.confirm', { id: request.id });
  expect(times()).toBeGreaterThan(0);
  expect(toldOf(before)).toContain('changed');
  vi.restoreAllMocks();
  const check = async () => {
    const [scan] = await head.call('attachment.list', { recordId: id });
    expect(namesIn(inFolder(program.folder, 'objects')).size).toBe(1);
    expect((await head.ask('attachment.view', { id: scan?.id ?? '' })).ok).toBe(true);
  };
  await check();
  await program.restart();
  head = await program.signIn('head');
  await check();
  expect([traces(), fs.existsSync(inFolder(program.folder, 'unsealing'))]).toEqual([[], false]);
});

test('a draft of a record that is sealed is forgotten while the numbers of before are held', async () => {
  const { id } = await aCase(program);
  const clerk = await program.signIn('clerk');
  const { version } = await clerk.call('ledger.get', { id });
  await clerk.call('draft.save', {
    ...{ id: '0197a000-0000-7000-8000-000000000011', ledger: 'mediation', recordId: id },
    ...{ baseVersion: version, content: { remark: '老井' } },
  });
  expect(await clerk.call('draft.list', {})).toHaveLength(1);
  const times = held(formerNumbers);
  await seal(clerk, head, id);
  expect(times()).toBeGreaterThan(0);
  expect(await clerk.call('draft.list', {})).toEqual([]);
});

test('a password set for another is his, and the one of before opens nothing, now and after a start', async () => {
  const id = await idOf('clerk');
  const times = held(formerKeys);
  await head.call('account.setPassword', { id, password: own });
  expect(times()).toBeGreaterThan(0);
  expect([await opens(own), await opens(password)]).toEqual([true, false]);
  // Still held when the program starts: it opens all the same, and leaves it for the next time.
  expect(traces().length).toBeGreaterThan(0);
  await program.restart();
  await program.signIn('clerk', own);
  expect(await program.refused('session.signIn', { account: 'clerk', password })).toMatchObject({
    code: 'sign-in-failed',
  });
  expect(traces().length).toBeGreaterThan(0);
  vi.restoreAllMocks();
  await program.restart();
  await program.signIn('clerk', own);
  expect(traces()).toEqual([]);
});

test('an account that is shut out has no key any more', async () => {
  const id = await idOf('clerk');
  const times = held(formerKeys);
  await head.call('account.change', { changes: [{ id, isDisabled: true }] });
  expect(times()).toBeGreaterThan(0);
  expect(await opens(password)).toBe(false);
});

test('an own password is changed', async () => {
  const clerk = await program.signIn('clerk');
  const times = held(formerKeys);
  await clerk.call('session.changePassword', { password, newPassword: own });
  expect(times()).toBeGreaterThan(0);
  expect([await opens(own), await opens(password)]).toEqual([true, false]);
});

test('a record that gets a number is answered as saved, and the lists are told', async () => {
  const before = program.events.length;
  const times = held(formerNumbers);
  const { id } = await program.save(aMediation());
  expect(times()).toBeGreaterThan(0);
  expect((await program.call('ledger.get', { id })).version).toBeTruthy();
  expect(toldOf(before)).toContain('changed');
});

/** Files that another program holds against being replaced or moved; gives how often something was kept from it. */
function heldToo(files: RegExp, code = 'EBUSY'): () => number {
  const rename = fs.renameSync.bind(fs);
  let times = 0;
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (!files.test(String(from)) && !files.test(String(to))) return rename(from, to);
    times += 1;
    throw Object.assign(new Error('held'), { code, path: String(to) });
  });
  return () => times;
}

const keyFiles = /ledger\.key(\.copy)?$/;
/** Until the trigger is gone the log takes nothing. */
const shutLog = (isShut: boolean) =>
  program.look((db) =>
    db.exec(
      isShut
        ? "create trigger shut before insert on audit_entry begin select raise(abort, 'shut'); end"
        : 'drop trigger shut',
    ),
  );

test('a password that was refused does not hold where the key of before could not be put back at once', async () => {
  const clerk = await program.signIn('clerk');
  await shutLog(true);
  const rename = fs.renameSync.bind(fs);
  let times = 0;
  // The new one gets there; the one of before is kept from it.
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (!keyFiles.test(String(to)) || String(from).endsWith('.tmp')) return rename(from, to);
    times += 1;
    throw Object.assign(new Error('held'), { code: 'EBUSY' });
  });
  expect((await clerk.ask('session.changePassword', { password, newPassword: own })).ok).toBe(false);
  expect(times).toBeGreaterThan(1);
  vi.restoreAllMocks();
  await shutLog(false);
  await program.restart();
  await program.signIn('clerk');
  expect([await opens(own), await opens(password)]).toEqual([false, true]);
  expect(fs.readdirSync(program.folder).filter((name) => /\.(undo|back|tmp)$/.test(name))).toEqual([]);
});

test('a file that is held for a moment is waited for', async () => {
  const id = await idOf('clerk');
  const rename = fs.renameSync.bind(fs);
  let times = 0;
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    times += 1;
    if (times % 3 !== 0) throw Object.assign(new Error('held'), { code: 'EBUSY' });
    return rename(from, to);
  });
  await head.call('account.setPassword', { id, password: own });
  expect(times).toBeGreaterThanOrEqual(6);
  vi.restoreAllMocks();
  expect([await opens(own), await opens(password)]).toEqual([true, false]);
});

test.each([
  { code: 'EBUSY', platform: process.platform },
  { code: 'EPERM', platform: 'win32' as const },
  { code: 'EACCES', platform: 'win32' as const },
])('a key file that stays held ($code) is said, and nothing has changed', async ({ code, platform }) => {
  const clerk = await program.signIn('clerk');
  const change = { password, newPassword: 'neu-eigen-2026' };
  const { platform: own } = process;
  Object.defineProperty(process, 'platform', { value: platform });
  try {
    const times = heldToo(keyFiles, code);
    expect(await clerk.refused('session.changePassword', change)).toEqual({
      code: 'file-held',
      params: { file: 'ledger.key.copy' },
    });
    expect(times()).toBeGreaterThan(5);
  } finally {
    Object.defineProperty(process, 'platform', { value: own });
  }
  vi.restoreAllMocks();
  expect(await opens(password)).toBe(true);
  expect(traces()).toEqual([]);
  await clerk.call('session.changePassword', change);
  expect(await opens('neu-eigen-2026')).toBe(true);
});

test('a ledger opens while a scanner holds what a dead program left, and it goes the next time', async () => {
  const object = 'ab'.repeat(32);
  const at = path.join(inFolder(program.folder, 'objects'), 'ab', object);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  fs.writeFileSync(at, 'left by a program that died');
  fs.writeFileSync(inFolder(program.folder, 'unsealing'), `${object}\n`);
  const probe = path.join(program.folder, '.probe-4711');
  fs.writeFileSync(probe, 'probe');
  const half = path.join(inFolder(program.folder, 'backups'), 'ledger-20250101-000000.db.tmp');
  fs.mkdirSync(path.dirname(half), { recursive: true });
  fs.writeFileSync(half, 'half');
  const left = [at, probe, half, inFolder(program.folder, 'unsealing')];
  const times = held(/(ab){32}$|\.probe-|\.db\.tmp$/);
  await program.restart();
  head = await program.signIn('head');
  expect(times()).toBeGreaterThanOrEqual(3);
  expect(left.map((file) => fs.existsSync(file))).toEqual([true, true, true, true]);
  vi.restoreAllMocks();
  await program.restart();
  head = await program.signIn('head');
  expect(left.map((file) => fs.existsSync(file))).toEqual([false, false, false, false]);
});

test('scans of a record that could not be opened again, and are held, are gone after the next start', async () => {
  const { id } = await aCase(program);
  const clerk = await program.signIn('clerk');
  await seal(clerk, head, id);
  const unsealing = { kind: 'unseal', basis: 'mistaken', reason: '封错' } as const;
  const request = await clerk.call('sealing.apply', { recordId: id, ...unsealing });
  const objects = inFolder(program.folder, 'objects');
  await shutLog(true);
  const times = held(/objects[\\/][0-9a-f]{2}[\\/][0-9a-f]{64}$/);
  expect((await head.ask('sealing.confirm', { id: request.id })).ok).toBe(false);
  expect(times()).toBeGreaterThan(0);
  expect(namesIn(objects).size).toBe(1);
  vi.restoreAllMocks();
  await shutLog(false);
  await program.restart();
  head = await program.signIn('head');
  expect([namesIn(objects).size, fs.existsSync(inFolder(program.folder, 'unsealing'))]).toEqual([0, false]);
});

test('a key that is held after its commit is said, and in its place before the file is read again', async () => {
  const id = await idOf('clerk');
  const before = program.events.length;
  const times = heldToo(keyFiles);
  await head.call('account.setPassword', { id, password: own });
  expect(times()).toBeGreaterThan(1);
  expect(toldOf(before)).toContain('leftUndone');
  vi.restoreAllMocks();
  await program.restart();
  await program.signIn('clerk', own);
  expect([await opens(own), await opens(password)]).toEqual([true, false]);
});

test('whoever was disabled while the key file was held does not come back with his old password', async () => {
  const id = await idOf('clerk');
  const times = heldToo(keyFiles);
  await head.call('account.change', { changes: [{ id, isDisabled: true }] });
  expect(times()).toBeGreaterThan(1);
  vi.restoreAllMocks();
  await head.call('account.change', { changes: [{ id, isDisabled: false }] });
  expect(await opens(password)).toBe(false);
});
